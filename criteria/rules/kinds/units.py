"""The units a number may be given in, and the range its question accepts."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import pairwise

from criteria.rules.answers import NumberAnswer
from criteria.rules.formats import amount_text, number_text, unit_text
from criteria.rules.json_values import (
    CaseProblemError,
    known_keys,
    number_at,
    one_of_at,
    past_date_at,
)
from criteria.rules.kinds.fields import TypedAnswer
from criteria.rules.parse import number_of
from criteria.rules.question import QuestionDefinition


def is_in_range(value: Decimal, question: QuestionDefinition) -> bool:
    """Whether a figure in the question's own unit lies between its ends."""
    low, high = question.minimum, question.maximum
    return (low is None or low <= value) and (high is None or value <= high)


def units_of(question: QuestionDefinition) -> dict[str, Decimal]:
    """Every unit of a question, its own first, with the factor to its own."""
    return {question.unit: Decimal(1)} | dict(question.other_units)


def read_unit(question: QuestionDefinition, typed: TypedAnswer) -> str | None:
    """The unit chosen; the own one where there is no other. None where it is wrong.

    Of several none is taken for granted: 4 is no IgG until it is 4 g/L or 4 mg/dL.
    """
    chosen = typed.part("unit") if question.other_units else question.unit
    if chosen in units_of(question):
        return chosen
    typed.problems["unit"] = f"Choose the unit: {' or '.join(map(unit_text, units_of(question)))}."
    return None


def as_typed(question: QuestionDefinition, answer: NumberAnswer) -> tuple[Decimal, str]:
    """The figure in the unit it was typed in; in the question's own where that is not known."""
    for unit, factor in question.other_units:
        if answer.typed.endswith(f" {unit}"):
            value = number_of(answer.typed.removesuffix(unit))
            if value is not None and value * factor == answer.value:
                return value, unit
    return answer.value, question.unit


def slip_text(question: QuestionDefinition, value: Decimal) -> str:
    """Why a typed figure is taken for a slip; empty where it is not."""
    if question.whole and value != value.to_integral_value():
        return "Enter a whole number."
    low = Decimal(0) if question.minimum is None else question.minimum
    high = question.maximum
    if value >= low and (high is None or value <= high):
        return ""
    found = amount_text(value, question.unit)
    if high is None:
        return f"{found} cannot be right: it must be {number_text(low)} or more."
    most = f"{number_text(high)} {unit_text(question.unit)}".rstrip()
    return f"{found} cannot be right: enter {number_text(low)} to {most}."


def in_range_at(question: QuestionDefinition, figure: Decimal, at: str) -> Decimal:
    """The figure, if the question accepts it. Raises CaseProblemError."""
    if not is_in_range(figure, question):
        low, high = question.minimum, question.maximum
        raise CaseProblemError(at, f"expected {low} to {high} {question.unit}, got {figure}")
    if question.whole and figure != figure.to_integral_value():
        raise CaseProblemError(at, f"expected a whole number, got {figure}")
    return figure


def figures_around(thresholds: set[Decimal], question: QuestionDefinition) -> Iterator[Decimal]:
    """Each threshold, the ends of the range, and something between each and beyond all."""
    bounds = [bound for bound in (question.minimum, question.maximum) if bound is not None]
    points = sorted({*thresholds, *bounds})
    if question.whole:
        floors = [point.to_integral_value(ROUND_FLOOR) for point in points]
        yield from sorted({floor + step for floor in floors for step in (-1, 0, 1)})
        return
    yield from (points[0] - 1, *points, points[-1] + 1)
    yield from ((low + high) / 2 for low, high in pairwise(points))


def in_unit_of(
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


def number_from_json(
    question: QuestionDefinition, value: object, on: date, at: str
) -> NumberAnswer:
    """A number that a file states, alone or with unit and day. Raises CaseProblemError."""
    if not isinstance(value, dict):
        return NumberAnswer(in_range_at(question, number_at(value, at), at))
    known_keys(value, ("value", "unit", "measured_on"), at)
    figure = number_at(value.get("value"), f"{at}.value")
    unit = value.get("unit")
    typed = "" if unit in (None, question.unit) else f"{figure} {unit}"
    units = units_of(question)
    factor = Decimal(1) if unit is None else units[one_of_at(unit, units, f"{at}.unit")]
    figure = in_range_at(question, figure * factor, f"{at}.value")
    measured = value.get("measured_on")
    if measured is None:
        return NumberAnswer(figure, None, typed)
    return NumberAnswer(figure, past_date_at(measured, on, f"{at}.measured_on"), typed)
