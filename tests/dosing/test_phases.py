"""Bone marrow transplantation: weekly through day 90 of therapy, then monthly to day 360."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import DoseFacts, DoseRequest, Per, judge
from tests.dosing.asking import found, per_dose, says, then, total
from tests.dosing.policy import limit, one

MISSING = "not_enough_information/date_missing"
SAFE = {"planned_day_after_transplant": 200}


def weekly(amount: int = 500, **more: int) -> DoseRequest:
    return per_dose(amount, 7, **{**SAFE, **more})


@pytest.mark.parametrize(
    ("day", "expected"),
    [(1, "within"), (89, "within"), (90, "within"), (91, "exceeds/too_often")],
)
def test_weekly_through_day_90_of_therapy(day: int, expected: str) -> None:
    assert says(144, weekly(planned_day_of_therapy=day)) == expected


def test_weekly_courses_place_the_last_dose() -> None:
    assert says(144, weekly(courses=13)) == "within"
    assert says(144, weekly(courses=14)) == "exceeds/too_often"
    assert says(144, weekly(courses=1), initial=False, day_of_therapy=300) == "within"
    assert says(144, weekly(courses=2), initial=False, day_of_therapy=83) == "within"
    assert says(144, weekly(courses=2), initial=False, day_of_therapy=84) == "exceeds/too_often"


def test_the_first_day_of_a_first_request_is_day_1_unless_stated() -> None:
    assert says(144, total(500, 6, interval_days=7, courses=13, **SAFE)) == "within"  # 85 to 90
    assert says(144, total(500, 7, interval_days=7, courses=13, **SAFE)) == "exceeds/too_often"
    assert says(144, weekly(courses=2), initial=True, day_of_therapy=84) == "exceeds/too_often"


def test_the_later_of_plan_courses_and_first_day_counts() -> None:
    assert says(144, weekly(courses=20, planned_day_of_therapy=80)) == "exceeds/too_often"
    late = {"initial": False, "day_of_therapy": 91}
    assert says(144, weekly(planned_day_of_therapy=80), **late) == "exceeds/too_often"


def test_authorization_that_runs_too_long_leaves_the_last_day_open() -> None:
    assert says(144, weekly(), authorization_months=2) == "within"
    missing = "not_enough_information/date_missing"
    assert says(144, weekly(), authorization_months=4) == missing
    assert says(144, weekly()) == missing


def test_less_than_weekly_but_more_than_monthly() -> None:
    assert says(144, per_dose(500, 14, courses=7, **SAFE)) == "within"
    assert says(144, per_dose(500, 14, courses=8, **SAFE)) == "exceeds/too_often"
    assert says(144, weekly(125, planned_day_of_therapy=91)) == "outside/interval"
    assert says(144, weekly(126, planned_day_of_therapy=91)) == "exceeds/too_often"


def test_more_often_than_weekly() -> None:
    assert says(144, per_dose(500, 6, planned_day_of_therapy=50, **SAFE)) == "exceeds/too_often"
    assert says(144, per_dose(400, 6, planned_day_of_therapy=50, **SAFE)) == "outside/interval"


def test_amount_counts_in_either_phase() -> None:
    assert says(144, weekly(501)) == "exceeds/over_ceiling"
    assert says(144, per_dose(501, 28)) == "exceeds/over_ceiling"


@pytest.mark.parametrize(
    ("day", "expected"), [(359, "within"), (360, "within"), (361, "exceeds/after_last_day")]
)
def test_monthly_up_to_day_360_after_transplant(day: int, expected: str) -> None:
    monthly = per_dose(500, 28, courses=6)
    facts = {"initial": False, "day_of_therapy": 91, "days_since_transplant": day - 140}
    assert says(144, monthly, **facts) == expected
    planned = per_dose(500, 28, planned_day_after_transplant=day)
    assert says(144, planned, initial=False) == expected


def test_any_dose_after_day_360_exceeds_in_the_first_phase_too() -> None:
    late = per_dose(500, 7, planned_day_of_therapy=10, planned_day_after_transplant=361)
    assert says(144, late) == "exceeds/after_last_day"


def test_a_date_is_missing_only_where_it_matters() -> None:
    assert says(144, per_dose(500, 7, planned_day_of_therapy=90)) == "within"
    assert says(144, per_dose(500, 28, courses=4)) == "within"  # the last one is on day 85
    assert says(144, per_dose(500, 28, courses=5)) == MISSING


def test_a_last_dose_that_cannot_be_placed() -> None:
    assert says(144, per_dose(500, 7)) == MISSING
    assert says(144, weekly()) == MISSING
    assert says(144, per_dose(500, 7), initial=False) == MISSING
    assert says(144, per_dose(500, 28), days_since_transplant=60) == MISSING
    assert says(144, weekly(), initial=False, day_of_therapy=91) == "exceeds/too_often"


def test_interval_missing() -> None:
    missing = "not_enough_information/interval_missing"
    assert says(144, per_dose(500, None, **SAFE)) == missing


@pytest.mark.parametrize(
    ("day", "expected"),
    [(90, "within"), (91, "exceeds/after_last_day"), (None, MISSING)],
)
def test_a_regimen_that_ends_with_a_day_of_therapy(day: int | None, expected: str) -> None:
    rule = one(limit(0, Per.DOSE, 500, shortest_interval_days=7, through_day_of_therapy=90))
    found_ = judge(rule, per_dose(500, 7, planned_day_of_therapy=day), DoseFacts())
    assert "/".join(filter(None, (found_.outcome, found_.reason))) == expected


def test_findings_name_the_phases_that_hold_a_dose() -> None:
    keys = [f.limit.key for f in found(144, weekly(planned_day_of_therapy=90)).findings]
    assert keys == ["line-144"]
    keys = [f.limit.key for f in found(144, weekly(planned_day_of_therapy=91)).findings]
    assert keys == ["line-144", "line-144b"]


def test_the_doses_of_a_later_phase_are_told_from_those_before() -> None:
    """Dose 14 of a weekly treatment is on day 92: it alone falls under the monthly phase."""
    facts: dict[str, Any] = {
        "days_since_transplant": 0,
        "day_of_therapy": 1,
        "weight_kg": Decimal(68),
    }
    assessment = found(144, per_dose(500, 7, courses=14), **facts)
    assert assessment.text == (
        "From day 91 of therapy on (1 of 14 doses): 136 g in 28 days (given every 7 days) is "
        "2,000 mg/kg: 102 g (300 %) above the 500 mg/kg every 28 days of this policy."
    )
    without_end = found(144, per_dose(500, 7, planned_day_of_therapy=120), **facts)
    assert without_end.text.startswith("From day 91 of therapy on: ")
    later = found(144, per_dose(500, 7, courses=3), **facts | {"day_of_therapy": 100})
    assert later.text.startswith("102 g in 28 days")


@pytest.mark.parametrize(("courses", "told"), [(7, False), (8, True), (12, True)])
def test_fewer_courses_than_the_maximum_are_explained(courses: int, told: bool) -> None:
    """Weekly to day 85, then monthly from day 113: seven end in time, from day 91 it were eight."""
    asked = replace(per_dose(500, 7, courses=13), then=then(500, interval_days=28, courses=courses))
    facts: dict[str, Any] = {
        "days_since_transplant": 60,
        "day_of_therapy": 1,
        "authorization_months": 12,
    }
    assessment = found(144, asked, **facts)
    assert [offer.courses for offer in assessment.offers] == ([7] if told else [])
    note = "8 courses fit only where the first of them is on day 91 of therapy; begun later, as "
    assert any(text.startswith(note) for text in assessment.notes) == told


def test_a_last_day_says_which_days_are_counted() -> None:
    late = found(144, per_dose(500, 28, courses=13), days_since_transplant=60, day_of_therapy=91)
    assert (
        "The last dose is on day 396 after the transplant; this policy allows doses up to day 360 "
        "after the transplant."
    ) in late.text
