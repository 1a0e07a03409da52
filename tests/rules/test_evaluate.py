"""Every kind of criterion at, below and above its limit."""

from datetime import date
from decimal import Decimal

import pytest

from criteria.rules import (
    Answer,
    FindingState,
    Leaf,
    ListAnswer,
    Node,
    TherapyAnswer,
    TherapyOutcome,
    TimeSpan,
    Tried,
    evaluate,
)
from tests.rules.build import (
    any_of,
    at_least,
    choice,
    day,
    dose,
    every,
    facts,
    figure,
    listed,
    number,
    therapy,
    when,
    yes,
)

MET, NOT_MET, NOT_ANSWERED = FindingState.MET, FindingState.NOT_MET, FindingState.NOT_ANSWERED
NOT_APPLICABLE, FOR_REVIEWER = FindingState.NOT_APPLICABLE, FindingState.FOR_REVIEWER


def state(node: Node, answers: dict[str, Answer] | None = None) -> FindingState:
    return evaluate(node, facts(answers)).state


@pytest.mark.parametrize(
    ("sign", "below", "at", "above"),
    [
        ("<", MET, NOT_MET, NOT_MET),
        ("<=", MET, MET, NOT_MET),
        ("=", NOT_MET, MET, NOT_MET),
        (">=", NOT_MET, MET, MET),
        (">", NOT_MET, NOT_MET, MET),
    ],
)
def test_thresholds(sign: str, below: FindingState, at: FindingState, above: FindingState) -> None:
    criterion = number("igg", sign, 400)
    values = ("399.999", "400.000", "400.001")
    assert [state(criterion, {"igg": figure(v)}) for v in values] == [below, at, above]


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (date(2021, 6, 30), MET),
        (date(2021, 5, 31), MET),
        (date(2021, 5, 30), NOT_MET),
        (date(2021, 7, 1), NOT_MET),
        (None, NOT_ANSWERED),
    ],
)
def test_age_of_a_figure(measured: date | None, expected: FindingState) -> None:
    criterion = number("platelets", "<", 50, days=30)
    assert state(criterion, {"platelets": figure(22, measured)}) is expected


def test_a_figure_that_fails_needs_no_date() -> None:
    assert state(number("platelets", "<", 50, days=30), {"platelets": figure(50)}) is NOT_MET


@pytest.mark.parametrize(
    ("request_day", "span", "passes", "fails"),
    [
        (date(2021, 6, 30), TimeSpan(days=28), date(2021, 6, 2), date(2021, 6, 1)),
        (date(2021, 6, 30), TimeSpan(months=1), date(2021, 5, 30), date(2021, 5, 29)),
        (date(2021, 3, 31), TimeSpan(months=1), date(2021, 2, 28), date(2021, 2, 27)),
        (date(2024, 3, 1), TimeSpan(days=1), date(2024, 2, 29), date(2024, 2, 28)),
        (date(2021, 6, 30), TimeSpan(months=1, days=1), date(2021, 5, 29), date(2021, 5, 28)),
        (date(2021, 6, 30), TimeSpan(), date(2021, 6, 30), date(2021, 6, 29)),
    ],
)
def test_windows_before_the_request(
    request_day: date, span: TimeSpan, passes: date, fails: date
) -> None:
    criterion = day("event", span)
    for answer, expected in ((passes, MET), (fails, NOT_MET), (request_day, MET)):
        known = facts({"event": answer}, request_date=request_day)
        assert evaluate(criterion, known).state is expected


def test_an_event_after_the_request_is_outside_the_window() -> None:
    assert state(day("event", TimeSpan(days=28)), {"event": date(2021, 7, 1)}) is NOT_MET


