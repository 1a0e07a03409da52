"""A disagreement as it is found, and the criteria that a fact can disagree with."""

from collections.abc import Iterator

from criteria.requests.case import GateFinding, GateKind
from criteria.rules import FactRole, Finding, FindingState, Leaf
from criteria.rules.guidance import leaves


def disagreement(text: str, about: tuple[str, ...], lines: str = "") -> GateFinding:
    """Two facts side by side, for a reviewer; ``about`` names where both of them stand."""
    return GateFinding(GateKind.CONTRADICTION, FindingState.FOR_REVIEWER, text, lines, about)


def live_leaves(trees: tuple[Finding, ...], role: FactRole | None = None) -> Iterator[Leaf]:
    """The criteria that ask something and are not switched off, each question once."""
    seen: set[str] = set()
    for finding in (leaf for tree in trees for leaf in leaves(tree)):
        node = finding.node
        if not isinstance(node, Leaf) or finding.state is FindingState.NOT_APPLICABLE:
            continue
        if (role is None or node.question.role is role) and node.question.key not in seen:
            seen.add(node.question.key)
            yield node


def said_text(answer: bool) -> str:
    """How a yes or no is read out."""
    return "yes" if answer else "no"
