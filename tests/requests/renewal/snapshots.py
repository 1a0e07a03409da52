"""Questions and requests to compare, small enough to read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from criteria.requests.renewal import Baseline, Snapshot, Was
from criteria.rules import (
    Answer,
    AnswerChoice,
    AnswerType,
    FactRole,
    NumberAnswer,
    QuestionDefinition,
)

THEN, NOW = date(2026, 3, 12), date(2026, 9, 10)

SCORE = QuestionDefinition(
    key="score", wording="Score on the scale", type=AnswerType.NUMBER, unit="points", dated=True
)
IGG = QuestionDefinition(
    key="igg",
    wording="IgG level",
    type=AnswerType.NUMBER,
    unit="mg/dL",
    other_units=(("g/L", Decimal(100)),),
)
WALKS = QuestionDefinition(key="walks", wording="Walks unaided?", type=AnswerType.YES_NO)
STARTED = QuestionDefinition(
    key="started", wording="First dose on", type=AnswerType.DATE, role=FactRole.THERAPY_START
)
COURSE = QuestionDefinition(
    key="course",
    wording="How is it going?",
    type=AnswerType.CHOICE,
    choices=(AnswerChoice("up", "Better"), AnswerChoice("down", "Worse")),
)
DRUG = QuestionDefinition(key="drug", wording="Steroids", type=AnswerType.THERAPY)
DRUGS = QuestionDefinition(key="drugs", wording="Drugs tried", type=AnswerType.LIST)
AGE = QuestionDefinition(
    key="age", wording="Age", type=AnswerType.NUMBER, unit="years", role=FactRole.AGE_YEARS
)
EVERY = (SCORE, IGG, WALKS, STARTED, COURSE, DRUG, DRUGS, AGE)


def figure(value: str, on: date | None = None) -> NumberAnswer:
    return NumberAnswer(Decimal(value), on)


def snapshot(number: str = "R-2026-00042", *asked: QuestionDefinition, **said: Any) -> Snapshot:
    """A request that was asked ``asked`` (all, if none are named); answers by key."""
    questions = {question.key: question for question in asked or EVERY}
    answers: dict[str, Answer] = {key: said.pop(key) for key in list(said) if key in questions}
    plain: dict[str, Any] = {"day": THEN, "policy": "uhc", "asked": frozenset(questions)}
    return Snapshot(number=number, questions=questions, answers=answers, **(plain | said))


def one(then: Snapshot) -> Baseline:
    """A single approval."""
    return Baseline(then, then)


def chain(first: Snapshot, last: Snapshot) -> Baseline:
    """Two approvals that follow each other."""
    return Baseline(first, last)


def worded(question: QuestionDefinition, **changes: Any) -> QuestionDefinition:
    """The same question in another edition."""
    return replace(question, **changes)


def was(text: str, difference: str = "", number: str = "R-2026-00042") -> Was:
    """What stands under an approval."""
    return Was(number, text, difference)