def test_window_from_the_start_of_therapy() -> None:
    criterion = day("transplant", TimeSpan(days=100), "therapy_start")
    answers: dict[str, Answer] = {"transplant": date(2021, 1, 1)}
    starts = {date(2021, 4, 11): MET, date(2021, 4, 12): NOT_MET, date(2020, 12, 31): NOT_MET}
    for start, expected in starts.items():
        assert evaluate(criterion, facts(answers, therapy_start=start)).state is expected
    assert state(criterion, answers) is NOT_ANSWERED


def test_window_after_the_answer_to_another_question() -> None:
    criterion = day("last", TimeSpan(days=360), "stopped", after=True)
    stopped = date(2020, 1, 1)
    days = {stopped: MET, date(2020, 12, 26): MET, date(2020, 12, 27): NOT_MET}
    for last, expected in days.items():
        assert state(criterion, {"last": last, "stopped": stopped}) is expected
    assert state(criterion, {"last": date(2019, 12, 31), "stopped": stopped}) is NOT_MET
    assert state(criterion, {"last": stopped}) is NOT_ANSWERED


@pytest.mark.parametrize("passes", [True, False])
def test_a_negative_criterion_passes_on_no_and_never_on_blank(passes: bool) -> None:
    criterion = yes("combined", passes=passes)
    assert state(criterion, {"combined": passes}) is MET
    assert state(criterion, {"combined": not passes}) is NOT_MET
    assert state(criterion) is NOT_ANSWERED


@pytest.mark.parametrize("outcome", TherapyOutcome)
def test_any_of_the_three_outcomes_is_enough(outcome: TherapyOutcome) -> None:
    expected = NOT_MET if outcome is TherapyOutcome.NONE else MET
    assert state(therapy("steroids"), {"steroids": TherapyAnswer(outcome)}) is expected


def test_a_narrower_set_of_outcomes() -> None:
    criterion = therapy("mono", Tried(frozenset({TherapyOutcome.FAILURE})))
    assert state(criterion, {"mono": TherapyAnswer(TherapyOutcome.INTOLERANCE)}) is NOT_MET


def test_lists_below_and_at_the_number() -> None:
    failed = TherapyAnswer(TherapyOutcome.FAILURE, "azathioprine")
    other = TherapyAnswer(TherapyOutcome.INTOLERANCE, "methotrexate")
    again = TherapyAnswer(TherapyOutcome.CONTRAINDICATION, " Azathioprine")
    neither = TherapyAnswer(TherapyOutcome.NONE, "tacrolimus")
    for answer, expected in (
        (ListAnswer(), NOT_MET),
        (ListAnswer((failed,)), NOT_MET),
        (ListAnswer((failed, other)), MET),
        (ListAnswer((failed, again)), NOT_MET),
        (ListAnswer((failed, neither)), NOT_MET),
        (ListAnswer(stated_count=1), NOT_MET),
        (ListAnswer(stated_count=2), MET),
        (ListAnswer((failed,), stated_count=2), MET),
        (ListAnswer((failed, other), stated_count=1), MET),
    ):
        assert state(listed("drugs", 2), {"drugs": answer}) is expected


def test_choices_pass_fail_or_are_left_to_a_reviewer() -> None:
    criterion = choice("type", "ab", "c", choices="abcd")
    found = [state(criterion, {"type": key}) for key in "abcd"]
    assert found == [MET, MET, FOR_REVIEWER, NOT_MET]


@pytest.mark.parametrize("found", FindingState)
def test_the_dose_is_taken_from_the_facts(found: FindingState) -> None:
    assert evaluate(every(dose()), facts(dose=found)).state is found


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("YY", MET),
        ("YYN", MET),
        ("YN", NOT_ANSWERED),
        ("NN", NOT_MET),
        ("YNN", NOT_MET),
        ("", NOT_ANSWERED),
    ],
)
def test_at_least_two_of_three(known: str, expected: FindingState) -> None:
    tree = at_least(2, yes("a"), yes("b"), yes("c"))
    answers = {key: each == "Y" for key, each in zip("abc", known, strict=False)}
    assert state(tree, dict(answers)) is expected


