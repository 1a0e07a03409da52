"""The clocks of lines 142, 144, 504 and 509: one last planned dose, whichever clock tells it."""

from typing import Any

import pytest

from criteria.dosing import DoseOutcome, OutcomeReason
from criteria.requests.assessment.assess import Assessment
from criteria.rules.terms import Overall
from tests.requests.disagreements.found import contradictions, laid_over

# The first dose on 30 June 2021, 60 days after the transplant.
PLAIN = {"days": 1, "courses": None}


def planned(**days: int) -> Assessment:
    return laid_over("uhc", "bmt", dose={**PLAIN, "planned": days})


def courses(**dose: Any) -> Assessment:
    return laid_over("uhc", "bmt", dose={**PLAIN, **dose})


@pytest.mark.parametrize(
    ("days", "count"),
    [
        ({"day_of_therapy": 80, "day_after_transplant": 139}, 0),
        ({"day_of_therapy": 80, "day_after_transplant": 140}, 0),  # the event counted as day 1
        ({"day_of_therapy": 80, "day_after_transplant": 138}, 0),
        ({"day_of_therapy": 80, "day_after_transplant": 141}, 1),
        ({"day_of_therapy": 80, "day_after_transplant": 500}, 1),
        ({"day_of_therapy": 80}, 0),
        ({"day_after_transplant": 139}, 0),
        ({"day_after_transplant": 59}, 1),  # before the first dose
        ({"day_after_transplant": 60}, 0),
    ],
)
def test_clocks_tell_one_day(days: dict[str, int], count: int) -> None:
    found = planned(**days)
    assert len(contradictions(found)) == count
    if count:
        assert found.overall in (Overall.NEEDS_REVIEW, Overall.DOES_NOT_MEET)


@pytest.mark.parametrize(
    ("days", "outcome", "reason"),
    [
        ({"day_after_transplant": 149}, DoseOutcome.WITHIN, None),  # day 90 of therapy
        ({"day_after_transplant": 150}, DoseOutcome.EXCEEDS, OutcomeReason.TOO_OFTEN),  # day 91
    ],
)
def test_day_of_therapy_follows_from_the_transplant(
    days: dict[str, int], outcome: DoseOutcome, reason: OutcomeReason | None
) -> None:
    dose = planned(**days).dose
    assert (dose.outcome, dose.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("day_of_therapy", "outcome"), [(301, DoseOutcome.WITHIN), (302, DoseOutcome.EXCEEDS)]
)
def test_days_after_the_transplant_follow_from_therapy(
    day_of_therapy: int, outcome: DoseOutcome
) -> None:
    """Day 301 of therapy is day 360 after the transplant."""
    found = courses(interval="monthly", planned={"day_of_therapy": day_of_therapy})
    assert found.dose.outcome is outcome


@pytest.mark.parametrize(
    ("dose", "count"),
    [
        ({"courses": 12, "planned": {"day_of_therapy": 78}}, 0),
        ({"courses": 12, "planned": {"day_of_therapy": 84}}, 0),
        ({"courses": 12, "planned": {"day_of_therapy": 85}}, 1),
        ({"courses": 12, "planned": {"day_of_therapy": 77}}, 1),
        ({"courses": 12, "planned": {"day_of_therapy": 300}}, 1),
        ({"courses": 12}, 0),
        ({"interval": "monthly", "courses": 10, "planned": {"day_of_therapy": 275}}, 0),
        ({"interval": "monthly", "courses": 10, "planned": {"day_of_therapy": 100}}, 1),
    ],
)
def test_courses_end_on_the_planned_day(dose: dict[str, Any], count: int) -> None:
    assert len(contradictions(courses(**dose))) == count


def test_transplant_not_stated_contradicts_nothing() -> None:
    found = laid_over(
        "uhc",
        "bmt",
        answers={"transplant_date": None},
        dose={**PLAIN, "planned": {"day_of_therapy": 80, "day_after_transplant": 500}},
    )
    assert not contradictions(found)


def test_clock_of_a_stopped_therapy() -> None:
    """Line 509: day 360 after the B-cell drug was stopped."""
    dose = {"courses": None, "planned": {"day_of_therapy": 100, "day_after_discontinuation": 400}}
    (gate,) = contradictions(laid_over("uhc", "post-b-cell", dose=dose))
    assert "after therapy was stopped" in gate.text


@pytest.mark.parametrize(
    ("day", "count"), [(280, 1), (281, 0), (281 + 7 * 3 + 28, 0), (281 + 7 * 3 + 60, 1)]
)
def test_the_last_planned_dose_is_that_of_the_second_part(day: int, count: int) -> None:
    """Thirteen weekly doses to day 85 and seven monthly ones, the last on day 281 of therapy."""
    monthly = {"mg_per_kg": 400, "basis": "per_dose", "interval": "monthly", "courses": 7}
    dose = {"days": 1, "courses": 13, "then": monthly, "planned": {"day_of_therapy": day}}
    assert len(contradictions(laid_over("uhc", "bmt", dose=dose))) == count
