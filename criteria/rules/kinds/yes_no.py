"""Yes or no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from criteria.rules.answers import AnswerType
from criteria.rules.facts import Facts, FindingState
from criteria.rules.json_values import Json, bool_at
from criteria.rules.kinds.base import AnswerKind
from criteria.rules.kinds.fields import (
    AnswerField,
    DateBounds,
    FieldWidget,
    TypedParts,
    typed_part,
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
    may_contradict = True
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

    def read(
        self,
        question: QuestionDefinition,
        parts: TypedParts,
        known: DateBounds,
        problems: dict[str, str],
    ) -> bool | None:
        """By the button pressed."""
        found = typed_part(parts, "")
        if found not in ("", "yes", "no"):
            problems[""] = "Choose yes or no."
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

    def samples(self, question: QuestionDefinition, tests: Sequence[PassesOn]) -> tuple[bool, ...]:
        """Both."""
        return True, False