def test_every_group_size_at_one_below_and_at_the_number() -> None:
    for n in range(1, 8):
        tree = at_least(n, *(yes(f"m{i}") for i in range(7)))
        answers: dict[str, Answer] = {f"m{i}": i < n for i in range(7)}
        assert state(tree, answers) is MET
        assert state(tree, answers | {f"m{n - 1}": False}) is NOT_MET


def test_blank_is_never_no_in_a_group() -> None:
    assert state(any_of(yes("a"), yes("b")), {"a": False}) is NOT_ANSWERED
    assert state(any_of(yes("a"), yes("b")), {"a": True}) is MET
    assert state(every(yes("a"), yes("b")), {"a": False}) is NOT_MET


def test_not_applicable_counts_as_satisfied() -> None:
    off = when(yes("long term"), yes("titrated"))
    assert state(every(off, yes("a")), {"long term": False, "a": True}) is MET
    assert state(every(off, yes("a")), {"long term": False}) is NOT_ANSWERED
    assert state(every(off), {"long term": False}) is NOT_APPLICABLE


def test_a_group_waits_for_the_reviewer_last() -> None:
    tree = every(choice("c", "a", "c"), yes("b"))
    assert state(tree, {"c": "c"}) is NOT_ANSWERED
    assert state(tree, {"c": "c", "b": True}) is FOR_REVIEWER
    assert state(tree, {"c": "c", "b": False}) is NOT_MET
    assert state(any_of(*tree.members), {"c": "c", "b": True}) is MET


WHEN = when(yes("long"), yes("titrated"))
BOTH = when(yes("positive"), yes("one"), yes("two"))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, NOT_ANSWERED),
        ({"titrated": True}, MET),
        ({"titrated": False}, NOT_ANSWERED),
        ({"long": True}, NOT_ANSWERED),
        ({"long": True, "titrated": False}, NOT_MET),
        ({"long": False}, NOT_APPLICABLE),
        ({"long": False, "titrated": False}, NOT_APPLICABLE),
    ],
)
def test_when(answers: dict[str, Answer], expected: FindingState) -> None:
    assert state(WHEN, answers) is expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"one": True, "two": True}, MET),
        ({"one": False, "two": False}, NOT_MET),
        ({"one": True, "two": False}, NOT_ANSWERED),
        ({"one": True}, NOT_ANSWERED),
        ({"positive": True, "one": True}, MET),
        ({"positive": False, "one": True, "two": False}, NOT_MET),
    ],
)
def test_when_with_two_branches(answers: dict[str, Answer], expected: FindingState) -> None:
    assert state(BOTH, answers) is expected


def test_a_condition_for_the_reviewer_leaves_the_result_to_the_reviewer() -> None:
    tree = when(choice("c", "a", "c"), yes("then"))
    assert state(tree, {"c": "c"}) is NOT_ANSWERED
    assert state(tree, {"c": "c", "then": False}) is FOR_REVIEWER
    assert state(tree, {"c": "c", "then": True}) is MET


def test_a_switched_off_branch_keeps_the_answers_it_was_given() -> None:
    inner = when(yes("x"), every(yes("y"), key="then"), yes("z"), key="inner")
    finding = evaluate(when(yes("if"), inner), facts({"if": False, "x": True, "z": False}))
    off = finding.members[0]
    assert off.state is NOT_APPLICABLE
    assert off.condition is not None
    assert (off.condition.state, off.condition.answer) == (NOT_APPLICABLE, True)
    assert (off.members[1].state, off.members[1].answer) == (NOT_APPLICABLE, False)
    assert off.members[0].members[0].answer is None


def test_exact_decimals_are_compared() -> None:
    criterion = number("x", "<=", "0.1")
    assert isinstance(criterion, Leaf)
    assert state(criterion, {"x": figure(str(Decimal("0.3") - Decimal("0.2")))}) is MET
