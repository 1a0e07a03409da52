"""An answer that meets a contradiction of the policy is for a reviewer, and never fails."""

from dataclasses import replace
from datetime import date

import pytest

from criteria.rules import Answer, CriteriaGroup, FindingState, Leaf, Node, TimeSpan, evaluate
from criteria.rules.explain import reason_text, required_text
from criteria.rules.guidance import open_questions
from criteria.rules.lint import problems
from criteria.rules.walk import finding_parts, questions_of, walk
from tests.rules.build import (
    any_of,
    choice,
    coded,
    day,
    every,
    facts,
    figure,
    number,
    stated,
    when,
    yes,
)


def met(leaf: Leaf) -> Leaf:
    return replace(leaf, contradiction="point")


@pytest.mark.parametrize(
    ("leaf", "passing", "failing"),
    [
        (yes("a"), True, False),
        (yes("a", passes=False), False, True),
        (number("a", "<", 13), figure(12), figure(13)),
        (day("a", TimeSpan(days=28)), date(2021, 6, 2), date(2021, 6, 1)),
    ],
)
def test_failing_answer_is_for_a_reviewer(leaf: Leaf, passing: Answer, failing: Answer) -> None:
    states = {
        None: FindingState.NOT_ANSWERED,
        passing: FindingState.MET,
        failing: FindingState.FOR_REVIEWER,
    }
    for answer, state in states.items():
        known = facts({} if answer is None else {"a": answer})
        assert evaluate(met(leaf), known).state is state
    assert evaluate(leaf, facts({"a": failing})).state is FindingState.NOT_MET
    assert required_text(met(leaf)).endswith("; a reviewer decides on anything else")
    known = facts({"a": failing})
    assert reason_text(evaluate(met(leaf), known), known).endswith(": a reviewer decides")


def test_of_a_choice_only_those_left_to_the_reviewer() -> None:
    leaf = met(choice("a", "a", "b"))
    found = [evaluate(leaf, facts({"a": each})).state for each in "abc"]
    assert found == [FindingState.MET, FindingState.FOR_REVIEWER, FindingState.NOT_MET]


@pytest.mark.parametrize("first", [True, False, None])
@pytest.mark.parametrize("second", [True, False, None])
def test_two_facts_together(first: bool | None, second: bool | None) -> None:
    """Both facts make the contradiction; one that is no settles it without the other."""
    tree = any_of(met(yes("a", passes=False)), met(yes("b", passes=False)))
    answers: dict[str, Answer] = {
        key: value for key, value in (("a", first), ("b", second)) if value is not None
    }
    found = evaluate(tree, facts(answers))
    if False in (first, second):
        assert found.state is FindingState.MET
        assert open_questions(found) == ()
    elif first and second:
        assert found.state is FindingState.FOR_REVIEWER
    else:
        assert found.state is FindingState.NOT_ANSWERED
        assert set(open_questions(found)) == {"a", "b"} - answers.keys()


def test_something_else_that_fails_still_fails() -> None:
    tree = every(met(yes("a")), yes("b"))
    assert evaluate(tree, facts({"a": False, "b": False})).state is FindingState.NOT_MET
    assert evaluate(tree, facts({"a": False})).state is FindingState.NOT_ANSWERED
    assert evaluate(tree, facts({"a": False, "b": True})).state is FindingState.FOR_REVIEWER


def test_no_answer_fails_a_tree_of_contradictions() -> None:
    tree = every(met(yes("a")), any_of(met(yes("b")), met(number("c", "<", 5))), key="top")
    for a in (True, False):
        for b in (True, False):
            for c in (4, 5):
                found = evaluate(tree, facts({"a": a, "b": b, "c": figure(c)}))
                states = {place.item.state for place in walk(found, finding_parts)}
                assert FindingState.NOT_MET not in states


def lint(node: Node) -> list[tuple[str, str]]:
    return [(found.code, found.path[-1]) for found in problems(node, questions_of(node))]


def test_branch_that_repeats_its_condition_asks_nothing_more() -> None:
    condition = coded("codes", "G61.81", principal=True)
    same = replace(condition, key="same")
    other = replace(condition, key="other", test=replace(condition.test, principal=False))
    tree = every(when(condition, same, met(yes("a"))), yes("b"))
    assert lint(tree) == []
    tree = every(when(condition, other, met(yes("a"))), yes("b"))
    assert ("always-met", "other") in lint(tree)
    assert evaluate(same, facts({"codes": stated("G61.81")})).state is FindingState.MET


def test_tree_of_one_criterion_is_a_list_of_one() -> None:
    assert lint(every(yes("a"))) == []
    assert ("single-member", "inner") in lint(every(every(yes("a"), key="inner"), yes("b")))


def test_choice_that_leaves_every_other_answer_to_the_reviewer_is_no_mistake() -> None:
    leaf = met(choice("a", "a", "b", choices="ab"))
    tree = every(leaf, yes("b"))
    assert isinstance(tree, CriteriaGroup) and lint(tree) == []
    assert ("cannot-fail", "a") in lint(every(replace(leaf, contradiction=""), yes("b")))
