"""Rows of a product of which there is one on each day: its billing codes, and its labels."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Protocol

from django.core.exceptions import ValidationError

from criteria.rules.formats import date_text
from criteria.screens.admin.forms import PartFormSet


class Dated(Protocol):
    """Something that is used on these days, both included."""

    first_day: date | None
    last_day: date | None


class OneADayFormSet(PartFormSet):
    """Rows of which there is one on each day."""

    of_each_day = ""  # what there is one of

    def clean(self) -> None:
        """Refuse rows that overlap, once one of them is changed."""
        super().clean()
        shown = [form for form in self.forms if hasattr(form, "cleaned_data")]
        kept = [form for form in shown if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        found = [form.instance for form in kept if form.is_valid()]
        words = list(overlaps(found, self.of_each_day))
        if any(form.has_changed() for form in shown) and words:
            raise ValidationError(words)


def overlaps(rows: Sequence[Dated], of_each_day: str) -> Iterator[str]:
    """Each two rows that are used on the same day, in words."""
    for one, other in combinations(rows, 2):
        first = max(one.first_day or date.min, other.first_day or date.min)
        last = min(one.last_day or date.max, other.last_day or date.max)
        if first <= last:
            yield (
                f"{_days(one)} and {_days(other)} run into each other. On each day a product has "
                f"one {of_each_day}: end one before the other begins."
            )


def _days(row: Dated) -> str:
    first = "" if row.first_day is None else f" from {date_text(row.first_day)}"
    last = "" if row.last_day is None else f" to {date_text(row.last_day)}"
    return f"{row}{first}{last}" if first or last else f"{row} without days"
