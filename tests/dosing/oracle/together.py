"""Two parts on one calendar held against a limit: what neither of them shows alone."""

from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing import EarlierCourses, Limit, Per
from tests.dosing.oracle.calendar import Calendar
from tests.dosing.oracle.limits import SPAN, Held, hold_number


@dataclass(frozen=True)
class Seam:
    """The first part, how the second goes on, and the courses of it that are certain."""

    first: Calendar
    second: Calendar
    given: Calendar

    @property
    def both(self) -> Calendar:
        return _joined(self.first, self.second)

    @property
    def counted(self) -> Calendar:
        return _joined(self.first, self.given)

    @property
    def begins(self) -> int:
        return min(self.second.by_day)

    def average(self, length: int) -> Fraction | None:
        """mg/kg in ``length`` days over both; None where the second has no stated end."""
        if self.second.goes_on:
            return None
        gap = self.begins - self.first.starts[-1]
        lasts = max(
            self.second.last_day + 1, self.second.starts[-1] + (self.second.interval or gap)
        )
        return self.both.total * length / max(lasts, length)


def _joined(one: Calendar, other: Calendar) -> Calendar:
    by_day = dict(one.by_day)
    for day, amount in other.by_day.items():
        by_day[day] = by_day.get(day, Fraction(0)) + amount
    return replace(other, by_day=by_day, starts=(*one.starts, *other.starts))


def hold_together(limit: Limit, seam: Seam, earlier: EarlierCourses, *, is_under: bool) -> Held:
    """``is_under``: doses of the first part fall under this limit, too."""
    held = Held()
    if limit.per in SPAN:
        _windows(held, limit, seam, SPAN[limit.per])
        average = seam.average(SPAN[limit.per]) if is_under else None
        held.exceed(average is not None and average > limit.max_mg_per_kg)
    else:
        if limit.per is not Per.DOSE:
            _run_on(held, limit, seam)
        _gap(held, limit, seam, is_under=is_under)
    if is_under:
        hold_number(held, limit, seam.counted, earlier)
    if limit.min_days_between_runs is not None:
        firsts = [first for first, _ in seam.both.runs()]
        held.outside |= any(
            later - earlier < limit.min_days_between_runs
            for earlier, later in zip(firsts, firsts[1:], strict=False)
        )
    return held


def _windows(held: Held, limit: Limit, seam: Seam, length: int) -> None:
    """Every window that ends with a dose of the second part and holds one of the first."""
    by_day = seam.both.by_day
    for end in seam.second.by_day:
        inside = {day: amount for day, amount in by_day.items() if end - length < day <= end}
        if min(inside) >= seam.begins:
            continue
        held.outside |= sum(inside.values()) > limit.max_mg_per_kg
        if limit.max_days is not None:
            held.outside |= len(inside) > limit.max_days


def _run_at(seam: Seam) -> tuple[int, int]:
    """The run of infusion days that holds the first dose of the second part."""
    return next(run for run in seam.both.runs() if run[0] <= seam.begins <= run[1])


def _run_on(held: Held, limit: Limit, seam: Seam) -> None:
    """Parts without a day between them are one course."""
    run = _run_at(seam)
    if run[0] == seam.begins:
        return
    whole = Fraction(limit.max_mg_per_kg)
    whole *= (limit.max_days or 1) if limit.per is Per.DAY else 1
    total, is_long = seam.both.run_total(run), False
    if limit.max_days is not None:
        is_long = run[1] - run[0] + 1 > limit.max_days
    if limit.per is Per.DAY:
        held.exceed(is_long, in_total=total > whole)
    else:
        held.exceed(total > whole)
        held.outside |= is_long


def _gap(held: Held, limit: Limit, seam: Seam, *, is_under: bool) -> None:
    """From the dose, or the run, before the second part to its first."""
    before, two = seam.first.starts[-1], seam.first.course_total + seam.second.course_total
    if limit.per is not Per.DOSE:
        run = _run_at(seam)
        if run[0] < seam.begins:
            return
        earlier = [one for one in seam.both.runs() if one[0] < run[0]][-1]
        before, two = earlier[0], seam.both.run_total(earlier) + seam.both.run_total(run)
    gap, shortest, longest = (
        seam.begins - before,
        limit.shortest_interval_days,
        limit.longest_interval_days,
    )
    if shortest is None and limit.max_courses is None:
        held.outside |= is_under
    if shortest is not None and gap < shortest:
        average = seam.average(shortest) if is_under else None
        most, pace = _course_most(limit), two * shortest / max(shortest, 2 * gap)
        too_much = pace > most or (average is not None and average > most)
        held.exceed(too_much)
        held.outside |= not too_much
    if longest is not None and limit.min_mg_per_kg is not None:
        held.outside |= gap > longest


def _course_most(limit: Limit) -> Fraction:
    days = (limit.max_days or 1) if limit.per is Per.DAY else 1
    return Fraction(limit.max_mg_per_kg) * days
