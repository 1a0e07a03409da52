from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.requests.renewal.differences import (
    answer_difference,
    days_text,
    figure_text,
    is_large,
)
from criteria.rules import AnswerChoice, QuestionDefinition, TherapyAnswer, TherapyOutcome
from tests.requests.renewal.snapshots import (
    COURSE,
    DRUG,
    IGG,
    SCORE,
    STARTED,
    WALKS,
    figure,
    worded,
)


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("6", "4", "−2 points (−33.3 %)"),
        ("6", "7", "+1 point (+16.7 %)"),
        ("6", "6.0", "no change"),
        ("0", "3", "+3 points"),
        ("-2", "1", "+3 points"),
        ("3", "3.0004", "+0.0004 points (+0.01 %)"),
    ],
)
def test_figures_are_told_with_sign_unit_and_percent(then: str, now: str, said: str) -> None:
    assert figure_text(Decimal(then), Decimal(now), "points") == said


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (date(2026, 3, 12), "same day"),
        (date(2026, 3, 13), "1 day later"),
        (date(2026, 2, 28), "12 days earlier"),
    ],
)
def test_dates_are_told_in_days(now: date, said: str) -> None:
    assert days_text(date(2026, 3, 12), now) == said


def failed(drug: str) -> TherapyAnswer:
    return TherapyAnswer(TherapyOutcome.FAILURE, drug)


@pytest.mark.parametrize(
    ("question", "then", "now", "said"),
    [
        (WALKS, True, True, "same"),
        (WALKS, True, False, "changed"),
        (COURSE, "down", "up", "changed"),
        (COURSE, "up", "up", "same"),
        (STARTED, date(2026, 3, 12), date(2026, 3, 14), "2 days later"),
        (DRUG, failed("prednisone"), failed("prednisone"), "same"),
        (DRUG, failed("prednisone"), failed("azathioprine"), "changed"),
        (SCORE, figure("6", date(2026, 3, 1)), figure("6", date(2026, 9, 1)), "no change"),
    ],
)
def test_an_answer_is_told_by_its_kind(
    question: QuestionDefinition, then: Any, now: Any, said: str
) -> None:
    assert answer_difference(question, then, question, now) == (said, "")


def test_a_choice_under_another_key_is_the_same_by_what_it_reads() -> None:
    renamed = worded(COURSE, choices=(AnswerChoice("improved", "Better"),))
    assert answer_difference(COURSE, "up", renamed, "improved") == ("same", "")


def test_another_unit_is_converted_by_the_units_of_today() -> None:
    before = worded(IGG, unit="g/L", other_units=())
    found = answer_difference(before, figure("5"), IGG, figure("550"))
    assert found == ("+50 mg/dL (+10 %)", "500 mg/dL")


def test_another_unit_is_converted_by_the_units_of_then() -> None:
    after = worded(IGG, unit="g/L", other_units=())
    found = answer_difference(IGG, figure("500"), after, figure("6"))
    assert found == ("+1 g/L (+20 %)", "5 g/L")


def test_units_that_no_edition_converts_are_not_compared() -> None:
    after = worded(SCORE, unit="percent", other_units=())
    found = answer_difference(SCORE, figure("6"), after, figure("40"))
    assert found == ("not comparable: points and percent", "")
    without = worded(SCORE, unit="")
    found = answer_difference(without, figure("6"), SCORE, figure("4"))
    assert found == ("not comparable: no unit and points", "")


def test_a_question_of_another_kind_is_not_compared() -> None:
    after = worded(SCORE, type=WALKS.type)
    found = answer_difference(SCORE, figure("6"), after, True)
    assert found == ("not comparable: asked in another way", "")


@pytest.mark.parametrize(
    ("now", "large"), [("76.99", False), ("77", True), ("63", True), ("63.01", False)]
)
def test_a_weight_is_worth_a_look_from_ten_percent_on(now: str, large: bool) -> None:
    assert is_large(Decimal(70), Decimal(now)) is large
