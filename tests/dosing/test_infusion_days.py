"""A course by its infusion days: what each day gets, what is opened for it, what is discarded."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.dosing import (
    DoseFacts,
    DoseRequest,
    InfusionCourse,
    Vials,
    course_by_day,
    judge,
    whole_course,
)
from tests.dosing.asking import MONTHLY, per_day, total
from tests.dosing.cases import PRODUCTS
from tests.dosing.policy import RULES

GAMUNEX, PRIVIGEN = PRODUCTS["Gamunex-C"], PRODUCTS["Privigen"]


def grams(course: InfusionCourse | None) -> list[str]:
    assert course is not None
    return [f"{day.grams:f}" for day in course.days]


def asked(line: int, request: DoseRequest, kg: str = "82", vials: Vials = GAMUNEX) -> Any:
    return judge(RULES[line], request, DoseFacts(weight_kg=Decimal(kg)), vials).first.course


def test_a_daily_amount_asks_for_equal_days() -> None:
    """32.8 g a day: 33 g are opened on each, 0.2 g of them discarded; units are of the dose."""
    found = asked(174, per_day("32.8", 5, unit="g", **MONTHLY))
    assert grams(found) == ["32.8"] * 5
    ((day, number),) = found.alike
    assert number == 5 and day.opened is not None and day.opened.total_g == 33
    assert (day.discarded_g, found.discarded_g) == (Decimal("0.2"), 1)
    assert (day.billing_units, found.billing_units) == (66, 330)
    assert not found.is_whole


def test_a_total_is_given_in_whole_vials_where_they_make_it() -> None:
    """139.5 g as the offer says it: nothing is discarded that was not before it was taken."""
    found = asked(174, total("139.5", 5, unit="g", **MONTHLY), "69.85322498")
    assert grams(found) == ["28", "28", "28", "28", "27.5"] and found.is_whole
    assert grams(asked(174, total(164, 5, unit="g", **MONTHLY))) == [
        "33", "33", "33", "32.5", "32.5",
    ]  # fmt: skip
    assert grams(asked(174, total("139.7", 5, unit="g", **MONTHLY))) == ["27.94"] * 5


def test_days_are_alike_where_a_limit_counts_each_of_them() -> None:
    """400 mg/kg a day is 32.8 g: no day gets 33. Three equal doses are equal."""
    assert grams(asked(309, total(164, 5, unit="g", **MONTHLY))) == ["32.8"] * 5
    assert len(set(grams(asked(132, total(140, 3, unit="g", **MONTHLY))))) == 1
    assert judge(
        RULES[309], total(164, 5, unit="g", **MONTHLY), DoseFacts(weight_kg=Decimal(82)), GAMUNEX
    ).outcome == "within"  # fmt: skip


def test_no_day_is_made_fuller_than_a_limit_allows() -> None:
    """155 g over 2 days: 80 and 75 g of Privigen would be above the 77.5 g of one day."""
    privigen = asked(174, total(155, 2, unit="g", **MONTHLY), "77.5", PRIVIGEN)
    assert grams(privigen) == ["77.5", "77.5"] and privigen.discarded_g == 5
    more = asked(174, total(155, 2, unit="g", **MONTHLY), "80", PRIVIGEN)
    assert grams(more) == ["80", "75"]


def test_140_g_over_five_days_is_made_exactly() -> None:
    found = course_by_day(Fraction(140), 5, GAMUNEX)
    assert found.is_whole and found.billing_units == 280
    assert found.opened == ((Decimal(20), 5), (Decimal(5), 5), (Decimal(1), 15))


def test_without_a_product_days_have_no_vials() -> None:
    found = course_by_day(Fraction(140), 5, None)
    assert grams(found) == ["28"] * 5
    assert found.discarded_g is None and found.billing_units is None and not found.is_whole


@pytest.mark.parametrize(
    ("most", "days", "vials", "expected"),
    [
        ("139.70644996", 5, GAMUNEX, ["28", "28", "28", "28", "27.5"]),
        ("140", 3, PRIVIGEN, ["50", "45", "45"]),
        ("36", 5, PRIVIGEN, ["10", "10", "5", "5", "5"]),
        ("1.9", 1, GAMUNEX, ["1"]),
        ("7", 5, PRODUCTS["Cutaquig"], ["2", "2", "1", "1", "1"]),
    ],
)
def test_the_most_that_infusion_days_give(
    most: str, days: int, vials: Vials, expected: list[str]
) -> None:
    found = whole_course(Fraction(most), days, vials, most_a_day_g=None, equal=False)
    assert grams(found) == expected


def test_equal_days_and_a_most_a_day_bind() -> None:
    most = Fraction("139.7")
    assert grams(whole_course(most, 5, GAMUNEX, most_a_day_g=None, equal=True)) == ["27.5"] * 5
    capped = whole_course(most, 2, GAMUNEX, most_a_day_g=Fraction("69.8"), equal=False)
    assert grams(capped) == ["69.5", "69.5"]
    assert whole_course(Fraction(9), 2, PRIVIGEN, most_a_day_g=None, equal=False) is None


sizes = st.lists(st.sampled_from(["0.5", "1", "1.65", "2", "2.5", "3.3", "4", "5"]), min_size=1)


@settings(max_examples=150, deadline=None)
@given(sizes, st.integers(1, 3), st.integers(1, 24).map(lambda half: Fraction(half, 2)))
def test_no_other_whole_vials_give_more(names: list[str], days: int, most: Fraction) -> None:
    """Against every way to give each day an amount that whole vials make."""
    vials = Vials(sizes_g=tuple({Decimal(name) for name in names}))
    made = {Fraction(0)}
    while True:
        more = {one + Fraction(size) for one in made for size in vials.sizes_g} | made
        more = {one for one in more if one <= most}
        if more == made:
            break
        made = more
    totals = [sum(each) for each in combinations_with_replacement(sorted(made - {0}), days)]
    best = max((one for one in totals if one <= most), default=None)
    found = whole_course(most, days, vials, most_a_day_g=None, equal=False)
    assert (None if found is None else Fraction(found.total_g)) == best
