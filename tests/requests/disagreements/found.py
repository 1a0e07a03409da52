"""What disagrees in a request that is stated as a program states it."""

from datetime import date
from functools import cache
from typing import Any

from criteria.policies.codes.codebook import CodeFacts, NoCodebook
from criteria.policies.edition import Edition
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case import GateFinding, GateKind
from criteria.requests.case_files.cases import PolicyCase
from criteria.requests.case_files.parse import parse_case
from criteria.rules.terms import Overall
from tests.policies.shipped.cases import edition, every_case
from tests.requests.case_files.stating import request


class SmallTable(NoCodebook):
    """ICD-10-CM as if it had these codes alone."""

    def __init__(self, *codes: str) -> None:
        self.codes = codes

    def release(self) -> str:
        return "April 2026"

    def facts(self, code: str) -> CodeFacts | None:
        return CodeFacts(code, "A disease", True) if code in self.codes else None


TABLE = SmallTable("J45.31", "G70.9", "I10", "G61.82", "E11.9", "Z99.9", "R53.83")


def find(policy: str, on: date) -> Edition:
    return edition(policy, on)


def judged(stated: dict[str, Any]) -> Assessment:
    parsed = parse_case(stated, find)
    return assess(parsed.edition, parsed.case, TABLE)


def contradictions(found: Assessment) -> tuple[GateFinding, ...]:
    return tuple(gate for gate in found.gates if gate.gate is GateKind.CONTRADICTION)


def texts(**stated: Any) -> list[str]:
    """The sentences found of a request for CIDP that says this besides."""
    return [gate.text for gate in contradictions(judged(request(**stated)))]


@cache
def meeting(policy: str, file: str) -> PolicyCase:
    """The first case of a file that meets everything."""
    name = f"{policy}/{file}"
    cases = (case for case in every_case(policy) if case.file == name)
    return next(case for case in cases if case.expected["expect"] == Overall.MEETS)


def laid_over(policy: str, file: str, **stated: Any) -> Assessment:
    """A request that meets everything, with this stated besides or instead."""
    base = meeting(policy, file).request
    merged = {
        key: {**base.get(key, {}), **value} if isinstance(value, dict) else value
        for key, value in stated.items()
    }
    return judged({**base, **merged})
