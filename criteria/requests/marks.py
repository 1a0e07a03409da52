"""How a state is shown: always a sign, a word and a colour."""

from dataclasses import dataclass

from criteria.models import RequestStatus
from criteria.rules import Finding, State
from criteria.rules.explain import Part
from criteria.rules.terms import Overall
from criteria.rules.tree import is_advised


@dataclass(frozen=True, slots=True)
class Mark:
    """One state as it is drawn; ``css`` carries the colour."""

    sign: str
    word: str
    css: str


MARKS = {
    State.MET: Mark("✓", "met", "state-met"),
    State.NOT_MET: Mark("✕", "not met", "state-not-met"),
    State.NOT_ANSWERED: Mark("○", "not answered", "state-not-answered"),
    State.NOT_APPLICABLE: Mark("–", "not applicable", "state-not-applicable"),
    State.FOR_REVIEWER: Mark("◇", "for the reviewer", "state-for-reviewer"),
}


OVERALL = {
    Overall.MEETS: Mark("✓", "Meets the criteria, as entered", "state-met"),
    Overall.DOES_NOT_MEET: Mark("✕", "Does not meet the criteria, as entered", "state-not-met"),
    Overall.INCOMPLETE: Mark("○", "Not complete yet", "state-not-answered"),
    Overall.NEEDS_REVIEW: Mark("◇", "A reviewer has to judge this", "state-for-reviewer"),
}

CONTRADICTED = Mark("◇", "contradicted", "state-for-reviewer")
# Where a request is.
STATUS = {
    RequestStatus.DRAFT: Mark("○", "Draft", "state-not-answered"),
    RequestStatus.SUBMITTED: Mark("➜", "Submitted", "state-not-answered"),
    RequestStatus.INFORMATION_REQUESTED: Mark("!", "Information asked for", "state-for-reviewer"),
    RequestStatus.APPROVED: Mark("✓", "Approved", "state-met"),
    RequestStatus.DENIED: Mark("✕", "Not approved", "state-not-met"),
    RequestStatus.WITHDRAWN: Mark("–", "Withdrawn", "state-not-applicable"),
}

NO_LONGER_NEEDED = Mark("–", "no longer needed", "state-not-applicable")
PROBLEM = Mark("!", "check this", "state-not-met")
EXCLUDED = Mark("✕", "excluded", "state-not-met")
PLEASE_CHECK = Mark("!", "please check", "state-for-reviewer")
DONE = Mark("✓", "done", "state-met")
TO_DO = Mark("○", "to do", "state-not-answered")
OPTIONAL = Mark("○", "optional", "state-not-answered")


ADVISED = Mark("–", "advised", "state-not-applicable")
NOT_THERE = Mark("–", "not there, only advised", "state-not-applicable")
NO_LIMIT = Mark("–", "no limit in the policy", "state-not-applicable")


def idle_mark(question: str, advised: frozenset[str]) -> Mark:
    """Of a question that needs no answer: never needed, or not any more."""
    return OPTIONAL if question in advised else NO_LONGER_NEEDED


def mark_of(finding: Finding, part: Part = Part.MEMBER, *, advised: bool = False) -> Mark:
    """The state of a criterion. A condition that does not hold is nobody's failure.

    Neither is something ``advised``, and a group of such things needs nothing.
    """
    if is_advised(finding.node):
        return ADVISED
    if advised and finding.state is State.NOT_MET:
        return NOT_THERE
    if part is Part.CONDITION and finding.state is State.NOT_MET:
        return MARKS[State.NOT_APPLICABLE]
    return MARKS[finding.state]
