"""A calendar held against one limit, sentence by sentence."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from criteria.dosing import CoursesCounted, DosePart, EarlierCourses, Limit, Per
from tests.dosing.oracle.before import most_counted
from tests.dosing.oracle.calendar import FOUR_WEEKS, Calendar

SPAN = {Per.MONTH: FOUR_WEEKS, Per.WEEK: 7}


@dataclass
class Held:
    """What is wrong with a calendar. ``in_total``: more treatment than the limit has in all."""

    exceeds: bool = False
    in_total: bool = False
    outside: bool = False
    unknown: bool = False

    def exceed(self, wrong: bool, *, in_total: bool = True) -> None:
        self.exceeds |= wrong
        self.in_total |= wrong and in_total


def hold(
    limit: Limit,
    request: DosePart,
    calendar: Calendar,
    given: Calendar,
    earlier: EarlierCourses,
) -> Held:
    """Hold every infusion day of a calendar against a limit, its end left aside.

    ``given``: the courses that are certain, which is all that can be counted.
    """
    held = Held()
    hold_number(held, limit, given, earlier)
    if limit.per in SPAN:
        _over_a_period(held, limit, calendar)
    elif limit.per is Per.DAY:
        _by_day(held, limit, calendar)
    else:
        _by_dose(held, limit, calendar)
    _days_in_a_row(held, limit, request, calendar)
    _range(held, limit, calendar)
    if limit.per in SPAN or limit.shortest_interval_days is not None:
        # Whether and how often it is repeated has to be said.
        held.unknown |= calendar.interval is None and request.courses != 1
    return held


def hold_number(held: Held, limit: Limit, given: Calendar, earlier: EarlierCourses) -> None:
    """ "Up to six monthly infusions", "a single dose": with those of before, where they count."""
    if limit.max_courses is None:
        return
    starts = list(given.starts)
    if limit.per is not Per.DOSE:
        starts = [first for first, _ in given.runs()]
    first_dose = earlier.first_dose_on
    assert first_dose is not None
    asked = [first_dose + timedelta(days=start) for start in starts]
    held.exceed(most_counted(limit, earlier, asked) > limit.max_courses)
    held.unknown |= (
        limit.courses_counted is not CoursesCounted.AUTHORIZATION and earlier.elsewhere is None
    )


def _over_a_period(held: Held, limit: Limit, calendar: Calendar) -> None:
    """ "2,000 mg/kg per month given over 2 to 5 days": the average, then every window."""
    most, length = Fraction(limit.max_mg_per_kg), SPAN[limit.per]
    held.exceed(calendar.average(length) > most)
    held.outside |= calendar.fullest(length) > most
    if limit.max_days is not None:
        held.outside |= calendar.most_days(length) > limit.max_days
    if limit.min_days is not None:
        held.outside |= max(calendar.by_day.values()) > most / limit.min_days


def _by_day(held: Held, limit: Limit, calendar: Calendar) -> None:
    """ "1,000 mg/kg a day for 1 to 2 days": each day, the days of a run, how often."""
    most = Fraction(limit.max_mg_per_kg)
    whole = most * (limit.max_days or 1)
    for run in calendar.runs():
        more = calendar.run_total(run) > whole
        fullest = max(calendar.by_day[day] for day in range(run[0], run[1] + 1))
        held.exceed(fullest > most, in_total=more)
        if limit.max_days is not None:
            held.exceed(run[1] - run[0] + 1 > limit.max_days, in_total=more)
    _how_often(held, limit, calendar, [first for first, _ in calendar.runs()], whole)


def _by_dose(held: Held, limit: Limit, calendar: Calendar) -> None:
    """ "400 mg/kg every 28 days", "a single dose of 2,000 mg/kg"."""
    most, starts = Fraction(limit.max_mg_per_kg), list(calendar.starts)
    held.exceed(calendar.course_total > most)
    if limit.per is Per.COURSE:
        starts = [first for first, _ in calendar.runs()]
        for run in calendar.runs():
            held.exceed(calendar.run_total(run) > most)
            if limit.max_days is not None:
                held.outside |= run[1] - run[0] + 1 > limit.max_days
    elif limit.max_days is not None:
        held.outside |= calendar.course_days > limit.max_days
    _how_often(held, limit, calendar, starts, most)


def _how_often(
    held: Held, limit: Limit, calendar: Calendar, starts: list[int], most: Fraction
) -> None:
    """Oftener than stated exceeds by the amount per stated interval; otherwise it is outside."""
    if limit.max_courses is None and limit.shortest_interval_days is None:
        held.outside |= len(starts) > 1
    shortest = limit.shortest_interval_days
    gaps = [later - earlier for earlier, later in zip(starts, starts[1:], strict=False)]
    if shortest is not None and any(gap < shortest for gap in gaps):
        too_much = calendar.average(shortest) > most
        held.exceed(too_much)
        held.outside |= not too_much


def _days_in_a_row(held: Held, limit: Limit, request: DosePart, calendar: Calendar) -> None:
    """ "Over consecutive days": inside a course as stated, across courses on the calendar."""
    if limit.consecutive_days and calendar.course_days > 1 and len(calendar.runs()) > 0:
        run_on = request.consecutive
        if limit.per in (Per.DAY, Per.COURSE) and calendar.course_days == calendar.interval:
            run_on = True
        held.outside |= run_on is False
        held.unknown |= run_on is None
    if limit.min_days_between_runs is not None:
        firsts = [first for first, _ in calendar.runs()]
        held.outside |= any(
            later - earlier < limit.min_days_between_runs
            for earlier, later in zip(firsts, firsts[1:], strict=False)
        )


def _range(held: Held, limit: Limit, calendar: Calendar) -> None:
    """ "200 to 800 mg/kg every 3 to 4 weeks": below it, or less often, is outside."""
    if limit.min_mg_per_kg is None:
        return
    held.outside |= calendar.course_total < limit.min_mg_per_kg
    longest = limit.longest_interval_days
    if longest is not None and calendar.interval is not None:
        held.outside |= calendar.interval > longest
