"""The kinds of answers: one class for each, in one table.

A kind is added here and in ``AnswerType``; its answer and its test join the unions below.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import cast

from criteria.rules.answers import Answer, AnswerType
from criteria.rules.facts import Facts, FindingState
from criteria.rules.kinds.base import AnswerKind, AnswerT, TestT
from criteria.rules.kinds.choice import ChoiceKind, OneOf
from criteria.rules.kinds.codes import CodesKind, NamesCode
from criteria.rules.kinds.comparison import Compares
from criteria.rules.kinds.date import DateKind, Within
from criteria.rules.kinds.number import NumberKind
from criteria.rules.kinds.stated import Misfit, StatedTest
from criteria.rules.kinds.therapies import ListsAtLeast, TherapyListKind
from criteria.rules.kinds.therapy import TherapyKind, Tried
from criteria.rules.kinds.yes_no import PassesOn, YesNoKind
from criteria.rules.question import QuestionDefinition, Questions

Test = PassesOn | Compares | Within | OneOf | Tried | ListsAtLeast | NamesCode
AnyKind = AnswerKind[Test, Answer]


def _any(kind: AnswerKind[TestT, AnswerT]) -> AnyKind:
    """A kind as the table holds it: a Leaf pairs each test with answers of its own kind."""
    return cast("AnyKind", kind)


KINDS: Mapping[AnswerType, AnyKind] = MappingProxyType(
    {
        kind.type: kind
        for kind in (
            _any(YesNoKind()),
            _any(NumberKind()),
            _any(DateKind()),
            _any(ChoiceKind()),
            _any(TherapyKind()),
            _any(TherapyListKind()),
            _any(CodesKind()),
        )
    }
)
_BY_ANSWER: Mapping[type, AnyKind] = {kind.answer_class: kind for kind in KINDS.values()}


def kind_of(answer: Answer) -> AnyKind:
    """The kind an answer is of."""
    return _BY_ANSWER[type(answer)]


def judge(test: Test, answer: Answer, facts: Facts, question: QuestionDefinition) -> FindingState:
    """An answer held against a test. Raises TypeError for an answer of another kind."""
    kind = KINDS[test.type]
    if not isinstance(answer, kind.answer_class):
        raise TypeError(f"a {test.type} test cannot judge a {type(answer).__name__}")
    return kind.judge(test, answer, facts, question)


def misfits(
    stated: StatedTest, question: QuestionDefinition, questions: Questions
) -> Iterator[Misfit]:
    """What a test says that its question cannot answer; whether ``passes`` fits is asked apart."""
    kind = KINDS[question.type]
    empty = f"The question asks for {kind.asks_for}: leave this empty."
    for owner in KINDS.values():
        for field in owner.field_columns:
            if field != "passes" and field not in kind.field_columns and stated.get(field):
                expected = f"expected only with a {owner.type} question, not {kind.type}"
                yield Misfit(field, expected, empty)
    if stated.get("contradiction") and not kind.may_contradict:
        types = ", ".join(each.type for each in KINDS.values() if each.may_contradict)
        expected = f"expected only with one of: {types}; not {kind.type}"
        yield Misfit("contradiction", expected, empty)
    yield from kind.misfits(stated, question, questions)
