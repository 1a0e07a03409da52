"""What a denial may rest on, drawn as boxes to tick."""

from dataclasses import dataclass

from criteria.letters.basis import Read
from criteria.letters.content import Item
from criteria.models import Verdict
from criteria.packet.trees import named_trees
from criteria.rules import State
from criteria.rules.outline import numbered
from criteria.viewed_gates import GATE
from criteria.wizard.states import MARKS, Mark

NOT_ACCEPTED = Mark("✕", "you do not accept it", "state-not-met")


@dataclass(frozen=True, slots=True)
class Choice:
    """One box: the criterion, whether it is ticked, and where it stands."""

    item: Item
    is_ticked: bool
    mark: Mark


def choices_of(read: Read, ticked: set[str]) -> tuple[Choice, ...]:
    """Gates that are closed, and criteria that have to be met and are not, or are not accepted."""
    states = _states(read)
    return tuple(Choice(item, item.id in ticked, _mark(item, states)) for item in read.grounds)


def _states(read: Read) -> dict[tuple[str, str], State]:
    found = read.assessment
    return {
        (tree.block, place.finding.node.key): place.finding.state
        for tree in named_trees(found)
        for place in numbered(tree.finding)
    } | {(GATE, gate.key): gate.state for gate in found.gates}


def _mark(item: Item, states: dict[tuple[str, str], State]) -> Mark:
    if item.verdict == Verdict.NOT_ACCEPTED:
        return NOT_ACCEPTED
    return MARKS[states[item.place]]
