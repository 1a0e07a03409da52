"""The last pages: documents and notes, and the attestation."""

from django import forms

from criteria.rules import Question
from criteria.wizard.fields import LONGEST_NOTES, Day, Text, Tick
from criteria.wizard.forms import Note, PageForm, Problem
from criteria.wizard.readings import name_of

STATEMENT = (
    "I am the prescriber, or act on the prescriber's instruction. What is stated here is true "
    "and complete to the best of my knowledge, and the patient's records support it."
)


class EnclosuresForm(PageForm):
    """Notes, and which document shows what. Documents themselves are added one by one."""

    notes_text = Text(
        "Notes for the reviewer (optional)",
        rows=6,
        most=LONGEST_NOTES,
        help_text=f"Up to {LONGEST_NOTES:,} characters. Nothing is cut off in print.",
    )

    def questions(self) -> tuple[Question, ...]:
        """The questions that were answered, in the order they are asked."""
        asked = (q for page in self.draft.pages if page.criteria for q in page.criteria.questions)
        return tuple(question for question in asked if question.key in self.draft.answers)

    def names(self) -> tuple[str, ...]:
        """The notes, and for each answer where the records say so."""
        parts = ("source", "encl", "page")
        return ("notes_text", *(name_of(q, part) for q in self.questions() for part in parts))


class EnclosureForm(forms.Form):
    """One document to add."""

    title = Text("What is it?", most=120, help_text="Such as EMG report, or letter of neurology.")
    dated = Day("Its date (optional)")
    file = forms.FileField(label="File (optional)", required=False)


class SubmitForm(PageForm):
    """The attestation. It is asked anew each time and not kept in the draft."""

    attest = Tick("Attestation", STATEMENT)
    signer = Text("Prescriber's name, as signature")

    # Set once it was sent: nothing is wrong with a page that was only opened.
    is_sent = False

    def note(self, name: str) -> Note:
        """What keeps it from being submitted, beside the field it is about."""
        found = self.unmet if self.is_sent else ()
        return Note(name=name, problems=tuple(p for p in found if p.name == name))

    @property
    def unmet(self) -> tuple[Problem, ...]:
        """What keeps it from being submitted."""
        found = [Problem(name=n, text=str(e)) for n, errors in self.errors.items() for e in errors]
        signer = " ".join(str(self.values.get("signer") or "").split()).casefold()
        expected = " ".join(self.draft.prescriber_name.split()).casefold()
        if not self.values.get("attest"):
            text = "Tick the box if the statement is true."
            found.append(Problem(name="attest", text=text))
        if not signer:
            found.append(Problem(name="signer", text="Type the prescriber's name."))
        elif signer != expected:
            text = f"Type the name as on the prescriber page: {self.draft.prescriber_name}."
            found.append(Problem(name="signer", text=text))
        return tuple(found)
