"""The dose asked for, part by part: its courses in mg/kg and in grams, by their infusion days."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from criteria.dosing.binding import Binding, binding
from criteria.dosing.figures import decimal_below, usable
from criteria.dosing.infusion import InfusionCourse
from criteria.dosing.infusion_days import (
    LONGEST_COURSE_DAYS,
    DayBounds,
    course_by_day,
    day_bounds,
    total_by_day,
)
from criteria.dosing.limits import DoseRule, Limit
from criteria.dosing.outcome import AskedPart
from criteria.dosing.request import DoseBasis, DoseFacts, DoseRequest, Vials
from criteria.dosing.schedule import Schedule, days_to_second_part, schedule_of
from criteria.dosing.sentences import ORDER, part_labels


def bound_limits(bound: Binding) -> tuple[Limit, ...]:
    """Every limit that binds, or may."""
    return tuple(limit for regimen in bound.possible for limit in regimen.phases)


def bindings(rule: DoseRule, request: DoseRequest, facts: DoseFacts) -> tuple[Binding, ...]:
    """What binds each part of a request."""
    alone = (request.first_alone, request.second_alone)
    return tuple(binding(rule, one, facts) for one in alone if one is not None)


def laid_out(
    request: DoseRequest, bound: Sequence[Binding], facts: DoseFacts, vials: Vials | None
) -> tuple[Schedule | None, ...]:
    """Each part in mg/kg with the days it is given on; None while it is not known."""
    found: list[Schedule | None] = []
    for part, one in zip(request.parts, bound, strict=True):
        schedule = schedule_of(part, facts) if usable(part.amount) else None
        bounds = day_bounds(bound_limits(one))
        found.append(None if schedule is None else with_days(schedule, bounds, vials))
    return tuple(found)


def with_days(schedule: Schedule, bounds: DayBounds, vials: Vials | None) -> Schedule:
    """The same with the days that whole vials make of a total, where they are not alike."""
    course, weight = course_of(schedule, bounds, vials), schedule.weight_kg
    if course is None or weight is None or len(course.alike) < 2:
        return schedule
    return replace(
        schedule, split=tuple(Fraction(day.grams) * 1000 / weight for day in course.days)
    )


def course_of(schedule: Schedule, bounds: DayBounds, vials: Vials | None) -> InfusionCourse | None:
    """One course by its infusion days; None without a weight, or for days not to be written out."""
    weight, total, days = schedule.weight_kg, schedule.total, schedule.days
    if weight is None or total is None or days is None or days > LONGEST_COURSE_DAYS:
        return None
    grams = total * weight / 1000
    if schedule.basis is not DoseBasis.TOTAL:
        return course_by_day(grams, days, vials)
    cap = bounds.most_mg_per_kg
    return total_by_day(
        grams,
        days,
        vials,
        most_a_day_g=None if cap is None else cap * weight / 1000,
        equal=bounds.equal,
    )


def asked_parts(
    request: DoseRequest,
    bound: Sequence[Binding],
    schedules: Sequence[Schedule | None],
    vials: Vials | None,
) -> tuple[AskedPart, ...]:
    """What is asked for, for people: one for each part, also where little of it is known."""
    days = days_to_second_part(request)
    begins = (0, None if days is None else days[1])
    known, labels = [one for one in schedules if one is not None], ("", "")
    if request.then is not None:
        labels = part_labels(*known) if len(known) > 1 else ORDER
    found = []
    for one, schedule, days_in, label in zip(bound, schedules, begins, labels, strict=False):
        if schedule is None or schedule.total is None:
            found.append(AskedPart(days_in=days_in, label=label))
            continue
        weight = schedule.weight_kg
        grams = None if weight is None else decimal_below(schedule.total * weight / 1000)
        found.append(
            AskedPart(
                mg_per_kg=decimal_below(schedule.total),
                grams=grams,
                course=course_of(schedule, day_bounds(bound_limits(one)), vials),
                courses=schedule.courses,
                interval_days=schedule.interval,
                days_in=days_in,
                label=label,
            )
        )
    return tuple(found)
