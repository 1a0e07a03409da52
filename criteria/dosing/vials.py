"""What whole vials can make: exact totals at, below and above a target, and billing units."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from criteria.dosing.figures import decimal_below
from criteria.dosing.infusion import VialPlan
from criteria.dosing.request import Vials

_NONE = -1


def billing_units(grams: Decimal, unit_mg: int) -> int:
    """HCPCS units of a total in grams; a started unit counts (28 g of a 500 mg code is 56)."""
    return -(-Fraction(grams) * 1000 // unit_mg)


def volume_ml(grams: Decimal, *, concentration_percent: Decimal) -> Decimal:
    """Millilitres of a liquid: grams per 100 mL is its percentage (140 g of 10 % is 1,400 mL)."""
    return decimal_below(Fraction(grams) * 100 / Fraction(concentration_percent))


def not_above(target_g: Decimal | Fraction, vials: Vials) -> VialPlan:
    """The largest total at or below the target, in the fewest vials. 0 g when none fits."""
    sizes, unit = _in_units(vials)
    target = Fraction(target_g)
    if not sizes or target < min(sizes) * unit:
        return plan((), vials)
    spare, table = _tabulated(sizes, target // unit)
    top = target // unit - spare * sizes[0]
    while table[top] == _NONE:
        top -= 1
    return plan(_counts(sizes, unit, table, top, spare), vials)


def covering(target_g: Decimal | Fraction, vials: Vials) -> VialPlan | None:
    """The smallest total at or above the target (for ordering). None without vials."""
    sizes, unit = _in_units(vials)
    if not sizes:
        return None
    target = max(-(-Fraction(target_g) // unit), 0)
    spare, table = _tabulated(sizes, target + sizes[-1])
    low = target - spare * sizes[0]
    while low < 0 or table[low] == _NONE:
        low += 1
    return plan(_counts(sizes, unit, table, low, spare), vials)


def measure(vials: Vials) -> Fraction:
    """Grams of which every vial is a multiple; 1 without vials."""
    return _in_units(vials)[1]


def whole_amounts(most_g: Fraction, vials: Vials) -> tuple[tuple[int, ...], Fraction]:
    """Every amount above 0 and up to ``most_g`` that whole vials make, in multiples of a measure.

    The measure in grams stands beside them; no vials make nothing.
    """
    sizes, unit = _in_units(vials)
    top = most_g // unit if sizes else 0
    if top < 1:
        return (), unit
    table = _last_vials(sizes, 1 << top.bit_length())
    return tuple(total for total in range(1, top + 1) if table[total] != _NONE), unit


def times(one: VialPlan, number: int) -> VialPlan:
    """The same vials ``number`` times over; each time is billed on its own."""
    return VialPlan(
        total_g=one.total_g * number,
        counts=tuple((size, count * number) for size, count in one.counts if number),
        billing_units=None if one.billing_units is None else one.billing_units * number,
    )


def plan(counts: tuple[tuple[Decimal, int], ...], vials: Vials) -> VialPlan:
    """A plan from counted vials, with its total and its billing units."""
    total = decimal_below(sum((Fraction(size) * count for size, count in counts), Fraction(0)))
    units = billing_units(total, vials.billing_unit_mg) if vials.billing_unit_mg else None
    return VialPlan(total_g=total, counts=counts, billing_units=units)


def _in_units(vials: Vials) -> tuple[tuple[int, ...], Fraction]:
    """Sizes as whole multiples of their greatest common measure, largest first."""
    return _measured(vials.sizes_g)


@lru_cache(maxsize=64)
def _measured(sizes_g: tuple[Decimal, ...]) -> tuple[tuple[int, ...], Fraction]:
    sizes = {Fraction(size) for size in sizes_g if size.is_finite() and size > 0}
    if not sizes:
        return (), Fraction(1)
    common = lcm(*(size.denominator for size in sizes))
    whole = [int(size * common) for size in sizes]
    measure = gcd(*whole)
    return tuple(sorted((size // measure for size in whole), reverse=True)), Fraction(
        measure, common
    )


def _tabulated(sizes: tuple[int, ...], target: int) -> tuple[int, tuple[int, ...]]:
    """How many of the largest vial can be set aside, and the table for what remains.

    Among any ``largest`` smaller vials some add up to a multiple of the largest one, which
    replaces them with no more vials. So beyond largest x second largest only the largest counts.
    """
    largest, second = sizes[0], sizes[1] if len(sizes) > 1 else 0
    spare = max(target - largest * (second + 1), 0) // largest
    return spare, _last_vials(sizes, 1 << (target - spare * largest).bit_length())


@lru_cache(maxsize=64)
def _last_vials(sizes: tuple[int, ...], top: int) -> tuple[int, ...]:
    """For each total, a vial that ends a smallest set of vials making it; -1 = cannot be made."""
    fewest: list[int] = [0] + [top + 1] * top
    last = [0] + [_NONE] * top
    for total in range(1, top + 1):
        for size in sizes:
            if size <= total and fewest[total - size] + 1 < fewest[total]:
                fewest[total], last[total] = fewest[total - size] + 1, size
    return tuple(last)


def _counts(
    sizes: tuple[int, ...], unit: Fraction, table: tuple[int, ...], total: int, spare: int
) -> tuple[tuple[Decimal, int], ...]:
    """Walk the table back to the vials of a total."""
    used: Counter[int] = Counter({sizes[0]: spare}) if spare else Counter()
    while total:
        used[table[total]] += 1
        total -= table[total]
    return tuple((decimal_below(size * unit), used[size]) for size in sizes if used[size])
