"""Where a second part follows a first one: what the limits say of the doses on both sides.

Each part is held against the limits on its own; here only what reaches over both of them. The
phase that the first dose of the second part falls into decides, and looks back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from criteria.dosing import sentences as say
from criteria.dosing.ceilings import MONTH_DAYS, PERIOD_DAYS, course_ceiling
from criteria.dosing.checks import over_issues
from criteria.dosing.course_count import number_issues
from criteria.dosing.figures import limit_text
from criteria.dosing.issue import HeldSchedule, Issue, outside
from criteria.dosing.limits import Per
from criteria.dosing.outcome import DoseOutcome, OutcomeReason
from criteria.dosing.schedule import Schedule, course_starts
from criteria.rules.formats import counted

# More courses than any limit counts; a larger number typed is counted as so many.
_MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The first part as the second one follows it.

    ``gap_days``: from the start of its last course to the first dose of the second part.
    ``keys``: of the limits its own doses fall under.
    """

    schedule: Schedule
    gap_days: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Run:
    """Infusion days without a gap: days from its start to the seam, its length, mg/kg on it."""

    starts_before: int
    days: int
    mg_per_kg: Fraction


def seam_issues(held: HeldSchedule, before: Before) -> Iterator[Issue]:
    """Everything that keeps the two parts together from being within a limit, clocks left aside."""
    limit = held.limit
    is_under = limit.key in before.keys
    if limit.per in PERIOD_DAYS:
        yield from _over_a_period(held, before, PERIOD_DAYS[limit.per], is_under)
    else:
        if limit.per is not Per.DOSE:
            yield from _one_run(held, before)
        yield from _interval(held, before, is_under)
    if is_under:
        yield from _number(held, before)
    yield from _between_runs(held, before)


def _over_a_period(
    held: HeldSchedule, before: Before, period: int, is_under: bool
) -> Iterator[Issue]:
    """A month or a week: the average of all courses, then the windows that reach over both."""
    average = _average(held.schedule, before, period) if is_under else None
    is_above = average is not None and average > held.ceiling
    if average is not None:
        span = f" in {period} days on average over both parts"
        yield from over_issues(held, average, held.ceiling, span=span, in_total=True)
    most, days = _fullest(held.schedule, before, period)
    if most > held.ceiling and not is_above:
        yield Issue(
            outcome=DoseOutcome.OUTSIDE,
            reason=OutcomeReason.WINDOW_28_DAYS,
            text=f"with the doses before it, {say.asked(most, held.schedule)} falls in one window "
            f"of {period} days, above the {say.stated_limit(held)} {say.OF_THIS_POLICY}.",
            measured=most,
            ceiling=held.ceiling,
        )
    allowed = held.limit.max_days
    if allowed is not None and days > allowed:
        yield outside(
            OutcomeReason.DAYS,
            f"with the doses before it, {counted(days, 'day')} fall in {period} days, more "
            f"than the {counted(allowed, 'day')} {say.OF_THIS_POLICY}.",
        )


def _average(second: Schedule, before: Before, period: int) -> Fraction | None:
    """mg/kg in ``period`` days over both parts; None where the second has no stated end.

    What goes on without an end is on average what it is alone.
    """
    if second.interval is not None and second.courses is None:
        return None
    first, courses = before.schedule, second.courses or 1
    total = first.least_total * (first.courses or 1) + second.least_total * courses
    starts = _span(first) + before.gap_days + (courses - 1) * (second.interval or 0)
    length = starts + max(second.interval or before.gap_days, second.days or 1)
    return total * period / max(length, period)


def _span(schedule: Schedule) -> int:
    """Days from the start of the first course to that of the last one."""
    return ((schedule.courses or 1) - 1) * (schedule.interval or 0)


def _fullest(second: Schedule, before: Before, period: int) -> tuple[Fraction, int]:
    """The most mg/kg, and the most infusion days, in a window that holds doses of both parts."""
    first, by_day = before.schedule, dict[int, Fraction]()
    for start in course_starts(first.interval, first.courses, period + len(first.by_day)):
        _add(by_day, first, -before.gap_days - start)
    last_before = max(by_day)
    for start in course_starts(second.interval, second.courses, period):
        _add(by_day, second, start)
    windows = [
        [amount for day, amount in by_day.items() if end - period < day <= end]
        for end in by_day
        if 0 <= end < last_before + period
    ]
    most = max((sum(amounts, Fraction(0)) for amounts in windows), default=Fraction(0))
    return most, max(map(len, windows), default=0)


def _add(by_day: dict[int, Fraction], part: Schedule, start: int) -> None:
    for day, amount in enumerate(part.by_day, start):
        by_day[day] = by_day.get(day, Fraction(0)) + amount


def _runs(held: HeldSchedule, before: Before) -> tuple[_Run, _Run]:
    """The last run of the first part and the first of the second; daily courses are one run."""
    first, second = before.schedule.as_one_run(), held.schedule.as_one_run()
    at = before.gap_days + (_span(before.schedule) if first is not before.schedule else 0)
    return (
        _Run(at, first.days or 1, first.least_total),
        _Run(0, second.days or 1, second.least_total),
    )


def _are_one(first: _Run) -> bool:
    return first.days >= first.starts_before


