"""Facts of one request that stand in two places and disagree: shown with both, for a reviewer.

What is not stated disagrees with nothing. Each kind is a module of its own; which question a fact
belongs to, and which names answer it, are data of the edition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from criteria.policies.edition import Edition
from criteria.requests.assessment.disagreements.age import of_age
from criteria.requests.assessment.disagreements.clocks import of_clocks
from criteria.requests.assessment.disagreements.codes import codes_that_disagree, of_codes
from criteria.requests.assessment.disagreements.drugs import of_drugs
from criteria.requests.assessment.disagreements.place import of_place
from criteria.requests.assessment.disagreements.specialty import of_specialists
from criteria.requests.case import Case, GateFinding
from criteria.rules import Facts, Finding

__all__ = ["JudgedFacts", "codes_that_disagree", "disagreements"]


@dataclass(frozen=True, slots=True)
class JudgedFacts:
    """A request with the criteria as they were judged."""

    edition: Edition
    case: Case
    facts: Facts
    trees: tuple[Finding, ...]


def disagreements(judged: JudgedFacts, codes: Mapping[str, str]) -> Iterator[GateFinding]:
    """Every disagreement of a request, in the order of its pages.

    ``codes``: those that disagree, as ``codes_that_disagree`` says it.
    """
    edition, case, trees = judged.edition, judged.case, judged.trees
    yield from of_codes(edition, codes)
    yield from of_drugs(trees)
    yield from of_age(edition, case)
    yield from of_clocks(edition, case, judged.facts)
    yield from of_specialists(case, trees)
    yield from of_place(case, trees)
