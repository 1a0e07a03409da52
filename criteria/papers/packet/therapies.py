"""Therapies tried or ruled out, gathered from the answers they were given to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from criteria.rules import (
    Finding,
    Leaf,
    QuestionDefinition,
    TherapyAnswer,
    TherapyOutcome,
)
from criteria.rules.explain import date_text, numbered
from criteria.rules.formats import month_text
from criteria.rules.kinds import kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Therapy:
    """One therapy tried or ruled out, and the criterion it answers."""

    drug: str
    outcome: str
    dates: str = ""
    reason: str = ""
    criterion: str = ""


_OUTCOMES = {
    TherapyOutcome.FAILURE: "failure",
    TherapyOutcome.CONTRAINDICATION: "contraindication",
    TherapyOutcome.INTOLERANCE: "intolerance",
    TherapyOutcome.NONE: "neither failed nor ruled out",
}


def therapies(tree: Finding, prefix: str = "") -> Iterator[Therapy]:
    """Every therapy named in a tree, each once, in the tree's order."""
    asked: set[str] = set()
    for place in numbered(tree):
        node, answer = place.finding.node, place.finding.answer
        if not isinstance(node, Leaf) or node.question.key in asked:
            continue
        asked.add(node.question.key)
        number = f"{prefix}{place.number}".strip()
        for each in () if answer is None else kind_of(answer).therapies(answer):
            yield _therapy(each, node.question, number)


def _therapy(answer: TherapyAnswer, question: QuestionDefinition, number: str) -> Therapy:
    return Therapy(
        drug=answer.drug or f"not named ({question.wording})",
        outcome=_OUTCOMES[answer.outcome],
        dates=_dates(answer),
        reason=answer.reason,
        criterion=number,
    )


def _dates(answer: TherapyAnswer) -> str:
    start, stop = answer.started_on, answer.stopped_on
    if start and stop:
        return f"{_day(start)} to {_day(stop)}"
    if start:
        return f"from {_day(start)}"
    return f"until {_day(stop)}" if stop else ""


def _day(day: date) -> str:
    """The month alone where it is its first day: months are kept so."""
    return month_text(day) if day.day == 1 else date_text(day)
