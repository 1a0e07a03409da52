"""Answers in JSON, by the type of their question. null is an answer not given."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from criteria.rules import (
    Answer,
    AnswerType,
    ListAnswer,
    NumberAnswer,
    QuestionDefinition,
    TherapyAnswer,
    TherapyOutcome,
)
from criteria.rules.json_values import (
    CaseProblemError,
    bool_at,
    date_at,
    known_keys,
    number_at,
    one_of_at,
    read_all,
    text_at,
    whole_at,
)

OUTCOMES = tuple(outcome.value for outcome in TherapyOutcome)
THERAPY_KEYS = ("outcome", "drug", "from", "to", "reason")


def answer_of(question: QuestionDefinition, value: Any, on: date, at: str) -> Answer:
    """The typed answer to ``question``; ``on`` is the request date, which no fact may lie after.

    Raises CaseProblemError at ``at`` for a value of another type, out of range, or in the future.
    """
    match question.type:
        case AnswerType.YES_NO:
            return bool_at(value, at)
        case AnswerType.NUMBER:
            return _number(question, value, on, at)
        case AnswerType.DATE:
            return past_date(value, on, at)
        case AnswerType.CHOICE:
            return one_of_at(value, [choice.key for choice in question.choices], at)
        case AnswerType.THERAPY:
            return _therapy(value, on, at)
        case AnswerType.LIST:
            return _list(value, on, at)
        case AnswerType.CODES:
            raise CaseProblemError(at, "the codes of the request answer it: state them as icd10")


def past_date(value: Any, on: date, at: str) -> date:
    """A day on or before the request date. Raises CaseProblemError otherwise."""
    day = date_at(value, at)
    if day > on:
        raise CaseProblemError(at, f"{day} is after the request date {on}")
    return day


def _number(question: QuestionDefinition, value: Any, on: date, at: str) -> NumberAnswer:
    if not isinstance(value, dict):
        return NumberAnswer(_in_range(question, number_at(value, at), at))
    known_keys(value, ("value", "unit", "measured_on"), at)
    figure = number_at(value.get("value"), f"{at}.value")
    unit = value.get("unit")
    typed = "" if unit in (None, question.unit) else f"{figure} {unit}"
    figure = _in_range(question, figure * _factor(question, unit, at), f"{at}.value")
    measured = value.get("measured_on")
    if measured is None:
        return NumberAnswer(figure, None, typed)
    return NumberAnswer(figure, past_date(measured, on, f"{at}.measured_on"), typed)


def _factor(question: QuestionDefinition, unit: Any, at: str) -> Decimal:
    factors = {question.unit: Decimal(1), **dict(question.other_units)}
    return Decimal(1) if unit is None else factors[one_of_at(unit, factors, f"{at}.unit")]


def _in_range(question: QuestionDefinition, figure: Decimal, at: str) -> Decimal:
    low, high = question.minimum, question.maximum
    if (low is not None and figure < low) or (high is not None and figure > high):
        raise CaseProblemError(at, f"expected {low} to {high} {question.unit}, got {figure}")
    if question.whole and figure != figure.to_integral_value():
        raise CaseProblemError(at, f"expected a whole number, got {figure}")
    return figure


def _therapy(value: Any, on: date, at: str) -> TherapyAnswer:
    if not isinstance(value, dict):
        return TherapyAnswer(TherapyOutcome(one_of_at(value, OUTCOMES, at)))
    known_keys(value, THERAPY_KEYS, at)
    outcome = TherapyOutcome(one_of_at(value.get("outcome"), OUTCOMES, f"{at}.outcome"))
    return _named(outcome, value, on, at)


def _named(outcome: TherapyOutcome, value: Mapping[str, Any], on: date, at: str) -> TherapyAnswer:
    days = {
        key: None if value.get(key) is None else past_date(value[key], on, f"{at}.{key}")
        for key in ("from", "to")
    }
    if days["from"] and days["to"] and days["from"] > days["to"]:
        raise CaseProblemError(f"{at}.to", f"{days['to']} is before {days['from']}")
    words = {
        key: "" if value.get(key) is None else text_at(value[key], f"{at}.{key}")
        for key in ("drug", "reason")
    }
    return TherapyAnswer(outcome, words["drug"], days["from"], days["to"], words["reason"])


def _list(value: Any, on: date, at: str) -> ListAnswer:
    """A list of names or therapies; a bare number says how many there are without naming them."""
    if isinstance(value, str):
        raise CaseProblemError(at, f"expected a list or a number, got {value!r}")
    if not isinstance(value, list):
        return ListAnswer(stated_count=whole_at(value, at, least=0))
    entries = {f"[{i}]": partial(_entry, entry, on, f"{at}[{i}]") for i, entry in enumerate(value)}
    return ListAnswer(tuple(read_all(**entries).values()))


def _entry(value: Any, on: date, at: str) -> TherapyAnswer:
    failed = TherapyAnswer(TherapyOutcome.FAILURE, value) if isinstance(value, str) else None
    therapy = failed or _therapy(value, on, at)
    if therapy.outcome is TherapyOutcome.NONE:
        raise CaseProblemError(f"{at}.outcome", "expected failure, contraindication or intolerance")
    if not therapy.drug.strip():
        raise CaseProblemError(at, "expected the name of the therapy")
    return therapy
