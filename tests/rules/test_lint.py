"""Mistakes in a tree that staff are told of before it is published."""

from dataclasses import replace
from decimal import Decimal

import pytest

from criteria.rules import (
    AnswerType,
    Citation,
    Compares,
    FactRole,
    Leaf,
    ListsAtLeast,
    Node,
    NumberComparison,
    OneOf,
    PassesOn,
    QuestionDefinition,
    TherapyOutcome,
    TimeSpan,
    Tried,
)
from criteria.rules.explain import questions_of
from criteria.rules.lint import LintSeverity, problems, unused_questions
from tests.rules.build import (
    any_of,
    at_least,
    choice,
    day,
    dose,
    every,
    leaf,
    listed,
    number,
    question,
    therapy,
    when,
    yes,
)

IGG = question("igg", AnswerType.NUMBER, minimum=Decimal(0), maximum=Decimal(5000))
COUNT = question("count", AnswerType.NUMBER, whole=True, minimum=Decimal(0))
YES = question("yes", AnswerType.YES_NO)


def found(tree: Node, *more: QuestionDefinition) -> list[tuple[str, str]]:
    """Code and path of each problem."""
    questions = questions_of(tree) | {each.key: each for each in more}
    return [(p.code, "/".join(p.path)) for p in problems(tree, questions)]


def test_a_sound_tree_has_no_problems() -> None:
    tree = every(
        at_least(2, *(number(f"n{i}", whole=True) for i in range(3))),
        any_of(number("platelets", "<", 50, days=30), choice("c", "a", "c")),
        when(yes("long"), yes("titrated")),
        day("last", TimeSpan(days=360), "stopped", after=True),
        therapy("steroids"),
        listed("drugs"),
        dose(),
    )
    assert found(tree, question("stopped", AnswerType.DATE)) == []


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        (at_least(3, yes("a"), yes("b")), "n-too-large"),
        (at_least(-1, yes("a"), yes("b")), "n-too-small"),
        (at_least(1), "empty-group"),
        (any_of(yes("a")), "single-member"),
        (replace(any_of(yes("a"), yes("b")), citation=Citation(" ")), "no-citation"),
    ],
)
def test_groups(tree: Node, code: str) -> None:
    assert found(tree) == [(code, tree.key)]


def test_an_error_is_told_from_a_warning() -> None:
    tree = every(any_of(yes("a")), at_least(3, yes("b"), yes("c")))
    severities = {p.code: p.severity for p in problems(tree, questions_of(tree))}
    assert severities == {"single-member": LintSeverity.WARNING, "n-too-large": LintSeverity.ERROR}


def test_a_key_used_twice() -> None:
    tree = every(yes("a"), any_of(yes("b"), yes("a", asks=YES)))
    assert found(tree, yes("a").question) == [("duplicate-key", "all/any/a")]


@pytest.mark.parametrize(
    ("criterion", "code"),
    [
        (leaf("x", PassesOn(), asks=IGG), "wrong-type"),
        (choice("x", "az"), "unknown-choice"),
        (choice("x", "a", "z"), "unknown-choice"),
        (choice("x", "a", "a"), "choice-twice"),
        (leaf("x", OneOf(frozenset())), "cannot-pass"),
        (choice("x", "abc"), "cannot-fail"),
        (number("x", "<", 5001, asks=IGG), "threshold-range"),
        (number("x", "<", -1, asks=IGG), "threshold-range"),
        (number("x", "<", 0, asks=IGG), "cannot-pass"),
        (number("x", ">=", 0, asks=IGG), "cannot-fail"),
        (number("x", "=", "1.5", asks=COUNT), "cannot-pass"),
        (number("x", "<", 50, days=30, dated=False), "not-dated"),
        (number("x", "<", 50, days=-1), "span"),
        (leaf("x", ListsAtLeast(0)), "n-too-small"),
        (therapy("x", Tried(frozenset())), "outcomes"),
        (therapy("x", Tried(frozenset({TherapyOutcome.NONE}))), "outcomes"),
        (day("x", TimeSpan(days=1), "x"), "anchor"),
        (day("x", TimeSpan(days=1), "nothing"), "anchor"),
        (day("x", TimeSpan(days=1), "igg"), "anchor"),
        (day("x", TimeSpan(days=-1)), "span"),
    ],
)
def test_criteria(criterion: Leaf, code: str) -> None:
    assert found(criterion, IGG) == [(code, "x")]


