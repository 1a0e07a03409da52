"""One of several choices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from criteria.rules.answers import AnswerType
from criteria.rules.facts import Facts, FindingState
from criteria.rules.formats import joined
from criteria.rules.json_values import Json, one_of_at
from criteria.rules.kinds.base import AnswerDifference, AnswerKind
from criteria.rules.kinds.fields import (
    AnswerField,
    FieldWidget,
    TypedAnswer,
)
from criteria.rules.kinds.stated import (
    ColumnValue,
    ColumnValues,
    Misfit,
    StatedTest,
    StatedValue,
    TestColumn,
    keys_in,
)
from criteria.rules.problem import Path, TreeProblem, error
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions


@dataclass(frozen=True, slots=True)
class OneOf:
    """Choice: the passing ones; those in ``reviewer`` are left to a person."""

    type: ClassVar[AnswerType] = AnswerType.CHOICE
    passing: frozenset[str]
    reviewer: frozenset[str] = frozenset()


class ChoiceKind(AnswerKind[OneOf, str]):
    """One of several choices: the key of the choice."""

    type = AnswerType.CHOICE
    is_picked = True
    has_reviewer_answers = True
    has_choices = True
    may_contradict = True
    question_fields = ("choices",)
    label, asks_for = "One of several choices", "one of its choices"
    heading = "It passes on these choices"
    file_expects = "a list of choices"
    advice = "Say which choices pass, or which are left to the reviewer."
    field_columns = MappingProxyType({"passes": "passing", "reviewer": "reviewer"})
    columns = ((TestColumn("passing", is_link=True),), (TestColumn("reviewer", is_link=True),))
    test_class, answer_class = OneOf, str

    def judge(
        self, test: OneOf, answer: str, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """Met by a passing choice; some are for a reviewer."""
        if answer in test.passing:
            return FindingState.MET
        return FindingState.FOR_REVIEWER if answer in test.reviewer else FindingState.NOT_MET

    def some_answer_passes(self, test: OneOf) -> bool:
        """A test may leave every choice that does not fail to a reviewer."""
        return bool(test.passing)

    def answer_text(self, question: QuestionDefinition, answer: str) -> str:
        """The label of the choice."""
        return choice_text(question, answer)

    def test_text(
        self, test: OneOf, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """The choices that pass, then those a reviewer decides on."""
        judged = _labels(question, test.reviewer)
        parts = (_labels(question, test.passing), judged and f"a reviewer decides on {judged}")
        return "; ".join(filter(None, parts))

    def passing_text(self, test: OneOf, question: QuestionDefinition) -> str:
        """The choices that pass."""
        return _labels(question, test.passing)

    def exact_text(self, test: OneOf) -> str:
        """The keys of the choices."""
        return ", ".join((*sorted(test.passing), *sorted(test.reviewer)))

    def counted(self, test: OneOf) -> tuple[int | None, int | None]:
        """One of those that pass."""
        return 1, len(test.passing)

    def fields(self, question: QuestionDefinition) -> tuple[AnswerField, ...]:
        """A button for each choice."""
        choices = tuple((choice.key, choice.label) for choice in question.choices)
        return (AnswerField(widget=FieldWidget.RADIO, choices=choices),)

    def read(self, question: QuestionDefinition, typed: TypedAnswer) -> str | None:
        """By the button pressed."""
        found = typed.part()
        if found and found not in {choice.key for choice in question.choices}:
            typed.problems[""] = "Choose one of the answers."
        return found or None

    def typed(self, question: QuestionDefinition, answer: str) -> dict[str, list[str]]:
        """The button."""
        return {"": [answer]}

    def from_json(self, question: QuestionDefinition, value: object, on: date, at: str) -> str:
        """The key of one of the choices."""
        return one_of_at(value, [choice.key for choice in question.choices], at)

    def to_json(self, question: QuestionDefinition, answer: str) -> Json:
        """The key of the choice."""
        return answer

    def json_form(self, question: QuestionDefinition) -> str:
        """The key of one of the choices."""
        return "the key of one of the choices"

    def fits(self, stated: StatedTest) -> bool:
        """A list of keys."""
        return isinstance(stated.get("passes"), list)

    def test_of(self, stated: StatedTest) -> OneOf:
        """The choices that pass, and those for a reviewer."""
        return OneOf(
            frozenset(keys_in(stated.get("passes"))), frozenset(keys_in(stated.get("reviewer")))
        )

    def misfits(
        self, stated: StatedTest, question: QuestionDefinition, questions: Questions
    ) -> Iterator[Misfit]:
        """No choice, unknown ones, or one that counts twice."""
        reviewer = keys_in(stated.get("reviewer"))
        if stated.get("contradiction") and not reviewer:
            expected = "expected choices left to the reviewer beside it"
            advice = "Say which choices meet it: those left to the reviewer."
            yield Misfit("contradiction", expected, advice)
        if not self.fits(stated):
            return
        passes = keys_in(stated.get("passes"))
        if not passes and not reviewer:
            yield Misfit("passes", "expected at least one choice", self.advice)
        for key in sorted(set(passes) & set(reviewer)):
            advice = f"“{choice_text(question, key)}” passes already."
            yield Misfit("reviewer", f"{key!r} passes already", advice)
        known = sorted(choice.key for choice in question.choices)
        for field, keys in (("passes", passes), ("reviewer", reviewer)):
            for key in keys:
                if key not in known:
                    expected = f"expected a choice of: {', '.join(known)}; got {key!r}"
                    yield Misfit(field, expected, "Choose among the choices of this question.")

    def columns_of(self, stated: StatedTest) -> dict[str, ColumnValue]:
        """The choices, by key."""
        return {
            "passing": keys_in(stated.get("passes")),
            "reviewer": keys_in(stated.get("reviewer")),
        }

    def stated_of(self, values: ColumnValues) -> dict[str, StatedValue]:
        """The choices, by key."""
        reviewer = keys_in(values.get("reviewer"))
        passes: dict[str, StatedValue] = {"passes": keys_in(values.get("passing"))}
        return passes | ({"reviewer": reviewer} if reviewer else {})

    def carries(self, question: QuestionDefinition, other: QuestionDefinition, answer: str) -> bool:
        """Whether the other question offers it."""
        return answer in {choice.key for choice in other.choices}

    def change(
        self, question: QuestionDefinition, then: str, other: QuestionDefinition, now: str
    ) -> AnswerDifference:
        """By what the choices read as: a key may be another one in another edition."""
        labels = choice_text(question, then).casefold(), choice_text(other, now).casefold()
        return AnswerDifference(is_same=labels[0] == labels[1])

    def samples(self, question: QuestionDefinition, tests: Sequence[OneOf]) -> tuple[str, ...]:
        """Every choice."""
        return tuple(choice.key for choice in question.choices)

    def lint(
        self, test: OneOf, question: QuestionDefinition, path: Path, questions: Questions
    ) -> Iterator[TreeProblem]:
        """Choices that are none, or count twice."""
        for key in sorted((test.passing | test.reviewer) - {c.key for c in question.choices}):
            yield error("unknown-choice", path, f"“{key}” is not a choice of the question")
        for key in sorted(test.passing & test.reviewer):
            yield error("choice-twice", path, f"“{key}” both passes and is left to a reviewer")
        if not test.passing and not test.reviewer:
            yield error("cannot-pass", path, "no choice passes")


def choice_text(question: QuestionDefinition, key: str) -> str:
    """The label of a choice."""
    return next((choice.label for choice in question.choices if choice.key == key), key)


def _labels(question: QuestionDefinition, keys: frozenset[str]) -> str:
    return joined([choice.label for choice in question.choices if choice.key in keys])
