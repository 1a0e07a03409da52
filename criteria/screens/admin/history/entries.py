"""The history as it is read: entry by entry, the newest first, filtered, a page at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from criteria.models import Change, Part, PolicyVersion
from criteria.models.history.places import name_of
from criteria.screens.admin.history.names import Names, names_for
from criteria.screens.admin.history.values import ChangedColumn, rows_of

PER_PAGE = 50
FOLDS = {Change.Action.CREATE: "What it says", Change.Action.DELETE: "What it said"}
DONE = {
    Change.Action.CREATE: "Added",
    Change.Action.UPDATE: "Changed",
    Change.Action.DELETE: "Deleted",
}
SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change as it is drawn. ``name`` is empty where the words of it say all.

    ``fold``: what its columns are folded under. ``gone``: what was deleted with the part.
    """

    at: datetime
    who: str
    done: str
    kind: str
    name: str
    where: str
    url: str
    rows: tuple[ChangedColumn, ...]
    fold: str
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A filter value as a list offers it."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class History:
    """One page of a history, and what it can be filtered by."""

    page: Page[Any]
    entries: tuple[HistoryLine, ...]
    kinds: tuple[FilterChoice, ...]
    people: tuple[FilterChoice, ...]
    query: str


def changes_of(model: type[Model], pk: int, version_id: int | None = None) -> QuerySet[Any]:
    """What has a place in the history of a row: all of an edition, a part with what stands in it.

    ``version_id``: the edition of a part; None for one that is gone. What went along with another
    part is told there, and here only where it is the row itself.
    """
    itself = Q(content_type=ContentType.objects.get_for_model(model), object_id=pk)
    if issubclass(model, PolicyVersion):
        return Change.objects.filter(Q(gone_with=""), version=pk)
    if not issubclass(model, Part):
        return Change.objects.filter(itself)
    if version_id is None:
        version_id = Change.objects.filter(itself).values_list("version", flat=True).first()
    inside = Q(version=version_id, places__contains=f" {name_of(model, pk)} ")
    return Change.objects.filter(itself | (inside & Q(gone_with="")))


def history_of(changes: QuerySet[Any], chosen: Mapping[str, str]) -> History:
    """A page of a history; ``chosen`` may name a kind, a person and the page."""
    kind, person = chosen.get("kind", ""), chosen.get("person", "")
    found = changes.filter(content_type__model=kind) if kind else changes
    found = found.filter(actor_name=person) if person else found
    page = Paginator(found.select_related("content_type"), PER_PAGE).get_page(chosen.get("page"))
    filters = {"kind": kind, "person": person}
    return History(
        page,
        _entries(list(page.object_list)),
        _kinds(changes, kind),
        _people(changes, person),
        urlencode({name: value for name, value in filters.items() if value}),
    )


def _kinds(changes: QuerySet[Any], chosen: str) -> tuple[FilterChoice, ...]:
    kinds = changes.order_by().values_list("content_type__model", flat=True).distinct()
    names = {kind: str(apps.get_model("criteria", kind)._meta.verbose_name) for kind in kinds}
    ordered = sorted(names.items(), key=lambda item: item[1])
    return tuple(FilterChoice(kind, name, kind == chosen) for kind, name in ordered)


def _people(changes: QuerySet[Any], chosen: str) -> tuple[FilterChoice, ...]:
    people = changes.order_by().exclude(actor_name="").values_list("actor_name", flat=True)
    return tuple(FilterChoice(name, name, name == chosen) for name in sorted(people.distinct()))


def _entries(changes: list[Any]) -> tuple[HistoryLine, ...]:
    names = names_for(changes)
    gone = _gone_with(changes)
    return tuple(_entry(change, names, gone[_own(change)]) for change in changes)


def _gone_with(changes: Iterable[Any]) -> dict[str, list[str]]:
    """What was deleted along with the parts that were deleted."""
    deleted = [_own(c) for c in changes if c.action == Change.Action.DELETE]
    taken = Change.objects.filter(gone_with__in=deleted).order_by("id") if deleted else ()
    found = defaultdict(list)
    for change in taken:
        kind = ContentType.objects.get_for_id(change.content_type_id).model_class()
        found[change.gone_with].append(f"{kind._meta.verbose_name} “{change.object_repr}”")  # type: ignore[union-attr]
    return found


def _own(change: Any) -> str:
    return f"{change.content_type.model}-{change.object_id}"


def _entry(change: Any, names: Names, gone: list[str]) -> HistoryLine:
    model = change.content_type.model_class()
    is_told = bool(change.words) and not issubclass(model, Part)
    return HistoryLine(
        at=change.timestamp,
        who=change.actor_name or SOMEBODY,
        done=change.words or DONE[change.action],
        kind="" if is_told else str(model._meta.verbose_name),
        name="" if is_told else _name(change, names),
        where=" › ".join(_above(change, names)),
        url=_url(change, names),
        rows=rows_of(change, names),
        fold=FOLDS.get(change.action, ""),
        gone=tuple(gone),
    )


def _name(change: Any, names: Names) -> str:
    return names.at(_own(change)) if change.places else str(change.object_repr)


def _above(change: Any, names: Names) -> list[str]:
    """What the part stands in, outermost first; a tree goes by its pathway, where it has one."""
    places = change.places.split()[1:]
    told = [p for p in places if not p.startswith("criteriatree-") or p == places[-1]]
    return [names.at(place) for place in reversed(told)]


def _url(change: Any, names: Names) -> str:
    """The screen of the row, or of the nearest it stands in; of what is gone, its history."""
    for place in change.places.split():
        kind, _, pk = place.partition("-")
        if admin.site.is_registered(apps.get_model("criteria", kind)):
            page = "change" if place in names.stored else "history"
            return reverse(f"admin:criteria_{kind}_{page}", args=[pk])
    return ""
