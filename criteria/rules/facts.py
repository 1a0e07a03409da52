"""What criteria are held against, and the states a criterion can be in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from criteria.rules.answers import Answer
from criteria.rules.question import Anchor


class FindingState(StrEnum):
    """What is found of one criterion. NOT_APPLICABLE counts as satisfied; FOR_REVIEWER is open,
    but not for the prescriber: the answer is there and a person must judge it."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ANSWERED = "not_answered"
    NOT_APPLICABLE = "not_applicable"
    FOR_REVIEWER = "for_reviewer"


SATISFIED = frozenset({FindingState.MET, FindingState.NOT_APPLICABLE})
SETTLED = frozenset({FindingState.MET, FindingState.NOT_APPLICABLE, FindingState.NOT_MET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the criteria are held against. ``dose`` is what the dose arithmetic found.

    Every answer is of the type of its question; a question without one is not in the mapping.
    ``therapy_start_question``: the question that tells ``therapy_start`` while it is not known.
    ``only_stated``: nothing more will be asked, so what is not stated contradicts nothing.
    """

    answers: Mapping[str, Answer]
    request_date: date
    therapy_start: date | None = None
    therapy_start_question: str | None = None
    dose: FindingState = FindingState.NOT_ANSWERED
    only_stated: bool = False

    def day(self, anchor: str) -> date | None:
        """The day a window is counted from; None while it is not known."""
        if anchor == Anchor.REQUEST:
            return self.request_date
        if anchor == Anchor.THERAPY_START:
            return self.therapy_start
        answer = self.answers.get(anchor)
        return answer if isinstance(answer, date) else None
