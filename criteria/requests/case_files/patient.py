"""A named patient judged by one edition, whatever its dates: what is found, and on what it rests.

What is stated has the form of a request to ``evaluate``, without the policy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from criteria.policies.codes.codebook import NO_CODEBOOK, Codebook
from criteria.policies.edition import Edition
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case import Case
from criteria.requests.case_files.parse import parse_case
from criteria.requests.case_files.report import deciding
from criteria.rules import DoseLeaf, Finding, FindingState
from criteria.rules.explain import numbered, reason_text
from criteria.rules.guidance import leaves, open_criteria
from criteria.rules.json_values import CaseProblemError
from criteria.rules.terms import Overall

_DECISIVE = {
    Overall.DOES_NOT_MEET: FindingState.NOT_MET,
    Overall.INCOMPLETE: FindingState.NOT_ANSWERED,
    Overall.NEEDS_REVIEW: FindingState.FOR_REVIEWER,
}


@dataclass(frozen=True, slots=True)
class PatientFinding:
    """What is found of a patient; ``found`` is empty while it cannot be judged."""

    found: str
    decided_by: str = ""
    problem: str = ""


def case_of(edition: Edition, stated: Mapping[str, Any]) -> Case:
    """What is stated, as this edition reads it. Raises CaseProblemError with every mistake."""
    request = {**stated, "policy": edition.policy_key}
    return parse_case(request, lambda policy, on: edition).case


def judge_patient(
    edition: Edition, stated: Mapping[str, Any], book: Codebook = NO_CODEBOOK
) -> PatientFinding:
    """What the edition finds of a patient; in words why it cannot say."""
    try:
        assessment = assess(edition, case_of(edition, stated), book)
    except CaseProblemError as problem:
        words = (_problem_words(edition, each) for each in problem.every)
        return PatientFinding("", problem=" ".join(dict.fromkeys(words)))
    return PatientFinding(assessment.overall.value, decided_by(assessment))


def decided_by(found: Assessment) -> str:
    """The first thing the result rests on, with why; empty for a request that meets everything."""
    state = _DECISIVE.get(found.overall)
    if state is None:
        return ""
    closed = next((gate.text for gate in found.gates if gate.state is state), None)
    return next(_reasons(found, state), "") if closed is None else closed


def _reasons(found: Assessment, state: FindingState) -> Iterator[str]:
    for tree in found.trees:
        lines = {id(line.finding): line for line in numbered(tree)}
        for finding in _resting(tree, state):
            line = lines.get(id(finding))
            number = f"{line.number} " if line and line.number else ""
            switched = line.switched_off_by if line else None
            reason = (
                found.dose.text
                if isinstance(finding.node, DoseLeaf)
                else reason_text(finding, found.facts, switched, found.edition.questions)
            )
            yield ": ".join(filter(None, (f"{number}{finding.node.title}".strip(), reason)))


def _resting(tree: Finding, state: FindingState) -> Iterator[Finding]:
    if state is FindingState.NOT_MET:
        return deciding(tree)
    if state is FindingState.NOT_ANSWERED:
        return iter(open_criteria(tree))
    return (leaf for leaf in leaves(tree) if leaf.state is state)


def _problem_words(edition: Edition, problem: CaseProblemError) -> str:
    """Why an edition cannot judge a patient, as policy staff read it."""
    first, _, rest = problem.key.partition(".")
    if first == "answers" and rest and rest not in edition.questions:
        return f"The question “{rest}” is not asked by this edition."
    if first == "indication":
        return f"This edition does not name the diagnosis ({problem.message})."
    if first == "pathway":
        return f"This edition has no such set of criteria ({problem.message})."
    question = edition.questions.get(rest.partition(".")[0]) if first == "answers" else None
    name = f"The answer to “{question.wording}”" if question else f"“{problem.key}”"
    return f"{name} does not fit this edition: {problem.message}."
