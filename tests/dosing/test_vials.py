"""Whole vials: exact totals, the fewest vials, billing units."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.dosing import VialPlan, Vials, billing_units, covering, not_above, volume_ml
from criteria.dosing.vials import times
from tests.dosing.cases import PRODUCTS


def vials(*sizes: str) -> Vials:
    return Vials(sizes_g=tuple(Decimal(size) for size in sizes), billing_unit_mg=100)


def reachable(sizes: list[int], top: int) -> list[int]:
    """Every total up to ``top``, by trying."""
    totals = {0}
    for size in sizes:
        totals |= {t + n * size for t in totals for n in range((top - t) // size + 1)}
    return sorted(total for total in totals if total <= top)


def counted(plan: VialPlan) -> int:
    return sum(count for _, count in plan.counts)


def added(plan: VialPlan) -> Decimal:
    return sum((size * count for size, count in plan.counts), Decimal(0))


SIZES = st.lists(st.integers(1, 60), min_size=1, max_size=4, unique=True)


@settings(deadline=None)
@given(SIZES, st.integers(0, 200))
def test_totals_equal_brute_force(sizes: list[int], target: int) -> None:
    product = Vials(sizes_g=tuple(Decimal(size) / 4 for size in sizes))
    goal = Decimal(target) / 4
    below, above = not_above(goal, product), covering(goal, product)
    totals = reachable(sizes, target + max(sizes))
    assert below.total_g * 4 == max(total for total in totals if total <= target)
    assert above is not None
    assert above.total_g * 4 == min(total for total in totals if total >= target)
    assert below.total_g == added(below) <= goal <= above.total_g == added(above)


def fewest(sizes: list[int], total: int) -> int:
    best = {0: 0}
    for amount in range(1, total + 1):
        counts = [best[amount - size] for size in sizes if amount - size in best]
        if counts:
            best[amount] = min(counts) + 1
    return best[total]


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True), st.integers(0, 1500))
def test_the_fewest_vials_are_used_however_large_the_total(sizes: list[int], target: int) -> None:
    below = not_above(Decimal(target), Vials(sizes_g=tuple(Decimal(size) for size in sizes)))
    assert counted(below) == fewest(sizes, int(below.total_g))


@pytest.mark.parametrize("name", PRODUCTS)
def test_products_up_to_a_heavy_patient(name: str) -> None:
    product = PRODUCTS[name]
    for grams in ("0", "0.99", "399.99", "1200", "5000"):
        plan = not_above(Decimal(grams), product)
        assert plan.total_g == added(plan) <= Decimal(grams)
        assert Decimal(grams) - plan.total_g < 5


def test_sizes_in_hundredths() -> None:
    cutaquig = PRODUCTS["Cutaquig"]
    plan = not_above(Decimal("9.99"), cutaquig)
    assert plan.total_g == Decimal("9.95")  # 3.3 + 1.65 + 5 x 1; 8 + 1.65 is less
    assert added(plan) == plan.total_g


def test_nothing_fits_below_the_smallest_vial() -> None:
    privigen = PRODUCTS["Privigen"]
    assert not_above(Decimal("4.99"), privigen) == VialPlan(
        total_g=Decimal(0), counts=(), billing_units=0
    )
    assert not_above(Decimal(5), privigen).counts == ((Decimal(5), 1),)
    assert not_above(Decimal(-1), privigen).total_g == 0


def test_no_sizes_known() -> None:
    assert not_above(Decimal(50), vials()).total_g == 0
    assert covering(Decimal(50), vials()) is None


def test_times_multiplies_vials_and_units() -> None:
    one = not_above(Decimal(28), PRODUCTS["Gammagard Liquid"])
    assert times(one, 6) == VialPlan(
        total_g=Decimal(168),
        counts=((Decimal(20), 6), (Decimal(5), 6), (Decimal(1), 18)),
        billing_units=336,
    )
    assert times(one, 0).counts == ()


@pytest.mark.parametrize(
    ("grams", "unit", "units"),
    [("28", 500, 56), ("28.2", 500, 57), ("0", 500, 0), ("1.65", 100, 17)],
)
def test_a_started_unit_counts(grams: str, unit: int, units: int) -> None:
    assert billing_units(Decimal(grams), unit) == units


def test_volume() -> None:
    assert volume_ml(Decimal("139.5"), concentration_percent=Decimal(10)) == 1395
