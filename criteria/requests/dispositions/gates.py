"""What stands before the criteria as the reviewer sees it: each gate is viewed like a criterion."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from criteria.models import Verdict
from criteria.requests.assessment.assess import Assessment
from criteria.requests.case import GateFinding, GateKind
from criteria.requests.dispositions.criterion_views import CriterionView, Place
from criteria.requests.dispositions.gaps import (
    ASKED,
    NO_VIEW,
    NOT_REFUSED,
    NOTE_ON,
    NOTE_ON_ACCEPTED,
    REFUSED,
    ViewGap,
)
from criteria.rules import FindingState
from criteria.rules.formats import says_something

GATE = "gate"


class ViewedGate(NamedTuple):
    """One gate, or one contradiction, with what the reviewer said of it."""

    gate: GateFinding
    view: CriterionView

    @property
    def place(self) -> Place:
        """Block and key."""
        return GATE, self.gate.key

    @property
    def is_ground(self) -> bool:
        """Whether it speaks against the request: it is closed and not accepted, or refused."""
        if self.view.verdict == Verdict.ACCEPTED:
            return False
        return self.gate.state is FindingState.NOT_MET or self.view.verdict == Verdict.NOT_ACCEPTED

    @property
    def is_refused(self) -> bool:
        """Whether the reviewer refused it, with a note where it is not closed by itself."""
        is_said = self.gate.state is FindingState.NOT_MET or says_something(self.view.note)
        return self.view.verdict == Verdict.NOT_ACCEPTED and is_said


def gates_viewed(found: Assessment, views: Mapping[Place, CriterionView]) -> tuple[ViewedGate, ...]:
    """Every gate that is not plainly open."""
    return tuple(ViewedGate(g, views.get((GATE, g.key), CriterionView())) for g in found.gates)


def gate_denial_gaps(each: ViewedGate) -> Iterator[ViewGap]:
    """What is to be said before a denial rests on it."""
    if each.view.verdict == Verdict.NOT_ACCEPTED:
        yield from _note(each, NOTE_ON)
    else:
        yield _gap(each, ASKED if each.view.verdict == Verdict.ASK else NOT_REFUSED)


def gate_approval_gaps(each: ViewedGate, *, gives_less: bool) -> Iterator[ViewGap]:
    """What is to be said before anything is approved with this gate in the way."""
    verdict = each.view.verdict
    if verdict == Verdict.ACCEPTED:
        yield from _note(each, NOTE_ON_ACCEPTED)
    elif verdict == Verdict.NOT_ACCEPTED:
        silent = tuple(_note(each, NOTE_ON))
        yield from silent or (() if gives_less else (_gap(each, REFUSED),))
    else:
        yield _gap(each, ASKED if verdict == Verdict.ASK else NO_VIEW)


def gate_needs_words(gate: GateFinding) -> bool:
    """Whether asking about it says nothing without a note.

    What is missing or disagrees says so itself; what the policy says of a diagnosis does not tell
    the practice what to answer.
    """
    return gate.gate is GateKind.INDICATION or gate.is_of_policy


def _note(each: ViewedGate, texts: Mapping[FindingState, str]) -> Iterator[ViewGap]:
    text = texts.get(each.gate.state, "")
    if text and not says_something(each.view.note):
        yield _gap(each, text)


def _gap(each: ViewedGate, text: str) -> ViewGap:
    return ViewGap(each.place, each.gate.title, text)
