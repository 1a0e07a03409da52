"""The courses before a request, laid out on the calendar and counted by hand."""

from datetime import date, timedelta

from criteria.dosing import ApprovedCourses, CoursesCounted, EarlierCourses, Limit, Per
from tests.dosing.oracle.calendar import FOUR_WEEKS

A_YEAR = 365


def days_of(one: ApprovedCourses, per: Per) -> list[date]:
    """The day each course of an approval begins that counts for a limit."""
    gap = one.interval_days or FOUR_WEEKS
    starts = [one.first_day + timedelta(days=gap * course) for course in range(one.courses)]
    return counted_days(starts, per)


def counted_days(starts: list[date], per: Per) -> list[date]:
    """ "Monthly infusions": those that begin within the same 28 days are one."""
    found: list[date] = []
    for day in starts:
        if per is not Per.MONTH or not found or day >= found[-1] + timedelta(days=FOUR_WEEKS):
            found.append(day)
    return found


def most_counted(limit: Limit, earlier: EarlierCourses, asked: list[date]) -> int:
    """The most courses that a limit counts together. ``asked``: days of the request."""
    inside = counted_days(asked, limit.per)
    if limit.courses_counted is CoursesCounted.AUTHORIZATION:
        return len(inside)
    approved = [day for one in earlier.approved for day in days_of(one, limit.per)]
    others = [day for one in earlier.others for day in days_of(one, limit.per)]
    stated = earlier.elsewhere or 0
    if limit.courses_counted is CoursesCounted.IN_ALL:
        return len(approved) + max(stated, len(others)) + len(inside)
    just_before = [inside[0] - timedelta(days=1)] * stated
    years = [
        (
            _within(approved, first)
            + max(_within(just_before, first), _within(others, first))
            + _within(inside, first)
        )
        for first in {day - timedelta(days=back) for day in _all(approved, others, inside)
                      for back in (0, A_YEAR - 1)}
        if _within(inside, first)
    ]  # fmt: skip
    return max(years)


def _all(*days: list[date]) -> set[date]:
    return {day for each in days for day in each}


def _within(days: list[date], first: date) -> int:
    return sum(first <= day < first + timedelta(days=A_YEAR) for day in days)
