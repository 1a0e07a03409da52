"""A tree of findings as the reviewer sees it: what was said of a criterion stands for its state.

A condition stays as it was found: it decides only whether others apply. Neither does a view make
anything of a criterion that does not apply, or that the policy only advises.
"""

from collections.abc import Mapping
from typing import NamedTuple

from criteria.models import Verdict
from criteria.rules import SATISFIED, Finding, Group, State, When
from criteria.rules.evaluate import joined, undecided
from criteria.rules.tree import is_advised

# Block and key of a criterion.
Place = tuple[str, str]


class View(NamedTuple):
    """What the reviewer said of one criterion; empty where nothing was said."""

    verdict: str = ""
    note: str = ""


class Viewed(NamedTuple):
    """One finding with the reviewer's view. ``found``: its state by the views of its parts alone.

    ``members`` as those of the finding; ``state`` with its own view.
    """

    block: str
    finding: Finding
    view: View
    found: State
    state: State
    members: tuple["Viewed", ...] = ()

    @property
    def place(self) -> Place:
        """Block and key."""
        return self.block, self.finding.node.key

    @property
    def in_force(self) -> tuple["Viewed", ...]:
        """The parts that count: of a When the branch its condition chose, both while it is open."""
        condition = self.finding.condition
        if condition is None or condition.state not in {*SATISFIED, State.NOT_MET}:
            return self.members
        return self.members[:1] if condition.state in SATISFIED else self.members[1:]


def viewed(block: str, finding: Finding, views: Mapping[Place, View]) -> Viewed:
    """``finding`` and everything below it with what was said of each."""
    members = tuple(viewed(block, member, views) for member in finding.members)
    view = views.get((block, finding.node.key), View())
    found = _found(finding, members)
    return Viewed(block, finding, view, found, _state(finding, view, found), members)


def _state(finding: Finding, view: View, found: State) -> State:
    if finding.state is State.NOT_APPLICABLE or is_advised(finding.node):
        return found
    said = {Verdict.ACCEPTED.value: State.MET, Verdict.NOT_ACCEPTED.value: State.NOT_MET}
    return said.get(view.verdict, found)


def _found(finding: Finding, members: tuple[Viewed, ...]) -> State:
    if finding.state is State.NOT_APPLICABLE:
        return finding.state
    states = [member.state for member in members]
    if isinstance(finding.node, Group):
        return joined(finding.node.required, states)
    if isinstance(finding.node, When) and finding.condition is not None:
        return _branch(finding.condition.state, states)
    return finding.state


def _branch(condition: State, states: list[State]) -> State:
    then, otherwise = states[0], states[1] if len(states) > 1 else None
    if condition in SATISFIED:
        return then
    if condition is State.NOT_MET:
        return otherwise or State.NOT_APPLICABLE
    return undecided(condition, then, otherwise)
