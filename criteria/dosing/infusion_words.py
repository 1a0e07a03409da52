"""A course by its infusion days in words: the same on the dose page, the papers and the desk."""

from decimal import Decimal

from criteria.dosing.figures import grams_text, rounded
from criteria.dosing.infusion import InfusionCourse, InfusionDay


def sizes_text(counts: tuple[tuple[Decimal, int], ...]) -> str:
    """3 × 40 g, 10 g."""
    return ", ".join(
        f"{count:,} × {rounded(size)} g" if count > 1 else f"{rounded(size)} g"
        for size, count in counts
    )


def days_text(number: int) -> str:
    """On each of 5 days; on 1 day."""
    return f"on each of {number} days" if number > 1 else "on 1 day"


def by_day_text(course: InfusionCourse) -> str:
    """28 g on each of 4 days (vials: 20 g, 5 g, 3 × 1 g); 27.5 g on 1 day (vials: 20 g, 7.5 g)."""
    return "; ".join(_kind_text(day, number) for day, number in course.alike)


def _kind_text(day: InfusionDay, number: int) -> str:
    text = f"{grams_text(day.grams)} {days_text(number)}"
    if day.opened is None or not day.opened.counts:
        return text
    opened = sizes_text(day.opened.counts)
    return f"{text} ({'vials opened' if day.discarded_g else 'vials'}: {opened})"


def units_text(units: int | None, code: str) -> str:
    """280 units of J1561; empty without a billing unit."""
    return "" if units is None else f"{units:,} units{f' of {code}' if code else ''}"
