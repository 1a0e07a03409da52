"""The editions of a policy."""

from datetime import date
from typing import Self, Unpack

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from criteria.models.check import check, filled, one_of
from criteria.models.fields import LinesField
from criteria.models.part import LOCKED, Part, PublishedVersionError, Status
from criteria.models.policy import Policy
from criteria.models.save_options import SaveOptions

UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)
# What may still be set on a published version: its last day, and that it is retired.
CLOSING = {"effective_until", "status"}
# One that was replaced on the day it took effect is never in force.
IN_FORCE_SOMETIME = Q(effective_until=None) | Q(effective_until__gt=F("effective_from"))


def cited(about: str, needed: Q | None = None) -> Q:
    """Words and their lines: both, or neither unless they are needed."""
    words, lines = Q(**{f"{about}_words": ""}), Q(**{f"{about}_lines": ""})
    neither = words & lines
    return (~words & ~lines) | (neither if needed is None else neither & ~needed)


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    """Editions by where they are in their life."""

    def published(self) -> Self:
        """Published and not retired."""
        return self.filter(status=Status.PUBLISHED)

    def in_force_on(self, day: date) -> Self:
        """Published, and ``effective_from`` <= day < ``effective_until``."""
        open_then = Q(effective_until=None) | Q(effective_until__gt=day)
        return self.published().filter(open_then, effective_from__lte=day)

    def overlapping(self, first: date, until: date | None) -> Self:
        """In force on a day of the period; ``until`` is the first day not in it."""
        found = self.filter(IN_FORCE_SOMETIME)
        found = found.filter(Q(effective_until=None) | Q(effective_until__gt=first))
        return found if until is None else found.filter(effective_from__lt=until)

    def update(self, **columns: object) -> int:
        """Update; a published version may only be closed or retired."""
        closing = set(columns) <= CLOSING and columns.get("status", "retired") == Status.RETIRED
        if not closing:
            self._refuse_if_published()
        return super().update(**columns)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete, unless one of them is published."""
        self._refuse_if_published()
        return super().delete()

    def _refuse_if_published(self) -> None:
        locked = self.filter(status__in=LOCKED).first()
        if locked is not None:
            raise PublishedVersionError(str(locked))


class PolicyVersion(models.Model):
    """One edition of a policy, in force on ``effective_from`` <= day < ``effective_until``."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=100)
    effective_from = models.DateField()
    effective_until = models.DateField(
        null=True, blank=True, help_text="The first day it is no longer in force."
    )
    comparison_only = models.BooleanField(
        "for comparison only",
        default=False,
        editable=False,
        help_text="Its start is unknown: it is compared with, and never published.",
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    source = models.TextField(help_text="The document it was taken from.")
    authorization_months = models.PositiveSmallIntegerField(
        help_text="How long an authorization lasts."
    )
    rounding_allowance_percent = models.DecimalField(
        max_digits=7, decimal_places=4, default=0, help_text="0 when the policy states none."
    )
    codes_bind = models.BooleanField(
        "the code list binds",
        default=False,
        help_text="A diagnosis code outside the list is not covered; otherwise it is a warning.",
    )
    codes_lines = LinesField(verbose_name="lines on codes", blank=True)
    codes_words = models.TextField(
        "of a code not listed",
        blank=True,
        help_text="What the policy says of it, in a sentence.",
    )
    products_lines = LinesField(verbose_name="lines on products", blank=True)
    products_words = models.TextField(
        "of a product not listed",
        blank=True,
        help_text="What the policy says of it, in a sentence.",
    )
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    base = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text="The edition it was copied from.",
    )
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "edition"
        ordering = ("policy", "-effective_from", "-id")
        constraints = [
            check(
                "version_dates",
                Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                "The first day no longer in force must not lie before the first day in force.",
            ),
            check(
                "version_comparison_only",
                Q(comparison_only=False) | Q(status=Status.DRAFT),
                "An edition for comparison only stays a draft.",
            ),
            check(
                "version_edited_pair",
                Q(edited_at__isnull=True, edited_by__isnull=True)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
                "Edited at and edited by belong together: both or neither.",
            ),
            check(
                "version_published_pair",
                Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                "Published at and published by belong together: both or neither.",
            ),
            check(
                "version_published_by_someone",
                Q(status__in=UNPUBLISHED, published_at__isnull=True)
                | Q(status__in=LOCKED, published_at__isnull=False),
                "A published edition says when and by whom it was published; a draft does not.",
            ),
            check(
                "version_months",
                Q(authorization_months__gte=1, authorization_months__lte=60),
                "An authorization lasts 1 to 60 months.",
            ),
            check(
                "version_rounding",
                Q(rounding_allowance_percent__gte=0, rounding_allowance_percent__lte=100),
                "The rounding allowance lies between 0 and 100 percent.",
            ),
            check(
                "version_named", filled(["number", "source"]), "Number and source must be filled."
            ),
            check(
                "version_codes_cited",
                cited("codes", needed=Q(codes_bind=True)),
                "What is said of codes not listed needs its lines; a list that binds needs both.",
            ),
            check(
                "version_products_cited",
                cited("products"),
                "What is said of products not listed needs its lines.",
            ),
            one_of("version", "status", Status.values, "Status"),
            models.UniqueConstraint(
                fields=["policy", "number"],
                name="version_number_unique",
                violation_error_message="This policy already has an edition of that number.",
            ),
            models.UniqueConstraint(
                fields=["policy", "effective_from"],
                condition=Q(status=Status.PUBLISHED) & IN_FORCE_SOMETIME,
                name="version_published_from_unique",
                violation_error_message="Another published edition starts on the same day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy.name}, edition {self.number}"

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save; a published version may only be closed or retired."""
        stored = type(self).objects.filter(pk=self.pk).values().first() if self.pk else None
        if stored is not None and stored["status"] in LOCKED:
            changed = {k for k, v in stored.items() if getattr(self, k) != v}
            if changed - CLOSING or ("status" in changed and self.status != Status.RETIRED):
                raise PublishedVersionError(str(self))
        super().save(**options)

    def delete(
        self, using: str | None = None, keep_parents: bool = False
    ) -> tuple[int, dict[str, int]]:
        """Delete, unless it is published."""
        if type(self).objects.filter(pk=self.pk, status__in=LOCKED).exists():
            raise PublishedVersionError(str(self))
        return super().delete(using, keep_parents)

    @property
    def is_locked(self) -> bool:
        """Whether it never changes any more."""
        return self.status in LOCKED


class HistoryEntry(Part):
    """One line of the policy's own history."""

    day = models.DateField()
    summary = models.TextField()
    lines = LinesField()

    class Meta(Part.Meta):
        verbose_name_plural = "history entries"

    def __str__(self) -> str:
        return f"{self.day:%-d %b %Y}: {self.summary}"
