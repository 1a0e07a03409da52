"""Whether a passing condition fits the kind of answer it is held against, in plain words."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from criteria.models.code import SHAPES
from criteria.models.question import Question
from criteria.rules import AnswerType, NumberComparison
from criteria.rules.terms import CodeSystem

# The columns of a passing condition, and the kinds of answer they go with.
COLUMNS: dict[str, tuple[AnswerType, ...]] = {
    "passes_on": (AnswerType.YES_NO,),
    "comparison": (AnswerType.NUMBER, AnswerType.LIST),
    "threshold": (AnswerType.NUMBER, AnswerType.LIST),
    "max_age_count": (AnswerType.NUMBER,),
    "max_age_unit": (AnswerType.NUMBER,),
    "window_count": (AnswerType.DATE,),
    "window_unit": (AnswerType.DATE,),
    "window_after": (AnswerType.DATE,),
    "anchor": (AnswerType.DATE,),
    "anchor_question": (AnswerType.DATE,),
    "passing": (AnswerType.CHOICE,),
    "reviewer": (AnswerType.CHOICE,),
    "accepts_failure": (AnswerType.THERAPY,),
    "accepts_contraindication": (AnswerType.THERAPY,),
    "accepts_intolerance": (AnswerType.THERAPY,),
    "accepts_none": (AnswerType.THERAPY,),
    "codes": (AnswerType.CODES,),
    "principal": (AnswerType.CODES,),
    "contradiction": (AnswerType.YES_NO, AnswerType.NUMBER, AnswerType.DATE, AnswerType.CHOICE),
}
LINKS = ("passing", "reviewer")
ASKS_FOR = {
    AnswerType.YES_NO: "yes or no",
    AnswerType.NUMBER: "a number",
    AnswerType.DATE: "a date",
    AnswerType.CHOICE: "one of its choices",
    AnswerType.THERAPY: "a therapy",
    AnswerType.LIST: "a list of therapies",
    AnswerType.CODES: "the codes of the request",
}
Misfit = tuple[str, str]


class ConditionRow(Protocol):
    """The columns of a passing condition, as a criterion has them."""

    passes_on: bool | None
    comparison: str
    threshold: Decimal | None
    max_age_count: int | None
    window_count: int | None
    question: Question | None
    question_id: int | None
    anchor_question: Question | None
    codes: str


def condition_misfits(row: ConditionRow, type: AnswerType) -> Iterator[Misfit]:
    """The fields of a passing condition that do not go with a kind of answer, each with why."""
    for name, types in COLUMNS.items():
        if name not in LINKS and type not in types and _says(row, name):
            yield name, f"The question asks for {ASKS_FOR[type]}: leave this empty."
    match type:
        case AnswerType.YES_NO if row.passes_on is None:
            yield "passes_on", "Say which answer passes, yes or no."
        case AnswerType.NUMBER:
            yield from _number(row)
        case AnswerType.LIST:
            yield from _list(row)
        case AnswerType.DATE:
            yield from _date(row)
        case AnswerType.CODES:
            yield from _codes(row)


def _says(row: ConditionRow, name: str) -> bool:
    value = getattr(row, name)
    return value is not None and value != "" and (value is not False or name == "passes_on")


def _number(row: ConditionRow) -> Iterator[Misfit]:
    if row.threshold is None or not row.comparison:
        yield "threshold", "Say what the number is compared with, such as at least 2."
    if row.max_age_count is not None and row.question and not row.question.dated:
        yield "max_age_count", "The question does not ask for the day it was measured."


def _list(row: ConditionRow) -> Iterator[Misfit]:
    whole = row.threshold is not None and row.threshold == int(row.threshold)
    if row.comparison != NumberComparison.GE or not whole:
        yield "threshold", "A list passes by how many it names: at least, and a whole number."


def _date(row: ConditionRow) -> Iterator[Misfit]:
    if row.window_count is None:
        yield "window_count", "Say within which time, such as 100 days."
    anchor = row.anchor_question
    if anchor is not None and anchor.type != AnswerType.DATE:
        yield "anchor_question", "A period is counted from a date: choose a question for a date."
    if anchor is not None and anchor.pk == row.question_id:
        yield "anchor_question", "A date cannot be counted from itself."


def _codes(row: ConditionRow) -> Iterator[Misfit]:
    pattern, expected = SHAPES[CodeSystem.ICD10.value]
    wrong = [code for code in row.codes.split() if not re.fullmatch(pattern, code)]
    if not row.codes.split():
        yield "codes", "Say which codes count, such as G61.81."
    elif wrong:
        yield "codes", f"“{wrong[0][:40]}” is not {expected}."
