"""The courses a limit counts: those before the request, and those it asks for.

Lines 167, 241, 286, 418 and 468 count every request of a treatment, line 485 each authorization.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from criteria.dosing.ceilings import MONTH_DAYS
from criteria.dosing.earlier import ApprovedCourses, EarlierCourses
from criteria.dosing.issue import HeldSchedule, Issue, missing
from criteria.dosing.limits import CoursesCounted, Limit, Per
from criteria.dosing.outcome import DoseOutcome, OutcomeReason
from criteria.rules.formats import counted, date_text

YEAR_DAYS = 365
# No limit allows more; a search for the most that fit ends here.
MOST_COURSES = 400
# A century: what was typed for later is no day of a treatment, and perhaps none of a calendar.
LONGEST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class CourseCount:
    """Courses held against one number. ``approved``: each approval with what of it counts."""

    approved: tuple[tuple[ApprovedCourses, int], ...]
    elsewhere: int
    asked: int

    @property
    def before(self) -> int:
        """Those of before the request."""
        return sum(number for _, number in self.approved) + self.elsewhere

    @property
    def total(self) -> int:
        """All of them."""
        return self.before + self.asked


def counts_requests(limit: Limit) -> bool:
    """Whether courses of before the request count towards the number of a limit."""
    return limit.courses_counted in (CoursesCounted.IN_ALL, CoursesCounted.A_YEAR)


def course_issues(held: HeldSchedule) -> Iterator[Issue]:
    """A further course exceeds; while it is not stated what was given elsewhere, it may.

    Of monthly courses those that begin within the same 28 days count as one.
    """
    limit, schedule = held.limit, held.schedule
    if limit.max_courses is None:
        return
    is_monthly = limit.per is Per.MONTH
    asked = schedule.least_months if is_monthly else schedule.least_courses
    step = _step(schedule.interval, is_monthly=is_monthly)
    first = schedule.days_in
    too_many = list(number_issues(held, asked, range(first, first + asked * step, step)))
    yield from too_many
    if not too_many and counts_requests(limit) and schedule.before.elsewhere is None:
        yield missing(
            OutcomeReason.EARLIER_MISSING,
            "How many courses were given before, beside those approved here, is not stated; "
            f"they count towards the {counted(limit.max_courses, 'course')} of this policy.",
        )


def number_issues(
    held: HeldSchedule, asked: int, starts: Iterable[int], *, of_both_parts: bool = False
) -> Iterator[Issue]:
    """More courses than the number of a limit, with those of before where they count.

    ``starts``: days from the first dose to each of the courses asked for, in both parts of a dose
    or in the one held.
    """
    limit, schedule = held.limit, held.schedule
    if limit.max_courses is None:
        return
    count = course_count(limit, schedule.before, asked, starts)
    if count.total > limit.max_courses:
        yield Issue(
            outcome=DoseOutcome.EXCEEDS,
            reason=OutcomeReason.TOO_MANY_COURSES,
            text=_too_many(
                count, limit, is_least=schedule.courses is None, of_both_parts=of_both_parts
            ),
            in_total=True,
        )


def course_count(
    limit: Limit, earlier: EarlierCourses, asked: int, starts: Iterable[int]
) -> CourseCount:
    """Courses asked for and before, as the limit counts them."""
    if not counts_requests(limit):
        return CourseCount((), 0, asked)
    is_monthly = limit.per is Per.MONTH
    if limit.courses_counted is CoursesCounted.IN_ALL or earlier.first_dose_on is None:
        return _in_all(earlier, asked, is_monthly=is_monthly)
    days = [
        earlier.first_dose_on + timedelta(days=min(start, LONGEST_DAYS))
        for start in islice(starts, MOST_COURSES)
    ]
    return _fullest_year(earlier, days, is_monthly=is_monthly)


def courses_left(
    limit: Limit, earlier: EarlierCourses, interval_days: int | None = None
) -> int | None:
    """Courses a limit still allows after those of before; None = it states no number.

    What was given elsewhere and is not stated is left out. ``interval_days``: how often they would
    be given, for a total over a year.
    """
    most = limit.max_courses
    if most is None or not counts_requests(limit):
        return most
    is_monthly = limit.per is Per.MONTH
    if limit.courses_counted is CoursesCounted.IN_ALL or earlier.first_dose_on is None:
        return max(most - _in_all(earlier, 0, is_monthly=is_monthly).before, 0)
    step, days = _step(interval_days, is_monthly=is_monthly), [earlier.first_dose_on]
    while len(days) <= MOST_COURSES and (len(days) - 1) * step < LONGEST_DAYS:
        if _fullest_year(earlier, days, is_monthly=is_monthly).total > most:
            break
        days.append(days[-1] + timedelta(days=step))
    return len(days) - 1


def _in_all(earlier: EarlierCourses, asked: int, *, is_monthly: bool) -> CourseCount:
    approved = tuple((one, _number(one, is_monthly=is_monthly)) for one in earlier.approved)
    others = sum(_number(one, is_monthly=is_monthly) for one in earlier.others)
    return CourseCount(approved, max(earlier.elsewhere or 0, others), asked)


def _fullest_year(
    earlier: EarlierCourses, asked: Sequence[date], *, is_monthly: bool
) -> CourseCount:
    """The 365 days with the most courses, of those that hold a course asked for.

    The days of what was given elsewhere are not known: it counts as given just before.
    """
    approved = [(one, _days(one, is_monthly=is_monthly)) for one in earlier.approved]
    others = [day for one in earlier.others for day in _days(one, is_monthly=is_monthly)]
    before = asked[0] - timedelta(days=1)
    ends = {*asked, *(day for _, days in approved for day in days), *others}

    def count(end: date) -> CourseCount:
        first = end - timedelta(days=YEAR_DAYS - 1)
        inside = tuple((one, _between(days, first, end)) for one, days in approved)
        stated = (earlier.elsewhere or 0) if first <= before <= end else 0
        return CourseCount(
            tuple((one, number) for one, number in inside if number),
            max(stated, _between(others, first, end)),
            _between(asked, first, end),
        )

    found = [one for one in map(count, sorted(ends)) if one.asked]
    return max(found, key=lambda one: one.total)


def _between(days: Sequence[date], first: date, last: date) -> int:
    return sum(first <= day <= last for day in days)


def _days(one: ApprovedCourses, *, is_monthly: bool) -> list[date]:
    """When the courses of an approval begin at the earliest."""
    step = _step(one.interval_days, is_monthly=is_monthly)
    number = _number(one, is_monthly=is_monthly)
    return [one.first_day + timedelta(days=k * step) for k in range(number)]


def _together(interval_days: int | None) -> int:
    """How many courses begin within the same 28 days."""
    return 1 if not interval_days else -(-MONTH_DAYS // interval_days)


def _step(interval_days: int | None, *, is_monthly: bool) -> int:
    """Days from one course that counts to the next; a month where it is not stated."""
    interval = interval_days or MONTH_DAYS
    return interval * _together(interval) if is_monthly else interval


def _number(one: ApprovedCourses, *, is_monthly: bool) -> int:
    """The courses of an approval as a limit counts them."""
    return -(-one.courses // _together(one.interval_days)) if is_monthly else one.courses


def _too_many(count: CourseCount, limit: Limit, *, is_least: bool, of_both_parts: bool) -> str:
    """3 approved from 2 Feb 2026 to 27 Apr 2026 + 1 given elsewhere + 3 asked for = 7 courses."""
    most = limit.max_courses or 0
    ends = "" if limit.courses_counted is None else f" {limit.courses_counted.words}"
    if not count.before:
        number = counted(count.asked, "course")
        more = " or more is" if is_least else " is"
        lead = "with those of the first part, " if of_both_parts else ""
        return f"{lead}{number}{more} above the {counted(most, 'course')}{ends} of this policy."
    parts = [
        f"{number} approved from {date_text(one.first_day)} to {date_text(one.last_day)}"
        for one, number in count.approved
    ]
    parts += [f"{count.elsewhere} given elsewhere"] if count.elsewhere else []
    asked = f"at least {count.asked}" if is_least else str(count.asked)
    parts.append(f"{asked} asked for{' in both parts' if of_both_parts else ''}")
    total = counted(count.total, "course")
    return (
        f"{' + '.join(parts)} = {f'at least {total}' if is_least else total}, above the "
        f"{most}{ends} of this policy."
    )
