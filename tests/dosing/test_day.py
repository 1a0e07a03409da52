"""mg/kg a day over at most so many days: more of either exceeds, fewer days never do."""

from decimal import Decimal

import pytest

from tests.dosing.asking import MONTHLY, found, per_day, per_dose, says, total

MISSING = "not_enough_information/days_missing"
REPEATED = {"interval_days": 28}


@pytest.mark.parametrize("line", [263, 496, 593])
def test_one_thousand_a_day_for_two_days(line: int) -> None:
    assert says(line, per_day(1000, 2)) == "within"
    assert says(line, per_day(1000, 1)) == "within"
    assert says(line, per_day(1000, 3)) == "exceeds/too_many_days"
    assert says(line, per_day(1001, 2)) == "exceeds/over_ceiling"
    assert says(line, per_day(2000, 1)) == "exceeds/over_ceiling"
    assert says(line, total(2000, 2)) == "within"
    assert says(line, total(2000, 1)) == "exceeds/over_ceiling"
    assert says(line, per_day(1000, 2, consecutive=False)) == "within"


@pytest.mark.parametrize("line", [263, 496, 593])
def test_repeating_a_limit_that_says_nothing_of_it_is_outside(line: int) -> None:
    assert says(line, per_day(1000, 2, courses=1, **REPEATED)) == "within"
    assert says(line, per_day(1000, 2, courses=2)) == "outside/interval"
    assert says(line, per_day(1000, 2, **REPEATED)) == "outside/interval"
    assert says(line, per_day(1001, 2, **REPEATED)) == "exceeds/over_ceiling"


@pytest.mark.parametrize("line", [263, 309])
def test_days_not_stated(line: int) -> None:
    most = {263: 1000, 309: 400}[line]
    whole = {263: 2000, 309: 2000}[line]
    assert says(line, per_day(most, None, courses=1)) == MISSING
    assert says(line, per_day(most + 1, None, courses=1)) == "exceeds/over_ceiling"
    assert says(line, total(whole, None, courses=1)) == MISSING
    assert says(line, total(whole + 1, None, courses=1)) == "exceeds/over_ceiling"


def test_lennox_gastaut_four_to_five_days_every_month() -> None:
    for days in (1, 3, 4, 5):
        assert says(309, per_day(400, days, **MONTHLY)) == "within"
    assert says(309, per_day(1, 6, **MONTHLY)) == "exceeds/too_many_days"
    assert says(309, per_day("400.01", 1, **MONTHLY)) == "exceeds/over_ceiling"
    assert says(309, per_day(400, 5, consecutive=False, **MONTHLY)) == "outside/not_consecutive"


def test_lennox_gastaut_repeated_more_often_than_monthly() -> None:
    assert says(309, per_day(400, 5, interval_days=27)) == "exceeds/too_often"
    assert says(309, per_day(200, 5, interval_days=14)) == "outside/interval"
    assert says(309, per_day("200.1", 5, interval_days=14)) == "exceeds/too_often"
    assert says(309, per_day(400, 5, interval_days=56)) == "within"
    assert says(309, per_day(400, 5)) == "not_enough_information/interval_missing"
    assert says(309, per_day(400, 5, courses=1)) == "within"


def test_induction_of_multiple_sclerosis() -> None:
    assert says(384, per_day(400, 5)) == "within"
    assert says(384, per_day(400, 5, induction=True)) == "within"
    assert says(384, per_day(400, 6, induction=True)) == "exceeds/too_many_days"
    assert says(384, per_day(401, 5, courses=1)) == "exceeds/over_ceiling"
    assert says(384, per_day(400, 5, induction=True, **MONTHLY)) == "outside/interval"
    assert says(384, per_day(400, 5, induction=True, courses=2)) == "outside/interval"


def test_no_induction_has_no_limit() -> None:
    no_limit = "no_limit/not_induction"
    assert says(384, total(2000, 1, induction=False)) == no_limit
    assert says(384, total(2000, 1, induction=False, **MONTHLY)) == no_limit
    assert says(384, total(2000, 1, courses=1, **MONTHLY)) == "exceeds/over_ceiling"


def test_a_repeated_course_that_may_be_an_induction_is_asked_about() -> None:
    """Lines 384 and 393: blank is no "no", and a dose not stated is none without a limit."""
    unknown = "not_enough_information/induction_missing"
    assert says(384, total(2000, 1, **MONTHLY)) == unknown
    assert says(384, total(2000, 1, courses=2)) == unknown
    assert says(384, per_day(400, 5, **MONTHLY)) == unknown
    assert says(384, None) == "not_enough_information/dose_missing"


def test_rounding_allowance_forgives_neither_days_nor_intervals() -> None:
    allowed = {"rounding_allowance_percent": Decimal(5)}
    assert says(309, per_day(420, 5, **MONTHLY), **allowed) == "outside/rounding_allowance"
    assert says(309, per_day("420.1", 5, **MONTHLY), **allowed) == "exceeds/over_ceiling"
    assert says(309, per_day(400, 6, **MONTHLY), **allowed) == "exceeds/too_many_days"
    assert says(309, per_day(400, 5, interval_days=27), **allowed) == "exceeds/too_often"


def test_a_total_is_judged_by_its_equal_days() -> None:
    assert says(309, total(2000, 5, **MONTHLY)) == "within"
    assert says(309, total(1999, 4, **MONTHLY)) == "exceeds/over_ceiling"


def test_daily_courses_are_the_course_they_make() -> None:
    """Infusions on days running are one course, however they were counted."""
    assert says(263, per_dose(1000, 1, courses=2)) == "within"
    assert says(263, per_dose(1000, 1, courses=3)) == "exceeds/too_many_days"
    assert says(263, per_dose(1000, 1)) == "exceeds/too_many_days"
    assert says(286, per_dose(400, 1, courses=5)) == "within"
    assert says(174, per_dose(400, 1, courses=5)) == "within"
    assert says(174, per_dose(401, 1, courses=5)) == "exceeds/over_ceiling"


def test_courses_that_overlap_fill_the_days_they_share() -> None:
    assessment = found(309, per_day(210, 5, interval_days=4))
    assert (assessment.outcome, assessment.reason) == ("exceeds", "over_ceiling")
