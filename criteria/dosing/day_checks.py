"""The days of a course held against a limit, and the lower end of a stated range."""

from collections.abc import Iterator
from fractions import Fraction

from criteria.dosing import sentences as say
from criteria.dosing.ceilings import PERIOD_DAYS, day_ceiling
from criteria.dosing.figures import limit_text, mg_per_kg_text, rounded
from criteria.dosing.issue import HeldSchedule, Issue, missing, outside
from criteria.dosing.limits import Per
from criteria.dosing.outcome import DoseOutcome, OutcomeReason
from criteria.rules.formats import counted


def day_issues(held: HeldSchedule) -> Iterator[Issue]:
    """The days of a course as a schedule: their number, the fullest one, running on."""
    schedule, limit = held.schedule, held.limit
    if schedule.days is None and (schedule.total is None or limit.max_days or limit.min_days):
        yield missing(OutcomeReason.DAYS_MISSING, "The number of days of a course is not stated.")
    if limit.per != Per.DAY:
        yield from _day_schedule(held)
    if limit.consecutive_days and schedule.days != 1:
        yield from _running_on(held)
    yield from _between_runs(held)


def _running_on(held: HeldSchedule) -> Iterator[Issue]:
    """The days of one course run on; whether they do is asked, never assumed."""
    if held.schedule.consecutive is None:
        text = "Whether the infusion days are days in a row is not stated."
        yield missing(OutcomeReason.CONSECUTIVE_MISSING, text)
    elif not held.schedule.consecutive:
        yield outside(
            OutcomeReason.NOT_CONSECUTIVE,
            f"The days are not consecutive; the limit {say.OF_THIS_POLICY} is over consecutive "
            "days.",
        )


def _between_runs(held: HeldSchedule) -> Iterator[Issue]:
    """Days spread over the month are no run of consecutive days, course by course or not.

    Lines 132, 167, 174, 199, 241, 275, 298, 309, 329, 335, 612.
    """
    least, between = held.limit.min_days_between_runs, held.schedule.days_between_runs
    if least is not None and between is not None and between < least:
        yield Issue(
            outcome=DoseOutcome.OUTSIDE,
            reason=OutcomeReason.NOT_CONSECUTIVE,
            text=f"Infusions that begin every {say.days_apart(between)} are not on consecutive "
            f"days; under the limit {say.OF_THIS_POLICY} a new run of days begins after at least "
            f"{counted(least, 'day')}.",
            between_runs=True,
        )


def _day_schedule(held: HeldSchedule) -> Iterator[Issue]:
    """More days than stated, or more than the total over the fewest days on one of them."""
    schedule, limit, cap = held.schedule, held.limit, day_ceiling(held.limit)
    if limit.max_days and (schedule.days or 0) > limit.max_days:
        yield outside(
            OutcomeReason.DAYS,
            f"{counted(schedule.days or 0, 'day')} a course is more than the "
            f"{counted(limit.max_days, 'day')} {say.OF_THIS_POLICY}.",
        )
    elif limit.max_days and limit.per in PERIOD_DAYS:
        yield from _days_in_period(held, limit.max_days, PERIOD_DAYS[limit.per])
    day = schedule.per_day
    if cap is not None and day is not None and day > cap:
        yield Issue(
            outcome=DoseOutcome.OUTSIDE,
            reason=OutcomeReason.AMOUNT_IN_ONE_DAY,
            text=f"{say.asked(day, schedule)} on one day is above {mg_per_kg_text(cap)}: "
            f"{say.stated_limit(held)} over at least {counted(limit.min_days or 1, 'day')}.",
            measured=day,
            ceiling=cap,
        )


def _days_in_period(held: HeldSchedule, most: int, period: int) -> Iterator[Issue]:
    """The days of a month are those of all its courses: two of five days make ten."""
    days = held.schedule.most_days_in_window(period)
    if days > most:
        yield outside(
            OutcomeReason.DAYS,
            f"{counted(days, 'day')} fall in {period} days, more than the "
            f"{counted(most, 'day')} {say.OF_THIS_POLICY}.",
        )


def range_issues(held: HeldSchedule) -> Iterator[Issue]:
    """A stated range has a lower end, and only there a longer interval counts. Line 523."""
    schedule, limit = held.schedule, held.limit
    if limit.min_mg_per_kg is None:
        return
    if schedule.total is not None and schedule.total < Fraction(limit.min_mg_per_kg):
        yield outside(
            OutcomeReason.BELOW_RANGE,
            f"{say.asked(schedule.total, schedule)} is below the range of "
            f"{rounded(limit.min_mg_per_kg, 4)} to {limit_text(held.ceiling)}.",
        )
    longest = limit.longest_interval_days
    if longest is not None and schedule.interval is not None and schedule.interval > longest:
        yield outside(
            OutcomeReason.INTERVAL,
            f"Every {say.days_apart(schedule.interval)} is less often than the {longest} days "
            f"{say.OF_THIS_POLICY}.",
        )
