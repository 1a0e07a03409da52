"""Choosing a question of the edition: found by its words, with where it is used already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundWidget

from criteria.models import Criterion, PolicyVersion, Question
from criteria.models.question import ANSWER_TYPES
from criteria.rules.formats import counted
from criteria.screens.admin.links import row_id
from criteria.screens.admin.outline.editor.forms import QuestionForm
from criteria.screens.widgets import NamedRadios

MOST = 8
NAMED_USES = 3
NEW, WRITE = "new", "Write a new question"
TYPES = dict(ANSWER_TYPES)
SEARCHED = ("wording", "key", "help", "examples", "unit")


@dataclass(frozen=True, slots=True)
class Option:
    """One question as it is offered."""

    pk: int
    wording: str
    type: str
    uses: str
    is_chosen: bool


class PickForm(forms.Form):
    """Which question a line asks."""

    question = forms.ChoiceField(widget=NamedRadios, required=False)


class QuestionSearch(forms.Form):
    """Words of a question, searched for while they are typed."""

    q = forms.CharField(label="Search the questions of this edition", required=False)

    def __init__(self, shown: "Picker") -> None:
        """``shown``: the search, with what was typed."""
        super().__init__(initial={"q": shown.searched}, auto_id=f"{shown.slot}-%s")
        self.fields["q"].widget = forms.TextInput(
            {
                "type": "search",
                "autocomplete": "off",
                "autofocus": shown.is_fresh,
                "hx-get": shown.url,
                "hx-trigger": "input changed delay:200ms",
                "hx-target": f"#{shown.slot}-found",
                "hx-include": "closest form",
                "hx-params": "q,question,slot",
                "hx-sync": "this:replace",
            }
        )


@dataclass(slots=True)
class Picker:
    """What the search found. ``form``: the new question, while it is written."""

    searched: str
    options: Sequence[Option]
    count: int
    is_new: bool
    form: QuestionForm | None = None
    slot: str = ""
    url: str = ""
    is_fresh: bool = False

    @property
    def search(self) -> QuestionSearch:
        """Where words of a question are typed."""
        return QuestionSearch(self)

    @property
    def radios(self) -> list[tuple[BoundWidget, Option | None]]:
        """A button for each question found, and one for a new one."""
        choices = [*((str(one.pk), one.wording) for one in self.options), (NEW, WRITE)]
        chosen = NEW if self.is_new else next((o.pk for o in self.options if o.is_chosen), "")
        form = PickForm(initial={"question": chosen}, auto_id=f"{self.slot}-%s")
        field: Any = form.fields["question"]
        field.choices = choices
        return list(zip(form["question"], [*self.options, None], strict=True))

    @property
    def count_words(self) -> str:
        """How many were found."""
        words = counted(self.count, "question")
        if len(self.options) < min(self.count, MOST):
            return f"Type to find another of the {words}."
        return f"{words} found, {MOST} shown. Type more." if self.count > MOST else f"{words} found"


def picker(
    version: PolicyVersion, searched: str, chosen: str, form: QuestionForm | None = None
) -> Picker:
    """The questions that hold every word typed, the one chosen first; in three queries."""
    found = Question.objects.filter(version=version)
    for word in searched.split()[:10]:
        said = Q()
        for name in SEARCHED:
            said |= Q(**{f"{name}__icontains": word})
        found = found.filter(said)
    pk = row_id(chosen)
    own = list(Question.objects.filter(version=version, pk=pk)) if pk is not None else []
    rows = list(found)
    is_kept = own and not searched.strip()
    listed = own if is_kept else [*own, *(row for row in rows if row not in own)][:MOST]
    uses = uses_of(listed)
    options = [
        Option(q.pk, q.wording, TYPES.get(q.type, q.type), _words(uses[q.pk]), q in own)
        for q in listed
    ]
    return Picker(searched, options, len(rows), chosen == NEW, form)


def uses_of(questions: Iterable[Question]) -> dict[int, list[str]]:
    """Where each question is asked, or days are counted from its answer."""
    found: dict[int, list[str]] = {question.pk: [] for question in questions}
    of_these = Q(question__in=found) | Q(anchor_question__in=found)
    rows = Criterion.objects.filter(of_these).select_related("tree__pathway__indication")
    for row in rows.order_by("tree__position", "pk"):
        pathway = row.tree.pathway
        name = row.tree.get_use_display()
        where = name if pathway is None else f"{pathway.indication.name}, {pathway.name}"
        for pk in {row.question_id or 0, row.anchor_question_id or 0} & found.keys():
            found[pk].append(where)
    return found


def _words(uses: list[str]) -> str:
    places = list(dict.fromkeys(uses))
    if not places:
        return "not used yet"
    more = len(places) - NAMED_USES
    named = "; ".join(places[:NAMED_USES])
    return f"used in {named}" + (f" and {more} more" if more > 0 else "")
