"""What every page's form shares.

A draft may have gaps: no field is required to save. What is typed wrong is said beside the field;
what is missing is said on the check page, all at once and by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django.forms import CheckboxSelectMultiple, MultipleHiddenInput
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from criteria.requests.answers.typed import kept_signs, many, one
from criteria.requests.marks import CONTRADICTED, MARKS
from criteria.rules import FindingState
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.forms import DrawnForm, NotedField
from criteria.screens.layout import FieldRow, FieldSection
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough

OPTIONAL = " (optional)"


class PageField(NotedField):
    """A field of a page, with what was typed into it."""

    form: "PageForm"

    @property
    def note(self) -> Note:
        """What is said under the field."""
        return self.form.notes[self.name]

    def value(self) -> str | list[str]:
        """What was typed, right or wrong."""
        has_several = isinstance(self.field.widget, CheckboxSelectMultiple | MultipleHiddenInput)
        return (many if has_several else one)(self.form.typed, self.name)


def lead_of(label: str) -> str:
    """How a problem of the summary begins: "Height:", or the question itself."""
    label = label.removesuffix(OPTIONAL)
    return label if label.endswith("?") else f"{label}:"


class PageForm(DrawnForm):
    """The form of one page, bound to what was typed."""

    bound_field_class = PageField
    # Headings (may be empty) with the fields under them.
    sections: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    # Fields that read as one line.
    rows: ClassVar[tuple[tuple[str, ...], ...]] = ()
    # Fields without which a request cannot be submitted.
    needed: ClassVar[tuple[str, ...]] = ()
    # Fields with the field that holds their unit: read and shown together.
    units: ClassVar[Mapping[str, str]] = {}

    def __init__(self, walk: Walkthrough, page: WizardPage) -> None:
        """Bind to what was typed so far."""
        self.walk, self.draft, self.page = walk, walk.draft, page
        self.typed = self.draft.typed
        self._notes: dict[str, Note] | None = None
        super().__init__(data=MultiValueDict(dict(self.typed)))
        self.prepare()
        for field in self.fields.values():
            field.required = False

    def prepare(self) -> None:
        """Adapt the fields to what is known."""

    def names(self) -> tuple[str, ...]:
        """Every name the page may send."""
        return tuple(self.fields)

    def taken_from(self, sent: QueryDict) -> dict[str, list[str]]:
        """What was typed into this page, as it was typed; unknown names are left out."""
        return {name: kept_signs(sent.getlist(name)) for name in self.names()}

    @property
    def helper(self) -> FormHelper:
        """With the fields under their headings."""
        helper = super().helper
        helper.layout = Layout(*self.layout())
        return helper

    def layout(self) -> Iterator[LayoutObject | str]:
        """Every field, under its heading."""
        for heading, names in self.sections or (("", tuple(self.fields)),):
            parts = self._in_rows([name for name in names if name in self.fields])
            if parts:
                yield FieldSection(heading, *parts) if heading else Layout(*parts)

    def _in_rows(self, names: list[str]) -> list[LayoutObject | str]:
        """The fields, those of a row side by side."""
        row_of = {name: row for row in self.rows for name in row}
        grouped = groupby(names, key=lambda name: row_of.get(name, name))
        return [
            FieldRow(*group) if isinstance(row, tuple) else next(iter(group))
            for row, group in grouped
        ]

    @property
    def notes(self) -> Mapping[str, Note]:
        """What stands under each field, by its name."""
        if self._notes is None:
            self._notes = {name: self._whole_note(name) for name in self.fields}
        return self._notes

    def _whole_note(self, name: str) -> Note:
        """With what contradicts the field, once what is wrong with it is put right."""
        note = self.note(name)
        found = () if note.problems else self.draft.contradictions.get(name, ())
        if not found:
            return note
        mark = CONTRADICTED if note.mark == MARKS[FindingState.MET] else note.mark
        return replace(note, contradictions=found, mark=mark)

    def note(self, name: str) -> Note:
        """What stands under one field."""
        wrong = tuple(FieldProblem(name=name, text=str(e)) for e in self.errors.get(name, ()))
        return Note(name=name, problems=wrong, text="" if wrong else self.echo(name))

    def echo(self, name: str) -> str:
        """What was understood of a field, where that helps ("= 69.853 kg")."""
        return ""

    @property
    def problems(self) -> tuple[FieldProblem, ...]:
        """What is typed wrong, or asks to be confirmed and is not, in the order of the fields."""
        return tuple(
            replace(problem, label=problem.label or lead_of(str(self.fields[name].label)))
            for name, note in self.notes.items()
            for problem in note.problems
            if not problem.is_confirmed
        )

    def is_asked(self, name: str) -> bool:
        """Whether a field counts with what was answered so far; others are not read back."""
        return True

    @property
    def values(self) -> dict[str, Any]:
        """What could be read; a field that is wrong is missing."""
        self.full_clean_once()
        return self.cleaned_data

    def full_clean_once(self) -> None:
        """Read the form unless it was read."""
        _ = self.errors

    def is_needed(self, name: str) -> bool:
        """Whether a request cannot be submitted without this field."""
        return name in self.needed

    def missing_names(self) -> list[str]:
        """The needed fields that are empty; one that is typed wrong is not missing."""
        return [
            name
            for name in self.fields
            if self.is_needed(name) and not any(self.typed.get(name) or ())
        ]
