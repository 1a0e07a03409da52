"""The order and the numbers of a tree, of criteria or of findings alike.

The root has no number; its members are 1, 2, 3 and theirs 3.1, 3.2. The condition of a When (3) is
3a, and the members of its branches are counted on as 3.1, 3.2: a branch that is a group is a
heading without a number of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from criteria.rules.evaluate import Finding
from criteria.rules.question import QuestionDefinition
from criteria.rules.tree import CriteriaGroup, Leaf, Node, When

T = TypeVar("T")
Parts = Callable[[T], list[tuple["LinePart", T]]]


class LinePart(StrEnum):
    """What a line is to the one above it."""

    MEMBER = "member"
    CONDITION = "condition"
    THEN = "then"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class TreePlace(Generic[T]):
    """One item of a tree at its place."""

    number: str
    depth: int
    part: LinePart
    item: T


def walk(root: T, parts: Parts[T]) -> Iterator[TreePlace[T]]:
    """Every item of a tree in tree order; ``parts`` gives those directly below one."""
    yield TreePlace("", 0, LinePart.MEMBER, root)
    yield from _below(root, "", 1, parts, 0)


def _below(item: T, number: str, depth: int, parts: Parts[T], count: int) -> Iterator[TreePlace[T]]:
    """The places below ``item``; ``count`` members of the same number stand before them."""
    for part, child in parts(item):
        members = [p for p, _ in parts(child)]
        heading = part in (LinePart.THEN, LinePart.OTHERWISE) and LinePart.MEMBER in members
        if heading:
            yield TreePlace("", depth, part, child)
            yield from _below(child, number, depth + 1, parts, count)
            count += len(members)
            continue
        count += part is not LinePart.CONDITION
        own = f"{number}a" if part is LinePart.CONDITION else f"{number}.{count}".lstrip(".")
        yield TreePlace(own, depth, part, child)
        yield from _below(child, own, depth + 1, parts, 0)


def node_parts(node: Node) -> list[tuple[LinePart, Node]]:
    """The criteria directly below one."""
    if isinstance(node, CriteriaGroup):
        return [(LinePart.MEMBER, member) for member in node.members]
    if isinstance(node, When):
        otherwise = [] if node.otherwise is None else [(LinePart.OTHERWISE, node.otherwise)]
        return [(LinePart.CONDITION, node.condition), (LinePart.THEN, node.then), *otherwise]
    return []


def finding_parts(finding: Finding) -> list[tuple[LinePart, Finding]]:
    """The findings directly below one."""
    if finding.condition is None:
        return [(LinePart.MEMBER, member) for member in finding.members]
    branches = zip((LinePart.THEN, LinePart.OTHERWISE), finding.members, strict=False)
    return [(LinePart.CONDITION, finding.condition), *branches]


def questions_of(node: Node) -> dict[str, QuestionDefinition]:
    """The questions a tree asks, by key, in tree order."""
    items = (place.item for place in walk(node, node_parts))
    return {leaf.question.key: leaf.question for leaf in items if isinstance(leaf, Leaf)}
