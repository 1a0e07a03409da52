"""A form that is open in an outline, with everything it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Field
from django.http import QueryDict
from django.urls import reverse

from criteria.actions.policy_tree.place import spot_of
from criteria.models import Criterion, Kind, Question, Slot
from criteria.models.criterion_fit import LINKS
from criteria.screens.admin.links import row_id
from criteria.screens.admin.outline.adds import words_of
from criteria.screens.admin.outline.editor.asked import EditedLine
from criteria.screens.admin.outline.editor.forms import (
    LineForm,
    QuestionForm,
    line_form,
    question_form,
    shown,
)
from criteria.screens.admin.outline.editor.picker import NEW, Picker, picker
from criteria.screens.forms import UnseenForm, unseen

TITLES = {Kind.ALL: "All of these", Kind.DOSE: "The dose is within the limit"}
NAMES = {Kind.QUESTION: "question", Kind.WHEN: "when-then-otherwise", Kind.DOSE: "dose"}


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields under one heading, in rows."""

    title: str
    rows: Sequence[Sequence[Any]]


@dataclass(slots=True)
class Opened:
    """One open form. ``question``: the one it asks, None until it is chosen."""

    asked: EditedLine
    question: Question | None
    form: LineForm
    picker: Picker | None = None
    refused: Sequence[str] = field(default=())
    is_fresh: bool = False
    is_shown: bool = True

    @property
    def slot(self) -> str:
        """The element it stands in."""
        return self.asked.slot

    @property
    def is_orphan(self) -> bool:
        """Whether the line it belongs to is gone."""
        return self.asked.is_lost

    @property
    def title(self) -> str:
        """What the form is for."""
        line, place = self.asked.line, self.asked.place
        if line is not None:
            return f"Edit “{line}”"
        if place is None:
            return "This line was deleted"
        name = NAMES.get(Kind(self.asked.kind), "group")
        beside = "" if place.target is None else f" {words_of(place.where)} “{place.target}”"
        return f"New {name}{beside}"

    @property
    def unseen(self) -> UnseenForm:
        """The hidden fields that name the line or the place, and what the form asks."""
        kind = "" if self.question is None else self.question.type
        known = [("slot", self.slot), ("asked", kind or "nothing")]
        before = ("prefilled", prefilled(self.asked, self.question))
        return unseen(dict((*self.asked.fields, *known, before)))

    @property
    def hidden_fields(self) -> list[Any]:
        """Fields nobody types in."""
        return self.form.hidden_fields()

    @property
    def groups(self) -> list[Fields]:
        """The fields by heading; the question has a part of its own."""
        found = []
        for title, rows in shown(self.asked.kind, self._type):
            bound = [[self.form[n] for n in row if self._is_typed(n)] for row in rows]
            found.append(Fields(title, [row for row in bound if row]))
        return [group for group in found if group.rows]

    @property
    def unit(self) -> str:
        """The unit of the number that is compared."""
        return "" if self.question is None else self.question.unit

    @property
    def _type(self) -> str | None:
        return None if self.question is None else self.question.type

    def _is_typed(self, name: str) -> bool:
        return name != "question" and not self.form[name].is_hidden


def opened(asked: EditedLine, given: QueryDict, *, bound: bool, is_fresh: bool = False) -> Opened:
    """The form asked for: as it was sent, or, not ``bound``, with what is known so far."""
    question = chosen_question(asked, given)
    kind = None if question is None else question.type
    form_class = line_form(asked.tree.version, asked.kind, kind)
    options: dict[str, Any] = {"auto_id": f"{asked.slot}-%s", "instance": row_of(asked)}
    if bound:
        form = form_class(given, **options)
    else:
        form = form_class(initial=_initial(asked, given, question), **options)
    found = Opened(asked, question, form, is_fresh=is_fresh and question is None)
    if is_fresh and (question is not None or asked.kind != Kind.QUESTION):
        form.fields["title"].widget.attrs["autofocus"] = True
    if asked.kind == Kind.QUESTION:
        found.picker = _picker(found, given)
    return found


def row_of(asked: EditedLine) -> Criterion:
    """The criterion of the form: stored, or new at its place.

    Raises EditionRefusedError where nothing can stand.
    """
    if asked.line is not None:
        return asked.line
    tree = asked.tree
    row = Criterion(version=tree.version, tree=tree, kind=asked.kind, slot=Slot.MEMBER)
    if asked.place is not None and not asked.is_lost:
        spot = spot_of(tree, asked.place)
        row.parent, row.slot = spot.parent, spot.slot
    return row


def chosen_question(asked: EditedLine, given: Mapping[str, str]) -> Question | None:
    """The question chosen now, or the stored one."""
    if asked.kind != Kind.QUESTION:
        return None
    pk = row_id(given.get("question", ""))
    if pk is not None:
        return Question.objects.filter(version=asked.tree.version, pk=pk).first()
    is_new = given.get("question") == NEW
    return None if asked.line is None or is_new else asked.line.question


def _initial(asked: EditedLine, given: QueryDict, question: Question | None) -> dict[str, Any]:
    """What was typed so far; of a new line, what can be said for it."""
    names = {f.name for f in Criterion._meta.get_fields()}
    found: dict[str, Any] = {
        name: given.getlist(name) if name in LINKS else given[name]
        for name in given
        if name in names
    }
    if "step" in given:  # what is not ticked is not sent
        found |= {f.name: f.name in given for f in Criterion._meta.fields if _is_ticked(f)}
        found |= {name: given.getlist(name) for name in LINKS}
    found["kind"] = given.get("kind") or asked.kind
    if question is not None:
        found["question"] = question.pk
    if asked.line is None and found.get("title", "") in ("", given.get("prefilled", "")):
        found["title"] = prefilled(asked, question)
    if asked.place is not None and asked.place.target is not None:
        found.setdefault("section", asked.place.target.section)
    return found


def prefilled(asked: EditedLine, question: Question | None) -> str:
    """The title a line has until another is typed."""
    return TITLES.get(Kind(asked.kind), "") if question is None else question.wording.rstrip(" ?")


def _is_ticked(column: Field) -> bool:
    return isinstance(column, BooleanField) and not column.null


def _picker(found: Opened, given: QueryDict) -> Picker:
    version = found.asked.tree.version
    chosen = "" if found.question is None else str(found.question.pk)
    form: QuestionForm | None = None
    if given.get("question") == NEW:
        chosen, auto_id = NEW, f"{found.slot}-new-%s"
        form = question_form(version)(initial=typed_question(given), prefix="new", auto_id=auto_id)
    found.picker = picker(version, given.get("q", ""), chosen, form)
    found.picker.slot, found.picker.is_fresh = found.slot, found.is_fresh
    found.picker.url = reverse("admin:criteria_outline_questions", args=[found.asked.tree.pk])
    return found.picker


def typed_question(given: Mapping[str, str]) -> dict[str, str]:
    """What was typed of a new question so far; the words of the search to begin with."""
    found = {k.removeprefix("new-"): v for k, v in given.items() if k.startswith("new-")}
    return found or {"wording": given.get("q", "")}
