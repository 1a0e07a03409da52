"""From grams of a course to its infusion days: what each day gets, and what vials are opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from criteria.dosing.ceilings import day_ceiling
from criteria.dosing.figures import decimal_below
from criteria.dosing.infusion import InfusionCourse, InfusionDay
from criteria.dosing.limits import Limit, Per
from criteria.dosing.request import Vials
from criteria.dosing.vials import billing_units, covering, measure, not_above, whole_amounts

# Longer than any course of immune globulin; the days of more are not written out.
LONGEST_COURSE_DAYS = 31
# Above this many multiples of the vials' measure a day, days are alike: no patient gets so much.
_MOST_MULTIPLES = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBounds:
    """What the limits say of the days of a course, in mg/kg a day: the most, and all alike."""

    most_mg_per_kg: Fraction | None = None
    equal: bool = False


def day_bounds(limits: Iterable[Limit]) -> DayBounds:
    """Of every limit that binds: the lowest; where one limits days one by one, days are alike."""
    every = tuple(limits)
    caps = [cap for cap in map(day_ceiling, every) if cap is not None]
    equal = any(limit.per is Per.DAY or limit.equal_doses for limit in every)
    return DayBounds(most_mg_per_kg=min(caps, default=None), equal=equal)


def total_by_day(
    grams: Fraction, days: int, vials: Vials | None, *, most_a_day_g: Fraction | None, equal: bool
) -> InfusionCourse:
    """A total over days: in whole vials where they make it exactly, else split equally.

    139.5 g over 5 days are 28, 28, 28, 28 and 27.5 g, unless the days have to be ``equal`` or one
    of them would be above ``most_a_day_g``.
    """
    if vials is not None and not equal and not grams % measure(vials):
        whole = whole_course(grams, days, vials, most_a_day_g=most_a_day_g, equal=False)
        if whole is not None and Fraction(whole.total_g) == grams:
            return whole
    return course_by_day(grams, days, vials)


def whole_totals_beside(
    grams: Fraction, days: int, vials: Vials, *, most_a_day_g: Fraction | None, equal: bool
) -> tuple[Fraction, ...]:
    """The nearest totals below and above that whole vials make on ``days`` days.

    Empty where they make this one. Each is laid out as ``total_by_day`` does it.
    """

    def is_whole(total: Fraction) -> bool:
        laid_out = total_by_day(total, days, vials, most_a_day_g=most_a_day_g, equal=equal)
        return laid_out.is_whole

    above = covering(grams / days, vials)
    if above is None or is_whole(grams):
        return ()
    alike = Fraction(not_above(grams / days, vials).total_g) * days
    whole = whole_course(grams, days, vials, most_a_day_g=most_a_day_g, equal=equal)
    lower = max(alike, Fraction(0) if whole is None else Fraction(whole.total_g))
    higher, step = Fraction(above.total_g) * days, measure(vials)
    # Days that differ make totals between: none of them where a day would be too full.
    top = higher if most_a_day_g is None else min(higher, most_a_day_g * days)
    total = (grams // step + 1) * step
    while not equal and total < top:
        if is_whole(total):
            higher = total
            break
        total += step
    return (lower, higher) if lower else (higher,)


def course_by_day(grams: Fraction, days: int, vials: Vials | None) -> InfusionCourse:
    """A course split equally over its days, the smallest vials that cover each day opened."""
    return _course([grams / days] * days, grams, vials)


def whole_course(
    most_g: Fraction, days: int, vials: Vials, *, most_a_day_g: Fraction | None, equal: bool
) -> InfusionCourse | None:
    """The most grams that whole vials make on ``days`` days, none of them without a dose.

    No more than ``most_g`` in all and ``most_a_day_g`` on a day; ``equal``: the same on every day.
    Days differ as little as they can: 139.7 g over 5 days is 28, 28, 28, 28 and 27.5 g. None when
    whole vials cannot give every day something.
    """
    top = most_g if most_a_day_g is None else min(most_g, most_a_day_g)
    alike = Fraction(not_above(min(top, most_g / days), vials).total_g)
    if equal or top > _MOST_MULTIPLES * measure(vials):
        return _course([alike] * days, alike * days, vials) if alike else None
    amounts, unit = whole_amounts(top, vials)
    split = _fullest(amounts, days, most_g // unit) if amounts else None
    if split is None:
        return None
    return _course([part * unit for part in split], sum(split) * unit, vials)


def _course(by_day: Sequence[Fraction], total: Fraction, vials: Vials | None) -> InfusionCourse:
    days = {grams: _day(grams, vials) for grams in set(by_day)}
    ordered = sorted(by_day, reverse=True)
    return InfusionCourse(days=tuple(days[g] for g in ordered), total_g=decimal_below(total))


def _day(grams: Fraction, vials: Vials | None) -> InfusionDay:
    given = decimal_below(grams)
    if vials is None:
        return InfusionDay(grams=given)
    unit = vials.billing_unit_mg
    return InfusionDay(
        grams=given,
        opened=covering(grams, vials),
        billing_units=billing_units(given, unit) if unit else None,
    )


def _fullest(amounts: Sequence[int], days: int, most: int) -> list[int] | None:
    """One amount for each day, together as near to ``most`` as can be, and nearly equal."""
    makeable = set(amounts)
    total = min(most, amounts[-1] * days)
    even, more = divmod(total, days)
    if even in makeable and (not more or even + 1 in makeable):
        return [even + 1] * more + [even] * (days - more)
    reached = _reached(amounts, days, total)
    return _walked_back(amounts, reached) if reached[-1] else None


def _reached(amounts: Sequence[int], days: int, most: int) -> list[int]:
    """For each number of days the totals they can make, a bit for each total."""
    inside = (1 << (most + 1)) - 1
    reached = [1]
    for _ in range(days):
        following = 0
        for amount in amounts:
            following |= reached[-1] << amount
        reached.append(following & inside)
    return reached


def _walked_back(amounts: Sequence[int], reached: Sequence[int]) -> list[int]:
    """The largest total taken apart, each day as near to an equal share as what is left allows."""
    left = reached[-1].bit_length() - 1
    split = []
    for day in range(len(reached) - 1, 0, -1):
        open_ones = [a for a in amounts if a <= left and reached[day - 1] >> (left - a) & 1]
        share = min(open_ones, key=lambda amount: abs(amount * day - left))
        split.append(share)
        left -= share
    return split