def _one_run(held: HeldSchedule, before: Before) -> Iterator[Issue]:
    """Parts without a day between them are one course."""
    first, second = _runs(held, before)
    if not _are_one(first):
        return
    total, days = first.mg_per_kg + second.mg_per_kg, first.days + second.days
    ceiling, limit = course_ceiling(held.limit), held.limit
    if limit.per is Per.COURSE:
        span = " without a gap, both parts together,"
        yield from over_issues(held, total, ceiling, span=span, in_total=True)
    if limit.max_days is None or days <= limit.max_days:
        return
    yield Issue(
        outcome=DoseOutcome.EXCEEDS if limit.per is Per.DAY else DoseOutcome.OUTSIDE,
        reason=OutcomeReason.TOO_MANY_DAYS if limit.per is Per.DAY else OutcomeReason.DAYS,
        text=f"it goes on without a gap after the doses before it: {counted(days, 'day')} are "
        f"more than the {counted(limit.max_days, 'day')} {say.OF_THIS_POLICY}.",
        in_total=limit.per is Per.DAY and total > ceiling * held.allowance,
    )


def _interval(held: HeldSchedule, before: Before, is_under: bool) -> Iterator[Issue]:
    """From the last course of the first part to the first of the second."""
    limit, gap = held.limit, before.gap_days
    totals = before.schedule.least_total, held.schedule.least_total
    if limit.per is not Per.DOSE:
        first, second = _runs(held, before)
        if _are_one(first):
            return
        gap, totals = first.starts_before, (first.mg_per_kg, second.mg_per_kg)
    shortest, longest = limit.shortest_interval_days, limit.longest_interval_days
    if shortest is None and limit.max_courses is None and is_under:
        yield outside(
            OutcomeReason.INTERVAL,
            "This policy states one course here and says nothing of repeating.",
        )
    if shortest is not None and gap < shortest:
        pace = sum(totals) * Fraction(shortest, max(shortest, 2 * gap))
        average = _average(held.schedule, before, shortest) if is_under else None
        yield _too_soon(held, max(pace, average or pace), gap, shortest)
    if longest is not None and limit.min_mg_per_kg is not None and gap > longest:
        yield outside(
            OutcomeReason.INTERVAL,
            f"it begins {counted(gap, 'day')} after the dose before it, later than the "
            f"{longest} days {say.OF_THIS_POLICY}.",
        )


def _too_soon(held: HeldSchedule, pace: Fraction, gap: int, shortest: int) -> Issue:
    ceiling = course_ceiling(held.limit)
    begins = f"it begins {counted(gap, 'day')} after the dose before it"
    if pace <= ceiling:
        return outside(
            OutcomeReason.INTERVAL,
            f"{begins}, sooner than the {shortest} days {say.OF_THIS_POLICY}; the amount is not "
            "above it.",
        )
    words = f"{limit_text(ceiling)} every {counted(shortest, 'day')}"
    above = say.above(held, pace, ceiling, span=f" in {counted(shortest, 'day')}", limit=words)
    return Issue(
        outcome=DoseOutcome.EXCEEDS,
        reason=OutcomeReason.TOO_OFTEN,
        text=f"{begins}. {above}",
        measured=pace,
        ceiling=ceiling,
        in_total=True,
    )


def _number(held: HeldSchedule, before: Before) -> Iterator[Issue]:
    """Courses of both parts, runs that begin within 28 days counted as one where it is monthly."""
    first, second = before.schedule, held.schedule
    at = _span(first) + before.gap_days
    if held.limit.per is Per.MONTH:
        months = _months(held, before)
        yield from number_issues(held, len(months), months, of_both_parts=True)
        return
    is_one = False
    if held.limit.per in (Per.DAY, Per.COURSE):
        is_one = _are_one(_runs(held, before)[0])
        first, second = first.as_one_run(), second.as_one_run()
    asked = first.least_courses + second.least_courses - is_one
    starts = chain(_starts(first, 0), _starts(second, at)[is_one:])
    yield from number_issues(held, asked, starts, of_both_parts=True)


def _starts(part: Schedule, at: int) -> range:
    """Days from the first dose of all to each course of a part."""
    step = part.interval or 1
    return range(at, at + step * part.least_courses, step)


def _months(held: HeldSchedule, before: Before) -> list[int]:
    """The runs of both parts that count, each the first of its 28 days."""
    found: list[int] = []
    for start in _run_starts(held, before):
        if not found or start >= found[-1] + MONTH_DAYS:
            found.append(start)
    return found


def _run_starts(held: HeldSchedule, before: Before) -> list[int]:
    """First days of the runs of both parts, from the first dose of all, in their order."""
    first, second = before.schedule, held.schedule
    at = _span(first) + before.gap_days
    starts = _each(first, 0) + _each(second, at)
    is_one = _are_one(_runs(held, before)[0])
    return [start for start in starts if not is_one or start != at]


def _each(part: Schedule, at: int) -> list[int]:
    step = part.days_between_runs
    number = 1 if step is None else min(part.least_courses, _MOST_COUNTED)
    return [at + index * (step or 0) for index in range(number)]


def _between_runs(held: HeldSchedule, before: Before) -> Iterator[Issue]:
    """A new run of consecutive days begins no sooner than the limit says, on either side.

    Parts that run on are one run: the next one is counted from its start.
    """
    least = held.limit.min_days_between_runs
    if least is None:
        return
    first, _ = _runs(held, before)
    between = first.starts_before
    if _are_one(first):
        step = held.schedule.days_between_runs
        if step is None:
            return
        between += step
    if between < least:
        yield Issue(
            outcome=DoseOutcome.OUTSIDE,
            reason=OutcomeReason.NOT_CONSECUTIVE,
            text=f"it begins {counted(between, 'day')} after the run of days before it; under "
            f"the limit {say.OF_THIS_POLICY} a new run of days begins after at least "
            f"{counted(least, 'day')}.",
            between_runs=True,
        )
