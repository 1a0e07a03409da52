"""Questions that need no answer any more: their group is satisfied without them."""

from collections.abc import Iterator

from criteria.assessment import Assessment
from criteria.rules import SATISFIED, Finding, Leaf
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


def _spared(finding: Finding, inside: bool = False) -> Iterator[str]:
    """Keys of the questions under anything that is satisfied."""
    inside = inside or finding.state in SATISFIED
    if inside and isinstance(finding.node, Leaf):
        yield finding.node.question.key
    conditions = () if finding.condition is None else (finding.condition,)
    for member in (*finding.members, *conditions):
        yield from _spared(member, inside)
