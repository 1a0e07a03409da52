"""The diagnosis, and which of its sets of criteria applies."""

from collections.abc import Iterator

from crispy_forms.layout import LayoutObject
from django.core.exceptions import ValidationError

from criteria.codes import code_notes, normalized_icd10
from criteria.edition import CodeSystem
from criteria.policyfile.codebook import CODEBOOK
from criteria.rules.formats import joined
from criteria.wizard.fields import Pick, Text
from criteria.wizard.forms import Note, PageForm, Problem
from criteria.wizard.typed import one

CONFIDENCE = (("definite", "Definite"), ("likely", "Likely"), ("possible", "Possible"))
MOST_CHILDREN = 8


class DiagnosisForm(PageForm):
    """What was chosen from the search, with its codes."""

    indication = Text("Diagnosis")
    other_diagnosis = Text("Name of the diagnosis")
    icd10 = Text("Main ICD-10-CM code", wide=False)
    icd10_others = Text(
        "Other ICD-10-CM codes (optional)", help_text="With a comma or a space between them."
    )
    confidence = Pick("How sure is the diagnosis? (optional)", CONFIDENCE)

    needed = ("indication", "icd10")

    def prepare(self) -> None:
        """The name is asked only of a diagnosis that is not in the policy."""
        if not self.draft.is_not_listed:
            del self.fields["other_diagnosis"]

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
        typed = self.cleaned_data["icd10_others"].replace(",", " ").split()
        return tuple(self._code(text) for text in typed)

    def _code(self, typed: str) -> str:
        if not typed:
            return ""
        code = normalized_icd10(typed)
        if code is None:
            text = f"{typed[:20]} is not an ICD-10-CM code. Enter one such as G61.81."
            raise ValidationError(text)
        children = self._children(code)
        if children:
            text = f"{code} is a heading, not a code. Choose one of its codes: {joined(children)}."
            raise ValidationError(text)
        return code

    def _children(self, code: str) -> list[str]:
        """The codes under a heading; none for a code of the policy's list."""
        edition = self.draft.edition
        if edition is None or (CodeSystem.ICD10, code) in edition.codes:
            return []
        start = code if "." in code else f"{code}."
        known = (c for system, c in edition.codes if system is CodeSystem.ICD10)
        return [c for c in known if c.startswith(start)][:MOST_CHILDREN]

    def note(self, name: str) -> Note:
        """What is wrong with a code, or else what the policy's code list says of it."""
        note = super().note(name)
        if note.problems or name not in ("icd10", "icd10_others") or self.draft.edition is None:
            return note
        found = self.values.get(name) or ()
        codes = (found,) if isinstance(found, str) else found
        indication = self.draft.indication
        notes = code_notes(
            self.draft.edition,
            codes,
            None if indication is None else indication.key,
            self.draft.request_date,
            CODEBOOK,
        )
        return Note(name=name, text=" ".join(n.text for n in notes))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A choice that is not in the policy is refused."""
        chosen = one(self.typed, "indication")
        if chosen and not self.draft.has_diagnosis:
            text = "This diagnosis is not in the policy chosen now. Search and choose it again."
            return (Problem(name="indication", text=text), *super().problems)
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
