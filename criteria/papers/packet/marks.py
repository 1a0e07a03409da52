"""The signs and words of states: read on a black-and-white fax, never told by colour alone."""

from typing import NamedTuple

from criteria.rules import FindingState
from criteria.rules.terms import Overall


class PrintedMark(NamedTuple):
    """A state as it is printed. ``kind`` names it in the style sheet."""

    sign: str
    word: str
    kind: str


MARKS = {
    FindingState.MET: PrintedMark("✓", "met", "met"),
    FindingState.NOT_MET: PrintedMark("✕", "not met", "not-met"),
    FindingState.NOT_ANSWERED: PrintedMark("○", "not answered", "open"),
    FindingState.NOT_APPLICABLE: PrintedMark("–", "not applicable", "off"),
    FindingState.FOR_REVIEWER: PrintedMark("◇", "for the reviewer", "review"),
}
# Met as answered, and something else in the request or the policy says otherwise.
CONTRADICTED = PrintedMark("◇", "contradicted", "review")
# Not answered, and a group is satisfied without it.
NOT_NEEDED = PrintedMark("–", "not needed", "off")

# The policy advises it and requires none of it.
ADVISED = PrintedMark("–", "advised", "off")
NOT_THERE = PrintedMark("–", "not there, only advised", "off")

OVERALL_MARKS = {
    Overall.MEETS: PrintedMark("✓", "Meets the criteria, as entered", "met"),
    Overall.DOES_NOT_MEET: PrintedMark("✕", "Does not meet the criteria, as entered", "not-met"),
    Overall.INCOMPLETE: PrintedMark("○", "Incomplete: not everything is answered yet", "open"),
    Overall.NEEDS_REVIEW: PrintedMark("◇", "Needs a reviewer's judgement", "review"),
}

DOSE_WORDS = {
    FindingState.MET: "within the policy's limit",
    FindingState.NOT_MET: "above the policy's limit",
    FindingState.NOT_ANSWERED: "not enough is known",
    FindingState.NOT_APPLICABLE: "no limit in the policy",
    FindingState.FOR_REVIEWER: "for the reviewer",
}
