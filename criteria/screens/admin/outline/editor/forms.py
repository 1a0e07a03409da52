"""The forms that open in an outline: one line, and a new question for it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import modelform_factory
from django.forms.models import construct_instance

from criteria.actions.policies.keys import key_from, settle_key, unused
from criteria.models import Criterion, Kind, PolicyVersion, Question
from criteria.models.criterion_fit import LINKS
from criteria.models.criterion_rules import GROUPS
from criteria.rules import KINDS, AnswerType
from criteria.screens.admin.criterion_form import CriterionForm, fieldsets_for
from criteria.screens.admin.forms import PartForm, form_knowing

# Places and names are not typed in: lines are moved, and keys are made.
NOT_ASKED = {"key", "parent", "slot", "position"}
Rows = list[list[str]]


class LineForm(CriterionForm):
    """The form of a criterion without its place and its key."""

    def clean(self) -> dict[str, Any]:
        """Make a key for a new group, or for a question that is asked already."""
        cleaned = super().clean()
        row = self.instance
        row.kind, row.title = cleaned.get("kind", row.kind), cleaned.get("title", "")
        row.question = cleaned.get("question")
        settle_key(row)
        return cleaned

    def _post_clean(self) -> None:
        """Leave the rules of the database, a query each, to the action: it asks them all anyway."""
        excluded = self._get_validation_exclusions()
        options = self._meta
        self.instance = construct_instance(self, self.instance, options.fields, options.exclude)
        try:
            self.instance.full_clean(excluded, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self._update_errors(error)


def shown(kind: str, type: str | None) -> list[tuple[str, Rows]]:
    """The fields of a line by their headings, in rows."""
    found = []
    left_out = NOT_ASKED if kind in GROUPS else NOT_ASKED | {"n"}
    for title, said in fieldsets_for(kind, type, is_new=True):
        rows = [[row] if isinstance(row, str) else list(row) for row in said["fields"]]
        kept = [[name for name in row if name not in left_out] for row in rows]
        found.append((title or "", [row for row in kept if row]))
    return [(title, rows) for title, rows in found if rows]


def line_form(version: PolicyVersion, kind: str, type: str | None) -> type[LineForm]:
    """The form for a line of a kind that asks for a kind of answer."""
    names = [name for _, rows in shown(kind, type) for row in rows for name in row]

    def field_for(column: models.Field, **given: object) -> forms.Field | None:
        return _field(column, version, kind, **given)

    made: Any = modelform_factory(Criterion, LineForm, fields=names, formfield_callback=field_for)
    return form_knowing(made, version_id=version.pk)


def _field(
    column: models.Field, version: PolicyVersion, kind: str, **given: object
) -> forms.Field | None:
    options: dict[str, Any] = dict(given)
    if isinstance(column, models.ForeignKey | models.ManyToManyField):
        rows = column.related_model._default_manager.filter(version=version)
        if column.name == "anchor_question":
            rows = rows.filter(type=AnswerType.DATE)
        options["queryset"] = rows
    widget = _widget(column, kind)
    return column.formfield(**(options | ({} if widget is None else {"widget": widget})))


def _widget(column: models.Field, kind: str) -> forms.Widget | type[forms.Widget] | None:
    if column.name == "kind":
        known = [(k.value, k.label) for k in Kind if k in GROUPS]
        return forms.Select(choices=known) if kind in GROUPS else forms.HiddenInput()
    if column.name in LINKS:
        return forms.CheckboxSelectMultiple()
    if column.name in ("note", "codes"):
        return forms.Textarea(attrs={"rows": 2, "cols": 60})
    if isinstance(column, models.TextField):
        return forms.TextInput(attrs={"size": 30 if column.name == "section" else 60})
    return None


class QuestionForm(PartForm):
    """A new question with its choices, one on each line."""

    choices = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 40}),
        label="Choices, one on each line",
        help_text="Only for one of several choices.",
    )

    class Meta:
        model = Question
        fields = (
            "wording",
            "type",
            "help",
            "unit",
            "minimum",
            "maximum",
            "whole",
            "dated",
            "choices",
            "examples",
            "names",
            "names_not_counted",
            "unchangeable",
        )
        widgets = {
            "wording": forms.TextInput(attrs={"size": 60}),
            "help": forms.TextInput(attrs={"size": 60}),
            "examples": forms.TextInput(attrs={"size": 60}),
            "names": forms.Textarea(attrs={"rows": 3, "cols": 60}),
            "names_not_counted": forms.Textarea(attrs={"rows": 2, "cols": 60}),
        }

    def clean(self) -> dict[str, Any]:
        """Make a key; a choice needs two answers at least, and no other kind has any."""
        cleaned = super().clean()
        found = self.labels(cleaned)
        type: str = cleaned.get("type") or ""
        is_choice = bool(type) and KINDS[AnswerType(type)].has_choices
        if is_choice and len(found) < 2:
            self.add_error("choices", "Give two choices at least, each on its own line.")
        if found and not is_choice:
            self.add_error("choices", "Only one of several choices has choices: leave this empty.")
        taken = set(Question.objects.filter(version=self.version_id).values_list("key", flat=True))
        self.instance.key = unused(key_from(cleaned.get("wording", "")) or "question", taken)
        return cleaned

    def labels(self, cleaned: dict[str, Any]) -> list[str]:
        """The choices that were typed."""
        lines: Iterable[str] = cleaned.get("choices", "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def question_form(version: PolicyVersion) -> type[QuestionForm]:
    """The form for a new question of an edition."""
    return form_knowing(QuestionForm, version_id=version.pk)
