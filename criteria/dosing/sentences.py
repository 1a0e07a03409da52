"""Findings in one plain sentence each, with the numbers put in."""

from collections.abc import Sequence
from fractions import Fraction

from criteria.dosing.ceilings import PERIOD_DAYS, WEEK_DAYS
from criteria.dosing.figures import (
    excess,
    grams_text,
    limit_text,
    mg_per_kg_text,
    rounded,
)
from criteria.dosing.issue import HeldSchedule, Issue, in_order
from criteria.dosing.limit_words import event_words
from criteria.dosing.limits import Limit, Per
from criteria.dosing.offer import Offer
from criteria.dosing.schedule import Schedule
from criteria.rules.formats import counted

OF_THIS_POLICY = "of this policy"
# What parts are called that are given as often as each other, or how often is not known.
ORDER = ("The first part", "The second part")


def days_apart(interval: int) -> str:
    """As it follows "every": day, 7 days."""
    return "day" if interval == 1 else counted(interval, "day")


def all_reasons(issues: Sequence[Issue]) -> str:
    """Every reason in one text, the deciding one first."""
    return " ".join(dict.fromkeys(issue.text for issue in in_order(issues)))


def grams(value_mg_per_kg: Fraction, schedule: Schedule) -> str:
    """Grams for the actual weight, or nothing when it is not known."""
    if schedule.weight_kg is None:
        return ""
    return grams_text(value_mg_per_kg * schedule.weight_kg / 1000)


def asked(value: Fraction, schedule: Schedule) -> str:
    """140 g (2,000 mg/kg)."""
    weighed = grams(value, schedule)
    per_kg = mg_per_kg_text(value)
    return f"{weighed} ({per_kg})" if weighed else per_kg


def stated_limit(held: HeldSchedule) -> str:
    """2,000 mg/kg a month."""
    return f"{limit_text(held.ceiling)} {held.limit.per.words}"


def above(
    held: HeldSchedule, measured: Fraction, ceiling: Fraction, *, span: str = "", limit: str = ""
) -> str:
    """How far an amount is above its ceiling, in grams where the weight is known, and in %."""
    words = limit or f"{limit_text(ceiling)} {held.limit.per.words}"
    over = measured - ceiling
    percent = f"{excess(over * 100 / ceiling, 1)} %"
    amount = mg_per_kg_text(measured)
    weight = held.schedule.weight_kg
    if weight is None:
        head = f"{amount}{span} is {excess(over, 1)} mg/kg ({percent})"
    else:
        over_g = excess(over * weight / 1000, 2)
        head = f"{grams(measured, held.schedule)}{span} is {amount}: {over_g} g ({percent})"
    return f"{head} above the {words} {OF_THIS_POLICY}."


def in_allowance(held: HeldSchedule, text: str) -> str:
    """The same, inside the rounding allowance of the policy version."""
    percent = rounded((held.allowance - 1) * 100, 2)
    return f"{text} It is inside the rounding allowance of {percent} %: a reviewer decides."


def within(held: HeldSchedule) -> str:
    """A request that fits a limit."""
    schedule, limit = held.schedule, held.limit
    amount = schedule.least_total
    if limit.per == Per.DAY:
        amount = schedule.per_day or amount
    period, every = PERIOD_DAYS.get(limit.per), schedule.interval
    span = " a day" if limit.per == Per.DAY else ""
    if period is not None and every is not None and every != period:
        span = f" every {days_apart(every)}"
        most = schedule.most_in_window(period)
        if most != amount:  # what was compared is the sum of the fullest period
            head = f"{asked(amount, schedule)}{span} is {asked(most, schedule)} in {period} days:"
            return f"{head} within the {stated_limit(held)} {OF_THIS_POLICY}."
    weighed = grams(amount, schedule)
    head = (
        f"{weighed}{span} is {mg_per_kg_text(amount)}:"
        if weighed
        else f"{mg_per_kg_text(amount)}{span} is"
    )
    return f"{head} within the {stated_limit(held)} {OF_THIS_POLICY}."


