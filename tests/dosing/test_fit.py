"""The largest dose that fits, in the schedule asked for."""

from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import DoseAssessment, DoseFacts, DoseRequest, judge, kilograms
from tests.dosing.asking import MONTHLY, per_day, per_dose, total
from tests.dosing.cases import PRODUCTS
from tests.dosing.policy import RULES

LB_154 = kilograms(Decimal(154), "lb")


def fitted(line: int, request: DoseRequest, product: str, **facts: Any) -> DoseAssessment:
    facts.setdefault("weight_kg", LB_154)
    return judge(RULES[line], request, DoseFacts(**facts), PRODUCTS[product])


def in_vials(assessment: DoseAssessment) -> Decimal | None:
    return assessment.largest_fit_g.total_g if assessment.largest_fit_g else None


def test_140_g_at_154_lb() -> None:
    asked = total(140, 5, unit="g", courses=6, **MONTHLY)
    assessment = fitted(167, asked, "Gamunex-C")
    assert assessment.text == (
        "140 g is 2,004.2 mg/kg: 0.29 g (0.2 %) above the 2,000 mg/kg a month of this policy."
    )
    assert assessment.over_g == Decimal("0.29355004")
    assert assessment.over_mg_per_kg is not None and assessment.over_percent is not None
    assert round(assessment.over_mg_per_kg, 4) == Decimal("4.2024")
    assert round(assessment.over_percent, 4) == Decimal("0.2101")
    assert assessment.requested_g_per_course == 140
    assert assessment.largest_fit_exact_g == Decimal("139.70644996")
    assert in_vials(assessment) == Decimal("139.5")


@pytest.mark.parametrize(
    ("request_", "exact", "vials"),
    [
        (total(3000, 5, **MONTHLY), "2000", "139.5"),
        (total(3000, 2, **MONTHLY), "2000", "139"),  # 69.5 on each day: 70 g is above 1,000
        (total(3000, 1, **MONTHLY), "1000", "69.5"),
        (per_day(500, 5, **MONTHLY), "2000", "137.5"),  # 27.5 on each day
        (total(3000, 2, interval_days=21), "1000", "69.5"),
        (total(3000, 1, interval_days=42), "1000", "69.5"),
        (total(3000, 5, courses=1), "2000", "139.5"),
    ],
)
def test_cidp_by_schedule(request_: DoseRequest, exact: str, vials: str) -> None:
    assessment = fitted(174, request_, "Gamunex-C")
    assert assessment.largest_fit_mg_per_kg == Decimal(exact)
    assert in_vials(assessment) == Decimal(vials)


@pytest.mark.parametrize(
    "request_",
    [
        total(2000, 6, **MONTHLY),
        total(2000, 5, consecutive=False, **MONTHLY),
        total(2000, 5),
        total(2000, None, **MONTHLY),
    ],
)
def test_a_schedule_that_does_not_fit_has_no_largest_dose(request_: DoseRequest) -> None:
    assessment = fitted(174, request_, "Gamunex-C")
    assert assessment.largest_fit_mg_per_kg is None
    assert assessment.largest_fit_g is None and assessment.largest_fit_exact_g is None


def test_the_larger_alternative_counts() -> None:
    assert fitted(132, per_day(500, 3, **MONTHLY), "Privigen").largest_fit_mg_per_kg == Decimal(
        "2000"
    )
    assert fitted(132, per_day(500, 5, **MONTHLY), "Privigen").largest_fit_mg_per_kg == 2000
    assert fitted(132, per_day(500, 4, **MONTHLY), "Privigen").largest_fit_mg_per_kg == 1600


def test_an_unanswered_condition_opens_nothing() -> None:
    assert fitted(224, per_dose(3000, 7), "Privigen").largest_fit_mg_per_kg == 1000
    known = {"conditions": {"fnait-high-risk": True}}
    assert fitted(224, per_dose(3000, 7), "Privigen", **known).largest_fit_mg_per_kg == 2000


def test_vials_below_a_stated_range_are_not_offered() -> None:
    small = {"weight_kg": Decimal(6)}  # 1.2 to 4.8 g; the smallest vial has 5 g
    assessment = fitted(523, per_dose(900, 28), "Privigen", **small)
    assert assessment.largest_fit_exact_g == Decimal("4.8")
    assert in_vials(assessment) == 0
    assert "No vials of this product make an amount that is within." in assessment.notes


def test_without_weight_the_fit_is_in_mg_per_kg_only() -> None:
    assessment = judge(RULES[174], total(3000, 5, **MONTHLY), DoseFacts(), PRODUCTS["Privigen"])
    assert assessment.largest_fit_mg_per_kg == 2000
    assert assessment.largest_fit_g is None and assessment.largest_fit_exact_g is None
    assert assessment.over_mg_per_kg == 1000 and assessment.over_percent == 50
    assert assessment.over_g is None
