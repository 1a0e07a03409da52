"""Questions that need no answer any more: their group is satisfied without them."""

from collections.abc import Iterator

from criteria.requests.assessment.assess import Assessment
from criteria.rules import SATISFIED, CriteriaGroup, Finding, Leaf
from criteria.rules.guidance import irrelevant_questions, leaves


def idle_questions(found: Assessment) -> frozenset[str]:
    """Those that count in neither tree.

    What something else fails stays open: the request still has to answer it.
    """
    idle: set[str] = set()
    needed: set[str] = set()
    for tree in found.trees:
        off = set(irrelevant_questions(tree, found.facts)).intersection(_spared(tree))
        asked = {leaf.node.question.key for leaf in leaves(tree) if isinstance(leaf.node, Leaf)}
        idle |= off
        needed |= asked - off
    return frozenset(idle - needed)


def advised_questions(found: Assessment) -> frozenset[str]:
    """Those of groups of which none is required."""
    return frozenset(key for tree in found.trees for key in _advised(tree))


def _advised(finding: Finding, inside: bool = False) -> Iterator[str]:
    node = finding.node
    inside = inside or (isinstance(node, CriteriaGroup) and not node.required)
    if inside and isinstance(node, Leaf):
        yield node.question.key
    for member in finding.members:
        yield from _advised(member, inside)


def _spared(finding: Finding, inside: bool = False) -> Iterator[str]:
    """Keys of the questions under anything that is satisfied."""
    inside = inside or finding.state in SATISFIED
    if inside and isinstance(finding.node, Leaf):
        yield finding.node.question.key
    conditions = () if finding.condition is None else (finding.condition,)
    for member in (*finding.members, *conditions):
        yield from _spared(member, inside)
