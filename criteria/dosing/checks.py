"""One schedule against one limit: every issue, in the order a person would be told them."""

from collections.abc import Iterator
from fractions import Fraction

from criteria.dosing import sentences as say
from criteria.dosing.ceilings import PERIOD_DAYS, course_ceiling
from criteria.dosing.course_count import course_issues
from criteria.dosing.day_checks import day_issues, range_issues
from criteria.dosing.figures import limit_text
from criteria.dosing.issue import HeldSchedule, Issue, missing, outside
from criteria.dosing.limits import Per
from criteria.dosing.outcome import DoseOutcome, OutcomeReason
from criteria.rules.formats import counted


def issues_of(held: HeldSchedule) -> tuple[Issue, ...]:
    """Everything that keeps the schedule from being within the limit, clocks left aside."""
    by_amount = _by_day if held.limit.per == Per.DAY else _by_course
    if held.limit.per in PERIOD_DAYS:
        by_amount = _by_period
    return (*by_amount(held), *course_issues(held), *day_issues(held), *range_issues(held))


def _by_period(held: HeldSchedule) -> Iterator[Issue]:
    """A month (28 days) or a week: the average decides, then the fullest window.

    Lines 132, 167, 174, 199, 241, 275, 298, 329, 335, 393, 418, 432, 468, 485, 536, 557, 563, 612.
    """
    schedule, period = held.schedule, PERIOD_DAYS[held.limit.per]
    interval, average = schedule.interval, schedule.average(period)
    span = f" in {period} days on average" if interval not in (None, period) else ""
    yield from over_issues(held, average, held.ceiling, span=span, in_total=True)
    if schedule.interval_unknown:
        yield missing(
            OutcomeReason.INTERVAL_MISSING, "How often the course is repeated is not stated."
        )
    most = schedule.most_in_window(period)
    reported = held.ceiling if average <= held.ceiling else held.ceiling * held.allowance
    if average <= reported < most:
        yield Issue(
            outcome=DoseOutcome.OUTSIDE,
            reason=OutcomeReason.WINDOW_28_DAYS,
            text=f"{say.asked(most, schedule)} falls in one window of "
            f"{period} days, above the {say.stated_limit(held)} {say.OF_THIS_POLICY}.",
            measured=most,
            ceiling=held.ceiling,
        )


def _by_day(held: HeldSchedule) -> Iterator[Issue]:
    """mg/kg a day: more on a day or more days exceed, fewer days never do.

    Lines 132, 263, 286, 309, 384, 496, 593.
    """
    schedule, total = held.schedule, held.schedule.least_total
    in_total = total > course_ceiling(held.limit) * held.allowance
    if schedule.per_day is None:
        if in_total:
            yield from over_issues(
                held, total, course_ceiling(held.limit), span=" a course", in_total=True
            )
    else:
        day = schedule.per_day * schedule.daily_doses_at_once
        yield from over_issues(held, day, held.ceiling, span=" a day", in_total=in_total)
    if held.limit.max_days and (schedule.days or 0) > held.limit.max_days:
        yield Issue(
            outcome=DoseOutcome.EXCEEDS,
            reason=OutcomeReason.TOO_MANY_DAYS,
            text=f"{counted(schedule.days or 0, 'day')} a course is above the "
            f"{counted(held.limit.max_days, 'day')} {say.OF_THIS_POLICY}.",
            in_total=in_total,
        )
    yield from _repetition(held)


def _by_course(held: HeldSchedule) -> Iterator[Issue]:
    """mg/kg a dose or a course. Lines 144, 187, 224, 227, 253, 286, 348, 509, 523."""
    yield from over_issues(held, held.schedule.least_total, held.ceiling, in_total=True)
    yield from _repetition(held)


def _repetition(held: HeldSchedule) -> Iterator[Issue]:
    """More often than stated exceeds if the amount per stated interval does; else it is outside."""
    schedule, limit = held.schedule, held.limit
    shortest = limit.shortest_interval_days
    if shortest is None:
        if limit.max_courses is None and schedule.least_courses > 1:
            yield outside(
                OutcomeReason.INTERVAL,
                "This policy states one course here and says nothing of repeating.",
            )
        return
    if schedule.interval is None:
        if schedule.interval_unknown:
            yield missing(
                OutcomeReason.INTERVAL_MISSING, "How often the dose is repeated is not stated."
            )
        return
    if schedule.interval < shortest:
        pace = schedule.average(shortest)
        yield _too_often(held, pace, schedule.interval, shortest)


def _too_often(held: HeldSchedule, pace: Fraction, interval: int, shortest: int) -> Issue:
    """``pace``: mg/kg in the shortest interval of the limit, at the interval asked for."""
    ceiling = course_ceiling(held.limit)
    if pace <= ceiling:
        return outside(
            OutcomeReason.INTERVAL,
            f"Every {say.days_apart(interval)} is more often than the {shortest} days "
            f"{say.OF_THIS_POLICY}; the amount is not above it.",
        )
    words = f"{limit_text(ceiling)} every {counted(shortest, 'day')}"
    span = f" in {counted(shortest, 'day')} (given every {say.days_apart(interval)})"
    return Issue(
        outcome=DoseOutcome.EXCEEDS,
        reason=OutcomeReason.TOO_OFTEN,
        text=say.above(held, pace, ceiling, span=span, limit=words),
        measured=pace,
        ceiling=ceiling,
        in_total=True,
    )


def over_issues(
    held: HeldSchedule, measured: Fraction, ceiling: Fraction, *, span: str = "", in_total: bool
) -> Iterator[Issue]:
    """Above the ceiling exceeds; above it but inside the rounding allowance is outside."""
    if measured <= ceiling:
        return
    words = f"{limit_text(ceiling)} a course" if ceiling != held.ceiling else ""
    text = say.above(held, measured, ceiling, span=span, limit=words)
    inside = measured <= ceiling * held.allowance
    yield Issue(
        outcome=DoseOutcome.OUTSIDE if inside else DoseOutcome.EXCEEDS,
        reason=OutcomeReason.ROUNDING_ALLOWANCE if inside else OutcomeReason.OVER_CEILING,
        text=say.in_allowance(held, text) if inside else text,
        measured=measured,
        ceiling=ceiling,
        in_total=in_total and not inside,
    )
