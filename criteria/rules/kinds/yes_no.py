"""Yes or no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from criteria.rules.answers import AnswerType
from criteria.rules.facts import Facts, FindingState
from criteria.rules.json_values import Json, bool_at
from criteria.rules.kinds.base import AnswerKind
from criteria.rules.kinds.fields import (
    AnswerField,
    FieldWidget,
    TypedAnswer,
)
from criteria.rules.kinds.stated import (
    ColumnValue,
    ColumnValues,
    StatedTest,
    StatedValue,
    TestColumn,
)
from criteria.rules.question import NO_QUESTIONS, QuestionDefinition, Questions


@dataclass(frozen=True, slots=True)
class PassesOn:
    """Yes/no: the answer that passes. A negative criterion passes on no."""

    type: ClassVar[AnswerType] = AnswerType.YES_NO
    answer: bool = True


class YesNoKind(AnswerKind[PassesOn, bool]):
    """Yes or no: a bool."""

    type = AnswerType.YES_NO
    is_picked = True
    is_bare = True
    may_contradict = True
    label, asks_for = "Yes or no", "yes or no"
    heading = "It passes on"
    file_expects = "yes or no"
    advice = "Say which answer passes, yes or no."
    field_columns = MappingProxyType({"passes": "passes_on"})
    columns = ((TestColumn("passes_on"),),)
    test_class, answer_class = PassesOn, bool

    def judge(
        self, test: PassesOn, answer: bool, facts: Facts, question: QuestionDefinition
    ) -> FindingState:
        """Met by the answer that passes."""
        return FindingState.MET if answer is test.answer else FindingState.NOT_MET

    def answer_text(self, question: QuestionDefinition, answer: bool) -> str:
        """Yes, No."""
        return "Yes" if answer else "No"

    def test_text(
        self, test: PassesOn, question: QuestionDefinition, questions: Questions = NO_QUESTIONS
    ) -> str:
        """The answer that passes."""
        return "yes" if test.answer else "no"

    def records_text(self, test: PassesOn, question: QuestionDefinition, needed: str) -> str:
        """That it is so, or that it is not."""
        return f"records that show {'it' if test.answer else 'that it is not so'}"

    def fields(self, question: QuestionDefinition) -> tuple[AnswerField, ...]:
        """Two buttons."""
        return (AnswerField(widget=FieldWidget.RADIO, choices=(("yes", "Yes"), ("no", "No"))),)

    def read(self, question: QuestionDefinition, typed: TypedAnswer) -> bool | None:
        """By the button pressed."""
        found = typed.part()
        if found not in ("", "yes", "no"):
            typed.problems[""] = "Choose yes or no."
        return {"yes": True, "no": False}.get(found)

    def typed(self, question: QuestionDefinition, answer: bool) -> dict[str, list[str]]:
        """The button."""
        return {"": ["yes" if answer else "no"]}

    def from_json(self, question: QuestionDefinition, value: object, on: date, at: str) -> bool:
        """True or false."""
        return bool_at(value, at)

    def to_json(self, question: QuestionDefinition, answer: bool) -> Json:
        """True or false."""
        return answer

    def json_form(self, question: QuestionDefinition) -> str:
        """True or false."""
        return "true or false"

    def fits(self, stated: StatedTest) -> bool:
        """Yes or no."""
        return isinstance(stated.get("passes"), bool)

    def test_of(self, stated: StatedTest) -> PassesOn:
        """The answer that passes."""
        return PassesOn(stated.get("passes") is True)

    def columns_of(self, stated: StatedTest) -> dict[str, ColumnValue]:
        """The answer that passes."""
        return {"passes_on": stated.get("passes") is True}

    def stated_of(self, values: ColumnValues) -> dict[str, StatedValue]:
        """The answer that passes."""
        passes = values.get("passes_on")
        return {"passes": passes if isinstance(passes, bool) else None}

    def samples(self, question: QuestionDefinition, tests: Sequence[PassesOn]) -> tuple[bool, ...]:
        """Both."""
        return True, False
