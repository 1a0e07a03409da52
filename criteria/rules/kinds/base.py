"""What every kind of answer knows: one class for each, and every other place asks it.

A kind knows its answer and its passing test: to judge, to say both in words, to try, to find
mistakes. It holds nothing of its own. What tells kinds apart elsewhere are the marks at its top.
"""

import builtins
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import ClassVar, Generic, NamedTuple, TypeVar

from criteria.rules.answers import AnswerType, TherapyAnswer
from criteria.rules.facts import Facts, FindingState
from criteria.rules.json_values import Json
from criteria.rules.kinds.fields import AnswerField, TypedAnswer
from criteria.rules.kinds.stated import (
    ColumnValue,
    ColumnValues,
    Misfit,
    StatedTest,
    StatedValue,
    TestColumn,
)
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions, TimeSpan

# The day that sample answers are given on.
SAMPLE_DAY = date(2024, 6, 30)
# States that an answer alone does not explain.
OPEN_OR_OFF = frozenset({FindingState.NOT_APPLICABLE, FindingState.FOR_REVIEWER})
TestT = TypeVar("TestT")
AnswerT = TypeVar("AnswerT")


class JudgedAnswer(NamedTuple, Generic[AnswerT]):
    """An answer that was held against a test, with what it was judged by."""

    question: QuestionDefinition
    answer: AnswerT
    state: FindingState
    facts: Facts
    questions: Questions = NO_QUESTIONS


class AnswerDifference(NamedTuple):
    """What became of an answer. Then and now where both are days, or figures in the unit of today.

    ``obstacle``: why they cannot be compared.
    """

    is_same: bool = False
    days: tuple[date, date] | None = None
    figures: tuple[Fraction, Fraction] | None = None
    obstacle: str = ""


