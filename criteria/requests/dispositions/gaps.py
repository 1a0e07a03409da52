"""What is still to be said before a decision is made, in words."""

from dataclasses import dataclass

from criteria.requests.dispositions.criterion_views import Place
from criteria.rules import FindingState

NO_VIEW = "has no view yet. Say whether you accept it."
ASKED = "is marked Ask. Say whether you accept it, or ask the practice first."
NEEDS_WORDS = "needs words: say in the note what you ask for."
NOT_ASKED = "does not apply: there is nothing to ask about."
NOT_REFUSED = "is not marked “Not accepted”. Say so, or let the decision not rest on it."
REFUSED = "is not accepted. Accept it with a note that says why, or approve less or nothing."
NO_GROUND = (
    "is nothing a decision against the request can rest on: it does not apply, is not required, or "
    "is met without it."
)
NO_GROUND_FOR_LESS = (
    "Less than was asked for is approved, and nothing speaks against the whole. Mark the criterion "
    "that does, such as the dose, “Not accepted”, with a note."
)
NOTE_ON = {
    FindingState.MET: "is met. Say in the note why you do not accept it.",
    FindingState.NOT_ANSWERED: (
        "is not answered. Say in the note why that speaks against the request."
    ),
    FindingState.FOR_REVIEWER: "is left to you. Say in the note why you do not accept it.",
}
NOTE_ON_ACCEPTED = {
    FindingState.NOT_MET: "is not met. Say in the note why you accept it all the same.",
    FindingState.NOT_ANSWERED: "is not answered. Say in the note why you accept it all the same.",
}


@dataclass(frozen=True, slots=True)
class ViewGap:
    """What is still to be said of one criterion; ``place`` None where it is of none of them."""

    place: Place | None
    title: str
    text: str

    @property
    def said(self) -> str:
        """The same as a sentence."""
        return f"{self.title} {self.text}".strip()
