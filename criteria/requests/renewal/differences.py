"""The difference from one value to another, in words: signed, with its unit and in percent."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from criteria.dosing.figures import excess, rounded
from criteria.dosing.weight_guards import CHANGED
from criteria.rules import KINDS, Answer, QuestionDefinition
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
    change = KINDS[question.type].change(question, then, other, now)
    if change.obstacle:
        return f"not comparable: {change.obstacle}", ""
    if change.figures is not None:
        echo = "" if question.unit == other.unit else _amount(change.figures[0], other.unit)
        return figure_text(*change.figures, other.unit), echo
    if change.days is not None:
        return days_text(*change.days), ""
    return SAME if change.is_same else DIFFERENT, ""


def is_large(then: Figure, now: Figure) -> bool:
    """Whether a weight changed by 10 % or more."""
    return abs(Fraction(now) / Fraction(then) - 1) >= CHANGED


def _amount(size: Fraction, unit: str) -> str:
    """A figure for people, never shown as nothing: 1 point, 2.5 points."""
    number = excess(size, 3) if size else rounded(size, 3)
    is_one = size == 1 and unit.isalpha() and unit.endswith("s")
    return f"{number} {unit_text(unit[:-1] if is_one else unit)}".rstrip()