def alternatives(schedules: Sequence[Schedule], number: int, exceeded: str = "") -> str:
    """A request that none of several alternatives allows; ``exceeded``: how it passes them all."""
    head = ", then ".join(map(_over_days, schedules))
    if exceeded:
        return f"{head} is more than any of the {number} regimens {OF_THIS_POLICY}. {exceeded}"
    return f"{head} fits none of the {number} regimens {OF_THIS_POLICY}."


def _over_days(schedule: Schedule) -> str:
    days = f" over {counted(schedule.days, 'day')}" if schedule.days else ""
    return f"{asked(schedule.least_total, schedule)}{days}"


def of_part(label: str, text: str) -> str:
    """The monthly part: 35 g is ...; the text alone where there is one part only.

    A sentence goes on in small letters after the colon.
    """
    if not label:
        return text
    is_word = text[1:2].islower() or text[1:2] == " "
    return f"{label}: {text[:1].lower() if is_word else text[:1]}{text[1:]}"


def part_labels(first: Schedule, second: Schedule) -> tuple[str, str]:
    """What the parts of a dose are called: by how often they are given, else by their order."""
    words = tuple(_often(schedule) for schedule in (first, second))
    if words[0] == words[1]:
        return ORDER
    return words[0], words[1]


def _often(schedule: Schedule) -> str:
    every = schedule.interval
    if every is None:
        return "The part given once"
    named = {WEEK_DAYS: "weekly", PERIOD_DAYS[Per.MONTH]: "monthly"}.get(every)
    return f"The {named} part" if named else f"The part every {interval_words(every)}"


def offer_words(offer: Offer) -> str:
    """The whole regimen: 139.5 g (1,997 mg/kg) over 5 days in a row, every 4 weeks."""
    return "; ".join(
        f"{'then ' if one.is_what_follows else ''}{offer_amount(one)} {offer_schedule(one)}"
        for one in offer.each
    )


def offer_amount(offer: Offer) -> str:
    """139.5 g (1,997.04 mg/kg); mg/kg alone without a weight."""
    grams, per_kg = offer.grams_per_course, mg_per_kg_text(offer.mg_per_kg_per_course)
    return per_kg if grams is None else f"{grams_text(grams)} ({per_kg})"


def offer_schedule(offer: Offer) -> str:
    """Over 5 days in a row, every 4 weeks, 6 courses."""
    runs = " in a row" if offer.days > 1 and offer.consecutive else ""
    text = f"over {counted(offer.days, 'day')}{runs}" if offer.days > 1 else "on 1 day"
    if offer.interval_days is None:
        return f"{text}, once{_begins(offer)}"
    text += f", every {'month' if offer.monthly else interval_words(offer.interval_days)}"
    courses = "" if offer.courses is None else f", {counted(offer.courses, 'course')}"
    return f"{text}{courses}{_begins(offer)}"


def _begins(offer: Offer) -> str:
    after = offer.begins_after_days
    return "" if after is None else f", beginning {counted(after, 'day')} after the course before"


def interval_words(days: int) -> str:
    """Day, week, 4 weeks, 10 days."""
    if days % WEEK_DAYS:
        return days_apart(days)
    return "week" if days == WEEK_DAYS else counted(days // WEEK_DAYS, "week")


def offer_shortfall(offer: Offer) -> str:
    """0.5 g less in each course; empty where it is all that was asked for."""
    return "; ".join(filter(None, (_less_of(one) for one in offer.each)))


def _less_of(offer: Offer) -> str:
    less_g, less = offer.less_by_g, offer.less_by_mg_per_kg
    amount = f"{excess(less, 1)} mg/kg" if less_g is None else f"{excess(less_g, 2)} g"
    parts = [f"{amount} less {offer.less_over}"] if less > 0 else []
    return ", ".join([*parts, *(["given fewer times"] if offer.fewer_courses else [])])


def until_words(limit: Limit) -> str:
    """day 360 after the transplant."""
    event = limit.until_event
    return "" if event is None else event_words(event, limit.until_days)
