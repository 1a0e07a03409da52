"""The difference from one value to another, in words: signed, with its unit and in percent."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from criteria.dosing.figures import excess, rounded
from criteria.dosing.weight_guards import CHANGED
from criteria.rules import Answer, NumberAnswer, QuestionDefinition
from criteria.rules.formats import counted, unit_text

SAME, DIFFERENT = "same", "changed"
NO_CHANGE = "no change"
Figure = Fraction | Decimal


def figure_text(then: Figure, now: Figure, unit: str) -> str:
    """−2 points (−33.3 %). No percentage of nothing, nor of what is below it."""
    change = Fraction(now) - Fraction(then)
    if not change:
        return NO_CHANGE
    sign, size = "+" if change > 0 else "−", abs(change)
    text = f"{sign}{_amount(size, unit)}"
    return f"{text} ({sign}{excess(size / Fraction(then) * 100, 1)} %)" if then > 0 else text


def days_text(then: date, now: date) -> str:
    """12 days later."""
    days = (now - then).days
    if not days:
        return "same day"
    return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def answer_difference(
    question: QuestionDefinition, then: Answer, other: QuestionDefinition, now: Answer
) -> tuple[str, str]:
    """From an answer ``then`` to ``question`` to the one ``now`` to ``other``, the same fact.

    Gives the difference, and what the earlier figure is in the unit of today where that is another.
    """
    if question.type is not other.type:
        return "not comparable: asked in another way", ""
    if isinstance(then, NumberAnswer) and isinstance(now, NumberAnswer):
        return _figures(question, then, other, now)
    if isinstance(then, date) and isinstance(now, date):
        return days_text(then, now), ""
    if isinstance(then, str) and isinstance(now, str):
        labels = (_label(question, then), _label(other, now))
        return SAME if labels[0] == labels[1] else DIFFERENT, ""
    return SAME if then == now else DIFFERENT, ""


def is_large(then: Figure, now: Figure) -> bool:
    """Whether a weight changed by 10 % or more."""
    return abs(Fraction(now) / Fraction(then) - 1) >= CHANGED


def _figures(
    question: QuestionDefinition, then: NumberAnswer, other: QuestionDefinition, now: NumberAnswer
) -> tuple[str, str]:
    converted = _converted(then.value, question, other)
    if converted is None:
        units = " and ".join(unit_text(q.unit) or "no unit" for q in (question, other))
        return f"not comparable: {units}", ""
    echo = "" if question.unit == other.unit else _amount(converted, other.unit)
    return figure_text(converted, now.value, other.unit), echo


def _converted(
    value: Decimal, question: QuestionDefinition, other: QuestionDefinition
) -> Fraction | None:
    """A figure of ``question`` in the unit of ``other``, by the units either of them knows."""
    if question.unit == other.unit:
        return Fraction(value)
    forward, backward = dict(other.other_units), dict(question.other_units)
    if question.unit in forward:
        return Fraction(value) * Fraction(forward[question.unit])
    if other.unit in backward:
        return Fraction(value) / Fraction(backward[other.unit])
    return None


def _amount(size: Fraction, unit: str) -> str:
    """A figure for people, never shown as nothing: 1 point, 2.5 points."""
    number = excess(size, 3) if size else rounded(size, 3)
    is_one = size == 1 and unit.isalpha() and unit.endswith("s")
    return f"{number} {unit_text(unit[:-1] if is_one else unit)}".rstrip()


def _label(question: QuestionDefinition, key: str) -> str:
    """A choice by what it reads as: its key may be another one in another edition."""
    return next((c.label.casefold() for c in question.choices if c.key == key), key)
