"""A list of therapies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from criteria.rules.answers import AnswerType, ListAnswer, TherapyAnswer
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import joined
from criteria.rules.kinds.base import AnswerKind, JudgedAnswer, needs_text
from criteria.rules.kinds.therapy import outcome_text, period_text, therapy_text
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions


@dataclass(frozen=True, slots=True)
class ListsAtLeast:
    """List: at least ``n`` different entries that count, by the names its question knows."""

    type: ClassVar[AnswerType] = AnswerType.LIST
    n: int


class TherapyListKind(AnswerKind[ListsAtLeast, ListAnswer]):
    """A list of therapies, or only how many there are: a ListAnswer."""

    type = AnswerType.LIST
    is_of_past = True
    knows_names = True
    test_class, answer_class = ListsAtLeast, ListAnswer

    def judge(
        self, test: ListsAtLeast, answer: ListAnswer, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """A name that is not known is left to a person where it would decide."""
        counted, unknown = question.names.tally(answer)
        if counted >= test.n:
            return FindingState.MET
        is_open = counted + unknown >= test.n
        return FindingState.FOR_REVIEWER if is_open else FindingState.NOT_MET

    def answer_text(self, question: QuestionDefinition, answer: ListAnswer) -> str:
        """Each by name, after the number where one was stated."""
        names = "; ".join(_entry_text(entry) for entry in answer.entries)
        stated = f"{answer.stated_count:,} stated" if answer.stated_count is not None else ""
        return ": ".join(filter(None, (stated, names))) or "none named"

    def test_text(
        self, test: ListsAtLeast, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """At least 2 named."""
        return f"at least {test.n} named"

    def reason_text(self, test: ListsAtLeast, judged: JudgedAnswer[ListAnswer]) -> str:
        """How many count, and by name what does not or is not known."""
        names = judged.question.names
        counted, _ = names.tally(judged.answer)
        said = [needs_text(f"{counted:,}", f"{test.n} or more")]
        off = [name for entry in judged.answer.entries for name in names.not_counted_in(entry.drug)]
        if off:
            said.append(f"{joined(off, 'and')} {'does' if len(off) == 1 else 'do'} not count")
        return "; ".join(said)

    def records_text(self, test: ListsAtLeast, question: QuestionDefinition, needed: str) -> str:
        """So many names."""
        return f"records that name at least {test.n}"

    def counted(self, test: ListsAtLeast) -> tuple[int | None, int | None]:
        """So many, of any number."""
        return test.n, None

    def samples(
        self, question: QuestionDefinition, tests: Sequence[ListsAtLeast]
    ) -> tuple[ListAnswer, ...]:
        """One fewer and just enough, of each test."""
        near = {test.n + step for test in tests for step in (-1, 0)}
        return tuple(ListAnswer(stated_count=count) for count in sorted(near) if count >= 0)

    def lint(
        self, test: ListsAtLeast, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """A number that every list reaches."""
        if test.n < 1:
            yield error("n-too-small", path, f"asks for at least {test.n}")


def _entry_text(entry: TherapyAnswer) -> str:
    if not entry.drug:
        return therapy_text(entry)
    details = (outcome_text(entry.outcome), period_text(entry), entry.reason)
    return f"{entry.drug} ({', '.join(filter(None, details))})"
