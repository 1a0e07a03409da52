"""Pages of a long list by where the last one ended: never by counting what comes before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_WRITTEN = re.compile(r"(?P<side>[ab])(?P<at>\d{1,18})-(?P<pk>\d{1,18})", re.ASCII)


class BadMarkError(ValueError):
    """The place of a page is not one this site has written."""


@dataclass(frozen=True, slots=True)
class KeysetMark:
    """A place in a list: after, or before, the row of a moment and a number. Nothing of a patient.

    Written into an address as "a" or "b", microseconds since 1970, and the number of the row.
    """

    at: datetime
    pk: int
    is_before: bool = False

    def __str__(self) -> str:
        return f"{'b' if self.is_before else 'a'}{(self.at - EPOCH) // MICROSECOND}-{self.pk}"


def read_mark(text: str) -> KeysetMark | None:
    """The place that was written; None for an empty text. Raises BadMarkError."""
    if not text:
        return None
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise BadMarkError(text)
    try:
        at = EPOCH + int(found["at"]) * MICROSECOND
    except OverflowError:
        raise BadMarkError(text) from None
    return KeysetMark(at, int(found["pk"]), is_before=found["side"] == "b")


@dataclass(frozen=True, slots=True)
class KeysetOrder:
    """By a moment and then by number; the earliest first, or the latest."""

    column: str
    latest_first: bool = False

    def beyond(self, mark: KeysetMark | None) -> Q:
        """The rows on the far side of a place."""
        if mark is None:
            return Q()
        side = "gt" if self.latest_first == mark.is_before else "lt"
        # The first part alone bounds the index; the second only sorts out rows of one moment.
        return Q(**{f"{self.column}__{side}e": mark.at}) & (
            Q(**{f"{self.column}__{side}": mark.at})
            | Q(**{self.column: mark.at, f"pk__{side}": mark.pk})
        )

    def columns(self, mark: KeysetMark | None = None) -> tuple[str, str]:
        """What to sort by: towards the top of the list when it is read backwards."""
        is_backwards = mark is not None and mark.is_before
        sign = "-" if self.latest_first != is_backwards else ""
        return f"{sign}{self.column}", f"{sign}pk"

    def mark_of(self, row: object, *, is_before: bool = False) -> KeysetMark:
        """The place of a row."""
        return KeysetMark(getattr(row, self.column), row.pk, is_before)  # type: ignore[attr-defined]


def turned(rows: Sequence[object], mark: KeysetMark | None) -> list[object]:
    """Rows in the order of the list, whichever way they were read."""
    return list(reversed(rows)) if mark is not None and mark.is_before else list(rows)
