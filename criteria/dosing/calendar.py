"""The dose asked for on one calendar, all its parts: grams on each day, for a chart."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from criteria.dosing.infusion import InfusionCourse
from criteria.dosing.outcome import AskedPart
from criteria.dosing.schedule import course_starts


def grams_by_day(parts: Sequence[AskedPart], days: int = 28) -> tuple[Decimal, ...]:
    """Grams on each day from the first infusion. Empty when it cannot be drawn."""
    given = [Decimal(0)] * days
    for part in parts:
        if part.course is None or part.days_in is None:
            return ()
        horizon = max(days - part.days_in, 0)
        for start in course_starts(part.interval_days, part.courses, horizon):
            for day, grams in enumerate(_exact_days(part.course), part.days_in + start):
                if day < days:
                    given[day] += grams
    return tuple(given) if parts else ()


def _exact_days(course: InfusionCourse) -> Iterator[Decimal]:
    """The grams of each day, adding up to the course: a third of it in decimals would not."""
    *others, last = (day.grams for day in course.days)
    yield from others
    yield last + course.total_g - sum(others, last)
