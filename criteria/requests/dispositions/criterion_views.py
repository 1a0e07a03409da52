"""A tree of findings as the reviewer sees it: what was said of a criterion stands for its state.

A condition stays as it was found: it decides only whether others apply. Neither does a view make
anything of a criterion that does not apply, or that the policy only advises.
"""

from collections.abc import Mapping
from typing import NamedTuple

from criteria.models import Verdict
from criteria.rules import SATISFIED, CriteriaGroup, Finding, FindingState
from criteria.rules.evaluate import joined, undecided
from criteria.rules.tree import is_advised

# Block and key of a criterion.
Place = tuple[str, str]


class CriterionView(NamedTuple):
    """What the reviewer said of one criterion; empty where nothing was said."""

    verdict: str = ""
    note: str = ""


class Viewed(NamedTuple):
    """One finding with the reviewer's view. ``found``: its state by the views of its parts alone.

    ``falls``: whether what was refused, it or enough below it, is enough for it not to be met: that
    stands over an acceptance of the whole. ``members`` as those of the finding.
    """

    block: str
    finding: Finding
    view: CriterionView
    found: FindingState
    falls: bool
    state: FindingState
    members: tuple["Viewed", ...] = ()

    @property
    def place(self) -> Place:
        """Block and key."""
        return self.block, self.finding.node.key

    @property
    def is_open(self) -> bool:
        """Whether it has a condition of which is not known if it holds."""
        condition = self.finding.condition
        return condition is not None and condition.state not in {*SATISFIED, FindingState.NOT_MET}

    @property
    def in_force(self) -> tuple["Viewed", ...]:
        """The parts that count: of a When the branch its condition chose, both while it is open."""
        condition = self.finding.condition
        if condition is None or self.is_open:
            return self.members
        return self.members[:1] if condition.state in SATISFIED else self.members[1:]


def viewed(block: str, finding: Finding, views: Mapping[Place, CriterionView]) -> Viewed:
    """``finding`` and everything below it with what was said of each."""
    members = tuple(viewed(block, member, views) for member in finding.members)
    view = views.get((block, finding.node.key), CriterionView())
    found = _found(finding, members)
    if finding.state is FindingState.NOT_APPLICABLE or is_advised(finding.node):
        return Viewed(block, finding, view, found, False, found, members)
    falls = view.verdict == Verdict.NOT_ACCEPTED or not_enough(finding, [m.falls for m in members])
    state = FindingState.MET if view.verdict == Verdict.ACCEPTED else found
    state = FindingState.NOT_MET if falls else state
    return Viewed(block, finding, view, found, falls, state, members)


def not_enough(finding: Finding, falls: list[bool]) -> bool:
    """Whether it is not met where these of its members fall and the others stand."""
    states = [FindingState.NOT_MET if each else FindingState.MET for each in falls]
    return bool(states) and _of_parts(finding, states) is FindingState.NOT_MET


def _found(finding: Finding, members: tuple[Viewed, ...]) -> FindingState:
    if finding.state is FindingState.NOT_APPLICABLE or not members:
        return finding.state
    return _of_parts(finding, [member.state for member in members])


def _of_parts(finding: Finding, states: list[FindingState]) -> FindingState:
    if isinstance(finding.node, CriteriaGroup):
        return joined(finding.node.required, states)
    return finding.state if finding.condition is None else _branch(finding.condition.state, states)


def _branch(condition: FindingState, states: list[FindingState]) -> FindingState:
    then, otherwise = states[0], states[1] if len(states) > 1 else None
    if condition in SATISFIED:
        return then
    if condition is FindingState.NOT_MET:
        return otherwise or FindingState.NOT_APPLICABLE
    return undecided(condition, then, otherwise)
