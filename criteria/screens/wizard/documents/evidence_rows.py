"""Which document shows what: a row for each answer, as the page of enclosures draws it."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.requests.answers.readings import name_of
from criteria.requests.evidence import EvidencePlace, place_of
from criteria.requests.stated_request import StatedRequest
from criteria.rules.wording import answer_text
from criteria.screens.field_problem import Note
from criteria.screens.wizard.forms.question_inputs import EVIDENCE_LABELS, Inputs, QuestionInputs
from criteria.screens.wizard.forms.send import EnclosuresForm


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One answer, the inputs that say where it stands, and the page to open."""

    wording: str
    answer: str
    inputs: Inputs
    notes: tuple[Note, ...]
    place: EvidencePlace | None


def evidence_rows(draft: StatedRequest, form: EnclosuresForm) -> Iterator[EvidenceRow]:
    """A row for each answered question, in the order they are asked."""
    for question in form.questions():
        yield EvidenceRow(
            wording=question.wording,
            answer=answer_text(question, draft.answers[question.key]),
            inputs=QuestionInputs(question, draft).evidence,
            notes=tuple(form.notes[name_of(question, part)] for part in EVIDENCE_LABELS),
            place=place_of(question, draft.typed, form.documents),
        )
