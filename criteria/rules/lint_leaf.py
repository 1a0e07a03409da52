"""Mistakes in one question with its passing condition."""

from collections.abc import Iterator

from criteria.rules.kinds import KINDS
from criteria.rules.problem import Path, TreeProblem, error, warning
from criteria.rules.question import Questions
from criteria.rules.samples import can_fail, can_pass
from criteria.rules.tree import Leaf


def leaf_problems(leaf: Leaf, path: Path, questions: Questions) -> Iterator[TreeProblem]:
    """Everything wrong with one criterion, looked at alone."""
    known = questions.get(leaf.question.key)
    if known is None:
        yield error("unknown-question", path, f"no question has the key “{leaf.question.key}”")
    elif known != leaf.question:
        yield error("other-question", path, f"is not the question kept as “{known.key}”")
    if leaf.test.type is not leaf.question.type:
        text = f"tests a {leaf.test.type} answer, the question asks for {leaf.question.type}"
        yield error("wrong-type", path, text)
        return
    found = list(KINDS[leaf.test.type].lint(leaf.test, leaf.question, path, questions))
    yield from found or _outcome(leaf, path)


def _outcome(leaf: Leaf, path: Path) -> Iterator[TreeProblem]:
    if not can_pass(leaf):
        yield error("cannot-pass", path, "no answer the question accepts passes")
    elif not leaf.contradiction and not can_fail(leaf):
        yield warning("cannot-fail", path, "every answer the question accepts passes")
