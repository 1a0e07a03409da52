"""The words for what is required, what was answered, and why."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.rules import (
    Answer,
    AnswerType,
    FactRole,
    FindingState,
    Leaf,
    ListAnswer,
    Node,
    NumberAnswer,
    QuestionDefinition,
    TherapyAnswer,
    TherapyOutcome,
    TimeSpan,
    Tried,
    evaluate,
)
from criteria.rules.explain import (
    amount_text,
    answer_text,
    number_text,
    numbered,
    reason_text,
    required_text,
    valid_until,
)
from tests.rules.build import (
    TODAY,
    at_least,
    choice,
    day,
    dose,
    every,
    facts,
    figure,
    listed,
    number,
    question,
    therapy,
    when,
    yes,
)

PLATELETS = number("platelets", "<", 50, days=30, unit="x10^9/L")
NERVES = number("nerves", ">=", 2, unit="nerves", whole=True)


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (PLATELETS, "below 50 ×10⁹/L, measured within 30 days before the request"),
        (NERVES, "2 or more nerves"),
        (number("igg", "<", 1400, unit="mg/dL"), "below 1,400 mg/dL"),
        (number("level", ">=", "0.50", unit="g/L"), "0.5 g/L or more"),
        (number("age", "<=", 13, unit="years", whole=True), "at most 13 years"),
        (number("score", ">", 3), "above 3"),
        (number("score", "=", 3), "exactly 3"),
        (yes("a"), "yes"),
        (yes("a", passes=False), "no"),
        (therapy("t"), "failure, contraindication or intolerance"),
        (therapy("t", Tried(frozenset({TherapyOutcome.FAILURE}))), "failure"),
        (listed("l"), "at least 2 named"),
        (choice("c", "a"), "A"),
        (choice("c", "ab"), "A or B"),
        (choice("c", "a", "bc"), "A; a reviewer decides on B or C"),
        (day("d", TimeSpan(days=100), "therapy_start"), "at most 100 days before therapy start"),
        (day("d", TimeSpan(months=1)), "at most 1 month before the request"),
        (
            day("d", TimeSpan(), "b-cell_end", after=True),
            "at most 0 days after the day of b cell end",
        ),
        (dose(), "a dose within the policy's limit"),
    ],
)
def test_required(criterion: Leaf, words: str) -> None:
    assert required_text(criterion) == words


def test_the_question_a_window_is_counted_from_is_named() -> None:
    criterion = day("last", TimeSpan(days=360), "tx", after=True)
    asked = question("tx", AnswerType.DATE)
    words = "at most 360 days after the day given for “What about tx?”"
    assert required_text(criterion, {"tx": asked}) == words
    known = QuestionDefinition(
        key="tx", wording="", type=AnswerType.DATE, role=FactRole.TRANSPLANT_DATE
    )
    assert required_text(criterion, {"tx": known}) == "at most 360 days after the transplant"


OMALIZUMAB = TherapyAnswer(TherapyOutcome.FAILURE, "omalizumab", date(2020, 1, 3), date(2020, 3, 9))


@pytest.mark.parametrize(
    ("asked", "answer", "words"),
    [
        (PLATELETS.question, figure("22.0", date(2021, 6, 25)), "22 ×10⁹/L, measured 25 Jun 2021"),
        (PLATELETS.question, figure(22, typed="22 x10^9/L"), "22 ×10⁹/L"),
        (PLATELETS.question, figure(22, typed="22,000/uL"), "22 ×10⁹/L (entered as 22,000/uL)"),
        (NERVES.question, figure(12000), "12,000 nerves"),
        (yes("a").question, True, "Yes"),
        (yes("a").question, False, "No"),
        (yes("a").question, None, "not answered"),
        (day("d", TimeSpan()).question, date(2026, 5, 14), "14 May 2026"),
        (choice("c", "a").question, "b", "B"),
        (choice("c", "a").question, "gone", "gone"),
        (therapy("t").question, OMALIZUMAB, "failure (omalizumab, Jan 2020 to Mar 2020)"),
        (therapy("t").question, TherapyAnswer(TherapyOutcome.INTOLERANCE), "intolerance"),
        (
            therapy("t").question,
            TherapyAnswer(TherapyOutcome.FAILURE, started_on=date(2020, 1, 3), reason="no effect"),
            "failure (from Jan 2020, no effect)",
        ),
        (
            therapy("t").question,
            TherapyAnswer(TherapyOutcome.NONE),
            "no failure, contraindication or intolerance",
        ),
        (listed("l").question, ListAnswer(stated_count=2), "2 stated"),
        (listed("l").question, ListAnswer(), "none named"),
        (
            listed("l").question,
            ListAnswer((OMALIZUMAB, TherapyAnswer(TherapyOutcome.INTOLERANCE, "x"))),
            "omalizumab (failure, Jan 2020 to Mar 2020); x (intolerance)",
        ),
    ],
)
def test_answers(asked: QuestionDefinition, answer: Answer | None, words: str) -> None:
    assert answer_text(asked, answer) == words


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_numbers_keep_their_value_and_lose_their_trailing_zeros(value: Decimal) -> None:
    text = number_text(value)
    assert Decimal(text.replace(",", "")) == value
    assert not re.search(r"\.\d*0$|\.$|^-0$", text)


def test_large_and_scientific_numbers() -> None:
    assert number_text(Decimal("1E+6")) == "1,000,000"
    assert number_text(Decimal("-0.0")) == "0"


def reason(criterion: Node, answers: dict[str, Answer], **parts: object) -> str:
    known = facts(answers, **parts)
    return reason_text(evaluate(criterion, known), known)


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (date(2021, 6, 7), "day 23 of 30, valid until 7 Jul 2021"),
        (date(2021, 5, 31), "day 30 of 30, valid until 30 Jun 2021"),
        (date(2021, 5, 30), "31 days old: the policy accepts 30"),
        (date(2021, 7, 1), "dated 1 Jul 2021, after the request"),
        (None, "the date it was measured is missing"),
    ],
)
def test_why_a_dated_figure(measured: date | None, words: str) -> None:
    assert reason(PLATELETS, {"platelets": figure(22, measured)}) == words


@pytest.mark.parametrize(
    "measured,words",
    [
        (date(2021, 5, 31), ""),
        (date(2021, 5, 30), "; 31 days old: the policy accepts 30"),
        (date(2021, 7, 1), "; dated 1 Jul 2021, after the request"),
        (None, "; the date it was measured is missing"),
    ],
)
def test_every_reason_of_a_failure_is_told_at_once(measured: date | None, words: str) -> None:
    found = reason(PLATELETS, {"platelets": figure(50, measured)})
    assert found == f"50 ×10⁹/L where below 50 ×10⁹/L is needed{words}"


def test_why_a_window() -> None:
    month = day("event", TimeSpan(months=1))
    assert reason(month, {"event": date(2021, 5, 30)}) == "day 31 of 31, valid until 30 Jun 2021"
    old = "32 days before the request: the policy accepts 1 month"
    assert reason(month, {"event": date(2021, 5, 29)}) == old
    start = day("tx", TimeSpan(days=100), "therapy_start")
    assert reason(start, {"tx": TODAY}) == "therapy start is not known"
    words = "40 days before therapy start on 9 Aug 2021: the policy accepts 100"
    assert reason(start, {"tx": TODAY}, therapy_start=TODAY + timedelta(days=40)) == words
    words = "1 day after therapy start on 29 Jun 2021, and must not be after it"
    assert reason(start, {"tx": TODAY}, therapy_start=TODAY - timedelta(days=1)) == words


@pytest.mark.parametrize(
    ("criterion", "answer", "words"),
    [
        (NERVES, figure(3), "3 where 2 or more nerves are needed"),
        (PLATELETS, figure(64, TODAY), "64 ×10⁹/L where below 50 ×10⁹/L is needed"),
        (listed("l"), ListAnswer(stated_count=1), "1 where 2 or more are needed"),
        (yes("y"), True, "Yes"),
        (yes("y"), False, "No where yes is needed"),
        (choice("c", "a", "c"), "b", "B where A is needed"),
        (choice("c", "a", "c"), "c", "C: a reviewer decides"),
    ],
)
def test_why_anything_else(criterion: Leaf, answer: Answer, words: str) -> None:
    assert reason(criterion, {criterion.key: answer}) == words
    assert reason(criterion, {}) == "not answered"


def test_why_a_group() -> None:
    tree = at_least(2, yes("a"), yes("b"), yes("c"))
    assert reason(tree, {"a": True}) == "1 met, 1 more needed"
    assert reason(tree, {"a": True, "b": False, "c": False}) == "1 met where 2 are needed"
    either = at_least(1, yes("a"), yes("b"), yes("c"))
    assert reason(either, {"a": False, "b": False, "c": False}) == "0 met where 1 is needed"
    assert reason(tree, {"a": True, "b": True}) == "2 met"
    assert (
        reason(every(choice("c", "a", "c")), {"c": "c"}) == "0 met; a reviewer decides on the rest"
    )


def test_why_a_condition() -> None:
    tree = when(yes("long"), yes("titrated"), yes("other"))
    assert reason(tree, {}) == "depends on: Long"
    assert reason(tree, {"long": True}) == "not answered"
    assert reason(tree, {"long": False, "other": False}) == "No where yes is needed"
    assert reason(tree, {"titrated": True, "other": True}) == "met either way"
    assert reason(tree, {"titrated": False, "other": False}) == "not met either way"
    assert reason(when(yes("long"), yes("x")), {"long": False}) == "does not apply: Long: No"


@pytest.mark.parametrize("state", FindingState)
def test_why_the_dose(state: FindingState) -> None:
    assert reason(dose(), {}, dose=state)


def test_what_a_condition_switched_off_says_which() -> None:
    known = facts({"long": False})
    lines = numbered(evaluate(when(yes("long"), every(yes("x"), yes("y"))), known))
    words = [reason_text(each.finding, known, each.switched_off_by) for each in lines]
    assert words == [
        "does not apply: Long: No",
        "No where yes is needed",
        *["does not apply: Long: No"] * 3,
    ]


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 14))
def test_valid_until_is_the_last_day_that_passes(measured: date, days: int, months: int) -> None:
    span = TimeSpan(days=days, months=months)
    last = valid_until(span, measured)
    criterion = day("d", span)
    passing = [
        evaluate(criterion, facts({"d": measured}, request_date=last + timedelta(days=more))).state
        for more in (0, 1)
    ]
    assert passing == [FindingState.MET, FindingState.NOT_MET]


def test_number_answers_are_frozen() -> None:
    with pytest.raises(AttributeError):
        figure(1).value = Decimal(2)  # type: ignore[misc]
    assert NumberAnswer(Decimal(1)) == figure(1)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("1", "months", "1 month"),
        ("2", "months", "2 months"),
        ("0", "months", "0 months"),
        ("1", "mg/dL", "1 mg/dL"),
        ("50", "10^9/L", "50 ×10⁹/L"),
        ("50", "x10^9/L", "50 ×10⁹/L"),
    ],
)
def test_amount_with_its_unit(value: str, unit: str, text: str) -> None:
    assert amount_text(Decimal(value), unit) == text
