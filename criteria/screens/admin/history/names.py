"""The names of the rows a page of the history speaks of, read together, those that are gone too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from criteria.models import Change, CriteriaTree, Criterion, Pathway, Question
from criteria.models.change import name_of

UNKNOWN = "a part that is gone"


@dataclass(slots=True)
class Names:
    """What rows are called: by ``model-number``, as the places of a change name them.

    ``units``: of the numbers questions ask for, by the question and by the criterion that asks it.
    """

    stored: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def of(self, model: type[models.Model], pk: object) -> str:
        """The name of a row; the last one it had, when it is gone."""
        name = name_of(model, pk)
        return self.stored.get(name) or self.gone.get(name) or UNKNOWN

    def at(self, place: str) -> str:
        """The name of a place."""
        return self.stored.get(place) or self.gone.get(place) or UNKNOWN


def names_for(changes: Iterable[Change]) -> Names:
    """Read every name a page of changes needs: a query for each kind of row, one for the gone."""
    wanted = _wanted(changes)
    names = Names()
    for model, pks in wanted.items():
        rows = model._default_manager.filter(pk__in=pks)
        for row in rows.select_related("question") if model is Criterion else rows:
            names.stored[name_of(model, row.pk)] = _name(row)
            asked = row.question if isinstance(row, Criterion) else row
            if isinstance(asked, Question):
                names.units[name_of(model, row.pk)] = asked.unit
    names.gone = dict(_gone(wanted, names.stored))
    return names


def _wanted(changes: Iterable[Change]) -> dict[type[models.Model], set[int]]:
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for change in changes:
        for place in change.places.split():
            model, _, pk = place.partition("-")
            wanted[apps.get_model("criteria", model)].add(int(pk))
        for name, values in change.changes.items():
            found = change.kind._meta.get_field(name)
            if isinstance(found, models.ForeignKey):
                wanted[found.related_model] |= {int(pk) for pk in values if pk is not None}
    return wanted


def _name(row: models.Model) -> str:
    """A row by its own name: what it stands in is told beside it."""
    match row:
        case Pathway():
            return row.name
        case CriteriaTree():
            return row.get_use_display()
    return str(row)


def _gone(
    wanted: Mapping[type[models.Model], set[int]], stored: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The names rows had when they were deleted."""
    lost = models.Q(pk__in=())
    for model, pks in wanted.items():
        missing = [pk for pk in pks if name_of(model, pk) not in stored]
        if missing:
            lost |= models.Q(object_type=model._meta.model_name, object_id__in=missing)
    for change in Change.objects.filter(lost, action=Change.Action.DELETE):
        own_name, _ = change.changes.get("name", (change.name, None))
        yield change.own_name, own_name
