"""A request on the calendar: mg/kg by day and course, windows of days, grams for a chart."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from criteria.dosing.ceilings import MONTH_DAYS
from criteria.dosing.earlier import NONE_STATED, EarlierCourses
from criteria.dosing.figures import usable
from criteria.dosing.request import DoseBasis, DoseFacts, DosePart, DoseRequest, DoseUnit

BEGINS_TOO_EARLY = "The second part would begin before the last course of the first part has ended."
# A course longer than a year is cut here when windows are searched; no limit allows one.
_LONGEST_COURSE_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A part of a request in mg/kg.

    ``interval`` is None when not stated or when one course is asked for. ``split``: a total on
    each day of a course where whole vials make days that differ, the fullest first. ``before``:
    the courses that came before the request. ``days_in``: from its first dose to the first of this
    part.
    """

    amount: Fraction
    basis: DoseBasis
    days: int | None
    consecutive: bool | None
    interval: int | None
    courses: int | None
    weight_kg: Fraction | None
    split: tuple[Fraction, ...] = ()
    before: EarlierCourses = NONE_STATED
    days_in: int = 0

    @property
    def per_day(self) -> Fraction | None:
        """mg/kg on the fullest day of a course; a total is split equally unless days differ."""
        if self.split:
            return self.split[0]
        if self.basis != DoseBasis.TOTAL:
            return self.amount
        return self.amount / self.days if self.days else None

    @property
    def total(self) -> Fraction | None:
        """mg/kg in one course."""
        if self.basis == DoseBasis.TOTAL:
            return self.amount
        return self.amount * self.days if self.days else None

    @property
    def least_total(self) -> Fraction:
        """The course total, or what is known of it when the days are not stated."""
        return self.amount if self.total is None else self.total

    @property
    def by_day(self) -> tuple[Fraction, ...]:
        """mg/kg on each day of a course; unknown days count as one."""
        if self.split:
            return self.split
        if self.days is None:
            return (self.least_total,)
        return (self.per_day or Fraction(0),) * min(self.days, _LONGEST_COURSE_DAYS)

    @property
    def interval_unknown(self) -> bool:
        """The request may repeat, but how often is not stated."""
        return self.interval is None and self.courses != 1

    @property
    def least_courses(self) -> int:
        """Courses asked for; a stated interval alone asks for a second one."""
        return self.courses or (2 if self.interval else 1)

    @property
    def daily_doses_at_once(self) -> int:
        """How many courses overlap on one day: 1 unless a course is longer than its interval."""
        if self.interval is None or self.days is None:
            return 1
        overlap = -(-self.days // self.interval)
        return min(overlap, self.courses) if self.courses else overlap

    @property
    def days_between_runs(self) -> int | None:
        """Days from the start of one run of infusion days to the next; None = there is one run.

        Courses that touch (a dose every day) are one run.
        """
        if self.interval is None or self.least_courses < 2:
            return None
        return self.interval if (self.days or 1) < self.interval else None

    @property
    def is_one_run(self) -> bool:
        """Whether several courses touch, so that they are one run of days, with a stated end."""
        is_repeated = self.interval is not None and (self.courses or 1) > 1
        return is_repeated and self.days_between_runs is None

    @property
    def run_days(self) -> int:
        """Days of one run of infusion days: a course, or all of the courses that touch."""
        days = self.days or 1
        if not self.is_one_run:
            return days
        return ((self.courses or 1) - 1) * (self.interval or 0) + days

    @property
    def fullest_day(self) -> Fraction:
        """mg/kg on the fullest day of all, where courses overlap too."""
        return (self.per_day or self.least_total) * self.daily_doses_at_once

    @property
    def least_months(self) -> int:
        """Courses asked for, those that begin within the same 28 days counted as one."""
        if self.days_between_runs is None:
            return self.least_courses if self.interval_unknown else 1
        return -(-self.least_courses // self.courses_in_a_month)

    @property
    def courses_in_a_month(self) -> int:
        """How many runs begin within the same 28 days."""
        step = self.days_between_runs
        return 1 if step is None else -(-MONTH_DAYS // step)

    def average(self, period: int) -> Fraction:
        """mg/kg in ``period`` days on average, over the whole treatment but no less than these."""
        if self.interval is None:
            return self.least_total * period / max(period, self.days or 1)
        if self.courses is None:
            return self.least_total * period / self.interval
        last = (self.courses - 1) * self.interval
        length = max(period, last + self.interval, last + (self.days or 1))
        return self.least_total * self.courses * period / length

    def as_one_run(self) -> "Schedule":
        """Daily courses as the one course they are; any other schedule as it stands."""
        if self.interval is None or self.days != self.interval or self.least_courses < 2:
            return self
        if self.per_day is None:
            return self
        a_year = -(-_LONGEST_COURSE_DAYS // self.days)
        courses = a_year if self.courses is None else self.courses
        return replace(
            self,
            amount=self.least_total * courses,
            basis=DoseBasis.TOTAL,
            split=tuple(sorted(self.split * courses, reverse=True)),
            days=courses * self.days,
            consecutive=True,
            interval=None,
            courses=1,
        )

    def with_total(self, total: Fraction) -> "Schedule":
        """The same schedule with another course total."""
        return replace(self, amount=total, basis=DoseBasis.TOTAL, split=())

    def most_in_window(self, length: int) -> Fraction:
        """The largest mg/kg in any ``length`` days running; unknown days count as one."""
        if self.split:
            return self._most_of_split(length)
        most, _ = _most_in_window(self.days, self.interval, self.courses, length)
        each = self.per_day if self.days else self.least_total
        return most * (each or Fraction(0))

    def _most_of_split(self, length: int) -> Fraction:
        days, horizon = len(self.split), 2 * (len(self.split) + length)
        given = [Fraction(0)] * (horizon + days)
        for start in course_starts(self.interval, self.courses, horizon):
            for day, amount in enumerate(self.split):
                given[start + day] += amount
        return max(sum(given[day : day + length], Fraction(0)) for day in range(2 * days))

    def most_days_in_window(self, length: int) -> int:
        """The most days with a dose in any ``length`` days running; unknown days count as one."""
        return _most_in_window(self.days, self.interval, self.courses, length)[1]


def _daily_doses(
    days: int | None, interval: int | None, courses: int | None, horizon: int
) -> list[int]:
    length = min(days or 1, _LONGEST_COURSE_DAYS)
    doses = [0] * horizon
    for start in course_starts(interval, courses, horizon):
        for day in range(start, min(start + length, horizon)):
            doses[day] += 1
    return doses


def course_starts(interval: int | None, courses: int | None, horizon: int) -> range:
    """Days from the first course to each one that begins before ``horizon``."""
    if interval is None:
        return range(min(1, horizon))
    starts = range(0, horizon, interval)
    return starts if courses is None else starts[:courses]


@lru_cache(maxsize=4096)
def _most_in_window(
    days: int | None, interval: int | None, courses: int | None, length: int
) -> tuple[int, int]:
    """The most daily doses, and the most days with one, in any ``length`` days running."""
    course = min(days or 1, _LONGEST_COURSE_DAYS)
    doses = _daily_doses(days, interval, courses, 2 * course + 2 * length)
    windows = [doses[day : day + length] for day in range(2 * course)]
    return max(map(sum, windows)), max(sum(map(bool, window)) for window in windows)


def stated_interval(request: DosePart) -> int | None:
    """Days from course to course; monthly is 28. None when not stated or for a single course."""
    return None if request.courses == 1 else _every(request)


def _every(request: DosePart) -> int | None:
    interval = positive(request.interval_days)
    return min(interval or MONTH_DAYS, MONTH_DAYS) if request.monthly else interval


def days_to_second_part(request: DoseRequest) -> tuple[int, int] | None:
    """Days from the last course of the first part, and from its first one, to what follows.

    None where nothing follows, where that is not stated, or where it would begin too early.
    """
    if request.then is None:
        return None
    after = _begins_after(request)
    courses, interval = positive(request.courses), stated_interval(request)
    if after is None or courses is None or (courses > 1 and interval is None):
        return None
    return None if begins_too_early(request) else (after, (courses - 1) * (interval or 0) + after)


def begins_too_early(request: DoseRequest) -> bool:
    """Whether what follows would begin before the last course of the first part has ended."""
    after = _begins_after(request)
    return after is not None and after < (positive(request.days) or 1)


def _begins_after(request: DoseRequest) -> int | None:
    if request.then is None:
        return None
    return positive(request.then.begins_after_days) or _every(request.then)


def second_part_unknown(request: DoseRequest) -> str:
    """Why it is not known when the second part begins; empty where it is, or nothing follows."""
    if request.then is None or days_to_second_part(request) is not None:
        return ""
    courses = positive(request.courses)
    if courses is None or (courses > 1 and stated_interval(request) is None):
        return (
            "When the second part begins is not known: the first part needs its number of courses "
            "and how often they are given."
        )
    if begins_too_early(request):
        return BEGINS_TOO_EARLY
    return "When the second part begins is not stated."


def schedule_of(request: DosePart, facts: DoseFacts) -> Schedule | None:
    """One part in mg/kg; None when grams are asked for and the weight is not known."""
    weight = facts.weight_kg
    kilograms = Fraction(weight) if weight is not None and usable(weight) else None
    amount = Fraction(request.amount)
    if request.unit == DoseUnit.G:
        if kilograms is None:
            return None
        amount = amount * 1000 / kilograms
    days = positive(request.days)
    return Schedule(
        amount=amount,
        basis=request.basis,
        days=1 if request.basis == DoseBasis.PER_DOSE and request.days is None else days,
        consecutive=request.consecutive,
        interval=stated_interval(request),
        courses=positive(request.courses),
        weight_kg=kilograms,
        before=facts.before,
    )


def positive(value: int | None) -> int | None:
    """A whole number of at least 1; anything else counts as not stated."""
    return value if value is not None and value > 0 else None
