"""The clauses a dosing limit is read in, each made from its numbers.

The only place where a limit is put into words. A clause of nothing is empty.
"""

from decimal import Decimal

from criteria.dosing.figures import PLACES, rounded
from criteria.dosing.terms import CoursesCounted, Per, RegimenEvent
from criteria.rules.formats import counted

WEEK_DAYS = 7


def amount_words(most: Decimal, least: Decimal | None, per: Per) -> str:
    """At most 2,000 mg/kg a month; 200 to 800 mg/kg a dose."""
    low = "At most" if least is None else f"{_exact(least)} to"
    return f"{low} {_exact(most)} mg/kg {per.words}"


def days_words(
    least: int | None, most: int | None, per: Per, *, consecutive: bool, equal: bool
) -> str:
    """Over 2 to 5 consecutive days; as 3 equal doses on 3 consecutive days."""
    kind = "consecutive days" if consecutive else "days"
    if most is None:
        return f"on {kind}" if consecutive else ""
    if most == 1:
        return "on a single day"
    is_one_number = least == most
    if equal and is_one_number:
        return f"as {most} equal doses on {most} {kind}"
    many = (
        f"{most}" if is_one_number else f"up to {most}" if least is None else f"{least} to {most}"
    )
    spread = f"{'on' if per is Per.DAY else 'over'} {many} {kind}"
    return f"{spread} in equal daily doses" if equal else spread


def runs_words(least: int | None) -> str:
    """A new run of days at least 21 days after the one before began."""
    if least is None:
        return ""
    return f"a new run of days at least {counted(least, 'day')} after the one before began"


def interval_words(shortest: int | None, longest: int | None, per: Per) -> str:
    """One dose every 3 to 4 weeks; no more than one course every 4 weeks."""
    if shortest is None and longest is None:
        return ""
    bound = "no more than " if longest is None else "at least " if shortest is None else ""
    return f"{bound}one {per.repeated} {every_words(shortest or longest, longest or shortest)}"


def courses_words(most: int | None, per: Per, over: CoursesCounted | None) -> str:
    """Up to 6 monthly courses in all; one course in each authorization."""
    if most is None or over is None:
        return ""
    number = f"one {per.repeated}" if most == 1 else f"up to {most:,} {per.repeated}s"
    return f"{number} {over.words}"


def end_words(therapy_day: int | None, event: RegimenEvent | None, days_after: int | None) -> str:
    """Through day 90 of therapy; until day 360 after the transplant; until delivery."""
    ends = [] if therapy_day is None else [f"through day {therapy_day:,} of therapy"]
    if event is not None:
        ends.append(f"until {event_words(event, days_after)}")
    return ", ".join(ends)


def event_words(event: RegimenEvent, days_after: int | None) -> str:
    """Day 360 after the transplant; delivery."""
    return event.words if days_after is None else f"day {days_after:,} after {event.words}"


def binds_words(*, only_induction: bool, only_initial: bool) -> str:
    """What alone the limit binds."""
    found = ["an induction course"] if only_induction else []
    found += ["a first request"] if only_initial else []
    return f"only for {' of '.join(found)}" if found else ""


def every_words(low: int | None, high: int | None) -> str:
    """Every 3 to 4 weeks, a week, every 10 days."""
    shortest, longest = low or 0, high or 0
    unit, size = "week", WEEK_DAYS
    if shortest % size or longest % size:
        unit, size = "day", 1
    first, last = shortest // size, longest // size
    if first == last:
        return f"a {unit}" if first == 1 else f"every {first:,} {unit}s"
    return f"every {first:,} to {last:,} {unit}s"


def _exact(value: Decimal) -> str:
    return rounded(value, PLACES)
