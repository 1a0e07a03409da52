"""The largest dose in the request's own schedule that is within the limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from criteria.dosing.ceilings import PERIOD_DAYS, course_ceiling, day_ceiling
from criteria.dosing.clocks import Placement
from criteria.dosing.figures import decimal_below
from criteria.dosing.issue import Held
from criteria.dosing.limits import Regimen
from criteria.dosing.outcome import Outcome, VialPlan
from criteria.dosing.regimens import judge_regimen
from criteria.dosing.request import Basis, Vials
from criteria.dosing.schedule import Schedule
from criteria.dosing.vials import not_above, plan, times


@dataclass(frozen=True, slots=True)
class Fit:
    """mg/kg a course; ``by_day``: each day must be within on its own, so vials are per day."""

    mg_per_kg: Fraction
    by_day: bool
    regimen: Regimen


def largest_fit(
    regimens: Sequence[Regimen], schedule: Schedule, placement: Placement
) -> Fit | None:
    """The most that one of the open regimens allows; None when the schedule itself does not fit.

    Every offer is held against its regimen once more before it is made.
    """
    fits = [
        fit
        for regimen in regimens
        for fit in [_fit(regimen, schedule, placement)]
        if _is_within(regimen, schedule.with_total(fit.mg_per_kg), placement)
    ]
    return max(fits, key=lambda fit: fit.mg_per_kg, default=None)


def vials_for(fit: Fit, schedule: Schedule, placement: Placement, vials: Vials) -> VialPlan | None:
    """The fit rounded down to whole vials; 0 g when no vials make an amount that is within."""
    if schedule.weight_kg is None:
        return None
    days = schedule.days or 1
    grams = fit.mg_per_kg * schedule.weight_kg / 1000
    if fit.by_day or schedule.basis == Basis.PER_DAY:
        chosen = times(not_above(grams / days, vials), days, vials)
    else:
        chosen = not_above(grams, vials)
    total = Fraction(chosen.total_g) * 1000 / schedule.weight_kg
    within = _is_within(fit.regimen, schedule.with_total(total), placement)
    return chosen if within else plan((), vials)


def exact_grams(fit: Fit, schedule: Schedule) -> Fraction | None:
    """Grams a course for the actual weight."""
    return None if schedule.weight_kg is None else fit.mg_per_kg * schedule.weight_kg / 1000


def _is_within(regimen: Regimen, schedule: Schedule, placement: Placement) -> bool:
    return judge_regimen(regimen, schedule, placement, Fraction(1)).outcome is Outcome.WITHIN


def _fit(regimen: Regimen, schedule: Schedule, placement: Placement) -> Fit:
    """The least of what the phases allow that doses may fall into."""
    phases = judge_regimen(regimen, schedule, placement, Fraction(1)).phases
    days = schedule.days or 1
    bounds = [_bound(phase.held) for phase in phases]
    caps = [c * days for phase in phases for c in [_day_cap(phase.held)] if c is not None]
    least = min(bounds + caps)
    # Cut off here, so that the figure shown is the figure tested.
    cut = Fraction(decimal_below(least))
    return Fit(cut, by_day=bool(caps) and min(caps) <= least, regimen=regimen)


def _bound(held: Held) -> Fraction:
    """mg/kg a course by the ceiling, its average and its fullest window."""
    schedule, period = held.schedule, PERIOD_DAYS.get(held.limit.per)
    if period is None:
        return course_ceiling(held.limit)
    unit = schedule.with_total(Fraction(1))
    share = unit.most_in_window(period)
    average = Fraction(period, schedule.interval) if schedule.interval else Fraction(1)
    return held.ceiling / max(share, average)


def _day_cap(held: Held) -> Fraction | None:
    """mg/kg on one day of one course."""
    cap = day_ceiling(held.limit)
    return None if cap is None else cap / held.schedule.daily_doses_at_once
