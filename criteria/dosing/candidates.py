"""Schedules near to the one asked for that a regimen may allow. Amounts in mg/kg."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing.ceilings import day_ceiling, shortest_interval
from criteria.dosing.course_count import courses_left
from criteria.dosing.infusion_days import LONGEST_COURSE_DAYS
from criteria.dosing.limits import Limit, Regimen
from criteria.dosing.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A schedule, and mg/kg a course that make as much treatment as asked for, and no more."""

    schedule: Schedule
    total: Fraction


def candidates(regimen: Regimen, asked: Schedule) -> Iterator[Candidate]:
    """Every number of days, interval and number of courses worth trying; its own first."""
    for interval in _intervals(regimen, asked):
        for courses in _courses(regimen, asked, interval):
            repeated = replace(asked, interval=interval, courses=courses)
            total = _as_much(repeated, asked)
            for days in _days(regimen, asked, total):
                schedule = replace(
                    repeated.with_total(total),
                    days=days,
                    consecutive=_consecutive(regimen, asked, days),
                )
                yield Candidate(schedule, total)


def with_courses(candidate: Candidate, courses: int) -> Candidate:
    """The same with fewer courses."""
    return replace(candidate, schedule=replace(candidate.schedule, courses=courses))


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
    once = [None] if any(_is_given_once(limit) for limit in regimen.phases) else []
    return list(dict.fromkeys([asked.interval, *stated, *once]))


def _is_given_once(limit: Limit) -> bool:
    return limit.max_courses == 1 or shortest_interval(limit) is None


def _courses(regimen: Regimen, asked: Schedule, interval: int | None) -> list[int | None]:
    """Enough for the time asked for, and no more than a limit still allows.

    Courses asked for within the same 28 days count as one; none is split to get in.
    """
    if interval is None:
        return [1]
    if asked.courses is None:
        return [None]
    enough = -(-asked.courses * (asked.interval or interval) // interval)
    left = [courses_left(limit, asked.before, interval) for limit in regimen.phases]
    together = asked.courses_in_a_month if interval == asked.interval else 1
    fewer = [min(enough, most * together) for most in left if most]
    return list(dict.fromkeys(fewer if len(fewer) == len(left) else [enough, *fewer]))


def _as_much(repeated: Schedule, asked: Schedule) -> Fraction:
    """mg/kg a course that make the treatment asked for: never more in all, nor at one time."""
    total = asked.least_total
    if asked.interval is None or repeated.interval is None or repeated.interval == asked.interval:
        return total
    pace = total * repeated.interval / asked.interval
    if asked.courses is None or repeated.courses is None:
        return pace
    return min(pace, total * asked.courses / repeated.courses)


def _days(regimen: Regimen, asked: Schedule, total: Fraction) -> list[int]:
    """As asked for, the fewest that take the amount, and the ends of what is stated."""
    wanted, found = asked.days or 1, []
    for limit in regimen.phases:
        most = limit.max_days or wanted
        found += [min(wanted, most), limit.min_days or most, most]
        cap = day_ceiling(limit)
        if cap is not None:
            found.append(min(-(-total // cap), most))
    return [days for days in dict.fromkeys([wanted, *found]) if 0 < days <= LONGEST_COURSE_DAYS]


def _consecutive(regimen: Regimen, asked: Schedule, days: int) -> bool | None:
    """Days of a limit on consecutive days run on; one day needs no answer."""
    if days > 1 and any(limit.consecutive_days for limit in regimen.phases):
        return True
    return asked.consecutive
