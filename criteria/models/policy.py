"""A payer's policy, of which there are many editions."""

from typing import Unpack

from django.db import models

from criteria.models.check import check, filled
from criteria.models.fields import KeyField
from criteria.models.part import LOCKED, PublishedVersionError
from criteria.models.save_options import SaveOptions


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Refuses to change a policy that has a published edition."""

    def update(self, **columns: object) -> int:
        """Update, unless one of them has a published edition."""
        refuse_if_in_use(self)
        return super().update(**columns)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete, unless one of them has a published edition."""
        refuse_if_in_use(self)
        return super().delete()


def refuse_if_in_use(policies: models.QuerySet["Policy"]) -> None:
    """Raise PublishedVersionError if one of the policies has a published edition."""
    used = policies.filter(versions__status__in=LOCKED).first()
    if used is not None:
        raise PublishedVersionError(f"An edition of {used}")


class Policy(models.Model):
    """A payer's rules for one drug class. Fixed once an edition of it is published."""

    key = KeyField(unique=True)
    name = models.CharField(max_length=300)
    payer = models.CharField(max_length=300)
    line_of_business = KeyField(help_text="Whom it is for, such as commercial or medicare.")

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "policies"
        ordering = ("payer", "name")
        constraints = [
            check(
                "policy_named",
                filled(["key", "name", "payer", "line_of_business"]),
                "Key, name, payer and line of business must be filled in.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.payer})"

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save, unless an edition is published and something would change."""
        stored = Policy.objects.filter(pk=self.pk).values().first() if self.pk else None
        if stored is not None and any(getattr(self, k) != v for k, v in stored.items()):
            refuse_if_in_use(Policy.objects.filter(pk=self.pk))
        super().save(**options)

    def delete(
        self, using: str | None = None, keep_parents: bool = False
    ) -> tuple[int, dict[str, int]]:
        """Delete, unless an edition is published."""
        refuse_if_in_use(Policy.objects.filter(pk=self.pk))
        return super().delete(using, keep_parents)
