"""The form of a criterion: it asks for the passing condition that fits the question."""

from dataclasses import replace
from itertools import chain
from typing import Any, Unpack

from django import forms

from criteria.models import Criterion, Kind, Question
from criteria.models.criterion_fit import COLUMNS, LINKS, question_of
from criteria.rules import KINDS, AnswerChoice, AnswerType
from criteria.screens.admin.forms import PartForm, RowFormOptions
from criteria.screens.admin.links import row_id
from criteria.screens.forms import SentFiles, Typed

WHEN_CHOSEN: tuple[str, list[Any]] = ("When it passes", [])


def condition_fields(type: AnswerType) -> tuple[str, list[Any]]:
    """The heading and the rows of fields of a passing test."""
    kind = KINDS[type]
    rows: list[Any] = [
        columns[0].name if len(columns) == 1 else tuple(column.name for column in columns)
        for columns in kind.columns
    ]
    return kind.heading, rows + (["contradiction"] if kind.may_contradict else [])


def fieldsets_for(kind: str, type: str | None, is_new: bool) -> list[tuple[str | None, Any]]:
    """The parts of the form: only what the kind of criterion and of answer have."""
    words = ["title", ("lines", "section"), "note", "key"]
    place = [("parent", "slot", "position")]
    if kind == Kind.DOSE:
        what: list[Any] = ["kind"]
    elif kind == Kind.QUESTION:
        what = ["kind", "question"]
    else:
        what = [("kind", "n")]
    found: list[tuple[str | None, Any]] = [(None, {"fields": [*what, *words]})]
    if kind == Kind.QUESTION:
        title, fields = WHEN_CHOSEN if type is None else condition_fields(AnswerType(type))
        words_there = "" if fields else "Choose the question and save: this is asked next."
        found.append((title, {"fields": fields, "description": words_there}))
    classes = [] if is_new else ["collapse"]
    return [*found, ("Place in the tree", {"fields": place, "classes": classes})]


class CriterionForm(PartForm):
    """Clears what the chosen kind and question have no use for."""

    class Meta:
        model = Criterion
        exclude = ("version", "tree")
        labels = {
            "kind": "What it is",
            "n": "How many at least",
            "parent": "Stands in",
            "slot": "As",
            "max_age_count": "Measured within the last",
        }
        help_texts = {
            "n": "Only for “at least so many of these”.",
            "max_age_count": "Empty: however old the value is.",
            "anchor": "Empty, and no question below: the day of the request.",
            "lines": "Where the policy says so, such as 156 or 154-162, 170.",
            "position": "Order in its group; 0 puts a new one last.",
        }

    def __init__(
        self,
        data: Typed | None = None,
        files: SentFiles | None = None,
        **options: Unpack[RowFormOptions],
    ) -> None:
        """Take away what is not shown, and offer only what is at hand."""
        super().__init__(data, files, **options)
        tree_id = self.instance.tree_id
        if "parent" in self.fields:
            parents = self.fields["parent"].queryset  # type: ignore[attr-defined]
            groups = parents.filter(tree_id=tree_id).exclude(kind__in=(Kind.QUESTION, Kind.DOSE))
            self.fields["parent"].queryset = groups.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        for name in LINKS:
            if name in self.fields:
                choices = self.fields[name].queryset  # type: ignore[attr-defined]
                self.fields[name].queryset = choices.filter(question=self._question_id())  # type: ignore[attr-defined]

    def _question_id(self) -> int | None:
        """The question chosen now, or the stored one."""
        chosen = self.data.get("question", "") or self.initial.get("question", "")
        pk = row_id(chosen)
        return self.instance.question_id if pk is None else pk

    def clean(self) -> dict[str, Any]:
        """Forget columns of another kind of answer; check the choices against the question."""
        cleaned: dict[str, Any] = super().clean() or {}
        question = cleaned.get("question")
        self._forget(None if question is None else AnswerType(question.type))
        if question is not None and KINDS[AnswerType(question.type)].has_choices:
            self._check_choices(question, cleaned)
        if question is not None:
            self._check_asked(AnswerType(question.type))
        return cleaned

    def _check_asked(self, type: AnswerType) -> None:
        """No box ticked says something only where the boxes were shown."""
        boxes = [column for row in KINDS[type].columns for column in row]
        if not all(column.empty is False for column in boxes):
            return
        was_asked = self.data.get("asked", type) == type
        if not was_asked and not any(column.name in self.data for column in boxes):
            self._say("question", "Now say below what must have become of it, and save again.")

    def _forget(self, type: AnswerType | None) -> None:
        for name, types in COLUMNS.items():
            if name not in LINKS and name not in self.fields and type not in types:
                column: Any = Criterion._meta.get_field(name)
                setattr(self.instance, name, column.get_default())
        if self.cleaned_data.get("kind") != Kind.QUESTION:
            self.instance.question = None
        if self.cleaned_data.get("kind") != Kind.AT_LEAST and "n" not in self.fields:
            self.instance.n = None

    def _check_choices(self, question: Question, cleaned: dict[str, Any]) -> None:
        chosen = {name: cleaned.get(name) or () for name in LINKS}
        for name, choices in chosen.items():
            if any(choice.question_id != question.pk for choice in choices):
                self._say(name, "Choose among the choices of this question.")
        kind, asked = KINDS[AnswerType(question.type)], question_of(question)
        offered = {AnswerChoice(each.key, str(each)) for each in chain(*chosen.values())}
        values = {name: [choice.key for choice in choices] for name, choices in chosen.items()}
        met = cleaned.get("contradiction")
        stated = kind.stated_of(values) | {"contradiction": met.key if met else None}
        for wrong in kind.misfits(stated, replace(asked, choices=tuple(offered)), {}):
            self._say(kind.field_columns.get(wrong.field, wrong.field), wrong.advice)

    def _say(self, name: str, message: str) -> None:
        self.add_error(name if name in self.fields else None, forms.ValidationError(message))
