"""Whether a criterion fits its place in the tree and the question it asks, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from criteria.models.code import SHAPES
from criteria.models.criterion_rules import GROUPS, Kind, Slot
from criteria.rules import AnswerType, Comparison
from criteria.rules.terms import CodeSystem

if TYPE_CHECKING:
    from criteria.models.criterion import Criterion

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


def misfits(row: Criterion) -> Iterator[Misfit]:
    """The field and what is wrong with it."""
    yield from _place(row)
    yield from _held(row)
    if row.kind == Kind.AT_LEAST:
        yield from _count(row)
    if row.kind == Kind.QUESTION and row.question is not None:
        yield from _condition(row, AnswerType(row.question.type))


def _place(row: Criterion) -> Iterator[Misfit]:
    parent = row.parent
    if parent is None:
        return
    if parent.tree_id != row.tree_id:
        yield "parent", "The parent stands in another tree."
    elif row.slot == Slot.MEMBER and parent.kind not in GROUPS:
        yield "slot", "Only a group has members. Choose when, then or otherwise."
    elif row.slot != Slot.MEMBER and parent.kind != Kind.WHEN:
        yield "slot", "Only a when-then-otherwise has such places. Choose member."
    if _is_below_itself(row):
        yield "parent", "A criterion cannot stand inside itself."


def _held(row: Criterion) -> Iterator[Misfit]:
    """What stands in the row already must have a place in it."""
    slots = set() if row.pk is None else set(row.members.values_list("slot", flat=True))
    if slots and row.kind in (Kind.QUESTION, Kind.DOSE):
        yield "kind", "Other criteria stand in this one. Move or delete them first."
    elif Slot.MEMBER in slots and row.kind == Kind.WHEN:
        yield "kind", "Its members have no place in a when-then-otherwise. Move them first."
    elif slots - {Slot.MEMBER} and row.kind in GROUPS:
        yield "kind", "Its when, then and otherwise are no members. Move or delete them first."


def _is_below_itself(row: Criterion) -> bool:
    above: Criterion | None = row.parent
    seen = set()
    while row.pk is not None and above is not None and above.pk not in seen:
        if above.pk == row.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def _count(row: Criterion) -> Iterator[Misfit]:
    if row.n is None:
        yield "n", "Say how many of these are needed, such as 2."
    count = row.members.count() if row.pk is not None else 0
    if row.n is not None and 0 < count < row.n:
        yield "n", f"At least {row.n} of {count} can never be met: there are only {count} members."


def _condition(row: Criterion, type: AnswerType) -> Iterator[Misfit]:
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


def _says(row: Criterion, name: str) -> bool:
    value = getattr(row, name)
    return value is not None and value != "" and (value is not False or name == "passes_on")


def _number(row: Criterion) -> Iterator[Misfit]:
    if row.threshold is None or not row.comparison:
        yield "threshold", "Say what the number is compared with, such as at least 2."
    if row.max_age_count is not None and row.question and not row.question.dated:
        yield "max_age_count", "The question does not ask for the day it was measured."


def _list(row: Criterion) -> Iterator[Misfit]:
    whole = row.threshold is not None and row.threshold == int(row.threshold)
    if row.comparison != Comparison.GE or not whole:
        yield "threshold", "A list passes by how many it names: at least, and a whole number."


def _date(row: Criterion) -> Iterator[Misfit]:
    if row.window_count is None:
        yield "window_count", "Say within which time, such as 100 days."
    anchor = row.anchor_question
    if anchor is not None and anchor.type != AnswerType.DATE:
        yield "anchor_question", "A period is counted from a date: choose a question for a date."
    if anchor is not None and anchor.pk == row.question_id:
        yield "anchor_question", "A date cannot be counted from itself."


def _codes(row: Criterion) -> Iterator[Misfit]:
    pattern, expected = SHAPES[CodeSystem.ICD10.value]
    wrong = [code for code in row.codes.split() if not re.fullmatch(pattern, code)]
    if not row.codes.split():
        yield "codes", "Say which codes count, such as G61.81."
    elif wrong:
        yield "codes", f"“{wrong[0][:40]}” is not {expected}."
