"""What a denial may rest on, drawn as boxes to tick."""

from collections.abc import Sequence
from dataclasses import dataclass

from criteria.models import Verdict
from criteria.papers.letters.basis import ReadSubmission
from criteria.papers.letters.content import LetterItem
from criteria.requests.assessment.trees import named_trees
from criteria.requests.dispositions.gates import GATE
from criteria.requests.marks import MARKS, NOT_MET, StateMark
from criteria.rules import FindingState
from criteria.rules.explain import LinePart, NumberedFinding, numbered

NOT_ACCEPTED = NOT_MET.saying("you do not accept it")


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """One box: the criterion, whether it is ticked, and where it stands."""

    item: LetterItem
    is_ticked: bool
    mark: StateMark


def choices_of(read: ReadSubmission, ticked: set[str]) -> tuple[LetterChoice, ...]:
    """Gates that are closed, and criteria that have to be met and are not, or are not accepted."""
    states = _states(read)
    return tuple(
        LetterChoice(item, item.id in ticked, _mark(item, states)) for item in read.grounds
    )


@dataclass(frozen=True, slots=True)
class NoReason:
    """What is marked not accepted and is no reason against the request all the same."""

    item: LetterItem
    why: str

    @property
    def said(self) -> str:
        """3.2 Slow titration is only advised."""
        return f"{self.item.heading} {self.why}"


def no_reasons(read: ReadSubmission) -> tuple[NoReason, ...]:
    """All that is marked not accepted and cannot carry a decision, each with why."""
    lines = {
        (tree.block, place.finding.node.key): place
        for tree in named_trees(read.assessment)
        for place in numbered(tree.finding)
    }
    grounds = {item.place for item in read.grounds}
    marked = read.basis.with_verdict(Verdict.NOT_ACCEPTED)
    idle = (item for item in marked if item.place not in grounds and item.place in lines)
    return tuple(NoReason(item, why_not(lines[item.place])) for item in idle)


def no_reasons_text(found: Sequence[NoReason]) -> str:
    """3.2 ... is only advised, General 3 ... does not apply: neither can be a reason."""
    if not found:
        return ""
    ends = {1: "it cannot be a reason", 2: "neither can be a reason"}
    end = ends.get(len(found), "none of them can be a reason")
    return f"{', '.join(each.said for each in found)}: {end}."


def why_not(place: NumberedFinding) -> str:
    """Why a criterion carries no decision against the request."""
    if place.finding.state is FindingState.NOT_APPLICABLE:
        return "does not apply"
    if place.is_advised:
        return "is only advised"
    if place.part is LinePart.CONDITION:
        return "decides only whether others apply"
    return "is not needed beside what is met"


def _states(read: ReadSubmission) -> dict[tuple[str, str], FindingState]:
    found = read.assessment
    return {
        (tree.block, place.finding.node.key): place.finding.state
        for tree in named_trees(found)
        for place in numbered(tree.finding)
    } | {(GATE, gate.key): gate.state for gate in found.gates}


def _mark(item: LetterItem, states: dict[tuple[str, str], FindingState]) -> StateMark:
    if item.verdict == Verdict.NOT_ACCEPTED:
        return NOT_ACCEPTED
    return MARKS[states[item.place]]
