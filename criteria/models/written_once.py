"""Rows that are written once: kept as they were issued, never changed, never deleted.

The database refuses too (see guard.py); here the reason is said in words.
"""

from collections.abc import Iterable
from typing import TypeVar, Unpack

from django.db import models

from criteria.models.save_options import SaveOptions

REFUSED = "This is kept as it was issued and never changes."
M = TypeVar("M", bound=models.Model)


class WrittenOnceQuerySet(models.QuerySet[M]):
    """Refuses what would change rows."""

    def update(self, **columns: object) -> int:
        """Refused."""
        raise TypeError(REFUSED)

    def bulk_update(
        self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Refused."""
        raise TypeError(REFUSED)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise TypeError(REFUSED)


class WrittenOnce(models.Model):
    """One such row."""

    class Meta:
        abstract = True

    def save(self, **options: Unpack[SaveOptions]) -> None:
        """Save a new row; refuse to change one."""
        if self.pk is not None:
            raise TypeError(REFUSED)
        super().save(**options)

    def delete(
        self, using: str | None = None, keep_parents: bool = False
    ) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise TypeError(REFUSED)
