"""Three-valued evaluation of a criteria tree into a tree of findings."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from criteria.rules.answers import Answer
from criteria.rules.tree import (
    Anchor,
    Compares,
    Comparison,
    DoseLeaf,
    Group,
    Leaf,
    ListsAtLeast,
    Node,
    OneOf,
    PassesOn,
    Tried,
    When,
    Within,
)


class State(StrEnum):
    """What is found of one criterion. NOT_APPLICABLE counts as satisfied; FOR_REVIEWER is open,
    but not for the prescriber: the answer is there and a person must judge it."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ANSWERED = "not_answered"
    NOT_APPLICABLE = "not_applicable"
    FOR_REVIEWER = "for_reviewer"


MET, NOT_MET, NOT_ANSWERED = State.MET, State.NOT_MET, State.NOT_ANSWERED
NOT_APPLICABLE, FOR_REVIEWER = State.NOT_APPLICABLE, State.FOR_REVIEWER
SATISFIED = frozenset({MET, NOT_APPLICABLE})
SETTLED = frozenset({MET, NOT_APPLICABLE, NOT_MET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the criteria are held against. ``dose`` is what the dose arithmetic found."""

    answers: Mapping[str, Answer]
    request_date: date
    therapy_start: date | None = None
    dose: State = State.NOT_ANSWERED

    def day(self, anchor: str) -> date | None:
        """The day a window is counted from; None while it is not known."""
        if anchor == Anchor.REQUEST:
            return self.request_date
        if anchor == Anchor.THERAPY_START:
            return self.therapy_start
        answer = self.answers.get(anchor)
        return answer if isinstance(answer, date) else None


class Finding(NamedTuple):
    """One criterion's result. ``members`` are those of a group, or then and otherwise of a When."""

    node: Node
    state: State
    answer: Answer | None = None
    members: tuple["Finding", ...] = ()
    condition: "Finding | None" = None


def evaluate(node: Node, facts: Facts) -> Finding:
    """Judge ``node`` and everything below it; every node appears in the result exactly once."""
    return _EVALUATE[type(node)](node, facts)


def _leaf(node: Leaf, facts: Facts) -> Finding:
    answer = facts.answers.get(node.question.key)
    if answer is None:
        return Finding(node, NOT_ANSWERED)
    return Finding(node, _TESTS[type(node.test)](node.test, answer, facts), answer)


def _dose(node: DoseLeaf, facts: Facts) -> Finding:
    return Finding(node, facts.dose)


def _group(node: Group, facts: Facts) -> Finding:
    members = tuple([_EVALUATE[type(m)](m, facts) for m in node.members])
    return Finding(node, _joined(node.required, [m.state for m in members]), None, members)


def _joined(required: int, states: list[State]) -> State:
    satisfied = unanswered = reviewer = met = 0
    for state in states:
        if state is MET:
            met += 1
            satisfied += 1
        elif state is NOT_APPLICABLE:
            satisfied += 1
        elif state is NOT_ANSWERED:
            unanswered += 1
        elif state is FOR_REVIEWER:
            reviewer += 1
    if satisfied >= required:
        return MET if met or not satisfied else NOT_APPLICABLE
    if satisfied + unanswered + reviewer < required:
        return NOT_MET
    return NOT_ANSWERED if unanswered else FOR_REVIEWER


def _when(node: When, facts: Facts) -> Finding:
    condition = evaluate(node.condition, facts)
    then: Finding
    if condition.state in SATISFIED:
        then, otherwise = evaluate(node.then, facts), _off(node.otherwise)
        state = then.state
    elif condition.state is NOT_MET:
        then, otherwise = switched_off(node.then), _on(node.otherwise, facts)
        state = otherwise.state if otherwise else NOT_APPLICABLE
    else:
        then, otherwise = evaluate(node.then, facts), _on(node.otherwise, facts)
        state = _undecided(condition.state, then.state, otherwise)
    members = (then,) if otherwise is None else (then, otherwise)
    return Finding(node, state, None, members, condition)


def _undecided(condition: State, then: State, otherwise: Finding | None) -> State:
    """The state while the condition is open: decided only if both branches agree."""
    other = otherwise.state if otherwise else NOT_APPLICABLE
    if then in SATISFIED and other in SATISFIED:
        return NOT_APPLICABLE if then is other is NOT_APPLICABLE else MET
    if then is other is NOT_MET:
        return NOT_MET
    if condition is FOR_REVIEWER and NOT_ANSWERED not in (then, other):
        return FOR_REVIEWER
    return NOT_ANSWERED


def _on(node: Node | None, facts: Facts) -> Finding | None:
    return None if node is None else evaluate(node, facts)


def _off(node: Node | None) -> Finding | None:
    return None if node is None else switched_off(node)


def switched_off(node: Node) -> Finding:
    """The findings of a branch that a condition switched off: all of it not applicable."""
    if isinstance(node, Group):
        members = tuple(switched_off(m) for m in node.members)
        return Finding(node, NOT_APPLICABLE, None, members)
    if isinstance(node, When):
        branches = [b for b in (node.then, node.otherwise) if b is not None]
        members = tuple(switched_off(b) for b in branches)
        return Finding(node, NOT_APPLICABLE, None, members, switched_off(node.condition))
    return Finding(node, NOT_APPLICABLE)


_COMPARE: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.LT: operator.lt,
    Comparison.LE: operator.le,
    Comparison.EQ: operator.eq,
    Comparison.GE: operator.ge,
    Comparison.GT: operator.gt,
}


def _passes_on(test: PassesOn, answer: Any, facts: Facts) -> State:
    return MET if answer is test.answer else NOT_MET


def _compares(test: Compares, answer: Any, facts: Facts) -> State:
    if not _COMPARE[test.comparison](answer.value, test.threshold):
        return NOT_MET
    if test.max_age is None:
        return MET
    if answer.measured_on is None:
        return NOT_ANSWERED
    oldest = test.max_age.before(facts.request_date)
    return MET if oldest <= answer.measured_on <= facts.request_date else NOT_MET


def _within(test: Within, answer: Any, facts: Facts) -> State:
    anchor = facts.day(test.anchor)
    if anchor is None:
        return NOT_ANSWERED
    if test.after:
        return MET if anchor <= answer <= test.span.after(anchor) else NOT_MET
    return MET if test.span.before(anchor) <= answer <= anchor else NOT_MET


def _one_of(test: OneOf, answer: Any, facts: Facts) -> State:
    if answer in test.passing:
        return MET
    return FOR_REVIEWER if answer in test.reviewer else NOT_MET


def _tried(test: Tried, answer: Any, facts: Facts) -> State:
    return MET if answer.outcome in test.outcomes else NOT_MET


def _lists(test: ListsAtLeast, answer: Any, facts: Facts) -> State:
    return MET if answer.count >= test.n else NOT_MET


_TESTS: dict[type, Callable[[Any, Any, Facts], State]] = {
    PassesOn: _passes_on,
    Compares: _compares,
    Within: _within,
    OneOf: _one_of,
    Tried: _tried,
    ListsAtLeast: _lists,
}
_EVALUATE: dict[type, Callable[[Any, Facts], Finding]] = {
    Leaf: _leaf,
    DoseLeaf: _dose,
    Group: _group,
    When: _when,
}
