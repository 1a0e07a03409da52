"""The passing conditions: one answer held against one test."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from criteria.rules.answers import Answer
from criteria.rules.facts import Facts, FindingState
from criteria.rules.names import NO_NAMES, NameTable
from criteria.rules.tree import (
    Compares,
    ListsAtLeast,
    NamesCode,
    NumberComparison,
    OneOf,
    PassesOn,
    Test,
    Tried,
    Within,
)

MET, NOT_MET, NOT_ANSWERED = FindingState.MET, FindingState.NOT_MET, FindingState.NOT_ANSWERED

_COMPARE: dict[NumberComparison, Callable[[Any, Any], bool]] = {
    NumberComparison.LT: operator.lt,
    NumberComparison.LE: operator.le,
    NumberComparison.EQ: operator.eq,
    NumberComparison.GE: operator.ge,
    NumberComparison.GT: operator.gt,
}


def judge(test: Test, answer: Answer, facts: Facts, names: NameTable = NO_NAMES) -> FindingState:
    """The state of a criterion whose question was answered; ``names`` are those it knows.

    NOT_ANSWERED when a day the test also needs (measured on, or the anchor) is missing.
    """
    if isinstance(test, ListsAtLeast):
        return _lists(test, answer, names)
    return _JUDGE[type(test)](test, answer, facts)


def right_size(test: Compares, value: Decimal) -> bool:
    """Whether the figure itself passes, whatever its age."""
    return _COMPARE[test.comparison](value, test.threshold)


def _passes_on(test: PassesOn, answer: Any, facts: Facts) -> FindingState:
    return MET if answer is test.answer else NOT_MET


def _compares(test: Compares, answer: Any, facts: Facts) -> FindingState:
    if not _COMPARE[test.comparison](answer.value, test.threshold):
        return NOT_MET
    if test.max_age is None:
        return MET
    if answer.measured_on is None:
        return NOT_ANSWERED
    oldest = test.max_age.before(facts.request_date)
    return MET if oldest <= answer.measured_on <= facts.request_date else NOT_MET


def _within(test: Within, answer: Any, facts: Facts) -> FindingState:
    anchor = facts.day(test.anchor)
    if anchor is None:
        return NOT_ANSWERED
    if test.after:
        return MET if anchor <= answer <= test.span.after(anchor) else NOT_MET
    return MET if test.span.before(anchor) <= answer <= anchor else NOT_MET


def _one_of(test: OneOf, answer: Any, facts: Facts) -> FindingState:
    if answer in test.passing:
        return MET
    return FindingState.FOR_REVIEWER if answer in test.reviewer else NOT_MET


def _tried(test: Tried, answer: Any, facts: Facts) -> FindingState:
    return MET if answer.outcome in test.outcomes else NOT_MET


def _lists(test: ListsAtLeast, answer: Any, names: NameTable) -> FindingState:
    """A name that is not known is left to a person where it would decide."""
    counted, unknown = names.tally(answer)
    if counted >= test.n:
        return MET
    return FindingState.FOR_REVIEWER if counted + unknown >= test.n else NOT_MET


def _names(test: NamesCode, answer: Any, facts: Facts) -> FindingState:
    if not answer.codes and not test.principal:
        return NOT_ANSWERED
    return MET if test.is_named_by(answer) else NOT_MET


_JUDGE: dict[type, Callable[[Any, Any, Facts], FindingState]] = {
    PassesOn: _passes_on,
    Compares: _compares,
    Within: _within,
    OneOf: _one_of,
    Tried: _tried,
    NamesCode: _names,
}
