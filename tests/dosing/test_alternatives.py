"""Regimens joined by "or", and a regimen that opens on a condition."""

from decimal import Decimal

import pytest

from tests.dosing.asking import MONTHLY, found, per_day, per_dose, says, total

FITS_NONE = "outside/fits_no_alternative"
OPEN, SHUT, UNKNOWN = ({"conditions": {"fnait-high-risk": known}} for known in (True, False, None))
CONDITION = "not_enough_information/condition_unknown"


def test_bullous_three_equal_days_or_five_days_of_400() -> None:
    assert says(132, total(2000, 3, **MONTHLY)) == "within"
    assert says(132, per_day(400, 5, **MONTHLY)) == "within"
    assert says(132, total(600, 3, **MONTHLY)) == "within"
    assert says(132, total(1000, 2, **MONTHLY)) == "within"
    assert says(132, total(2000, 4, **MONTHLY)) == FITS_NONE
    assert says(132, total(2000, 2, **MONTHLY)) == FITS_NONE
    assert says(132, per_day(1000, 2, **MONTHLY)) == FITS_NONE
    assert says(132, per_day(300, 6, **MONTHLY)) == FITS_NONE


def test_bullous_total_above_both_exceeds() -> None:
    assert says(132, total(2001, 3, **MONTHLY)) == "exceeds/over_ceiling"
    assert says(132, per_day(401, 5, **MONTHLY)) == "exceeds/over_ceiling"
    assert says(132, per_day(400, 6, **MONTHLY)) == "exceeds/over_ceiling"
    assert says(132, per_day(400, 5, interval_days=27)).startswith("exceeds/")


def test_bullous_by_the_window_or_apart_fits_none() -> None:
    assert says(132, total(1500, 3, interval_days=21)) == FITS_NONE
    assert says(132, per_day(400, 5, consecutive=False, **MONTHLY)) == FITS_NONE
    assert says(132, total(2000, 3, consecutive=False, **MONTHLY)) == FITS_NONE


def test_bullous_something_missing() -> None:
    assert says(132, total(2000, None, **MONTHLY)) == "not_enough_information/days_missing"
    assert says(132, total(2001, None, **MONTHLY)) == "exceeds/over_ceiling"
    assert says(132, per_day(400, 5)) == "not_enough_information/interval_missing"


def test_bullous_rounding_allowance() -> None:
    one_percent = {"rounding_allowance_percent": Decimal(1)}
    asked = total(2010, 3, **MONTHLY)
    assert says(132, asked, **one_percent) == "outside/rounding_allowance"
    asked = total(2021, 3, **MONTHLY)
    assert says(132, asked, **one_percent) == "exceeds/over_ceiling"


def test_kawasaki_five_days_or_a_single_dose() -> None:
    assert says(286, per_day(400, 5)) == "within"
    assert says(286, total(2000, 1)) == "within"
    assert says(286, total(2000, 1, courses=1, **MONTHLY)) == "within"
    assert says(286, total(1600, 1)) == "within"
    assert says(286, per_day(400, 3)) == "within"
    assert says(286, per_day(1000, 2)) == FITS_NONE
    assert says(286, per_day(200, 6)) == FITS_NONE
    assert says(286, per_day(400, 5, consecutive=False)) == FITS_NONE


def test_kawasaki_more_than_either_exceeds() -> None:
    assert says(286, total(2001, 1)) == "exceeds/over_ceiling"
    assert says(286, per_day(401, 5)) == "exceeds/over_ceiling"
    assert says(286, per_day(400, 6)) == "exceeds/over_ceiling"


def test_kawasaki_is_given_once() -> None:
    assert says(286, per_day(400, 5, courses=2)) == "exceeds/too_many_courses"
    assert says(286, total(2000, 1, courses=2)) == "exceeds/too_many_courses"
    assert says(286, total(2000, 1, **MONTHLY)) == "exceeds/too_many_courses"


def test_kawasaki_days_not_stated() -> None:
    assert says(286, total(2000, None)) == "not_enough_information/days_missing"
    assert says(286, per_day(2000, None)) == "not_enough_information/days_missing"
    assert says(286, total(2001, None)) == "exceeds/over_ceiling"


@pytest.mark.parametrize(
    ("amount", "interval", "when_open", "when_shut", "when_unknown"),
    [
        (1000, 7, "within", "within", "within"),
        (1001, 7, "within", "exceeds/over_ceiling", CONDITION),
        (2000, 7, "within", "exceeds/over_ceiling", CONDITION),
        (2001, 7, "exceeds/over_ceiling", "exceeds/over_ceiling", "exceeds/over_ceiling"),
        (1000, 6, FITS_NONE, "exceeds/too_often", CONDITION),
        (800, 6, FITS_NONE, "outside/interval", FITS_NONE),
        (1000, 3, "exceeds/too_often", "exceeds/too_often", "exceeds/too_often"),
        (1000, 14, "within", "within", "within"),
        (1500, 14, "within", "exceeds/over_ceiling", CONDITION),
    ],
)
def test_high_risk_opens_the_higher_weekly_dose(
    amount: int, interval: int, when_open: str, when_shut: str, when_unknown: str
) -> None:
    request = per_dose(amount, interval)
    assert says(224, request, **OPEN) == when_open
    assert says(224, request, **SHUT) == when_shut
    assert says(224, request, **UNKNOWN) == when_unknown
    assert says(224, request) == when_unknown


def test_an_unanswered_condition_is_named() -> None:
    assessment = found(224, per_dose(1500, 7), **UNKNOWN)
    assert "high risk of intracranial hemorrhage" in assessment.text
    assert [finding.outcome for finding in assessment.findings] == ["exceeds", "within"]


def test_a_closed_regimen_is_not_judged_and_noted() -> None:
    assessment = found(224, per_dose(1500, 7), **SHUT)
    assert [finding.limit.lines for finding in assessment.findings] == ["224"]
    assert any("high risk" in note for note in assessment.notes)
    assert any("until delivery" in note for note in assessment.notes)


def test_what_is_missing_in_both_is_asked_for() -> None:
    missing = "not_enough_information/interval_missing"
    assert says(224, per_dose(900, None), **UNKNOWN) == missing
    assert says(224, per_dose(1500, None), **UNKNOWN) == CONDITION
