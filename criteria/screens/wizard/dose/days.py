"""The dose page's two tables: what is asked for, day by day in vials, and the most there may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from criteria.dosing import Amount, AskedPart, InfusionCourse, InfusionDay, Maximum
from criteria.dosing.figures import grams_text
from criteria.dosing.infusion_words import days_text, sizes_text
from criteria.dosing.sentences import of_part
from criteria.requests.dose.words import periods_of, vials_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """Some infusion days that are alike, a course, or all courses."""

    words: str
    grams: str
    opened: str = ""
    units: str = ""
    discarded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumFigure:
    """A maximum in one period: exact, and what whole vials can make."""

    period: str
    formula: str
    vials: str = ""
    units: str = ""


def asked_rows(parts: Sequence[AskedPart]) -> Iterator[AskedRow]:
    """Of each part: each kind of day, the course where it has several, and every course together.

    Then both parts together, where all of their courses are known.
    """
    for part in parts:
        yield from (_named(row, part.label) for row in _part_rows(part))
    totals = [
        part.course.total_g * part.courses
        for part in parts
        if part.course is not None and part.courses is not None
    ]
    if len(parts) > 1 and len(totals) == len(parts):
        yield AskedRow(
            words="Both parts",
            grams=grams_text(sum(totals, Decimal(0))),
            units=_units_together(parts),
            discarded=_discarded_together(parts),
        )


def _units_together(parts: Sequence[AskedPart]) -> str:
    """Both parts are of one product, so their units are of one code; empty where one has none."""
    units = [
        part.course.billing_units * part.courses
        for part in parts
        if part.course is not None and part.course.billing_units is not None and part.courses
    ]
    return f"{sum(units):,}" if len(units) == len(parts) else ""


def _discarded_together(parts: Sequence[AskedPart]) -> str:
    """What is opened and not given in every course; empty where nothing is, or it is not known."""
    left = [
        part.course.discarded_g * part.courses
        for part in parts
        if part.course is not None and part.course.discarded_g is not None and part.courses
    ]
    total = sum(left, Decimal(0))
    return grams_text(total) if total and len(left) == len(parts) else ""


def _part_rows(part: AskedPart) -> Iterator[AskedRow]:
    course = part.course
    if course is None:
        return
    for day, number in course.alike:
        yield _day_row(day, number)
    if len(course.days) > 1:
        yield _sum_row("In a course", course, 1)
    if part.courses is not None and part.courses > 1:
        yield _sum_row(f"In {part.courses} courses", course, part.courses)


def _named(row: AskedRow, label: str) -> AskedRow:
    words = f"{row.words[:1].lower()}{row.words[1:]}"
    return replace(row, words=of_part(label, words)) if label else row


def _day_row(day: InfusionDay, number: int) -> AskedRow:
    words = days_text(number)
    return AskedRow(
        words=f"{words[:1].upper()}{words[1:]}",
        grams=grams_text(day.grams),
        opened="" if day.opened is None else sizes_text(day.opened.counts),
        units="" if day.billing_units is None else f"{day.billing_units:,}",
        discarded="" if not day.discarded_g else grams_text(day.discarded_g),
    )


def _sum_row(words: str, course: InfusionCourse, times: int) -> AskedRow:
    units, discarded = course.billing_units, course.discarded_g
    return AskedRow(
        words=words,
        grams=grams_text(course.total_g * times),
        units="" if units is None else f"{units * times:,}",
        discarded="" if not discarded else grams_text(discarded * times),
    )


def maximum_figures(maximum: Maximum) -> Iterator[MaximumFigure]:
    """The most in each period the limit speaks of."""
    for period, amount in periods_of(maximum):
        yield _figure(period, amount)


def _figure(period: str, amount: Amount) -> MaximumFigure:
    units = None if amount.vials is None else amount.vials.billing_units
    return MaximumFigure(
        period=period,
        formula=amount.formula,
        vials=vials_text(amount),
        units="" if units is None else f"{units:,}",
    )
