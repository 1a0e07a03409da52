"""The most each limit allows, exact and in whole vials."""

from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import Amount, DoseFacts, Maximum, Route, VialPlan, Vials, kilograms, maxima
from tests.dosing.asking import FIRST
from tests.dosing.cases import PRODUCTS
from tests.dosing.policy import RULES

LB_154 = kilograms(Decimal(154), "lb")
GAMUNEX, PRIVIGEN = PRODUCTS["Gamunex-C"], PRODUCTS["Privigen"]


def rows(line: int, vials: Vials | None = None, **facts: Any) -> tuple[Maximum, ...]:
    facts.setdefault("before", FIRST)
    return maxima(RULES[line], DoseFacts(**facts), vials)


def exact(amount: Amount) -> Decimal:
    return amount.mg_per_kg


def total(plan: VialPlan | None) -> Decimal:
    assert plan is not None
    return plan.total_g


def test_cidp_for_154_lb() -> None:
    (row,) = rows(167, GAMUNEX, weight_kg=LB_154, authorization_months=12)
    course, whole = row.per_course, row.per_authorization
    assert course is not None and course.vials is not None and whole is not None
    assert course.formula == "2,000 mg/kg × 69.853 kg = 139.7 g"
    assert course.exact_mg == Decimal("139706.44996")
    assert course.exact_g == Decimal("139.70644996")
    assert course.vials.total_g == Decimal("139.5")
    assert course.course is not None
    by_day = [(str(day.grams), number) for day, number in course.course.alike]
    assert by_day == [("28", 4), ("27.5", 1)]
    assert course.vials.counts == tuple(
        (Decimal(size), count) for size, count in (("20", 5), ("5", 5), ("2.5", 1), ("1", 12))
    )
    assert course.vials.billing_units == 279
    assert row.courses == 6
    assert whole.formula == "6 × 2,000 mg/kg × 69.853 kg = 838.23 g"
    assert total(whole.vials) == Decimal(837)
    assert whole.vials is not None and whole.vials.billing_units == 1674
    assert row.per_day is not None and row.per_day.formula.startswith("2,000 mg/kg ÷ 2 ×")
    assert total(row.per_day.vials) == Decimal("69.5")
    assert row.per_28_days is not None and exact(row.per_28_days) == 2000


def test_without_weight_only_mg_per_kg() -> None:
    (row,) = rows(174, GAMUNEX, authorization_months=12)
    assert row.per_course is not None and row.per_authorization is not None
    assert row.per_course.exact_mg is None and row.per_course.exact_g is None
    assert row.per_course.vials is None
    assert row.per_course.formula == "2,000 mg/kg"
    assert exact(row.per_authorization) == 24_000


def test_without_a_product_no_vials() -> None:
    (row,) = rows(174, weight_kg=Decimal(70))
    assert row.per_course is not None and row.per_course.vials is None
    assert row.per_authorization is None and row.courses is None


def test_daily_limits_are_rounded_down_by_day() -> None:
    (row,) = rows(309, GAMUNEX, weight_kg=LB_154, authorization_months=3)
    assert row.per_day is not None and row.per_course is not None
    assert total(row.per_day.vials) == Decimal("27.5")
    assert total(row.per_course.vials) == Decimal("137.5")
    assert row.per_course.formula == "5 × 400 mg/kg × 69.853 kg = 139.7 g"
    assert row.courses == 3


def test_bullous_rows_count_the_same_months() -> None:
    three, five = rows(132, PRIVIGEN, weight_kg=Decimal(70), authorization_months=12)
    assert three.courses == five.courses == 12
    assert three.per_day is not None and three.per_course is not None
    assert exact(three.per_day) == Decimal("666.666666666666")
    assert three.per_day.formula == "2,000 mg/kg ÷ 3 × 70 kg = 46.66 g"
    assert total(three.per_day.vials) == 45
    assert total(three.per_course.vials) == 135
    assert five.per_course is not None and total(five.per_course.vials) == 125  # 5 x 25


def test_kawasaki_is_given_once_in_either_way() -> None:
    daily, single = rows(286, PRIVIGEN, weight_kg=Decimal(20), authorization_months=12)
    assert daily.courses == single.courses == 1
    assert daily.per_28_days is single.per_28_days is None
    assert single.per_day is not None and exact(single.per_day) == 2000
    assert single.per_course is not None and total(single.per_course.vials) == 40
    assert daily.per_course is not None and total(daily.per_course.vials) == 25  # 5 x 5 of 8 g


