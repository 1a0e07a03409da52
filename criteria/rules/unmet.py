"""What is unmet or open, criterion by criterion, and what of it may be named as a way on.

A group of alternatives is one thing. Facts that were answered are not listed as answers to give
otherwise: of such a group it is said how far it is.
"""

from collections.abc import Iterator

from criteria.rules.evaluate import Finding
from criteria.rules.facts import SATISFIED, FindingState
from criteria.rules.kinds import KINDS
from criteria.rules.tree import CriteriaGroup, GroupKind, Leaf, When, is_advised
from criteria.rules.ways import Every, MeetingStep, StepKind, Way


def unmet(finding: Finding) -> Iterator[Finding]:
    """The criteria that keep a tree from being satisfied: none of what was switched off."""
    if finding.state in SATISFIED or is_advised(finding.node):
        return
    node, condition = finding.node, finding.condition
    if isinstance(node, CriteriaGroup) and node.kind is GroupKind.ALL:
        for member in finding.members:
            yield from unmet(member)
    elif isinstance(node, When) and condition is not None and condition.state in SATISFIED:
        yield from unmet(finding.members[0])
    elif (
        isinstance(node, When) and condition is not None and condition.state is FindingState.NOT_MET
    ):
        for branch in finding.members[1:]:
            yield from unmet(branch)
    else:
        yield finding


def steps_of(way: Way) -> Iterator[MeetingStep]:
    """Every single criterion of a way."""
    if isinstance(way, MeetingStep):
        yield way
        return
    for part in way.parts if isinstance(way, Every) else way.options:
        yield from steps_of(part)


def nameable(way: Way, of: Finding) -> tuple[MeetingStep, ...]:
    """The criteria of a way that may be named: open ones, and what can be done or measured anew.

    Of what fails whatever is still open, the open answers change nothing.
    """
    is_settled = of.state is FindingState.NOT_MET
    return tuple(step for step in steps_of(way) if _may_be_named(step, is_settled))


def _may_be_named(step: MeetingStep, is_settled: bool) -> bool:
    node = step.finding.node
    if step.kind is StepKind.ANSWER:
        return not is_settled or not step.decides
    if step.kind is StepKind.CHANGE and isinstance(node, Leaf):
        return not KINDS[node.test.type].is_picked
    return True
