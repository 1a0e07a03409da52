"""One therapy and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from criteria.rules.answers import AnswerType, TherapyAnswer, TherapyOutcome
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import joined, month_text
from criteria.rules.kinds.base import AnswerKind
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions

TRIED = frozenset(
    {TherapyOutcome.FAILURE, TherapyOutcome.CONTRAINDICATION, TherapyOutcome.INTOLERANCE}
)
_NO_OUTCOME = "no failure, contraindication or intolerance"


@dataclass(frozen=True, slots=True)
class Tried:
    """Therapy: failure, contraindication or intolerance; any of the accepted outcomes passes."""

    type: ClassVar[AnswerType] = AnswerType.THERAPY
    outcomes: frozenset[TherapyOutcome] = TRIED


class TherapyKind(AnswerKind[Tried, TherapyAnswer]):
    """A therapy: a TherapyAnswer."""

    type = AnswerType.THERAPY
    is_of_past = True
    knows_names = True
    test_class, answer_class = Tried, TherapyAnswer

    def judge(
        self, test: Tried, answer: TherapyAnswer, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """By its outcome."""
        return FindingState.MET if answer.outcome in test.outcomes else FindingState.NOT_MET

    def answer_text(self, question: QuestionDefinition, answer: TherapyAnswer) -> str:
        """The outcome, with drug, months and reason in brackets."""
        return therapy_text(answer)

    def test_text(
        self, test: Tried, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """The outcomes in the policy's order: failure, contraindication or intolerance."""
        return joined([outcome.value for outcome in TherapyOutcome if outcome in test.outcomes])

    def samples(
        self, question: QuestionDefinition, tests: Sequence[Tried]
    ) -> tuple[TherapyAnswer, ...]:
        """Every outcome."""
        return tuple(TherapyAnswer(outcome) for outcome in TherapyOutcome)

    def lint(
        self, test: Tried, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """Outcomes that say nothing was tried."""
        if not test.outcomes or TherapyOutcome.NONE in test.outcomes:
            yield error("outcomes", path, "accepts no outcome, or a therapy never considered")


def therapy_text(answer: TherapyAnswer) -> str:
    """failure (azathioprine, Jan 2020 to Sep 2020, no effect)."""
    outcome = outcome_text(answer.outcome)
    details = ", ".join(filter(None, (answer.drug, period_text(answer), answer.reason)))
    return f"{outcome} ({details})" if details else outcome


def outcome_text(outcome: TherapyOutcome) -> str:
    """failure; of none that it was neither of the three."""
    return _NO_OUTCOME if outcome is TherapyOutcome.NONE else outcome.value


def period_text(answer: TherapyAnswer) -> str:
    """Jan 2020 to Sep 2020, from Jan 2020, until Sep 2020; empty without a day."""
    start, stop = answer.started_on, answer.stopped_on
    if start and stop:
        return f"{month_text(start)} to {month_text(stop)}"
    if start:
        return f"from {month_text(start)}"
    return f"until {month_text(stop)}" if stop else ""
