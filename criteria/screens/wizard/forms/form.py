"""What every page's form shares.

A draft may have gaps: no field is required to save. What is typed wrong is said beside the field;
what is missing is said on the check page, all at once and by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import render_field
from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from criteria.requests.answers.typed import kept_signs, one
from criteria.requests.marks import CONTRADICTED, MARKS, StateMark
from criteria.requests.renewal_words import StatedThen, thens
from criteria.rules import FindingState
from criteria.screens.field_problem import FieldProblem
from criteria.screens.wizard.forms.drawing import Drawn, drawn
from criteria.screens.wizard.information_items import InformationItem, wanted_of
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough

OPTIONAL = " (optional)"
FIELD_TEMPLATE = "criteria/wizard/_field.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is said under a field, and changes while the person types.

    ``contradictions``: what was typed elsewhere and does not go with it.
    """

    name: str
    problems: tuple[FieldProblem, ...] = ()
    mark: StateMark | None = None
    text: str = ""
    contradictions: tuple[str, ...] = ()


class PageBoundField(BoundField):
    """A field with the note that stands under it."""

    form: "PageForm"

    @property
    def note(self) -> Note:
        """What is said under the field."""
        return self.form.notes[self.name]

    @property
    def kind(self) -> str:
        """Which markup draws it."""
        return str(getattr(self.field, "kind", "text"))

    @property
    def typed(self) -> str:
        """What was typed."""
        return one(self.form.typed, self.name)

    @property
    def wanted(self) -> tuple[InformationItem, ...]:
        """What a reviewer asks for here."""
        form = self.form
        return tuple(
            w for w in wanted_of(form.walk) if (w.slug, w.name) == (form.page.slug, self.name)
        )

    @property
    def described_by(self) -> str:
        """Ids of what is read out with the field: its help, and what is said under it."""
        return f"help-{self.name} note-{self.name}" if self.help_text else f"note-{self.name}"

    @property
    def aria(self) -> SafeString:
        """Attributes that tell a screen reader what is said of the field."""
        wrong = mark_safe(' aria-invalid="true"') if self.note.problems else ""
        return format_html('aria-describedby="{}"{}', self.described_by, wrong)

    @property
    def day(self) -> tuple[str, str]:
        """Type and value of the input of a date."""
        field: Any = self.field
        shown: tuple[str, str] = field.shown(self.typed)
        return shown

    @property
    def drawn(self) -> Drawn:
        """The inputs of a question."""
        field: Any = self.field
        return drawn(field.question, self.form.typed, self.form.draft.letters)

    @property
    def thens(self) -> tuple[StatedThen, ...]:
        """What was answered to a question at the approvals a renewal continues."""
        field: Any = self.field
        draft = self.form.draft
        if draft.baseline is None or draft.edition is None:
            return ()
        policy = draft.edition.policy_key
        return tuple(thens(draft.baseline, field.question, policy, self.form.typed, draft.known))


def lead_of(label: str) -> str:
    """How a problem of the summary begins: "Height:", or the question itself."""
    label = label.removesuffix(OPTIONAL)
    return label if label.endswith("?") else f"{label}:"


class PageForm(forms.Form):
    """The form of one page, bound to what was typed."""

    bound_field_class = PageBoundField
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
        super().__init__(data=MultiValueDict(dict(self.typed)), label_suffix="")
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
        """How crispy draws the fields; the form element around them is the page's."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.field_template = FIELD_TEMPLATE
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


class FieldSection(LayoutObject):
    """Fields under one heading."""

    def __init__(self, heading: str, *fields: LayoutObject | str) -> None:
        """Keep the heading and the fields."""
        self.heading = heading
        self.fields = list(fields)

    def render(self, form: PageForm, context: Any, **kwargs: Any) -> str:
        """The heading, then the fields."""
        inside = mark_safe(self.get_rendered_fields(form, context, **kwargs))  # noqa: S308
        found = {"heading": self.heading, "inside": inside}
        return render_to_string("criteria/wizard/_section.html", found)


class FieldRow(LayoutObject):
    """Fields side by side, with what is said of them below: nothing moves when that changes."""

    def __init__(self, *fields: str) -> None:
        """Keep the names."""
        self.fields = list(fields)

    def render(self, form: PageForm, context: Any, **kwargs: Any) -> str:
        """The fields, then their notes."""
        parts = [
            render_field(
                name, form, context, template=FIELD_TEMPLATE, extra_context={"in_row": True}
            )
            for name in self.fields
        ]
        found = {"inside": mark_safe("".join(parts)), "notes": [form.notes[n] for n in self.fields]}  # noqa: S308
        return render_to_string("criteria/wizard/_row.html", found)
