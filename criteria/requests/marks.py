"""How a state is shown: always a sign, a word and a colour."""

from dataclasses import dataclass, replace

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

    def saying(self, word: str) -> "StateMark":
        """The same sign and colour with another word."""
        return replace(self, word=word)


MET = StateMark("✓", "met", "state-met")
NOT_MET = StateMark("✕", "not met", "state-not-met")
NOT_ANSWERED = StateMark("○", "not answered", "state-not-answered")
NOT_APPLICABLE = StateMark("–", "not applicable", "state-not-applicable")
FOR_REVIEWER = StateMark("◇", "for the reviewer", "state-for-reviewer")
MARKS = {
    FindingState.MET: MET,
    FindingState.NOT_MET: NOT_MET,
    FindingState.NOT_ANSWERED: NOT_ANSWERED,
    FindingState.NOT_APPLICABLE: NOT_APPLICABLE,
    FindingState.FOR_REVIEWER: FOR_REVIEWER,
}

PROBLEM = StateMark("!", "check this", "state-not-met")
PLEASE_CHECK = StateMark("!", "please check", "state-for-reviewer")
SOON = StateMark("▲", "due soon", "state-for-reviewer")
SENT = StateMark("➜", "sent", "state-not-answered")
ANSWERED = StateMark("⇄", "answered", "state-for-reviewer")
STANDS_STILL = StateMark("…", "the clock stands still", "state-not-applicable")
ASK = StateMark("?", "Ask", "state-for-reviewer")

OVERALL = {
    Overall.MEETS: MET.saying("Meets the criteria, as entered"),
    Overall.DOES_NOT_MEET: NOT_MET.saying("Does not meet the criteria, as entered"),
    Overall.INCOMPLETE: NOT_ANSWERED.saying("Not complete yet"),
    Overall.NEEDS_REVIEW: FOR_REVIEWER.saying("A reviewer has to judge this"),
}
# A paper is read without the page around it.
OVERALL_ON_PAPER = OVERALL | {
    Overall.INCOMPLETE: NOT_ANSWERED.saying("Incomplete: not everything is answered yet"),
    Overall.NEEDS_REVIEW: FOR_REVIEWER.saying("Needs a reviewer's judgement"),
}
# The state of a dose as a paper says it.
DOSE_ON_PAPER = {
    FindingState.MET: MET.saying("within the policy's limit"),
    FindingState.NOT_MET: NOT_MET.saying("above the policy's limit"),
    FindingState.NOT_ANSWERED: NOT_ANSWERED.saying("not enough is known"),
    FindingState.NOT_APPLICABLE: NOT_APPLICABLE.saying("no limit in the policy"),
    FindingState.FOR_REVIEWER: FOR_REVIEWER,
}
# Where a request is.
STATUS = {
    RequestStatus.DRAFT: NOT_ANSWERED.saying("Draft"),
    RequestStatus.SUBMITTED: SENT.saying("Submitted"),
    RequestStatus.INFORMATION_REQUESTED: PLEASE_CHECK.saying("Information asked for"),
    RequestStatus.APPROVED: MET.saying("Approved"),
    RequestStatus.DENIED: NOT_MET.saying("Not approved"),
    RequestStatus.WITHDRAWN: NOT_APPLICABLE.saying("Withdrawn"),
}

# Met as answered, and something else in the request or the policy says otherwise.
CONTRADICTED = FOR_REVIEWER.saying("contradicted")
# The policy advises it and requires none of it.
ADVISED = NOT_APPLICABLE.saying("advised")
NOT_THERE = NOT_APPLICABLE.saying("not there, only advised")
# Not answered, and a group is satisfied without it: as a paper says it, and as a page that asks.
NOT_NEEDED = NOT_APPLICABLE.saying("not needed")
NO_LONGER_NEEDED = NOT_APPLICABLE.saying("no longer needed")
OPTIONAL = NOT_ANSWERED.saying("optional")
NO_LIMIT = NOT_APPLICABLE.saying("no limit in the policy")
EXCLUDED = NOT_MET.saying("excluded")
DONE = MET.saying("done")
TO_DO = NOT_ANSWERED.saying("to do")


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
        return NOT_APPLICABLE
    return MARKS[finding.state]
