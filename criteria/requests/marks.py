"""How a state is shown: always a sign, a word and a colour."""

from dataclasses import dataclass

from criteria.models import RequestStatus
from criteria.rules import Finding, FindingState
from criteria.rules.explain import LinePart
from criteria.rules.terms import Overall
from criteria.rules.tree import is_advised


@dataclass(frozen=True, slots=True)
class StateMark:
    """One state as it is drawn; ``css`` carries the colour."""

    sign: str
    word: str
    css: str


MARKS = {
    FindingState.MET: StateMark("✓", "met", "state-met"),
    FindingState.NOT_MET: StateMark("✕", "not met", "state-not-met"),
    FindingState.NOT_ANSWERED: StateMark("○", "not answered", "state-not-answered"),
    FindingState.NOT_APPLICABLE: StateMark("–", "not applicable", "state-not-applicable"),
    FindingState.FOR_REVIEWER: StateMark("◇", "for the reviewer", "state-for-reviewer"),
}


OVERALL = {
    Overall.MEETS: StateMark("✓", "Meets the criteria, as entered", "state-met"),
    Overall.DOES_NOT_MEET: StateMark(
        "✕", "Does not meet the criteria, as entered", "state-not-met"
    ),
    Overall.INCOMPLETE: StateMark("○", "Not complete yet", "state-not-answered"),
    Overall.NEEDS_REVIEW: StateMark("◇", "A reviewer has to judge this", "state-for-reviewer"),
}

CONTRADICTED = StateMark("◇", "contradicted", "state-for-reviewer")
# Where a request is.
STATUS = {
    RequestStatus.DRAFT: StateMark("○", "Draft", "state-not-answered"),
    RequestStatus.SUBMITTED: StateMark("➜", "Submitted", "state-not-answered"),
    RequestStatus.INFORMATION_REQUESTED: StateMark(
        "!", "Information asked for", "state-for-reviewer"
    ),
    RequestStatus.APPROVED: StateMark("✓", "Approved", "state-met"),
    RequestStatus.DENIED: StateMark("✕", "Not approved", "state-not-met"),
    RequestStatus.WITHDRAWN: StateMark("–", "Withdrawn", "state-not-applicable"),
}

NO_LONGER_NEEDED = StateMark("–", "no longer needed", "state-not-applicable")
PROBLEM = StateMark("!", "check this", "state-not-met")
EXCLUDED = StateMark("✕", "excluded", "state-not-met")
PLEASE_CHECK = StateMark("!", "please check", "state-for-reviewer")
DONE = StateMark("✓", "done", "state-met")
TO_DO = StateMark("○", "to do", "state-not-answered")
OPTIONAL = StateMark("○", "optional", "state-not-answered")


ADVISED = StateMark("–", "advised", "state-not-applicable")
NOT_THERE = StateMark("–", "not there, only advised", "state-not-applicable")
NO_LIMIT = StateMark("–", "no limit in the policy", "state-not-applicable")


def idle_mark(question: str, advised: frozenset[str]) -> StateMark:
    """Of a question that needs no answer: never needed, or not any more."""
    return OPTIONAL if question in advised else NO_LONGER_NEEDED


def mark_of(
    finding: Finding, part: LinePart = LinePart.MEMBER, *, advised: bool = False
) -> StateMark:
    """The state of a criterion. A condition that does not hold is nobody's failure.

    Neither is something ``advised``, and a group of such things needs nothing.
    """
    if is_advised(finding.node):
        return ADVISED
    if advised and finding.state is FindingState.NOT_MET:
        return NOT_THERE
    if part is LinePart.CONDITION and finding.state is FindingState.NOT_MET:
        return MARKS[FindingState.NOT_APPLICABLE]
    return MARKS[finding.state]
