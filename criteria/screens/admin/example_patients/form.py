"""The form of an example patient: whom it is about, the dose, and the questions of its criteria."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from criteria.models import ExamplePatient
from criteria.policies.edition import Edition, PathwayDefinition
from criteria.requests.case_files.keys import question_keys
from criteria.requests.case_files.names import GENERAL_ALONE
from criteria.requests.case_files.patient import case_of
from criteria.requests.case_files.sentences import PHASES
from criteria.rules import KINDS, FactRole, QuestionDefinition
from criteria.rules.json_values import CaseProblemError
from criteria.rules.terms import Overall, TherapyPhase
from criteria.screens.admin.example_patients.answers import (
    fields_for,
    initial_for,
    stated_by,
)
from criteria.screens.admin.example_patients.facts import (
    FACTS,
    fact_fields,
    fact_initial,
    facts_stated,
    field_of,
)

# Answered by the patient's own details, so not asked again.
ELSEWHERE = {FactRole.AGE_YEARS, FactRole.DIAGNOSIS_CODES}
RESULTS = [(overall.value, overall.value) for overall in Overall]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of the form: its fields side by side. ``label`` is the first one's."""

    label: str
    fields: tuple[forms.BoundField, ...]

    @property
    def errors(self) -> list[str]:
        """Everything wrong with its fields."""
        return [str(error) for field in self.fields for error in field.errors]