def test_a_question_the_library_does_not_hold() -> None:
    tree = yes("a")
    assert [p.code for p in problems(tree, {})] == ["unknown-question"]
    other = {"a": replace(tree.question, wording="Other words?")}
    assert [p.code for p in problems(tree, other)] == ["other-question"]


CONTRADICTIONS = [
    (number("x", "<", 400, asks=IGG), number("y", ">=", 400, asks=IGG)),
    (number("x", "<", 3, asks=COUNT), number("y", ">", 2, asks=COUNT)),
    (number("x", "=", 3, asks=COUNT), number("y", "=", 4, asks=COUNT)),
    (yes("x", asks=YES), yes("y", passes=False, asks=YES)),
    (choice("x", "a"), leaf("y", OneOf(frozenset("b")), asks=choice("x", "a").question)),
]


@pytest.mark.parametrize(("first", "second"), CONTRADICTIONS)
def test_contradictions(first: Leaf, second: Leaf) -> None:
    assert found(every(first, second)) == [("contradiction", "all/y")]
    assert found(every(first, every(second, yes("z"), key="in"))) == [("contradiction", "all/in/y")]
    assert found(any_of(first, second)) == []


@pytest.mark.parametrize(("first", "second"), CONTRADICTIONS)
def test_parts_that_can_never_count(first: Leaf, second: Leaf) -> None:
    assert found(every(first, any_of(second, yes("z")))) == [("unreachable", "all/any/y")]
    assert found(every(first, when(second, yes("z")))) == [("unreachable", "all/when/y")]
    assert found(when(first, second)) == [("unreachable", "when/y")]


def test_two_limits_that_can_both_be_met() -> None:
    assert found(every(number("x", ">=", 400, asks=IGG), number("y", "<=", 400, asks=IGG))) == []
    assert found(every(number("x", ">", 2, asks=IGG), number("y", "<", 3, asks=IGG))) == []


def test_criteria_that_add_nothing() -> None:
    low, lower = number("low", "<", 500, asks=IGG), number("lower", "<", 400, asks=IGG)
    assert found(every(low, lower)) == [("redundant", "all/low")]
    assert found(any_of(low, lower)) == [("redundant", "any/lower")]
    assert found(every(lower, any_of(low, yes("z")))) == [("always-met", "all/any/low")]


def test_a_recent_figure_is_not_implied_by_an_old_one() -> None:
    asks = question("p", AnswerType.NUMBER, dated=True)
    recent = leaf(
        "recent", Compares(NumberComparison.LT, Decimal(50), TimeSpan(days=30)), asks=asks
    )
    ever = leaf("ever", Compares(NumberComparison.LT, Decimal(50)), asks=asks)
    assert found(every(recent, ever)) == [("redundant", "all/ever")]
    assert found(any_of(recent, ever)) == [("redundant", "any/recent")]


def test_windows_on_one_question() -> None:
    asks = question("d", AnswerType.DATE)
    short, long = day("s", TimeSpan(days=28)).test, day("l", TimeSpan(months=3)).test
    tree = every(leaf("short", short, asks=asks), leaf("long", long, asks=asks))
    assert found(tree) == [("redundant", "all/long")]
    other = day("o", TimeSpan(days=1), "therapy_start").test
    assert found(every(leaf("short", short, asks=asks), leaf("o", other, asks=asks))) == []


def test_a_member_that_does_not_apply_satisfies_an_any_group() -> None:
    tree = any_of(yes("a"), when(yes("if"), yes("then")))
    assert found(tree) == [("free-member", "any/when")]
    assert found(any_of(yes("a"), when(yes("if"), yes("then"), yes("else")))) == []


def test_the_dose_as_a_condition() -> None:
    assert found(when(dose(), yes("a"))) == [("dose-in-condition", "when")]


def test_unused_questions() -> None:
    trees = [yes("a"), day("d", TimeSpan(days=1), "from")]
    asked = [question(key, AnswerType.DATE) for key in ("a", "d", "from", "nobody")]
    asked.append(question("start", AnswerType.DATE, role=FactRole.THERAPY_START))
    unused = unused_questions(trees, {each.key: each for each in asked})
    assert [(p.code, p.path, p.severity) for p in unused] == [
        ("unused-question", ("nobody",), LintSeverity.WARNING)
    ]
