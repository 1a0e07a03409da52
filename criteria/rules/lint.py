"""Mistakes in a criteria tree that its grammar allows: for staff before an edition is published."""

from collections.abc import Iterable, Iterator, Mapping

from criteria.rules.conflicts import conflicts
from criteria.rules.kinds import KINDS
from criteria.rules.lint_leaf import leaf_problems
from criteria.rules.problem import LintSeverity, Path, TreeProblem, error, warning
from criteria.rules.question import QuestionDefinition
from criteria.rules.tree import (
    CriteriaGroup,
    DoseLeaf,
    GroupKind,
    Leaf,
    Node,
    When,
)
from criteria.rules.walk import node_parts, walk

__all__ = ["TreeProblem", "LintSeverity", "problems", "unused_questions"]


def problems(node: Node, questions: Mapping[str, QuestionDefinition]) -> tuple[TreeProblem, ...]:
    """Everything wrong with one tree, in tree order, then what its criteria do to each other."""
    found = [problem for path, each in _paths(node) for problem in _of(each, path, questions)]
    return (*found, *_duplicates(node), *conflicts(node))


def unused_questions(
    trees: Iterable[Node], questions: Mapping[str, QuestionDefinition]
) -> tuple[TreeProblem, ...]:
    """Questions that no criterion of any tree uses; one with a role is used by the request."""
    used = {key for tree in trees for key in _used(tree)}
    return tuple(
        warning("unused-question", (key,), f"no criterion uses “{question.wording}”")
        for key, question in questions.items()
        if key not in used and question.role is None
    )


def _paths(node: Node, above: Path = ()) -> Iterator[tuple[Path, Node]]:
    path = (*above, node.key)
    yield path, node
    for _, part in node_parts(node):
        yield from _paths(part, path)


def _of(
    node: Node, path: Path, questions: Mapping[str, QuestionDefinition]
) -> Iterator[TreeProblem]:
    """What is wrong with one node, looked at alone."""
    if not node.citation.lines.strip():
        yield error("no-citation", path, "says no line of the policy")
    if isinstance(node, Leaf):
        yield from leaf_problems(node, path, questions)
    elif isinstance(node, CriteriaGroup):
        yield from _group(node, path)
    elif isinstance(node, When) and any(isinstance(n, DoseLeaf) for _, n in _paths(node.condition)):
        yield warning("dose-in-condition", path, "the dose decides what else is asked")


def _group(group: CriteriaGroup, path: Path) -> Iterator[TreeProblem]:
    size = len(group.members)
    if size == 0:
        yield error("empty-group", path, "has no members")
    # A tree of one criterion is a list of one.
    if size == 1 and (len(path) > 1 or group.kind is not GroupKind.ALL):
        yield warning("single-member", path, "has only one member")
    if group.kind is GroupKind.AT_LEAST and group.n < 0:
        yield error("n-too-small", path, f"asks for at least {group.n}")
    if group.kind is GroupKind.AT_LEAST and 0 < size < group.n:
        yield error("n-too-large", path, f"asks for at least {group.n} of only {size}")
    if group.kind is not GroupKind.ALL and group.required:
        yield from _free_members(group, path)


def _free_members(group: CriteriaGroup, path: Path) -> Iterator[TreeProblem]:
    """A member that does not apply counts as satisfied, and would so satisfy the group."""
    for member in group.members:
        if isinstance(member, When) and member.otherwise is None:
            text = "counts as satisfied here whenever its condition is not met"
            yield warning("free-member", (*path, member.key), text)


def _duplicates(node: Node) -> Iterator[TreeProblem]:
    seen: set[str] = set()
    for path, each in _paths(node):
        if each.key in seen:
            yield error("duplicate-key", path, f"another criterion has the key “{each.key}”")
        seen.add(each.key)


def _used(tree: Node) -> Iterator[str]:
    for place in walk(tree, node_parts):
        if isinstance(place.item, Leaf):
            yield place.item.question.key
            anchor = KINDS[place.item.test.type].anchor(place.item.test)
            if anchor is not None:
                yield anchor
