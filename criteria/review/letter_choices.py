"""What a denial may rest on, drawn as boxes to tick."""

from dataclasses import dataclass

from criteria.letters.basis import Read
from criteria.letters.content import GATE, Item
from criteria.models import Verdict
from criteria.packet.trees import named_trees
from criteria.rules import State
from criteria.rules.outline import numbered
from criteria.wizard.states import MARKS, Mark

NOT_ACCEPTED = Mark("✕", "you do not accept it", "state-not-met")


@dataclass(frozen=True, slots=True)
class Choice:
    """One box: the criterion, whether it is ticked, and where it stands."""

    item: Item
    is_ticked: bool
    mark: Mark


def choices_of(read: Read, ticked: set[str]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Under a heading each: what was not accepted, is not met or is ticked; then the rest."""
    states = _states(read)
    every = [
        Choice(item, item.id in ticked, _mark(item, states))
        for item in read.basis.items
        if item.number or item.block == GATE
    ]
    first = tuple(c for c in every if c.is_ticked or _is_likely(c.item, states))
    rest = tuple(c for c in every if c not in first)
    return (("", first), ("Other criteria", rest))


def _states(read: Read) -> dict[tuple[str, str], State]:
    found = read.assessment
    return {
        (tree.block, place.finding.node.key): place.finding.state
        for tree in named_trees(found)
        for place in numbered(tree.finding)
    } | {(GATE, gate.gate.value): gate.state for gate in found.gates}


def _is_likely(item: Item, states: dict[tuple[str, str], State]) -> bool:
    if item.verdict:
        return item.verdict == Verdict.NOT_ACCEPTED
    return states.get((item.block, item.key)) is State.NOT_MET


def _mark(item: Item, states: dict[tuple[str, str], State]) -> Mark:
    if item.verdict == Verdict.NOT_ACCEPTED:
        return NOT_ACCEPTED
    return MARKS[states[item.block, item.key]]
