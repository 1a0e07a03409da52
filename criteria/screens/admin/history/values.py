"""The columns of a change in words: what each is called, what stood in it, what stands now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.text import capfirst

from criteria.models import Change
from criteria.rules.formats import amount_text, date_text, number_text
from criteria.screens.admin.history.names import Names

EMPTY = ("", None)
# Columns whose own name says too little beside others of the same row.
LABELS = {"max_age_unit": "measured at most, unit", "window_unit": "within, unit"}


@dataclass(frozen=True, slots=True)
class ChangedColumn:
    """One column, as it was and as it became; empty where nothing stood."""

    label: str
    old: str
    new: str


def rows_of(change: Change, names: Names) -> tuple[ChangedColumn, ...]:
    """The columns a change tells of, in the order the row has them."""
    fields = [*change.kind._meta.fields, *change.kind._meta.many_to_many]
    return tuple(
        row
        for found in fields
        if found.name in change.changes
        for row in _rows(change, found, names)
    )


def _rows(change: Change, found: models.Field, names: Names) -> Iterator[ChangedColumn]:
    label = str(capfirst(LABELS.get(found.name, found.verbose_name)))
    values = change.changes[found.name]
    if found.many_to_many:
        yield from _links(label, *values)
        return
    unit = _unit(change, found, names)
    old, new = (_words(found, value, names, unit) for value in _told(change, *values))
    if old or new:
        yield ChangedColumn(label, old, new)


def _links(label: str, old: list[str] | None, new: list[str] | None) -> Iterator[ChangedColumn]:
    """What a row is no longer linked to, and what it is linked to now."""
    lost = [name for name in old or () if name not in (new or ())]
    found = [name for name in new or () if name not in (old or ())]
    if lost:
        yield ChangedColumn(label, ", ".join(lost), "")
    if found:
        yield ChangedColumn(label, "", ", ".join(found))


def _told(change: Change, old: object, new: object) -> tuple[object, object]:
    """Of a part that came or went only one side, and no answer that is merely not yes."""
    if change.action == Change.Action.UPDATE:
        return old, new
    return None if old is False else old, None if new is False else new


def _unit(change: Change, found: models.Field, names: Names) -> str:
    """The unit of a threshold: that of the question the criterion asks."""
    if found.name != "threshold":
        return ""
    asked = change.changes.get("question", [None, None])
    pk = asked[1] or asked[0]
    return names.units.get(f"question-{pk}" if pk else f"criterion-{change.object_id}", "")


def _words(found: models.Field, value: object, names: Names, unit: str) -> str:
    try:
        return _value(found, value, names, unit)
    except (ValueError, ArithmeticError):  # of a column that was of another kind then
        return str(value)


def _value(found: models.Field, value: object, names: Names, unit: str) -> str:
    if value in EMPTY:
        return ""
    choices = dict(found.flatchoices)
    if value in choices:
        return str(choices[value])
    match found:
        case models.ForeignKey():
            return names.of(found.related_model, value)
        case models.BooleanField():
            return "Yes" if value else "No"
        case models.DateField():
            return date_text(date.fromisoformat(str(value)))
        case models.DecimalField():
            number = Decimal(str(value))
            return amount_text(number, unit) if unit else number_text(number)
    return str(value)
