"""What stands against a request and cannot be changed by anything that is entered."""

from collections.abc import Iterator
from typing import NamedTuple

from criteria.requests.assessment.assess import Assessment
from criteria.requests.case import Gate
from criteria.rules import Finding, State
from criteria.rules.explain import reason_text
from criteria.rules.guidance import blocking


class Block(NamedTuple):
    """One thing nobody can change, in words; ``finding`` None for a use on the unproven list."""

    text: str
    finding: Finding | None = None


def is_unproven(found: Assessment) -> bool:
    """Whether the policy calls the use unproven: then no criterion and no dose of it counts."""
    gates = ((gate.gate, gate.state) for gate in found.gates)
    return (Gate.INDICATION, State.NOT_MET) in gates


def blocks_of(found: Assessment) -> tuple[Block, ...]:
    """Every such thing; what else is unmet beside it changes nothing."""
    return tuple(_blocks(found))


def _blocks(found: Assessment) -> Iterator[Block]:
    for gate in found.gates:
        if gate.gate is Gate.INDICATION and gate.state is State.NOT_MET:
            yield Block(gate.text)
    for tree in found.trees:
        for finding in blocking(tree):
            why = reason_text(finding, found.facts, questions=found.edition.questions)
            yield Block(f"{finding.node.title}: {why}", finding)
