"""The columns of a change in words: what each is called, what stood in it, what stands now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from auditlog.registry import auditlog
from django.db import models
from django.utils.text import capfirst

from criteria.rules.formats import amount_text, date_text, number_text
from criteria.screens.admin.history.names import Names

EMPTY = ("", None)


@dataclass(frozen=True, slots=True)
class ChangedColumn:
    """One column, as it was and as it became; empty where nothing stood."""

    label: str
    old: str
    new: str


def rows_of(change: Any, names: Names) -> tuple[ChangedColumn, ...]:
    """The columns a change tells of, in the order the row has them."""
    model = change.content_type.model_class()
    said = change.changes or {}
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return tuple(
        row
        for found in fields
        if found.name in said
        for row in _rows(change, found, said[found.name], names)
    )


def _rows(change: Any, found: Any, values: Any, names: Names) -> Iterator[ChangedColumn]:
    label = _label(change.content_type.model_class(), found)
    if isinstance(values, dict):
        listed = ", ".join(values["objects"])
        yield (
            ChangedColumn(label, "", listed)
            if values["operation"] == "add"
            else ChangedColumn(label, listed, "")
        )
        return
    unit = _unit(change, found, names)
    old, new = (_words(found, value, names, unit) for value in _told(change, *values))
    if old or new:
        yield ChangedColumn(label, old, new)


def _told(change: Any, old: Any, new: Any) -> tuple[Any, Any]:
    """Of a part that came or went only one side, and no answer that is merely not yes."""
    match change.action:
        case change.Action.CREATE:
            return None, None if new is False else new
        case change.Action.DELETE:
            return None if old is False else old, None
    return old, new


def _label(model: type[models.Model], found: Any) -> str:
    names = auditlog.get_model_fields(model)["mapping_fields"]
    return str(capfirst(names.get(found.name, found.verbose_name)))


def _unit(change: Any, found: Any, names: Names) -> str:
    """The unit of a threshold: that of the question the criterion asks."""
    if found.name != "threshold":
        return ""
    asked = (change.changes or {}).get("question", [None, None])
    pk = asked[1] or asked[0]
    return names.units.get(f"question-{pk}" if pk else f"criterion-{change.object_id}", "")


def _words(found: Any, value: Any, names: Names, unit: str) -> str:
    try:
        return _value(found, value, names, unit)
    except (ValueError, ArithmeticError):  # of a column that was of another kind then
        return str(value)


def _value(found: Any, value: Any, names: Names, unit: str) -> str:
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
            return date_text(date.fromisoformat(value))
        case models.DecimalField():
            number = Decimal(str(value))
            return amount_text(number, unit) if unit else number_text(number)
    return str(value)
