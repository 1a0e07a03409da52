"""The history as it is read: entry by entry, the newest first, filtered, a page at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from criteria.models import Change, Part, PolicyVersion
from criteria.models.change import name_of
from criteria.models.event import IN_COLUMNS
from criteria.screens.admin.history.names import Names, names_for
from criteria.screens.admin.history.values import ChangedColumn, rows_of

PER_PAGE = 50
FOLDS = {Change.Action.CREATE.value: "What it says", Change.Action.DELETE.value: "What it said"}
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


class HistoryFilters(forms.Form):
    """What a history may be narrowed to. What it does not offer finds nothing."""

    def __init__(self, changes: QuerySet[Change], chosen: Mapping[str, str]) -> None:
        """``changes``: all of the history."""
        super().__init__(initial=dict(chosen), auto_id="")
        self.fields["kind"] = _filter("Part", _kinds(changes))
        self.fields["person"] = _filter("Person", _people(changes))


def _filter(label: str, offered: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "all"), *offered])


@dataclass(frozen=True, slots=True)
class History:
    """One page of a history, and what it can be filtered by."""

    page: Page[Change]
    entries: tuple[HistoryLine, ...]
    form: HistoryFilters
    query: str


def changes_of(model: type[Model], pk: int, version_id: int | None = None) -> QuerySet[Change]:
    """What has a place in the history of a row: all of an edition, a part with what stands in it.

    ``version_id``: the edition of a part; None for one that is gone. What went along with another
    part is told there, and here only where it is the row itself.
    """
    itself = Q(object_type=model._meta.model_name, object_id=pk)
    if issubclass(model, PolicyVersion):
        return Change.objects.filter(Q(gone_with=""), version=pk)
    if not issubclass(model, Part):
        return Change.objects.filter(itself)
    if version_id is None:
        version_id = Change.objects.filter(itself).values_list("version", flat=True).first()
    # Of a draft that was discarded no history is shown: its parts stand nowhere.
    inside = Q(version=version_id, places__contains=f" {name_of(model, pk)} ")
    return Change.objects.filter(itself | (inside & Q(gone_with="")), version__isnull=False)


def history_of(changes: QuerySet[Change], chosen: Mapping[str, str]) -> History:
    """A page of a history; ``chosen`` may name a kind, a person and the page."""
    kind, person = chosen.get("kind", ""), chosen.get("person", "")
    found = changes.filter(object_type=kind) if kind else changes
    found = found.filter(event__actor_name=person) if person else found
    found = found.select_related("event", "version__policy")
    page = Paginator(found, PER_PAGE).get_page(chosen.get("page"))
    filters = {"kind": kind, "person": person}
    return History(
        page,
        _entries(list(page.object_list)),
        HistoryFilters(changes, filters),
        urlencode({name: value for name, value in filters.items() if value}),
    )


def _kinds(changes: QuerySet[Change]) -> list[tuple[str, str]]:
    kinds = changes.order_by().values_list("object_type", flat=True).distinct()
    names = {kind: str(apps.get_model("criteria", kind)._meta.verbose_name) for kind in kinds}
    return sorted(names.items(), key=lambda item: item[1])


def _people(changes: QuerySet[Change]) -> list[tuple[str, str]]:
    named = changes.order_by().exclude(event__actor_name="")
    people = named.values_list("event__actor_name", flat=True)
    return [(name, name) for name in sorted(people.distinct())]


def _entries(changes: list[Change]) -> tuple[HistoryLine, ...]:
    names = names_for(changes)
    gone = _gone_with(changes)
    return tuple(
        _entry(change, names, gone[change.event_id, change.own_name]) for change in changes
    )


def _gone_with(changes: Iterable[Change]) -> dict[tuple[int, str], list[str]]:
    """What was deleted along with the parts that were deleted, by the event and the part."""
    events = {change.event_id for change in changes if change.action == Change.Action.DELETE}
    found = defaultdict(list)
    for change in Change.objects.filter(event__in=events).exclude(gone_with="").order_by("id"):
        words = f"{change.kind._meta.verbose_name} “{change.name}”"
        found[change.event_id, change.gone_with].append(words)
    return found


def _entry(change: Change, names: Names, gone: list[str]) -> HistoryLine:
    words = _words(change)
    is_told = bool(words) and not issubclass(change.kind, Part)
    return HistoryLine(
        at=change.event.at,
        who=change.event.actor_name or SOMEBODY,
        done=words or change.get_action_display(),
        kind="" if is_told else str(change.kind._meta.verbose_name),
        name="" if is_told else _name(change, names),
        where=" › ".join(_above(change, names)),
        url=_url(change, names),
        rows=rows_of(change, names),
        fold=FOLDS.get(change.action, ""),
        gone=tuple(gone),
    )


def _words(change: Change) -> str:
    """What the event says of the row it was recorded for, where no column tells it."""
    event = change.event
    is_its_own = (event.object_type, event.object_id) == (change.object_type, str(change.object_id))
    if event.verb in IN_COLUMNS or not is_its_own or not event.summary:
        return ""
    is_new_edition = change.kind is PolicyVersion and change.action == Change.Action.CREATE
    edition = "" if is_new_edition else f" in {change.version}."
    return event.summary.removesuffix(edition).removesuffix(".") + "."


def _name(change: Change, names: Names) -> str:
    return names.at(change.own_name) if change.places else change.name


def _above(change: Change, names: Names) -> list[str]:
    """What the part stands in, outermost first; a tree goes by its pathway, where it has one."""
    places = change.places.split()[1:]
    told = [p for p in places if not p.startswith("criteriatree-") or p == places[-1]]
    return [names.at(place) for place in reversed(told)]


def _url(change: Change, names: Names) -> str:
    """The screen of the row, or of the nearest it stands in; of what is gone, its history."""
    for place in change.places.split():
        kind, _, pk = place.partition("-")
        if admin.site.is_registered(apps.get_model("criteria", kind)):
            page = "change" if place in names.stored else "history"
            return reverse(f"admin:criteria_{kind}_{page}", args=[pk])
    return ""
