"""Findings in one plain sentence each, with the numbers put in."""

from fractions import Fraction

from criteria.dosing.ceilings import PERIOD_DAYS
from criteria.dosing.figures import Number, excess, rounded, told_apart
from criteria.dosing.issue import Held, Issue
from criteria.dosing.limit_words import event_words
from criteria.dosing.limits import Limit, Per
from criteria.dosing.outcome import Outcome
from criteria.dosing.schedule import Schedule

OF_THIS_POLICY = "of this policy"


def counted(number: int, noun: str) -> str:
    """1 day, 2 days."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def mg_per_kg(value: Number) -> str:
    """2,004.2 mg/kg."""
    return f"{rounded(value, 1)} mg/kg"


def grams(value_mg_per_kg: Fraction, schedule: Schedule) -> str:
    """Grams for the actual weight, or nothing when it is not known."""
    if schedule.weight_kg is None:
        return ""
    return f"{rounded(value_mg_per_kg * schedule.weight_kg / 1000)} g"


def asked(value: Fraction, schedule: Schedule) -> str:
    """140 g (2,000 mg/kg)."""
    weighed = grams(value, schedule)
    return f"{weighed} ({mg_per_kg(value)})" if weighed else mg_per_kg(value)


def stated_limit(held: Held) -> str:
    """2,000 mg/kg a month."""
    return f"{mg_per_kg(held.ceiling)} {held.limit.per.words}"


def above(
    held: Held, measured: Fraction, ceiling: Fraction, *, span: str = "", limit: str = ""
) -> str:
    """How far an amount is above its ceiling, in grams where the weight is known, and in %."""
    words = limit or f"{mg_per_kg(ceiling)} {held.limit.per.words}"
    over = measured - ceiling
    percent = f"{excess(over * 100 / ceiling, 1)} %"
    amount = f"{told_apart(measured, ceiling)} mg/kg"
    weight = held.schedule.weight_kg
    if weight is None:
        head = f"{amount}{span} is {excess(over, 1)} mg/kg ({percent})"
    else:
        over_g = excess(over * weight / 1000, 2)
        head = f"{grams(measured, held.schedule)}{span} is {amount}: {over_g} g ({percent})"
    return f"{head} above the {words} {OF_THIS_POLICY}."


def in_allowance(held: Held, text: str) -> str:
    """The same, inside the rounding allowance of the policy version."""
    percent = rounded((held.allowance - 1) * 100, 2)
    return f"{text} It is inside the rounding allowance of {percent} %: a reviewer decides."


def within(held: Held) -> str:
    """A request that fits a limit."""
    schedule, limit = held.schedule, held.limit
    amount = schedule.least_total
    if limit.per == Per.DAY:
        amount = schedule.per_day or amount
    span = " a day" if limit.per == Per.DAY else ""
    if limit.per in PERIOD_DAYS and schedule.interval not in (None, PERIOD_DAYS[limit.per]):
        span = f" every {counted(schedule.interval or 0, 'day')}"
    weighed = grams(amount, schedule)
    head = (
        f"{weighed}{span} is {mg_per_kg(amount)}:" if weighed else f"{mg_per_kg(amount)}{span} is"
    )
    return f"{head} within the {stated_limit(held)} {OF_THIS_POLICY}."


def alternatives(schedule: Schedule, number: int, outcome: Outcome, nearest: Issue | None) -> str:
    """A request that none of several alternatives allows."""
    days = f" over {counted(schedule.days, 'day')}" if schedule.days else ""
    head = f"{asked(schedule.least_total, schedule)}{days}"
    if outcome is Outcome.EXCEEDS and nearest is not None:
        return f"{head} is more than any of the {number} regimens {OF_THIS_POLICY}. {nearest.text}"
    return f"{head} fits none of the {number} regimens {OF_THIS_POLICY}."


def until_words(limit: Limit) -> str:
    """day 360 after the transplant."""
    event = limit.until_event
    return "" if event is None else event_words(event, limit.until_days)
