"""The inputs of a question: the answer, what belongs to it, and where the records say so."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from django import forms
from django.forms.boundfield import BoundField

from criteria.requests.answers.readings import EVIDENCE, evidence_of, name_of, rows_of
from criteria.requests.answers.typed import one
from criteria.requests.stated_request import StatedRequest
from criteria.rules import KINDS, QuestionDefinition
from criteria.rules.formats import unit_text
from criteria.rules.kinds.fields import AnswerField, FieldWidget
from criteria.screens.fields import Day, Number, Pick, Tick
from criteria.screens.forms import DrawnForm, StyledField
from criteria.screens.widgets import ManyRadios

EVIDENCE_LABELS = dict(zip(EVIDENCE, ("Document", "Enclosure", "Page"), strict=True))


class Inputs(DrawnForm):
    """Inputs that read as one thing: what was typed into them is told of the whole."""

    bound_field_class = StyledField

    def __init__(
        self, fields: Mapping[str, forms.Field], typed: Mapping[str, str], auto_id: str = "id_%s"
    ) -> None:
        """``fields`` and what was typed into them, by name."""
        super().__init__(initial=dict(typed), auto_id=auto_id)
        self.fields.update(fields)


class QuestionInputs:
    """What the template of a question draws."""

    def __init__(self, question: QuestionDefinition, draft: StatedRequest) -> None:
        """``draft``: with what was typed."""
        self.question, self.typed, self.letters = question, draft.typed, draft.letters
        self._main, *others = KINDS[question.type].fields(question)
        self._others = [field for field in others if not field.in_rows]
        self._columns = [field for field in others if field.in_rows]

    @cached_property
    def answer(self) -> BoundField:
        """The input of the answer itself."""
        name, field = name_of(self.question), form_field(self._main)
        if not field.widget.use_fieldset:
            field.widget.attrs["id"] = f"id_{name}-value"
        elif self._main.widget is FieldWidget.TICK:
            field.widget.attrs["id"] = f"id_{name}-none"
        if self._main.widget is FieldWidget.DAY:
            field.widget.attrs["aria-label"] = self._main.label
        if self._main.widget is FieldWidget.FIGURE and not self._others:
            unit, figure = self._main.unit, self._main.label
            field.widget.attrs["aria-label"] = f"{figure} in {unit}" if unit else figure
        return self._inputs({name: field})[name]

    @property
    def unit(self) -> str:
        """The unit of a number, where there is one to choose from."""
        return unit_text(self.question.unit)

    @cached_property
    def others(self) -> Inputs:
        """What belongs to the answer: a unit to choose, the day it was measured, a therapy."""
        fields = {name_of(self.question, each.part): form_field(each) for each in self._others}
        typed: dict[str, str] = {}
        for each in self._others:
            name = name_of(self.question, each.part)
            if each.widget is FieldWidget.SELECT and one(self.typed, name) not in dict(
                each.choices
            ):
                typed[name] = each.choices[0][0]
        return self._inputs(fields, typed)

    @property
    def rows(self) -> tuple[Inputs, ...]:
        """The rows of a list that say something, and an empty one."""
        if not self._columns:
            return ()
        filled: list[dict[str, str]] = [*rows_of(self.question, self.typed), {}]
        return tuple(self._row(place, row) for place, row in enumerate(filled))

    def _row(self, place: int, row: Mapping[str, str]) -> Inputs:
        fields = {}
        for each in self._columns:
            choices = (("", "Choose one"), *each.choices) if each.choices else ()
            fields[name_of(self.question, each.part)] = form_field(replace(each, choices=choices))
        typed = {name_of(self.question, part): text for part, text in row.items()}
        return Inputs(fields, typed, auto_id=f"id_%s-{place}")

    @property
    def evidence(self) -> Inputs:
        """Where in the records: the document in words, the enclosure once there are some, page."""
        fields: dict[str, forms.Field] = {
            name_of(self.question, part): line(label) for part, label in EVIDENCE_LABELS.items()
        }
        enclosure = name_of(self.question, "encl")
        if not self.letters:
            del fields[enclosure]
        else:
            offered = [("", "–"), *((letter, letter) for letter in self.letters)]
            fields[enclosure] = Pick("Enclosure", offered, as_list=True)
        return self._inputs(fields)

    @property
    def evidence_text(self) -> str:
        """The same in words."""
        return evidence_of(self.question, self.typed).text

    def _inputs(
        self, fields: Mapping[str, forms.Field], typed: Mapping[str, str] | None = None
    ) -> Inputs:
        return Inputs(fields, {name: one(self.typed, name) for name in fields} | dict(typed or {}))


def form_field(field: AnswerField) -> forms.Field:
    """The form's field for one that a kind of answer names."""
    if field.widget is FieldWidget.FIGURE:
        return Number(field.label)
    if field.widget is FieldWidget.DAY:
        return Day(field.label)
    if field.widget is FieldWidget.SELECT:
        return Pick(field.label, field.choices, as_list=True)
    if field.widget is FieldWidget.RADIO:
        return Pick(field.label, field.choices, widget=ManyRadios)
    if field.widget is FieldWidget.TICK:
        ((ticked, words),) = field.choices
        return Tick(field.label, words, ticked=ticked)
    return line(field.label, field.hint)


def line(label: str, hint: str = "") -> forms.CharField:
    """A line of text. ``hint``: an example in it."""
    attrs = {"autocomplete": "off"} | ({"placeholder": hint} if hint else {})
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs))
