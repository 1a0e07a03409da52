"""What stands against a request and cannot be changed by anything that is entered."""

from collections.abc import Iterator
from typing import NamedTuple

from criteria.requests.assessment.assess import Assessment
from criteria.requests.case import GateKind
from criteria.rules import Finding, FindingState
from criteria.rules.explain import reason_text
from criteria.rules.guidance import blocking


class UnchangeableBlock(NamedTuple):
    """One thing nobody can change, in words; ``finding`` None for a use on the unproven list."""

    text: str
    finding: Finding | None = None


def is_unproven(found: Assessment) -> bool:
    """Whether the policy calls the use unproven: then no criterion and no dose of it counts."""
    gates = ((gate.gate, gate.state) for gate in found.gates)
    return (GateKind.INDICATION, FindingState.NOT_MET) in gates


def blocks_of(found: Assessment) -> tuple[UnchangeableBlock, ...]:
    """Every such thing; what else is unmet beside it changes nothing."""
    return tuple(_blocks(found))


def _blocks(found: Assessment) -> Iterator[UnchangeableBlock]:
    for gate in found.gates:
        if gate.gate is GateKind.INDICATION and gate.state is FindingState.NOT_MET:
            yield UnchangeableBlock(gate.text)
    for tree in found.trees:
        for finding in blocking(tree):
            why = reason_text(finding, found.facts, questions=found.edition.questions)
            yield UnchangeableBlock(f"{finding.node.title}: {why}", finding)
