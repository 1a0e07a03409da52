"""Three-valued evaluation of a criteria tree into a tree of findings."""

from collections.abc import Sequence
from typing import NamedTuple

from criteria.rules.answers import Answer
from criteria.rules.facts import SATISFIED, SETTLED, Facts, FindingState
from criteria.rules.kinds import KINDS, judge
from criteria.rules.question import FactRole
from criteria.rules.tree import CriteriaGroup, Leaf, Node, When

__all__ = ["SATISFIED", "SETTLED", "Facts", "Finding", "FindingState", "evaluate", "switched_off"]

MET, NOT_MET, NOT_ANSWERED = FindingState.MET, FindingState.NOT_MET, FindingState.NOT_ANSWERED
NOT_APPLICABLE, FOR_REVIEWER = FindingState.NOT_APPLICABLE, FindingState.FOR_REVIEWER


class Finding(NamedTuple):
    """One criterion's result. ``members`` are those of a group, or then and otherwise of a When."""

    node: Node
    state: FindingState
    answer: Answer | None = None
    members: tuple["Finding", ...] = ()
    condition: "Finding | None" = None


def evaluate(node: Node, facts: Facts) -> Finding:
    """Judge ``node`` and everything below it; every node appears in the result exactly once."""
    if isinstance(node, Leaf):
        return _leaf(node, facts)
    if isinstance(node, CriteriaGroup):
        return _group(node, facts)
    if isinstance(node, When):
        return _when(node, facts)
    return Finding(node, facts.dose)


def _leaf(node: Leaf, facts: Facts) -> Finding:
    answer = facts.answers.get(node.question.key)
    if answer is None:
        is_left_out = facts.only_stated and node.contradiction
        return Finding(node, _left_out(node) if is_left_out else NOT_ANSWERED)
    state = judge(node.test, answer, facts, node.question)
    if state is NOT_MET and node.contradiction and not KINDS[node.test.type].has_reviewer_answers:
        state = FOR_REVIEWER
    return Finding(node, state, answer)


def _left_out(node: Leaf) -> FindingState:
    """Of a criterion that finds a contradiction: what is not stated contradicts nothing.

    One that no answer meets is no way to meet its group either.
    """
    meets_something = KINDS[node.test.type].some_answer_passes(node.test)
    return NOT_APPLICABLE if meets_something else NOT_MET


def _group(node: CriteriaGroup, facts: Facts) -> Finding:
    members = tuple([evaluate(m, facts) for m in node.members])
    return Finding(node, joined(node.required, [m.state for m in members]), None, members)


def joined(required: int, states: Sequence[FindingState]) -> FindingState:
    """The state of a group by those of its members: decided as soon as these decide it."""
    met, unanswered = states.count(MET), states.count(NOT_ANSWERED)
    satisfied = met + states.count(NOT_APPLICABLE)
    if satisfied >= required:
        return NOT_APPLICABLE if satisfied and not met else MET
    if len(states) - states.count(NOT_MET) < required:
        return NOT_MET
    return NOT_ANSWERED if unanswered else FOR_REVIEWER


def _when(node: When, facts: Facts) -> Finding:
    condition = evaluate(node.condition, facts)
    if facts.only_stated and _is_unstated_place(condition):
        condition = condition._replace(state=NOT_MET)
    then: Finding
    if condition.state in SATISFIED:
        then, otherwise = evaluate(node.then, facts), _off(node.otherwise, facts)
        state = then.state
    elif condition.state is NOT_MET:
        then, otherwise = switched_off(node.then, facts), _on(node.otherwise, facts)
        state = otherwise.state if otherwise else NOT_APPLICABLE
    else:
        then, otherwise = evaluate(node.then, facts), _on(node.otherwise, facts)
        state = undecided(condition.state, then.state, otherwise and otherwise.state)
    members = (then,) if otherwise is None else (then, otherwise)
    return Finding(node, state, None, members, condition)


def _is_unstated_place(condition: Finding) -> bool:
    """Whether it asks for a place of treatment that nobody states."""
    node = condition.node
    asks = isinstance(node, Leaf) and node.question.role is FactRole.GIVEN_AT_HOME
    return asks and condition.state is NOT_ANSWERED


def undecided(
    condition: FindingState, then: FindingState, otherwise: FindingState | None
) -> FindingState:
    """The state of a When while its condition is open: decided only if both branches agree.

    ``otherwise`` None: there is no such branch.
    """
    other = otherwise or NOT_APPLICABLE
    if then in SATISFIED and other in SATISFIED:
        return NOT_APPLICABLE if then is other is NOT_APPLICABLE else MET
    if then is other is NOT_MET:
        return NOT_MET
    if condition is FOR_REVIEWER and NOT_ANSWERED not in (then, other):
        return FOR_REVIEWER
    return NOT_ANSWERED


def _on(node: Node | None, facts: Facts) -> Finding | None:
    return None if node is None else evaluate(node, facts)


def _off(node: Node | None, facts: Facts) -> Finding | None:
    return None if node is None else switched_off(node, facts)


def switched_off(node: Node, facts: Facts) -> Finding:
    """The findings of a branch that a condition switched off: none of it applies.

    Answers that were given stay with their criteria, so that they can be shown.
    """
    if isinstance(node, CriteriaGroup):
        members = tuple(switched_off(m, facts) for m in node.members)
        return Finding(node, NOT_APPLICABLE, None, members)
    if isinstance(node, When):
        branches = [b for b in (node.then, node.otherwise) if b is not None]
        members = tuple(switched_off(b, facts) for b in branches)
        return Finding(node, NOT_APPLICABLE, None, members, switched_off(node.condition, facts))
    answer = facts.answers.get(node.question.key) if isinstance(node, Leaf) else None
    return Finding(node, NOT_APPLICABLE, answer)
