"""Which criteria a contradiction is about: met as answered, and yet for the reviewer."""

from collections.abc import Collection, Iterator, Mapping

from criteria.requests.assessment.assess import Assessment
from criteria.requests.case import GateFinding, GateKind
from criteria.rules import SATISFIED, CriteriaGroup, DoseLeaf, FactRole, Finding, FindingState, Leaf

# Facts of a case by the roles of the questions they answer. The diagnosis is its own criterion only
# where something else disagrees with it.
_ROLES: Mapping[str, FactRole] = {
    "age_years": FactRole.AGE_YEARS,
    "date_of_birth": FactRole.AGE_YEARS,
    "icd10": FactRole.DIAGNOSIS_CODES,
    "place": FactRole.GIVEN_AT_HOME,
}
_OF_DOSE = {"planned", "courses"}
# How the dose is named among the facts that contradictions are about.
DOSE = "dose"


def contradictions_by_fact(found: Assessment) -> dict[str, tuple[str, ...]]:
    """The sentences of the contradictions about each question, by its key; of the dose too."""
    said: dict[str, list[str]] = {}
    for gate in found.gates:
        if gate.gate is GateKind.CONTRADICTION:
            for key in dict.fromkeys(_facts(found, gate)):
                said.setdefault(key, []).append(gate.text)
    return {key: tuple(dict.fromkeys(texts)) for key, texts in said.items()}


def _facts(found: Assessment, gate: GateFinding) -> Iterator[str]:
    roles = {_ROLES[about] for about in gate.about if about in _ROLES}
    if "indication" in gate.about and len(gate.about) > 1:
        roles.add(FactRole.DIAGNOSIS_STATED)
    yield from gate.about
    yield from (q.key for q in found.edition.questions.values() if q.role in roles)
    if _OF_DOSE & set(gate.about):
        yield DOSE


def fact_of(finding: Finding) -> str:
    """The fact a single criterion rests on, as contradictions name it; empty for a group."""
    if isinstance(finding.node, DoseLeaf):
        return DOSE
    return finding.node.question.key if isinstance(finding.node, Leaf) else ""


def is_contradicted(finding: Finding, facts: Collection[str]) -> bool:
    """Whether it is met only by what a contradiction is about. ``facts``: those contradicted."""
    if not facts or finding.state is not FindingState.MET:
        return False
    if isinstance(finding.node, Leaf | DoseLeaf):
        return fact_of(finding) in facts
    if finding.condition is not None and is_contradicted(finding.condition, facts):
        return True
    if isinstance(finding.node, CriteriaGroup):
        sure = sum(m.state in SATISFIED and not is_contradicted(m, facts) for m in finding.members)
        return sure < finding.node.required or any(_is_point(m, facts) for m in finding.members)
    return any(is_contradicted(member, facts) for member in finding.members)


def _is_point(finding: Finding, facts: Collection[str]) -> bool:
    """Whether the policy contradicts itself on what was answered there."""
    return finding.state is FindingState.FOR_REVIEWER and fact_of(finding) in facts


def contradicted_in(finding: Finding, facts: Collection[str]) -> int:
    """How many parts of a group are met only by what a contradiction is about."""
    parts = finding.members if isinstance(finding.node, CriteriaGroup) else (finding,)
    return sum(is_contradicted(part, facts) for part in parts)
