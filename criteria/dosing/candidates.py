"""Schedules near to the one asked for that a regimen may allow. Amounts in mg/kg."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing.ceilings import (
    MONTH_DAYS,
    course_ceiling,
    day_ceiling,
    is_monthly,
    shortest_interval,
)
from criteria.dosing.clocks import courses_begun_in
from criteria.dosing.course_count import courses_left
from criteria.dosing.dose_guards import DAYS
from criteria.dosing.limits import Limit, Regimen
from criteria.dosing.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A schedule, and mg/kg a course that make as much treatment as asked for, and no more."""

    schedule: Schedule
    total: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The time that courses have to begin in.

    ``days``: what is left of the authorization; None = not stated. ``months``: the same in months,
    for doses that begin with it and are given once a month (``monthly``, or as the limit counts).
    """

    days: int | None = None
    months: int | None = None
    monthly: bool = False

    def courses(self, limits: Iterable[Limit], interval: int) -> int | None:
        """The most courses that begin in it; None = nothing bounds them."""
        counts_months = self.monthly or any(map(is_monthly, limits))
        if counts_months and interval == MONTH_DAYS and self.months is not None:
            return self.months
        return None if self.days is None else courses_begun_in(self.days, interval)


def candidates(regimen: Regimen, asked: Schedule, room: Room) -> Iterator[Candidate]:
    """Every number of days, interval and number of courses worth trying; its own first."""
    for interval in _intervals(regimen, asked):
        for courses in _courses(regimen, asked, interval, room):
            repeated = replace(asked, interval=interval, courses=courses)
            total = _as_much(repeated, asked)
            for days in _days(regimen, asked, interval, total):
                schedule = replace(
                    repeated.with_total(total),
                    days=days,
                    consecutive=_consecutive(regimen, asked, days),
                )
                yield with_courses(Candidate(schedule, total), courses)


def with_courses(candidate: Candidate, courses: int | None) -> Candidate:
    """The same with another number of courses; a single one has no interval."""
    interval = None if courses == 1 else candidate.schedule.interval
    schedule = replace(candidate.schedule, courses=courses, interval=interval)
    return replace(candidate, schedule=schedule)


def days_wanted(asked: Schedule, interval: int | None) -> int:
    """Infusion days asked for in as long as one course of ``interval`` days stands for.

    Single days every day are the days of one run; four weekly infusions are four days a month.
    """
    days = asked.days or 1
    if interval is None:
        return asked.run_days
    if asked.interval is None or interval <= asked.interval:
        return days
    return -(-days * interval // asked.interval)


def is_ending(regimen: Regimen) -> bool:
    """Whether a phase has a last day, so that fewer courses may fit where all do not."""
    return any(
        limit.until_event is not None or limit.through_day_of_therapy is not None
        for limit in regimen.phases
    )


def share_of_asked(fitting: Schedule, asked: Schedule) -> Fraction:
    """How much of the treatment asked for a schedule is: 1 = all of it."""
    share = fitting.least_total / asked.least_total
    if asked.courses is not None and fitting.courses is not None:
        return share * fitting.courses / asked.courses
    if asked.interval is not None and fitting.interval is not None:
        return share * asked.interval / fitting.interval
    return share


def _intervals(regimen: Regimen, asked: Schedule) -> list[int | None]:
    """As asked for, and as often as the limits state; once where nothing is repeated."""
    if asked.interval is None:
        return [None]
    stated = [
        days
        for limit in regimen.phases
        for days in (
            shortest_interval(limit),
            limit.longest_interval_days,
            limit.min_days_between_runs,
        )
        if days is not None
    ]
    is_once = asked.is_one_run or any(_is_given_once(limit) for limit in regimen.phases)
    once = [None] if is_once else []
    return list(dict.fromkeys([asked.interval, *stated, *once]))


def _is_given_once(limit: Limit) -> bool:
    return limit.max_courses == 1 or shortest_interval(limit) is None


def _courses(
    regimen: Regimen, asked: Schedule, interval: int | None, room: Room
) -> list[int | None]:
    """Enough for the time asked for, no more than begin in it or than a limit still allows.

    Courses asked for within the same 28 days count as one; none is split to get in.
    """
    if interval is None:
        return [1]
    if asked.courses is None:
        return [None]
    enough = -(-asked.courses * (asked.interval or interval) // interval)
    begun = room.courses(regimen.phases, interval)
    enough = enough if begun is None else max(min(enough, begun), 1)
    left = [courses_left(limit, asked.before, interval) for limit in regimen.phases]
    together = asked.courses_in_a_month if interval == asked.interval else 1
    fewer = [min(enough, most * together) for most in left if most]
    return list(dict.fromkeys(fewer if len(fewer) == len(left) else [enough, *fewer]))


def _as_much(repeated: Schedule, asked: Schedule) -> Fraction:
    """mg/kg a course that make the treatment asked for: never more in all, nor at one time."""
    total = asked.least_total
    if asked.is_one_run and repeated.interval is None:
        return total * (asked.courses or 1)
    if asked.interval is None or repeated.interval is None or repeated.interval == asked.interval:
        return total
    pace = total * repeated.interval / asked.interval
    if asked.courses is None or repeated.courses is None:
        return pace
    return min(pace, total * asked.courses / repeated.courses)


def _days(regimen: Regimen, asked: Schedule, interval: int | None, total: Fraction) -> list[int]:
    """As asked for, the fewest that take the amount, and the ends of what is stated.

    The fewest, too, on which no day gets more than the fullest day asked for, or the most there
    may be: of all that was asked for, and of no more than a course may have.
    """
    wanted, found = days_wanted(asked, interval), [asked.days or 1]
    for limit in regimen.phases:
        most = limit.max_days or wanted
        found += [min(wanted, most), limit.min_days or most, most]
        allowed = min(total, course_ceiling(limit))
        found.append(min(-(-total // asked.fullest_day), most))
        found.append(min(-(-allowed // asked.fullest_day), most, DAYS[1]))
        cap = day_ceiling(limit)
        if cap is not None:
            found.append(min(-(-total // cap), most))
    return [days for days in dict.fromkeys([wanted, *found]) if DAYS[0] <= days <= DAYS[1]]


def _consecutive(regimen: Regimen, asked: Schedule, days: int) -> bool | None:
    """Days of a limit on consecutive days run on; one day needs no answer."""
    if days > 1 and any(limit.consecutive_days for limit in regimen.phases):
        return True
    return asked.consecutive
