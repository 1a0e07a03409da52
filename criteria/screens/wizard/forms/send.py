"""The last pages: documents and notes, and the attestation."""

from functools import cached_property
from typing import Any, Unpack

from django import forms

from criteria.models import Enclosure
from criteria.requests.answers.readings import LONGEST_TEXT, name_of
from criteria.requests.enclosures.uploading import Stopped
from criteria.requests.evidence import documents_of, points_to_documents, wrong_place
from criteria.rules import QuestionDefinition
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.fields import LONGEST_NOTES, Day, Text, Tick
from criteria.screens.forms import DrawnForm, FormOptions, SentFiles, Typed
from criteria.screens.wizard.forms.file_fields import Files, stopped_text
from criteria.screens.wizard.forms.form import PageForm
from criteria.screens.wizard.forms.question_inputs import EVIDENCE_LABELS

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

    # The places of the answers are drawn beside the questions.
    sections = (("", ("notes_text",)),)

    def prepare(self) -> None:
        """A field for each part of a place, so that what is wrong with it is said there."""
        for question in self.questions():
            for part, label in EVIDENCE_LABELS.items():
                words = f"{question.wording} {label}"
                self.fields[name_of(question, part)] = Text(words, most=LONGEST_TEXT)

    def questions(self) -> tuple[QuestionDefinition, ...]:
        """The questions that were answered, in the order they are asked."""
        asked = (q for page in self.walk.pages if page.criteria for q in page.criteria.questions)
        return tuple(question for question in asked if question.key in self.draft.answers)

    def names(self) -> tuple[str, ...]:
        """The notes, and for each answer where the records say so."""
        return (
            "notes_text",
            *(name_of(q, part) for q in self.questions() for part in EVIDENCE_LABELS),
        )

    def note(self, name: str) -> Note:
        """What is wrong with a field, or with the page it points to."""
        found = self._wrong_places.get(name)
        if found is None:
            return super().note(name)
        return Note(name=name, problems=(FieldProblem(name=name, text=found),))

    @cached_property
    def documents(self) -> dict[str, Enclosure]:
        """The documents there are, by letter; asked for only where an answer points to one."""
        if not points_to_documents(self.questions(), self.draft.typed):
            return {}
        return documents_of(self.draft.request)

    @cached_property
    def _wrong_places(self) -> dict[str, str]:
        """By the name of the field."""
        found = {}
        for question in self.questions():
            part, text = wrong_place(question, self.draft.typed, self.documents)
            if part:
                found[name_of(question, part)] = text
        return found


class EnclosureForm(DrawnForm):
    """Documents to add, or one to announce."""

    title = Text(
        "What is it?",
        most=120,
        help_text="Such as EMG report, or letter of neurology. Without it a file keeps its name.",
    )
    dated = Day("Its date (optional)", widget=forms.TextInput)
    file = Files("File (optional)")

    def __init__(
        self,
        data: Typed | None = None,
        files: SentFiles | None = None,
        *,
        stopped: Stopped | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        """``stopped``: why the upload ended before its end."""
        self.stopped = stopped
        super().__init__(data, files, **options)

    def clean(self) -> dict[str, Any]:
        """Ask for a title where there is no file, unless one was on its way."""
        found: dict[str, Any] = self.cleaned_data
        if self.stopped is not None:
            self.add_error("file", stopped_text(self.stopped))
        elif not found.get("title") and not found.get("file") and not self.errors:
            self.add_error("title", "Say what it is, such as EMG report, or choose a file.")
        return found


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
    def unmet(self) -> tuple[FieldProblem, ...]:
        """What keeps it from being submitted."""
        found = [
            FieldProblem(name=n, text=str(e)) for n, errors in self.errors.items() for e in errors
        ]
        signer = " ".join(str(self.values.get("signer") or "").split()).casefold()
        expected = " ".join(self.draft.prescriber_name.split()).casefold()
        if not self.values.get("attest"):
            text = "Tick the box if the statement is true."
            found.append(FieldProblem(name="attest", text=text))
        if not signer:
            found.append(FieldProblem(name="signer", text="Type the prescriber's name."))
        elif signer != expected:
            text = f"Type the name as on the prescriber page: {self.draft.prescriber_name}."
            found.append(FieldProblem(name="signer", text=text))
        return tuple(found)
