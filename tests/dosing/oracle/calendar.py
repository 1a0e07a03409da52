"""A requested schedule laid out day by day: mg/kg on each calendar day from the first infusion."""

from collections import deque
from dataclasses import dataclass
from fractions import Fraction

from criteria.dosing import DoseBasis, DosePart, DoseRequest, DoseUnit

FOUR_WEEKS = 28


@dataclass(frozen=True)
class Calendar:
    """mg/kg by day (day 0 = the first infusion) of ``courses`` courses.

    ``goes_on``: the number of courses is not stated; those laid out are the beginning.
    """

    by_day: dict[int, Fraction]
    starts: tuple[int, ...]
    course_days: int
    course_total: Fraction
    interval: int | None
    goes_on: bool

    @property
    def total(self) -> Fraction:
        return sum(self.by_day.values(), Fraction(0))

    @property
    def last_day(self) -> int:
        return max(self.by_day)

    def fullest(self, length: int) -> Fraction:
        """The most mg/kg in any ``length`` days running."""
        most, inside = Fraction(0), Fraction(0)
        window: deque[int] = deque()
        for day in sorted(self.by_day):
            window.append(day)
            inside += self.by_day[day]
            while window[0] <= day - length:
                inside -= self.by_day[window.popleft()]
            most = max(most, inside)
        return most

    def most_days(self, length: int) -> int:
        """The most infusion days in any ``length`` days running."""
        most = 0
        window: deque[int] = deque()
        for day in sorted(self.by_day):
            window.append(day)
            while window[0] <= day - length:
                window.popleft()
            most = max(most, len(window))
        return most

    def average(self, length: int) -> Fraction:
        """mg/kg in ``length`` days, over the time that the courses laid out are meant for."""
        begins = self.starts[0]
        lasts = self.last_day + 1 - begins
        if self.interval is not None:
            lasts = max(lasts, self.starts[-1] + self.interval - begins)
        if not self.goes_on:
            lasts = max(lasts, length)
        return self.total * length / lasts

    def runs(self) -> list[tuple[int, int]]:
        """First and last day of each run of infusion days without a gap."""
        found: list[tuple[int, int]] = []
        for day in sorted(self.by_day):
            if found and day == found[-1][1] + 1:
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        return found

    def run_total(self, run: tuple[int, int]) -> Fraction:
        return sum(
            (amount for day, amount in self.by_day.items() if run[0] <= day <= run[1]), Fraction(0)
        )


def interval_of(part: DosePart) -> int | None:
    """Days from course to course; a month counts as four weeks; None for one course."""
    return None if part.courses == 1 else _stated_interval(part)


def _stated_interval(part: DosePart) -> int | None:
    if part.monthly:
        return min(part.interval_days or FOUR_WEEKS, FOUR_WEEKS)
    return part.interval_days


def second_begins(request: DoseRequest) -> int | None:
    """The day (0 = the first infusion) on which the second part begins; None = not known."""
    assert request.then is not None
    after = request.then.begins_after_days or _stated_interval(request.then)
    interval = interval_of(request)
    if after is None or request.courses is None or (request.courses > 1 and interval is None):
        return None
    last_course = (request.courses - 1) * (interval or 0)
    is_over = after >= (request.days or 1)
    return last_course + after if is_over else None


def lay_out(
    request: DosePart, weight_kg: Fraction | None, courses: int, begins: int = 0
) -> Calendar:
    """The first ``courses`` courses of a part of a request on the calendar."""
    amount = Fraction(request.amount)
    if request.unit is DoseUnit.G:
        assert weight_kg is not None
        amount = amount * 1000 / weight_kg
    days = request.days or 1
    each = amount / days if request.basis is DoseBasis.TOTAL else amount
    interval = interval_of(request)
    starts = tuple(begins + course * (interval or 0) for course in range(courses))
    by_day: dict[int, Fraction] = {}
    for start in starts:
        for day in range(start, start + days):
            by_day[day] = by_day.get(day, Fraction(0)) + each
    return Calendar(
        by_day=by_day,
        starts=starts,
        course_days=days,
        course_total=each * days,
        interval=interval,
        goes_on=interval is not None and request.courses is None,
    )
