"""mg/kg a dose, every so many days, and the stated range of primary immunodeficiency."""

import pytest

from criteria.dosing import DoseFacts, Per, RegimenEvent, Route, judge
from tests.dosing.asking import MONTHLY, found, per_day, per_dose, says, total
from tests.dosing.policy import limit, one


@pytest.mark.parametrize("line", [187, 348])
def test_every_three_to_four_weeks(line: int) -> None:
    assert says(line, per_dose(400, 21)) == "within"
    assert says(line, per_dose(400, 28)) == "within"
    assert says(line, per_dose(400, 60)) == "within"
    assert says(line, per_dose("400.01", 28)) == "exceeds/over_ceiling"
    assert says(line, per_dose("400.01", 60)) == "exceeds/over_ceiling"
    assert says(line, per_dose(400, 20)) == "exceeds/too_often"
    assert says(line, per_dose(200, 10)) == "exceeds/too_often"
    assert says(line, per_dose(266, 14)) == "outside/interval"
    assert says(line, per_dose("266.7", 14)) == "exceeds/too_often"


def test_every_28_days() -> None:
    assert says(253, per_dose(400, 28)) == "within"
    assert says(253, total(400, 1, **MONTHLY)) == "within"
    assert says(253, per_dose(400, 27)) == "exceeds/too_often"
    assert says(253, per_dose(300, 21)) == "outside/interval"
    assert says(253, per_dose("300.01", 21)) == "exceeds/too_often"


def test_a_dose_over_two_days_is_one_dose() -> None:
    assert says(253, total(400, 2, **MONTHLY)) == "within"
    assert says(253, per_day(200, 2, **MONTHLY)) == "within"
    assert says(253, per_day(201, 2, **MONTHLY)) == "exceeds/over_ceiling"
    assert says(253, total(400, None, **MONTHLY)) == "within"
    assert says(253, per_day(200, None, **MONTHLY)) == "not_enough_information/days_missing"
    assert says(253, per_day(401, None, **MONTHLY)) == "exceeds/over_ceiling"


def test_interval_not_stated() -> None:
    assert says(253, per_dose(400, None)) == "not_enough_information/interval_missing"
    assert says(253, per_dose(400, None, courses=3)) == "not_enough_information/interval_missing"
    assert says(253, per_dose(400, None, courses=1)) == "within"
    assert says(253, per_dose(401, None)) == "exceeds/over_ceiling"


def test_a_single_dose_has_no_interval_and_says_so() -> None:
    assessment = found(253, per_dose(400, 14, courses=1))
    assert assessment.outcome == "within"
    assert assessment.notes == ("One course is asked for, so its interval was not tested.",)
    assert found(253, per_dose(400, 28, courses=1)).notes == ()
    assert found(174, total(900, 1, courses=1, **MONTHLY)).notes == ()


def test_range_of_the_initial_dose() -> None:
    assert says(523, per_dose(200, 28)) == "within"
    assert says(523, per_dose("199.99", 28)) == "outside/below_range"
    assert says(523, per_dose(800, 21)) == "within"
    assert says(523, per_dose("800.01", 21)) == "exceeds/over_ceiling"
    assert says(523, per_dose(400, 29)) == "outside/interval"
    assert says(523, per_dose(400, 20)) == "outside/interval"
    assert says(523, per_dose(800, 20)) == "exceeds/too_often"
    assert says(523, per_dose(500, None, courses=1)) == "within"
    assert says(523, total(500, None, **MONTHLY)) == "within"


def test_later_and_subcutaneous_doses_have_no_limit() -> None:
    assert says(523, per_dose(900, 28), initial=False) == "no_limit/continuation"
    assert says(523, None, initial=False) == "no_limit/continuation"
    assert says(523, per_dose(900, 28), route=Route.SC) == "no_limit/subcutaneous"


@pytest.mark.parametrize(
    ("day", "expected"), [(359, "within"), (360, "within"), (361, "exceeds/after_last_day")]
)
def test_post_b_cell_up_to_day_360(day: int, expected: str) -> None:
    assert says(509, per_dose(400, 28, planned_day_after_discontinuation=day)) == expected
    assert says(509, per_dose(400, 28, courses=1), days_since_discontinuation=day) == expected
    twelve = per_dose(400, 28, courses=12)
    assert says(509, twelve, days_since_discontinuation=day - 11 * 28) == expected
    over_days = total(400, 3, courses=1)
    assert says(509, over_days, days_since_discontinuation=day - 2) == expected


def test_post_b_cell_the_later_of_plan_and_courses_counts() -> None:
    request = per_dose(400, 28, courses=3, planned_day_after_discontinuation=200)
    assert says(509, request, days_since_discontinuation=304) == "within"
    assert says(509, request, days_since_discontinuation=305) == "exceeds/after_last_day"


def test_post_b_cell_days_of_the_last_course_count() -> None:
    since = {"days_since_discontinuation": 191}
    assert says(509, total(400, 2, interval_days=28, courses=7), **since) == "within"
    longer = total(400, 3, interval_days=28, courses=7)
    assert says(509, longer, **since) == "exceeds/after_last_day"
    once = total(400, None, courses=1)
    assert says(509, once, days_since_discontinuation=360) == "within"


@pytest.mark.parametrize(("day", "expected"), [(0, "within"), (1, "exceeds")])
def test_no_days_after_an_event_means_the_day_itself(day: int, expected: str) -> None:
    rule = one(limit(0, Per.DOSE, 400, until_event=RegimenEvent.DISCONTINUATION))
    request = per_dose(400, None, courses=1, planned_day_after_discontinuation=day)
    assert judge(rule, request, DoseFacts()).outcome == expected


def test_post_b_cell_without_dates() -> None:
    missing = "not_enough_information/date_missing"
    assert says(509, per_dose(400, 28)) == missing
    assert says(509, per_dose(400, 28), days_since_discontinuation=10) == missing
    assert says(509, per_dose(400, 28, courses=2)) == missing
    assert says(509, per_dose(401, 28)) == "exceeds/over_ceiling"


MISSING = "not_enough_information/date_missing"


@pytest.mark.parametrize(
    ("months", "since", "expected"),
    [(6, 192, "within"), (6, 193, MISSING), (12, 0, MISSING), (None, 0, MISSING)],
)
def test_post_b_cell_the_authorization_is_shortened_not_held_against_the_dose(
    months: int | None, since: int, expected: str
) -> None:
    facts = {"authorization_months": months, "days_since_discontinuation": since}
    assert says(509, per_dose(400, 28), **facts) == expected
