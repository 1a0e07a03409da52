"""The diagnosis, and which of its sets of criteria applies."""

from collections.abc import Iterator
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.core.exceptions import ValidationError

from criteria.policies.codes.spelling import normalized_icd10
from criteria.requests.answers.typed import one
from criteria.requests.answers.typed_codes import code_texts
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.fields import Pick, Text
from criteria.screens.widgets import Hidden
from criteria.screens.wizard.forms.form import OPTIONAL, PageField, PageForm
from criteria.screens.wizard.search.code_search import CODE_FIELDS, CodeResults, code_results

CONFIDENCE = (("definite", "Definite"), ("likely", "Likely"), ("possible", "Possible"))


class CodeBox(PageField):
    """A field of codes, with those found for what is typed while that is not a code."""

    @property
    def results(self) -> CodeResults | None:
        """The codes to choose from."""
        if not self.note.problems:
            return None
        return code_results(self.form.draft, self.name, one(self.form.typed, self.name))

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Words typed into it are searched for on the page it stands on."""
        return super().build_widget_attrs(attrs, widget) | {
            "hx-get": self.form.walk.addresses.page(self.form.page.slug),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#codes-{self.name}",
            "hx-swap": "outerHTML",
            "hx-sync": "this:replace",
        }


class CodeText(Text):
    """Where codes are typed."""

    bound_field_class = CodeBox
    drawn_by = "criteria/wizard/_code_field.html"


class DiagnosisForm(PageForm):
    """What was chosen from the search, with its codes."""

    indication = Text("Diagnosis", widget=Hidden)
    other_diagnosis = Text("Name of the diagnosis")
    icd10 = CodeText("Main ICD-10-CM code", wide=False)
    icd10_others = CodeText(
        "Other ICD-10-CM codes (optional)", help_text="With a comma or a space between them."
    )
    confidence = Pick("How sure is the diagnosis? (optional)", CONFIDENCE)

    needed = ("indication", "icd10")

    def prepare(self) -> None:
        """The name is asked only of a diagnosis that is not in the policy."""
        if not self.draft.is_not_listed:
            del self.fields["other_diagnosis"]
        if not self.is_needed("icd10"):
            self.fields["icd10"].label = f"Main ICD-10-CM code{OPTIONAL}"
            self.fields["icd10"].help_text = "The policy's list has no code of this diagnosis."

    def is_needed(self, name: str) -> bool:
        """No code of a diagnosis that the list of codes leaves out, though it binds."""
        edition, indication = self.draft.edition, self.draft.indication
        if name == "icd10" and edition is not None and indication is not None:
            return indication.codes_bind or not edition.codes_bind
        return super().is_needed(name)

    def names(self) -> tuple[str, ...]:
        """The name too, whatever is chosen."""
        return ("indication", "other_diagnosis", "icd10", "icd10_others", "confidence")

    def shown_fields(self) -> list[str]:
        """The fields under the diagnosis that was chosen."""
        return [name for name in self.fields if name != "indication"]

    def layout(self) -> Iterator[LayoutObject | str]:
        """The diagnosis itself is chosen from the search."""
        yield from self.shown_fields()

    def clean_icd10(self) -> str:
        """The code in its standard form."""
        return self._code(self.cleaned_data["icd10"])

    def clean_icd10_others(self) -> tuple[str, ...]:
        """Each code in its standard form."""
        return tuple(self._code(text) for text in code_texts(self.cleaned_data["icd10_others"]))

    def _code(self, typed: str) -> str:
        if not typed:
            return ""
        if refusal := self.draft.code_words.refusal(typed):
            raise ValidationError(refusal)
        return normalized_icd10(typed) or ""

    def note(self, name: str) -> Note:
        """What is wrong with a code, or else its words and what the policy's list says of it."""
        note = super().note(name)
        if note.problems or name not in CODE_FIELDS:
            return note
        found = self.values.get(name) or ()
        codes = (found,) if isinstance(found, str) else found
        return Note(name=name, text=self.draft.code_words.told(codes))

    @property
    def problems(self) -> tuple[FieldProblem, ...]:
        """A choice that is not in the policy is refused."""
        chosen = one(self.typed, "indication")
        if chosen and not self.draft.has_diagnosis:
            text = "This diagnosis is not in the policy chosen now. Search and choose it again."
            return (FieldProblem(name="indication", text=text), *super().problems)
        return super().problems


class PathwayForm(PageForm):
    """Which of several sets of criteria."""

    pathway = Pick("Which describes the patient?")

    needed = ("pathway",)

    def prepare(self) -> None:
        """Those that serve the phase; every one when none does."""
        field = self.fields["pathway"]
        assert isinstance(field, Pick)  # noqa: S101
        indication = self.draft.indication
        if indication is None:
            return
        serving = indication.pathways_for(self.draft.phase)
        field.choices = [(p.key, p.name) for p in serving or indication.pathways]
        if not serving:
            field.help_text = (
                "The policy names no criteria for this phase of treatment. "
                "Choose the set that comes closest; a reviewer will look at it."
            )
