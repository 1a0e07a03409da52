"""The signs and words of states: read on a black-and-white fax, never told by colour alone."""

from typing import NamedTuple

from criteria.rules import State
from criteria.rules.terms import Overall


class Mark(NamedTuple):
    """A state as it is printed. ``kind`` names it in the style sheet."""

    sign: str
    word: str
    kind: str


MARKS = {
    State.MET: Mark("✓", "met", "met"),
    State.NOT_MET: Mark("✕", "not met", "not-met"),
    State.NOT_ANSWERED: Mark("○", "not answered", "open"),
    State.NOT_APPLICABLE: Mark("–", "not applicable", "off"),
    State.FOR_REVIEWER: Mark("◇", "for the reviewer", "review"),
}
# Met as answered, and something else in the request or the policy says otherwise.
CONTRADICTED = Mark("◇", "contradicted", "review")
# Not answered, and a group is satisfied without it.
NOT_NEEDED = Mark("–", "not needed", "off")

# The policy advises it and requires none of it.
ADVISED = Mark("–", "advised", "off")
NOT_THERE = Mark("–", "not there, only advised", "off")

OVERALL_MARKS = {
    Overall.MEETS: Mark("✓", "Meets the criteria, as entered", "met"),
    Overall.DOES_NOT_MEET: Mark("✕", "Does not meet the criteria, as entered", "not-met"),
    Overall.INCOMPLETE: Mark("○", "Incomplete: not everything is answered yet", "open"),
    Overall.NEEDS_REVIEW: Mark("◇", "Needs a reviewer's judgement", "review"),
}

DOSE_WORDS = {
    State.MET: "within the policy's limit",
    State.NOT_MET: "above the policy's limit",
    State.NOT_ANSWERED: "not enough is known",
    State.NOT_APPLICABLE: "no limit in the policy",
    State.FOR_REVIEWER: "for the reviewer",
}
