"""The shortest ways to meet what is unmet or open."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings

from criteria.rules import (
    SATISFIED,
    CriteriaGroup,
    DoseLeaf,
    FactRole,
    Finding,
    FindingState,
    Leaf,
    Node,
    When,
    evaluate,
)
from criteria.rules.explain import LinePart, step_text
from criteria.rules.guidance import (
    Choose,
    Every,
    MeetingStep,
    StepKind,
    Way,
    blocking,
    shortest,
    ways_to_meet,
)
from criteria.rules.walk import node_parts
from tests.rules.build import any_of, at_least, choice, dose, every, facts, when, yes
from tests.rules.random_trees import FAIL, PASS, Sample, samples


def _facts_of_conditions(node: Node, inside: bool = False) -> Iterator[str]:
    """Keys of the leaves that are, or stand in, a condition."""
    if inside and isinstance(node, Leaf | DoseLeaf):
        yield node.key
    for part, below in node_parts(node):
        yield from _facts_of_conditions(below, inside or part is LinePart.CONDITION)


def _meeting_sets(sample: Sample) -> Iterator[frozenset[str]]:
    """Sets of criteria that, given the right answers, satisfy the root; smallest first.

    What is known of a condition is a fact: nobody is told to answer it otherwise.
    """
    facts = set(_facts_of_conditions(sample.tree)) & set(sample.keys(PASS, FAIL))
    keys = [key for key in sample.verdicts if key not in facts]
    for size in range(len(keys) + 1):
        for chosen in combinations(keys, size):
            for values in product((PASS, FAIL), repeat=size):
                change = dict(zip(chosen, values, strict=True))
                if evaluate(sample.tree, sample.facts(change)).state in SATISFIED:
                    yield frozenset(chosen)
                    break


@given(samples(max_leaves=5))
@settings(max_examples=200, deadline=None)
def test_cost_is_the_smallest_number_of_criteria_that_can_meet_it(sample: Sample) -> None:
    way = ways_to_meet(evaluate(sample.tree, sample.facts()))
    sets = list(_meeting_sets(sample))
    if way is None:
        assert not sets or not sets[0]
        return
    assert way.cost == len(sets[0]) > 0
    for keys in shortest(way):
        assert len(keys) == way.cost
        assert keys in sets


def test_one_more_of_those_left() -> None:
    finding = evaluate(at_least(2, yes("a"), yes("b"), yes("c")), facts({"a": True}))
    way = ways_to_meet(finding)
    assert isinstance(way, Choose)
    assert (way.k, way.cost, way.already) == (1, 1, 1)
    assert shortest(way) == (frozenset({"b"}), frozenset({"c"}))


def test_a_longer_member_is_not_offered() -> None:
    finding = evaluate(any_of(every(yes("a"), yes("b"), key="both"), yes("c")), facts())
    assert shortest(_way(finding)) == (frozenset({"c"}),)


def test_a_shorter_member_is_taken_beside_a_choice_of_the_rest() -> None:
    pairs = [every(yes(f"{k}1"), yes(f"{k}2"), key=k) for k in "xy"]
    way = _way(evaluate(at_least(2, yes("a"), *pairs), facts()))
    assert isinstance(way, Every)
    assert way.cost == 3
    assert shortest(way) == (frozenset({"a", "x1", "x2"}), frozenset({"a", "y1", "y2"}))


def test_what_is_not_known_is_offered_before_what_would_have_to_change() -> None:
    finding = evaluate(any_of(yes("failed"), yes("open")), facts({"failed": False}))
    way = _way(finding)
    assert isinstance(way, Choose)
    kinds = [option.kind for option in way.options if isinstance(option, MeetingStep)]
    assert kinds == [StepKind.ANSWER, StepKind.CHANGE]


def test_dose_and_a_reviewers_judgement_are_steps_of_their_own_kind() -> None:
    finding = evaluate(every(dose(), choice("c", "a", "c")), facts({"c": "c"}))
    way = _way(finding)
    assert isinstance(way, Every)
    kinds = [part.kind for part in way.parts if isinstance(part, MeetingStep)]
    assert kinds == [StepKind.DOSE, StepKind.REVIEW]


def test_nobody_is_told_to_answer_a_condition_otherwise() -> None:
    then = every(yes("a"), yes("b"), key="then")
    finding = evaluate(when(yes("if"), then), facts({"if": True}))
    assert shortest(_way(finding)) == (frozenset({"a", "b"}),)
    partly = when(any_of(yes("c"), yes("d")), then)
    finding = evaluate(partly, facts({"c": False}))
    assert shortest(_way(finding)) == (frozenset({"d"}),)


def test_what_nobody_can_change_is_no_way() -> None:
    asks = replace(yes("age").question, unchangeable=True)
    age = yes("age", asks=asks)
    alone = evaluate(every(age, yes("b")), facts({"age": False}))
    assert ways_to_meet(alone) is None
    assert [each.node.key for each in blocking(alone)] == ["age"]
    beside = evaluate(any_of(age, yes("b")), facts({"age": False}))
    assert shortest(_way(beside)) == (frozenset({"b"}),)
    assert not blocking(beside)
    assert shortest(_way(evaluate(every(age, yes("b")), facts()))) == (frozenset({"age", "b"}),)


@pytest.mark.parametrize("role", list(FactRole))
def test_roles_of_what_is_past_or_given_are_unchangeable(role: FactRole) -> None:
    asks = replace(yes("a").question, role=role)
    changeable = {
        FactRole.DIAGNOSIS_STATED,
        FactRole.LONG_TERM,
        FactRole.GIVEN_AT_HOME,
        FactRole.SPECIALIST,
    }
    assert asks.is_unchangeable is (role not in changeable)


@given(samples(max_leaves=6))
@settings(max_examples=200, deadline=None)
def test_either_there_is_a_way_or_it_says_what_blocks(sample: Sample) -> None:
    tree = _unchangeable(sample.tree)
    finding = evaluate(tree, sample.facts())
    way, blocked = ways_to_meet(finding), blocking(finding)
    assert not (way and blocked)
    assert all(each.state is FindingState.NOT_MET for each in blocked)
    if way is not None:
        assert not [each for each in _steps(way) if each.kind is StepKind.CHANGE and _fixed(each)]


def _unchangeable(node: Node) -> Node:
    """The same tree with facts nobody can change in place of its yes/no questions."""
    if isinstance(node, Leaf):
        is_fact = node.key.startswith("yes")
        return replace(node, question=replace(node.question, unchangeable=is_fact))
    if isinstance(node, CriteriaGroup):
        return replace(node, members=tuple(map(_unchangeable, node.members)))
    if isinstance(node, When):
        other = None if node.otherwise is None else _unchangeable(node.otherwise)
        return replace(node, then=_unchangeable(node.then), otherwise=other)
    return node


def _fixed(step: MeetingStep) -> bool:
    return isinstance(step.finding.node, Leaf) and step.finding.node.question.is_unchangeable


def _steps(way: Way) -> Iterator[MeetingStep]:
    if isinstance(way, MeetingStep):
        yield way
        return
    for part in way.parts if isinstance(way, Every) else way.options:
        yield from _steps(part)


def test_the_branch_of_a_settled_condition_is_taken_as_it_stands() -> None:
    tree = when(yes("if"), every(yes("a"), yes("b"), key="then"), yes("c"))
    finding = evaluate(tree, facts({"if": True}))
    assert shortest(_way(finding)) == (frozenset({"a", "b"}),)


def test_nothing_to_do_and_nothing_that_helps() -> None:
    assert ways_to_meet(evaluate(yes("a"), facts({"a": True}))) is None
    assert ways_to_meet(evaluate(at_least(3, yes("a"), yes("b")), facts())) is None


def test_no_more_ways_than_asked_for() -> None:
    finding = evaluate(at_least(8, *(yes(f"m{i}") for i in range(16))), facts())
    assert len(shortest(_way(finding), limit=10)) == 10


def _way(finding: Finding) -> MeetingStep | Every | Choose:
    way = ways_to_meet(finding)
    assert way is not None
    return way


def test_longer_members_are_told_of_beside_the_shortest() -> None:
    long = every(yes("a"), yes("b"), key="both")
    way = _way(evaluate(any_of(yes("c"), yes("d"), long), facts()))
    assert isinstance(way, Choose)
    assert [member.node.key for member in way.longer] == ["both"]
    assert step_text(way).endswith("; or, the longer way: Both")


def test_one_short_member_names_the_longer_ones() -> None:
    parts = (every(yes(f"{k}1"), yes(f"{k}2"), key=k) for k in "xy")
    way = _way(evaluate(any_of(yes("c"), *parts), facts()))
    assert step_text(way) == "C: to be answered; or, a longer way: X; Y"
