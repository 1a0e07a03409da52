"""Rules that concern certain diagnosis codes alone."""

from criteria.rules.evaluate import Finding
from criteria.rules.facts import SATISFIED
from criteria.rules.kinds import KINDS
from criteria.rules.tree import Leaf, Node, When
from criteria.rules.walk import node_parts, walk


def names_codes(node: Node) -> bool:
    """Whether a criterion is one that the diagnosis codes of the request answer."""
    return isinstance(node, Leaf) and KINDS[node.test.type].is_from_request


def rests_on_codes(node: Node) -> bool:
    """Whether a criterion, or any below it, is answered by the diagnosis codes."""
    return any(names_codes(place.item) for place in walk(node, node_parts))


def is_of_other_codes(finding: Finding) -> bool:
    """Whether it is a rule of certain codes, and the request is not known to rest on one of them.

    Nothing of it is asked then.
    """
    node, condition = finding.node, finding.condition
    if not isinstance(node, When) or condition is None or node.otherwise is not None:
        return False
    return names_codes(node.condition) and condition.state not in SATISFIED
