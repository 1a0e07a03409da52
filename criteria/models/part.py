"""What every part of a policy version shares: the version it belongs to, and its protection.

Each part names its version directly, so that one rule protects all of them: a part of a published
version never changes. The rule stands here for every way through Django, and in the database for
every other way (criteria.models.guards.trigger, guard_tables).
"""

from collections.abc import Collection, Iterable
from typing import Self, TypeVar, Unpack

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import m2m_changed

from criteria.models.save_options import SaveOptions


class Status(models.TextChoices):
    """Where a version is in its life. The last two never change."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


LOCKED = (Status.PUBLISHED, Status.RETIRED)


class PublishedVersionError(Exception):
    """Someone tried to change a published version."""

    def __init__(self, what: str = "This edition") -> None:
        """Name the edition."""
        super().__init__(f"{what} is published and never changes. Copy it to a new draft instead.")


def refuse_if_published(version_ids: Collection[int | None]) -> None:
    """Raise PublishedVersionError if one of these versions is published or retired."""
    asked = {each for each in version_ids if each is not None}
    if not asked:
        return
    versions = apps.get_model("criteria", "PolicyVersion")._base_manager
    locked = versions.filter(pk__in=asked, status__in=LOCKED)
    if locked.exists():
        raise PublishedVersionError(str(locked.first()))


P = TypeVar("P", bound="Part")


class PartQuerySet(models.QuerySet[P]):
    """Refuses to change parts of a published version."""

    def update(self, **columns: object) -> int:
        """Update, unless one of the rows belongs to a published version."""
        self._refuse_if_published()
        return super().update(**columns)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete, unless one of the rows belongs to a published version."""
        self._refuse_if_published()
        return super().delete()

    def bulk_create(
        self,
        objs: Iterable[P],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[P]:
        """Insert, unless one of the rows goes into a published version."""
        rows = list(objs)
        refuse_if_published({row.version_id for row in rows})
        return super().bulk_create(
            rows, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
        )

    def bulk_update(
        self, objs: Iterable[P], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Update in bulk, unless one of the rows belongs to a published version."""
        rows = list(objs)
        refuse_if_published({row.version_id for row in rows})
        return super().bulk_update(rows, fields, batch_size)

    def of(self, version: models.Model) -> Self:
        """The parts of one version."""
        return self.filter(version=version)

    def _refuse_if_published(self) -> None:
        locked = self.filter(version__status__in=LOCKED).values_list("version_id", flat=True)
        refuse_if_published(set(locked[:1]))


class Part(models.Model):
    """A row of a policy version."""

    version = models.ForeignKey(
        "criteria.PolicyVersion", on_delete=models.CASCADE, verbose_name="edition"
    )
    position = models.PositiveIntegerField(default=0, help_text="Order among its neighbours.")

    objects = PartQuerySet.as_manager()

    version_id: int
    # The fields that must point into the same version.
    inside: tuple[str, ...] = ()

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save, unless the version is published."""
        refuse_if_published({self.version_id, *self._stored_version_id()})
        super().save(**options)

    def delete(
        self, using: str | None = None, keep_parents: bool = False
    ) -> tuple[int, dict[str, int]]:
        """Delete, unless the version is published."""
        refuse_if_published({self.version_id, *self._stored_version_id()})
        return super().delete(using, keep_parents)

    def clean(self) -> None:
        """Refuse a reference into another version."""
        super().clean()
        for name in self.inside:
            other = getattr(self, name, None)  # none yet: the column itself says it is needed
            if other is not None and other.version_id != self.version_id:
                message = f"{other} belongs to another edition. Choose one of this edition."
                raise ValidationError({name: message})

    def _stored_version_id(self) -> list[int]:
        rows = type(self)._base_manager.filter(pk=self.pk)
        return [] if self.pk is None else list(rows.values_list("version_id", flat=True))


def refuse_published_links(
    action: str,
    instance: models.Model,
    pk_set: set[int] | None,
    model: type[models.Model],
    **_: object,
) -> None:
    """Refuse to add or remove a many-to-many link of a part of a published version."""
    if not action.startswith("pre_") or not isinstance(instance, Part):
        return
    others = model._base_manager.filter(pk__in=pk_set or ()).values_list("version_id", flat=True)
    refuse_if_published({instance.version_id, *others})


m2m_changed.connect(refuse_published_links)