@pytest.mark.parametrize(
    ("line", "months", "courses"),
    [
        (187, 12, 18),  # days 0, 21 ... 357 of 365
        (253, 12, 14),
        (253, 6, 7),
        (167, 12, 6),
        (167, 3, 3),
        (174, 12, 12),
        (393, 7, 7),
        (263, 12, 1),
        (384, 12, 1),
    ],
)
def test_courses_that_fit_an_authorization(line: int, months: int, courses: int) -> None:
    assert rows(line, authorization_months=months)[0].courses == courses


def test_average_over_28_days() -> None:
    (row,) = rows(523, GAMUNEX, weight_kg=Decimal(70))
    average = row.per_28_days
    assert average is not None and average.vials is None
    assert exact(average) == Decimal("1066.666666666666")
    assert average.formula == "800 mg/kg × 28/21 × 70 kg = 74.66 g"
    weekly, _ = rows(224, PRIVIGEN, weight_kg=Decimal(70))
    assert weekly.per_28_days is not None
    assert weekly.per_28_days.formula == "4 × 1,000 mg/kg × 70 kg = 280 g"
    assert total(weekly.per_28_days.vials) == 280


def test_phases_of_transplantation_share_the_authorization() -> None:
    facts: dict[str, Any] = {"authorization_months": 12, "days_since_transplant": 60}
    weekly, monthly = rows(144, **facts)
    assert weekly.courses == 13  # days 1, 8 ... 85
    assert monthly.courses == 8  # days 91, 119 ... 287 of therapy; day 301 is the last one
    later = {**facts, "initial": False, "day_of_therapy": 101, "days_since_transplant": 160}
    weekly, monthly = rows(144, **later)
    assert weekly.courses == 0
    assert monthly.courses == 8  # days 160, 188 ... 356 after the transplant
    assert weekly.per_authorization is not None and exact(weekly.per_authorization) == 0


def test_phases_without_dates() -> None:
    weekly, monthly = rows(144, authorization_months=12)
    assert (weekly.courses, monthly.courses) == (13, None)
    assert monthly.needs == "the day of the transplant"
    weekly, monthly = rows(144, initial=False, authorization_months=12)
    assert weekly.courses is None and weekly.needs == "the first day of therapy"


def test_a_limit_that_ends_with_an_unknown_day_has_no_total() -> None:
    """Lines 224 to 227 run until delivery: 53 weekly doses for one pregnancy are no maximum."""
    for row in rows(224, PRIVIGEN, weight_kg=Decimal(65), authorization_months=12):
        assert row.per_authorization is None and row.courses is None
        assert row.needs == "the day of delivery"
        assert row.per_course is not None and row.per_28_days is not None


def test_the_maximum_is_of_the_infusion_days_asked_for() -> None:
    weight = DoseFacts(weight_kg=LB_154)
    for days, grams in ((2, "139"), (3, "139.5"), (5, "139.5")):
        (row,) = maxima(RULES[174], weight, GAMUNEX, days=days)
        assert row.days == days and row.per_course is not None
        assert total(row.per_course.vials) == Decimal(grams)
    for days in (1, 7):  # not among the days of the limit
        assert maxima(RULES[174], weight, GAMUNEX, days=days)[0].days == 5
    (once,) = maxima(RULES[263], weight, GAMUNEX, days=1)
    assert once.per_course is not None and exact(once.per_course) == 1000
    assert [row.days for row in maxima(RULES[286], weight, GAMUNEX, days=1)] == [5, 1]


@pytest.mark.parametrize(("since", "courses"), [(0, 13), (332, 2), (333, 1), (360, 1), (361, 0)])
def test_last_day_after_discontinuation_bounds_the_courses(since: int, courses: int) -> None:
    facts: dict[str, Any] = {"authorization_months": 12, "days_since_discontinuation": since}
    assert rows(509, **facts)[0].courses == courses


def test_condition_of_the_higher_weekly_dose() -> None:
    for known in (True, False, None):
        low, high = rows(224, conditions={"fnait-high-risk": known})
        assert low.available is True
        assert high.available is known


def test_rows_of_limits_that_cannot_bind_are_left_out() -> None:
    assert rows(523, initial=False) == ()
    assert rows(174, route=Route.SC) == ()


def test_no_vial_is_small_enough() -> None:
    (row,) = rows(253, PRIVIGEN, weight_kg=Decimal(10))
    assert row.per_course is not None
    assert row.per_course.exact_g == 4
    assert row.per_course.vials == VialPlan(total_g=Decimal(0), counts=(), billing_units=0)
