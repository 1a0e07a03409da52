"""Whole regimens near to the dose asked for that are within, the best first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing.asked import course_of
from criteria.dosing.candidates import (
    Candidate,
    Room,
    candidates,
    days_wanted,
    is_ending,
    share_of_asked,
    with_courses,
)
from criteria.dosing.ceilings import MONTH_DAYS, PERIOD_DAYS, course_ceiling, day_ceiling
from criteria.dosing.figures import decimal_below
from criteria.dosing.infusion import InfusionCourse
from criteria.dosing.infusion_days import DayBounds, whole_course
from criteria.dosing.issue import HeldSchedule
from criteria.dosing.limits import Limit, Per, Regimen
from criteria.dosing.offer import Offer, ShortfallSpan
from criteria.dosing.outcome import DoseOutcome
from criteria.dosing.regimens import JudgedRegimen
from criteria.dosing.request import Vials
from criteria.dosing.schedule import Schedule

# A regimen of the rule with a schedule held against it, placed on the clocks.
JudgeSchedule = Callable[[Regimen, Schedule], JudgedRegimen]


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate with the amount that fits, and how far it is from what was asked for."""

    candidate: Candidate
    limit: Limit
    regimen: int
    distance: tuple[Fraction, Fraction, int, int, int]
    course: InfusionCourse | None = None


def offers(
    regimens: Sequence[tuple[int, Regimen]],
    asked: Schedule,
    judged: JudgeSchedule,
    vials: Vials | None,
    *,
    bounds: DayBounds,
    room: Room,
) -> tuple[Offer, ...]:
    """The nearest regimens that fit, each held against its limits once more before it is made.

    Nearest in total first, then in days, interval and number: one of each alternative. In whole
    vials where any can be made of them.
    ``regimens``: with their numbers. ``bounds``: of the days of a course by every limit that
    binds. ``room``: the time the courses have.
    """
    if asked.days is None or asked.interval_unknown:
        return ()
    found = list(_all_found(regimens, asked, judged, vials, room))
    if not found and vials is not None:
        found = list(_all_found(regimens, asked, judged, None, room))
    # As it will be shown once it is taken.
    found = [replace(one, course=course_of(one.candidate.schedule, bounds, vials)) for one in found]
    return tuple(_offer(one, asked, room.monthly) for one in _chosen(found))


def _chosen(found: Sequence[_Found]) -> list[_Found]:
    """The best of each alternative, the best of all first."""
    best: dict[int, _Found] = {}
    for one in sorted(found, key=lambda one: one.distance):
        best.setdefault(one.regimen, one)
    return list(best.values())


def _all_found(
    regimens: Sequence[tuple[int, Regimen]],
    asked: Schedule,
    judged: JudgeSchedule,
    vials: Vials | None,
    room: Room,
) -> Iterator[_Found]:
    for number, regimen in regimens:
        for candidate in candidates(regimen, asked, room):
            one = _fitted(number, regimen, candidate, asked, judged, vials)
            if one is None and is_ending(regimen):
                one = _shortened(number, regimen, candidate, asked, judged, vials)
            if one is not None:
                yield one


def _shortened(
    number: int,
    regimen: Regimen,
    candidate: Candidate,
    asked: Schedule,
    judged: JudgeSchedule,
    vials: Vials | None,
) -> _Found | None:
    """The most courses that end in time, searched by halves: fewer of them end earlier."""
    low, high, best = 1, (candidate.schedule.courses or 1) - 1, None
    while low <= high:
        middle = (low + high) // 2
        fewer = with_courses(candidate, middle)
        one = _fitted(number, regimen, fewer, asked, judged, vials)
        if one is None:
            high = middle - 1
        else:
            low, best = middle + 1, one
    return best


def _fitted(
    number: int,
    regimen: Regimen,
    candidate: Candidate,
    asked: Schedule,
    judged: JudgeSchedule,
    vials: Vials | None,
) -> _Found | None:
    """The most of a candidate that its regimen allows; None when it is not within."""
    phases = [phase.held for phase in judged(regimen, candidate.schedule).phases]
    if not phases:
        return None
    days = candidate.schedule.days or 1
    caps = [cap for held in phases for cap in [_day_cap(held)] if cap is not None]
    most = min(candidate.total, *(_bound(held) for held in phases), *(cap * days for cap in caps))
    # What is shown is what is tested: cut off before the test, in grams or in mg/kg.
    weight = asked.weight_kg
    if weight is None:
        total = Fraction(decimal_below(most))
    elif vials is None:
        total = Fraction(decimal_below(most * weight / 1000)) * 1000 / weight
    else:
        whole = _whole(most, days, weight, phases, caps, vials)
        total = Fraction(0) if whole is None else Fraction(whole.total_g) * 1000 / weight
    fitting = candidate.schedule.with_total(total)
    if total <= 0 or judged(regimen, fitting).outcome is not DoseOutcome.WITHIN:
        return None
    return _Found(
        candidate=Candidate(schedule=fitting, total=candidate.total),
        limit=phases[0].limit,
        regimen=number,
        distance=_distance(fitting, asked),
    )


