"""Rows that are written once: kept as they were issued, never changed, never deleted.

The database refuses too (see guard.py); here the reason is said in words.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

REFUSED = "This is kept as it was issued and never changes."
M = TypeVar("M", bound=models.Model)


class WrittenOnceQuerySet(models.QuerySet[M]):
    """Refuses what would change rows."""

    def update(self, **kwargs: Any) -> int:
        """Refused."""
        raise TypeError(REFUSED)

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        """Refused."""
        raise TypeError(REFUSED)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise TypeError(REFUSED)


class WrittenOnce(models.Model):
    """One such row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new row; refuse to change one."""
        if self.pk is not None:
            raise TypeError(REFUSED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise TypeError(REFUSED)
