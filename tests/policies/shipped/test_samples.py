"""Whole requests with known results (tests/cases/sample-requests.jsonl), and single criteria of the
policy at their limits (the rows about one criterion in tests/cases/dosing-cases.csv).
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from criteria.policies.edition import Edition
from criteria.rules import AnswerType, FactRole, Leaf, QuestionDefinition
from criteria.rules.walk import node_parts, walk
from tests.dosing.cases import Case, criterion_cases
from tests.helpers.policies.citations import cited
from tests.policies.shipped.cases import CASES, edition, judged

FILE = CASES / "sample-requests.jsonl"
SAMPLES = [
    json.loads(line, parse_float=Decimal) for line in FILE.read_text(encoding="utf-8").splitlines()
]
CRITERIA = criterion_cases()
ON = date(2021, 6, 30)


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample["id"] for sample in SAMPLES])
def test_sample(sample: dict[str, Any]) -> None:
    request = {k: v for k, v in sample.items() if k not in ("expect", "fails_lines")}
    found = judged(request)
    assert found.report["overall"] == sample["expect"], found.report["failed"]
    assert set(sample["fails_lines"]) <= cited(found)
    assert bool(found.failed) is bool(sample["fails_lines"])


class Place(NamedTuple):
    """Where a line of the policy is judged."""

    indication: str
    pathway: str
    leaf: Leaf


@pytest.mark.parametrize("case", CRITERIA, ids=[case.id for case in CRITERIA])
def test_criterion(case: Case) -> None:
    place = place_of(case["policy_line"])
    other = case["other"]
    request = {
        "policy": "uhc",
        "on": ON.isoformat(),
        "indication": place.indication,
        "pathway": place.pathway,
        "phase": "continuation" if other.startswith("continuation") else "initial",
        "answers": dict(answers(place.leaf.question, other)),
    }
    found = {finding["key"]: finding for finding in judged(request).report["findings"]}
    assert found[place.leaf.key]["state"] == case["expected"]


def place_of(line: str) -> Place:
    """The figure or date a line of the policy bounds."""
    policy: Edition = edition("uhc")
    return next(
        Place(indication.key, pathway.key, part.item)
        for indication in policy.indications.values()
        for pathway in indication.pathways
        for part in walk(pathway.criteria, node_parts)
        if isinstance(part.item, Leaf)
        and part.item.citation.lines == line
        and part.item.question.type in (AnswerType.NUMBER, AnswerType.DATE)
    )


def answers(question: QuestionDefinition, words: str) -> Iterator[tuple[str, Any]]:
    """The answers of "IgG 499 mg/dL", "transplant 100 days before ..." and "... started 40 days
    after transplant".
    """
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if question.type is AnswerType.NUMBER:
        yield question.key, numbers[0]
        return
    day = ON - timedelta(days=numbers[0])
    yield question.key, day.isoformat()
    if len(numbers) > 1:
        started = day + timedelta(days=numbers[1])
        roles = {each.role: each.key for each in edition("uhc").questions.values()}
        yield roles[FactRole.THERAPY_START], started.isoformat()