def _distance(fitting: Schedule, asked: Schedule) -> tuple[Fraction, Fraction, int, int, int]:
    """How far a schedule is from the one asked for: total, days, interval, number.

    Of as much treatment the one that gives no day more than was asked for on any comes first.
    """
    return (
        1 - share_of_asked(fitting, asked),
        max((fitting.per_day or fitting.least_total) - asked.fullest_day, Fraction(0)),
        abs((fitting.days or 1) - days_wanted(asked, fitting.interval)),
        abs((fitting.interval or 0) - (asked.interval or 0)),
        abs((fitting.courses or 0) - (asked.courses or 0)),
    )


def _bound(held: HeldSchedule) -> Fraction:
    """mg/kg a course by the ceiling, its average and its fullest window."""
    schedule, period = held.schedule, PERIOD_DAYS.get(held.limit.per)
    if period is None:
        return course_ceiling(held.limit)
    unit = schedule.with_total(Fraction(1))
    return held.ceiling / max(unit.most_in_window(period), unit.average(period))


def _day_cap(held: HeldSchedule) -> Fraction | None:
    """mg/kg on one day of one course."""
    cap = day_ceiling(held.limit)
    return None if cap is None else cap / held.schedule.daily_doses_at_once


def _whole(
    total: Fraction,
    days: int,
    weight_kg: Fraction,
    phases: Sequence[HeldSchedule],
    caps: Sequence[Fraction],
    vials: Vials,
) -> InfusionCourse | None:
    """The course in whole vials; where days are limited one by one they are alike."""
    equal = any(held.limit.per == Per.DAY or held.limit.equal_doses for held in phases)
    return whole_course(
        total * weight_kg / 1000,
        days,
        vials,
        most_a_day_g=min(caps) * weight_kg / 1000 if caps else None,
        equal=equal,
    )


def _offer(found: _Found, asked: Schedule, monthly: bool) -> Offer:
    schedule, limit = found.candidate.schedule, found.limit
    total, days = schedule.least_total, schedule.days or 1
    less, span, fewer = _shortfall(schedule, asked)
    weight = asked.weight_kg
    return Offer(
        limit=limit,
        regimen=found.regimen,
        days=days,
        consecutive=schedule.consecutive,
        interval_days=schedule.interval,
        monthly=schedule.interval is not None
        and (monthly if schedule.interval == asked.interval else _is_month(limit, schedule)),
        courses=schedule.courses,
        mg_per_kg_per_day=decimal_below(total / days),
        mg_per_kg_per_course=decimal_below(total),
        course=found.course,
        less_by_mg_per_kg=decimal_below(less),
        less_by_g=None if weight is None else decimal_below(less * weight / 1000),
        less_over=span,
        fewer_courses=fewer,
    )


def _is_month(limit: Limit, schedule: Schedule) -> bool:
    """Whether an interval that was not asked for is the month of its limit, and no shorter one."""
    return limit.per is Per.MONTH and schedule.interval == MONTH_DAYS


def _shortfall(fitting: Schedule, asked: Schedule) -> tuple[Fraction, ShortfallSpan, bool]:
    """mg/kg less than asked for, what that is counted over, and whether courses fall away."""
    less = asked.least_total - fitting.least_total
    if fitting.interval == asked.interval and fitting.courses == asked.courses:
        return less, ShortfallSpan.COURSE, False
    if asked.courses is not None and fitting.courses is not None:
        in_all = asked.least_total * asked.courses - fitting.least_total * fitting.courses
        return in_all, ShortfallSpan.ALL, False
    if fitting.interval is None or asked.interval is None:
        return max(less, Fraction(0)), ShortfallSpan.COURSE, True
    pace = asked.average(MONTH_DAYS) - fitting.average(MONTH_DAYS)
    return max(pace, Fraction(0)), ShortfallSpan.MONTH, fitting.courses is not None
