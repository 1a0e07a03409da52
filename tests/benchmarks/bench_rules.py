"""Time to judge one request, beside json-logic deciding the same rule to a bare yes or no.

Run it alone: ``python -m tests.benchmarks.bench_rules``.
"""

import statistics
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from time import perf_counter_ns
from typing import Any

import json_logic

from criteria.rules import (
    Answer,
    AnswerType,
    Citation,
    Compares,
    CriteriaGroup,
    DoseLeaf,
    Facts,
    FindingState,
    GroupKind,
    Leaf,
    Node,
    NumberAnswer,
    NumberComparison,
    PassesOn,
    QuestionDefinition,
    evaluate,
)

CITATION = Citation("145-167", "CIDP, initial")
NERVES = tuple(f"nerves_{i}" for i in range(1, 8))
# The patient meets everything; of the seven findings the fourth is the first to pass.
COUNTS = (1, 0, 1, 2, 3, 0, 2)


def _yes(key: str) -> Leaf:
    question = QuestionDefinition(key=key, wording=key, type=AnswerType.YES_NO)
    return Leaf(key, question, PassesOn(), key, CITATION)


def _two(key: str) -> Leaf:
    question = QuestionDefinition(key=key, wording=key, type=AnswerType.NUMBER, whole=True)
    return Leaf(key, question, Compares(NumberComparison.GE, Decimal(2)), key, CITATION)


def _group(kind: GroupKind, *members: Node) -> CriteriaGroup:
    return CriteriaGroup("-".join(m.key for m in members), kind, members, "", CITATION)


def tree() -> CriteriaGroup:
    """The general requirements and the criteria of a first request for CIDP."""
    findings = _group(GroupKind.AT_LEAST, *map(_two, NERVES))
    every = GroupKind.ALL
    course = (_yes("progressive"), _two("months"), _yes("impaired"), _two("limbs"), findings)
    initial = _group(
        every, _group(every, *course), _yes("neurologist"), DoseLeaf("dose", "", CITATION)
    )
    general = _group(every, _yes("diagnosis"), _yes("history"), _yes("evidence"))
    return _group(every, general, initial)


def rule() -> dict[str, Any]:
    """The same criteria for json-logic."""

    def two(key: str) -> dict[str, Any]:
        return {">=": [{"var": key}, 2]}

    def yes(key: str) -> dict[str, Any]:
        return {"var": key}

    course = [yes("progressive"), two("months"), yes("impaired"), two("limbs")]
    course.append({"or": [two(key) for key in NERVES]})
    initial = {"and": [{"and": course}, yes("neurologist"), yes("dose")]}
    general = {"and": [yes("diagnosis"), yes("history"), yes("evidence")]}
    return {"and": [general, initial]}


def patient() -> dict[str, bool | int]:
    """Plain answers to every question."""
    said = ("diagnosis", "history", "evidence", "progressive", "impaired", "neurologist")
    counts = dict(zip(NERVES, COUNTS, strict=True))
    return dict.fromkeys(said, True) | {"months": 3, "limbs": 2} | counts


def facts() -> Facts:
    """The same answers for our own evaluation."""
    answers: dict[str, Answer] = {
        key: value if isinstance(value, bool) else NumberAnswer(Decimal(value))
        for key, value in patient().items()
    }
    return Facts(answers=answers, request_date=date(2021, 6, 30), dose=FindingState.MET)


def run(rounds: int = 400, calls: int = 10) -> dict[str, float]:
    """Median microseconds of one call of each, taken in turn, and how many times theirs ours is."""
    node, known, logic, data = tree(), facts(), rule(), patient() | {"dose": True}

    def ours() -> bool:
        return evaluate(node, known).state is FindingState.MET

    def theirs() -> bool:
        return bool(json_logic.jsonLogic(logic, data))

    if not (ours() and theirs()):
        raise RuntimeError("the two rules do not agree")
    times = [(_timed(ours, calls), _timed(theirs, calls)) for _ in range(rounds)]
    our_us, their_us = (statistics.median(column) for column in zip(*times, strict=True))
    return {"evaluate_us": our_us, "json_logic_us": their_us, "ratio": our_us / their_us}


def _timed(call: Callable[[], object], calls: int) -> float:
    """Microseconds of one call, on average over a few."""
    start = perf_counter_ns()
    for _ in range(calls):
        call()
    return (perf_counter_ns() - start) / calls / 1000


if __name__ == "__main__":
    print(run())