class AnswerKind(ABC, Generic[TestT, AnswerT]):
    """One kind of answer.

    ``is_from_request``: the request itself answers it, nobody is asked. ``is_picked``: picked from
    a few; to say which one passes would put the answer into somebody's mouth. ``is_bare``: it says
    nothing without its question. ``has_reviewer_answers``: its test itself says which answers a
    reviewer decides on. ``may_contradict``: such an answer may meet a point on
    which the policy contradicts itself. Its question holds names that count (``knows_names``), or
    its choices (``has_choices``).
    """

    type: ClassVar[AnswerType]
    is_from_request: ClassVar[bool] = False
    is_picked: ClassVar[bool] = False
    is_bare: ClassVar[bool] = False
    has_reviewer_answers: ClassVar[bool] = False
    may_contradict: ClassVar[bool] = False
    knows_names: ClassVar[bool] = False
    has_choices: ClassVar[bool] = False

    # How staff choose it, what it asks for, and what its form of a test begins with.
    label: ClassVar[str]
    asks_for: ClassVar[str]
    heading: ClassVar[str]
    # What ``passes`` of a file may be, and what to fill in where it is missing.
    file_expects: ClassVar[str]
    advice: ClassVar[str]
    # The fields of a question, as a file names them, that only questions of this kind have.
    question_fields: ClassVar[tuple[str, ...]] = ()
    # The column at which a mistake in a field of the file is told; its columns, row by row.
    field_columns: ClassVar[Mapping[str, str]]
    columns: ClassVar[tuple[tuple[TestColumn, ...], ...]]

    test_class: builtins.type[TestT]
    answer_class: builtins.type[AnswerT]

    # Judged

    @abstractmethod
    def judge(
        self, test: TestT, answer: AnswerT, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """The state of a criterion whose question was answered.

        NOT_ANSWERED when a day the test also needs (measured on, or the anchor) is missing.
        """

    def some_answer_passes(self, test: TestT) -> bool:
        """Whether any answer meets it without a reviewer."""
        return True

    def anchor(self, test: TestT) -> str | None:
        """The day its window is counted from: an Anchor, or the key of a question."""
        return None

    def spans(self, test: TestT) -> tuple[TimeSpan, ...]:
        """The lengths of time an answer is held against: it counts by its day."""
        return ()

    # In words

    @abstractmethod
    def answer_text(self, question: QuestionDefinition, answer: AnswerT) -> str:
        """An answer as it is read back: "22 ×10⁹/L, measured 25 Jun 2021"."""

    @abstractmethod
    def test_text(
        self, test: TestT, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """What is needed to pass: "below 50 ×10⁹/L, measured within 30 days before the request"."""

    def reason_text(self, test: TestT, judged: JudgedAnswer[AnswerT]) -> str:
        """Why an answer passes or does not: "31 days old: the policy accepts 30"."""
        given = self.answer_text(judged.question, judged.answer)
        if judged.state is FindingState.MET:
            return given
        return needs_text(given, self.passing_text(test, judged.question))

    def reason_says_more(self, test: TestT, state: FindingState) -> bool:
        """Whether the reason says more than the answer, where both stand beside each other."""
        return bool(self.spans(test)) or state in OPEN_OR_OFF

    def passing_text(self, test: TestT, question: QuestionDefinition) -> str:
        """What passes without a reviewer."""
        return self.test_text(test, question)

    def off_text(
        self, test: TestT, question: QuestionDefinition, answer: AnswerT, title: str
    ) -> str:
        """Why a rule does not apply whose condition has this answer."""
        return f"{title}: {self.answer_text(question, answer)}"

    def records_text(self, test: TestT, question: QuestionDefinition, needed: str) -> str:
        """What would have to be shown. ``needed``: what is required, in words."""
        return f"records that show {needed}"

    def missing_text(self, test: TestT, questions: Questions) -> str:
        """What is missing where an answer is there and cannot be judged."""
        return "the date it was measured"

    def exact_text(self, test: TestT) -> str:
        """What the words of a test leave out, such as the keys of choices."""
        return ""

    def counted(self, test: TestT) -> tuple[int | None, int | None]:
        """How many are needed, of how many, where it counts."""
        return None, None

    # Read and written

    @abstractmethod
    def fields(self, question: QuestionDefinition) -> tuple[AnswerField, ...]:
        """The fields it is answered in, the answer itself first; none where nobody is asked."""

    @abstractmethod
    def read(self, question: QuestionDefinition, typed: TypedAnswer) -> AnswerT | None:
        """The answer in what was typed; None where it is none yet.

        What is wrong is added to its ``problems``.
        """

    @abstractmethod
    def typed(self, question: QuestionDefinition, answer: AnswerT) -> dict[str, list[str]]:
        """What is typed for an answer, by part: read again it is the same."""

    def echo(self, question: QuestionDefinition, answer: AnswerT) -> str:
        """What was understood, where that is not what was typed: "5 g/L = 500 mg/dL"."""
        return ""

    def unfinished_text(self, typed: TypedAnswer) -> str:
        """What to say of details that are no answer yet; empty where there are none."""
        return ""

    @abstractmethod
    def from_json(self, question: QuestionDefinition, value: object, on: date, at: str) -> AnswerT:
        """The answer a file states; ``on`` is the request date, which no fact may lie after.

        Raises CaseProblemError at ``at`` for a value of another kind, out of range, or in the
        future.
        """

    @abstractmethod
    def to_json(self, question: QuestionDefinition, answer: AnswerT) -> Json:
        """The answer as a file states it, in the shortest way."""

    @abstractmethod
    def json_form(self, question: QuestionDefinition) -> str:
        """What a file may state, in words."""

    def json_choices(self, question: QuestionDefinition) -> dict[str, str]:
        """The answers a file chooses from, each with its words."""
        return {choice.key: choice.label for choice in question.choices}

    # Stated in the file of an edition, and in columns

    @abstractmethod
    def fits(self, stated: StatedTest) -> bool:
        """Whether ``passes`` is of the form of this kind."""

    @abstractmethod
    def test_of(self, stated: StatedTest) -> TestT:
        """The test that a file states; it fits."""

    def misfits(
        self, stated: StatedTest, question: QuestionDefinition, questions: Questions
    ) -> Iterator[Misfit]:
        """What it says that the question, or those it refers to, cannot answer."""
        yield from ()

    @abstractmethod
    def columns_of(self, stated: StatedTest) -> dict[str, ColumnValue]:
        """The columns that hold it, those that say something."""

    @abstractmethod
    def stated_of(self, values: ColumnValues) -> dict[str, StatedValue]:
        """What the file says of columns; ``passes`` is None while they say nothing."""

    # Beside another answer, or for another question

    def may_be_restated(self, answer: AnswerT) -> bool:
        """Whether it tells of the past, and may be stated again as it was."""
        return False

    def carries(
        self, question: QuestionDefinition, other: QuestionDefinition, answer: AnswerT
    ) -> bool:
        """Whether an answer to ``question`` answers ``other`` too, of this kind as well."""
        return not self.is_from_request

    def change(
        self, question: QuestionDefinition, then: AnswerT, other: QuestionDefinition, now: AnswerT
    ) -> AnswerDifference:
        """From an answer ``then`` to ``question`` to the one ``now`` to ``other``."""
        return AnswerDifference(is_same=then == now)

    def short_text(self, question: QuestionDefinition, answer: AnswerT) -> str:
        """An answer on a button; empty where it is too long for one."""
        return ""

    def therapies(self, answer: AnswerT) -> tuple[TherapyAnswer, ...]:
        """The therapies it names."""
        return ()

    def without_reasons(self, answer: AnswerT) -> AnswerT:
        """The same without the reasons of its therapies."""
        return answer

    # Tried

    @abstractmethod
    def samples(self, question: QuestionDefinition, tests: Sequence[TestT]) -> tuple[AnswerT, ...]:
        """Answers below, at and above every limit of tests on one question, as of SAMPLE_DAY.

        None if they cannot be compared with each other.
        """

    # Checked

    def lint(
        self, test: TestT, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """Mistakes of a test that stand before any answer."""
        yield from ()


def needs_text(found: str, required: str) -> str:
    """3 where 2 or more are needed."""
    return f"{found} where {required} {'are' if ' or more' in required else 'is'} needed"


def span_problems(span: TimeSpan, path: Path) -> Iterator[TreeProblem]:
    """A length of time that runs backwards."""
    if span.days < 0 or span.months < 0:
        yield error("span", path, "has a length of time below zero")