class ExamplePatientForm(forms.Form):
    """One patient, as an edition asks. ``stated`` holds what the form says once it is valid."""

    def __init__(
        self, edition: Edition, data: Mapping[str, Any] | None, patient: ExamplePatient
    ) -> None:
        """The fields that the chosen diagnosis, phase and criteria need, filled in."""
        self.edition, self.patient = edition, patient
        self.stated: dict[str, Any] = patient.stated or {}
        self._typed: Mapping[str, Any] = self._shown() if data is None else data
        super().__init__(data=data, initial=None if data is not None else dict(self._typed))
        facts = fact_fields(edition, self._one("product"))
        self.fields |= self._head() | facts | self._answer_fields()

    # Fields

    def _head(self) -> dict[str, forms.Field]:
        wide = forms.TextInput(attrs={"size": 60})
        rows = forms.Textarea(attrs={"rows": 2, "cols": 60})
        return {
            "name": forms.CharField(max_length=200, widget=wide, help_text="Such as “IgG of 400”."),
            "words": forms.CharField(label="About the patient", required=False, widget=rows),
            "expected": forms.ChoiceField(
                label="Expected result", choices=[("", "Choose one"), *RESULTS]
            ),
            "indication": forms.ChoiceField(label="Diagnosis", choices=self._indications()),
            "phase": forms.ChoiceField(choices=list(PHASES.items())),
            "pathway": forms.ChoiceField(
                label="Criteria", required=False, choices=self._pathways(), help_text=ONLY_ONE
            ),
        }

    def _indications(self) -> list[tuple[str, str]]:
        named = sorted((i.name, i.key) for i in self.edition.indications.values())
        alone = (GENERAL_ALONE, "The general requirements alone")
        found = [("", "Choose one"), alone, *((key, name) for name, key in named)]
        typed = self._one("indication")
        return found if typed in dict(found) else [*found, (typed, f"{typed} (gone)")]

    def _pathways(self) -> list[tuple[str, str]]:
        found = [("", "the only ones for this phase"), *((p.key, p.name) for p in self._known())]
        typed = self._one("pathway")
        return found if typed in dict(found) else [*found, (typed, f"{typed} (gone)")]

    def _known(self) -> tuple[PathwayDefinition, ...]:
        indication = self.edition.indications.get(self._one("indication"))
        return () if indication is None else indication.pathways

    @cached_property
    def questions(self) -> tuple[QuestionDefinition, ...]:
        """What the chosen criteria ask, and whatever else was answered."""
        asked = [entry["key"] for entry in self._asked()]
        typed = [key for key in self.edition.questions if self._one(f"q-{key}")]
        found = [self.edition.questions[key] for key in dict.fromkeys([*asked, *typed])]
        shown = (q for q in found if not KINDS[q.type].is_from_request)
        return tuple(q for q in shown if q.role not in ELSEWHERE or q.key in typed)

    def _asked(self) -> list[dict[str, Any]]:
        indication, phase = self._one("indication"), self._one("phase")
        known = indication == GENERAL_ALONE or indication in self.edition.indications
        if not known:
            return []
        pathway = self._one("pathway")
        chosen = pathway if pathway in {p.key for p in self._known()} else None
        served = TherapyPhase(phase) if phase in set(TherapyPhase) else TherapyPhase.INITIAL
        return question_keys(self.edition, indication, chosen, served)

    def _answer_fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for question in self.questions:
            found |= fields_for(question)
        return found

    def _shown(self) -> dict[str, str]:
        """The patient as the fields show it."""
        stated = self.stated
        shown = {key: str(getattr(self.patient, key) or "") for key in ("name", "words")}
        shown["expected"] = self.patient.expected
        shown["phase"] = TherapyPhase.INITIAL.value
        for key in ("indication", "phase", "pathway"):
            shown[key] = str(stated.get(key) or shown.get(key, ""))
        for key, value in (stated.get("answers") or {}).items():
            question = self.edition.questions.get(key)
            shown |= {} if question is None else initial_for(question, value)
        return shown | fact_initial(stated)

    def _one(self, name: str) -> str:
        return str(self._typed.get(name) or "")

    # Drawing

    @property
    def head_rows(self) -> list[FormRow]:
        """Name, expected result and criteria."""
        return [self._row(name) for name in ("name", "words", "expected")]

    @property
    def use_rows(self) -> list[FormRow]:
        """What chooses the questions."""
        return [self._row(name) for name in ("indication", "phase", "pathway")]

    @property
    def fact_rows(self) -> list[tuple[str, list[FormRow]]]:
        """The patient and the dose, under their headings."""
        return [(title, [self._row(*names) for names in rows]) for title, rows in FACTS]

    @property
    def answer_rows(self) -> list[FormRow]:
        """A line for each question."""
        return [self._row(*fields_for(question)) for question in self.questions]

    @property
    def gone(self) -> list[str]:
        """Answers to questions this edition does not ask: saving leaves them out."""
        answers = (self.patient.stated or {}).get("answers") or {}
        return [f"{key}: {answers[key]}" for key in answers if key not in self.edition.questions]

    def _row(self, *names: str) -> FormRow:
        first = self[names[0]]
        return FormRow(str(first.label), tuple(self[name] for name in names))

    # Reading

    def clean(self) -> dict[str, Any]:
        """State the patient, and have the edition read it: every mistake stands at its field."""
        typed = {name: str(value or "") for name, value in self.cleaned_data.items()}
        stated = {key: typed.get(key) for key in ("indication", "phase", "pathway")}
        found = {**stated, **facts_stated(self, typed), "answers": dict(self._answers(typed))}
        self.stated = {key: value for key, value in found.items() if value not in (None, "", {})}
        if not self.errors:
            try:
                case = case_of(self.edition, self.stated)
                self.stated |= {"pathway": case.pathway} if case.pathway else {}
            except CaseProblemError as problem:
                for one in problem.every:
                    self._say(one)
        return self.cleaned_data

    def _answers(self, typed: dict[str, str]) -> Iterator[tuple[str, Any]]:
        for question in self.questions:
            try:
                value = stated_by(question, typed)
            except forms.ValidationError as error:
                self.add_error(None, error)
            else:
                if value is not None:
                    yield question.key, value

    def _say(self, problem: CaseProblemError) -> None:
        name = field_of(problem.key)
        message = f"{problem.message[:1].upper()}{problem.message[1:]}."
        if name in self.fields:
            self.add_error(name, message)
        else:
            self.add_error(None, f"{problem.key}: {message}")


ONLY_ONE = "Only where several serve the phase."
