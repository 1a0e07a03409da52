"""Criteria on one question that shut each other out, or make each other superfluous."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from criteria.rules.problem import Path, TreeProblem, error, warning
from criteria.rules.samples import can_pass, implies
from criteria.rules.tree import CriteriaGroup, Leaf, Node, When


class PlacedCriterion(NamedTuple):
    """A criterion with its place."""

    path: Path
    leaf: Leaf


def conflicts(node: Node) -> Iterator[TreeProblem]:
    """Contradictions, parts that can never count, and criteria that add nothing.

    Judged criterion by criterion, two at a time: the simple cases only.
    """
    return _below(node, (node.key,), ())


def _below(node: Node, path: Path, held: tuple[PlacedCriterion, ...]) -> Iterator[TreeProblem]:
    """Problems at and below ``node``, where all of ``held`` are required as well."""
    own = tuple(h for h in _required(node, path) if h not in held)
    yield from _contradictions(own)
    for each in own:
        yield from _decided(each, held)
    held += own
    if isinstance(node, CriteriaGroup):
        if node.required == 1:
            yield from _superfluous(node, path)
        for member in node.members:
            yield from _below(member, (*path, member.key), held)
    elif isinstance(node, When):
        yield from _below_when(node, path, held)


def _below_when(node: When, path: Path, held: tuple[PlacedCriterion, ...]) -> Iterator[TreeProblem]:
    at = (*path, node.condition.key)
    yield from _below(node.condition, at, held)
    condition = tuple(_required(node.condition, at))
    if not _repeats(node.then, node.condition):
        yield from _below(node.then, (*path, node.then.key), held + condition)
    if node.otherwise is not None:
        yield from _below(node.otherwise, (*path, node.otherwise.key), held)


def _repeats(node: Node, condition: Node) -> bool:
    """Whether a branch only says its condition again: nothing more is asked there."""
    if not isinstance(node, Leaf) or not isinstance(condition, Leaf):
        return False
    return (node.question, node.test) == (condition.question, condition.test)


def _required(node: Node, path: Path) -> Iterator[PlacedCriterion]:
    """The criteria without which ``node`` cannot be met."""
    if isinstance(node, Leaf) and node.test.type is node.question.type:
        yield PlacedCriterion(path, node)
    if isinstance(node, CriteriaGroup) and _needs_every(node):
        for member in node.members:
            yield from _required(member, (*path, member.key))


def _needs_every(group: CriteriaGroup) -> bool:
    return group.required == len(group.members)


def _contradictions(own: Sequence[PlacedCriterion]) -> Iterator[TreeProblem]:
    """Criteria that are all required, and cannot both be met or say the same twice."""
    for first, second in combinations(own, 2):
        if first.leaf.question.key != second.leaf.question.key:
            continue
        if not can_pass(first.leaf, second.leaf):
            text = f"cannot be met together with “{first.leaf.title}”"
            yield error("contradiction", second.path, text)
        elif implies(first.leaf, second.leaf) or implies(second.leaf, first.leaf):
            extra, other = (second, first) if implies(first.leaf, second.leaf) else (first, second)
            text = f"adds nothing: “{other.leaf.title}” is required and decides it"
            yield warning("redundant", extra.path, text)


def _superfluous(group: CriteriaGroup, path: Path) -> Iterator[TreeProblem]:
    """Members of an any-group that pass only where another member passes anyway."""
    leaves = [m for m in group.members if isinstance(m, Leaf) and m.test.type is m.question.type]
    for first, second in combinations(leaves, 2):
        if first.question.key != second.question.key:
            continue
        if implies(second, first) or implies(first, second):
            extra, other = (second, first) if implies(second, first) else (first, second)
            text = f"adds nothing: “{other.title}” is met whenever it is"
            yield warning("redundant", (*path, extra.key), text)


def _decided(criterion: PlacedCriterion, held: Sequence[PlacedCriterion]) -> Iterator[TreeProblem]:
    """A member or condition that what is required elsewhere has already decided."""
    for other in held:
        if other.leaf.question.key != criterion.leaf.question.key:
            continue
        if not can_pass(criterion.leaf, other.leaf):
            text = f"can never be met where “{other.leaf.title}” is required"
            yield warning("unreachable", criterion.path, text)
        elif implies(other.leaf, criterion.leaf):
            text = f"is always met where “{other.leaf.title}” is required"
            yield warning("always-met", criterion.path, text)
