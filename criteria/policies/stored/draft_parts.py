"""One stored tree as a node of the criteria language, finished or not: for showing while editing.

What is still missing stands in the tree as a place to fill, so that the rest can be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pydantic import TypeAdapter, ValidationError

from criteria.models import CriteriaTree, Criterion
from criteria.policies.file import schema
from criteria.policies.file.compile import question_of
from criteria.policies.file.compile_tree import TreeCompiler
from criteria.policies.file.problem import FileProblem
from criteria.policies.stored.export_tree import StoredQuestions, StoredTrees
from criteria.rules import Node, QuestionDefinition

EMPTY, EMPTY_TITLE = "nothing-here", "Nothing here yet"
CRITERION: TypeAdapter[Any] = TypeAdapter(schema.Criterion)


@dataclass(frozen=True, slots=True)
class DraftTree:
    """A tree as far as it goes. ``node`` None: there is nothing yet, or it cannot be read."""

    node: Node | None
    problems: tuple[FileProblem, ...] = ()
    rows: dict[str, Criterion] = field(default_factory=dict)
    questions: dict[str, QuestionDefinition] = field(default_factory=dict)


def draft_tree(tree: CriteriaTree) -> DraftTree:
    """Read one tree, in seven queries."""
    questions = StoredQuestions(tree.version)
    stored = StoredTrees(tree.version, questions, tree)
    said = stored.said(tree.pk)
    if said is None:
        return DraftTree(None)
    missing = list(_fill(said, count(1)))
    library = {
        key: question_of(key, schema.QuestionPart.model_validate(part))
        for key, part in questions.said().items()
    }
    try:
        part = CRITERION.validate_python(said)
    except ValidationError as error:
        return DraftTree(None, tuple(FileProblem(e["loc"], e["msg"]) for e in error.errors()))
    problems: list[FileProblem] = []
    node = TreeCompiler(library, problems, stored.contradictions.values()).root(part, ())
    return DraftTree(node, (*problems, *missing), dict(_by_key(stored)), library)


def _fill(said: dict[str, Any], number: "count[int]") -> Iterator[FileProblem]:
    """Put a place to fill wherever something is missing."""
    for name in ("all", "any", "of"):
        members = said.get(name)
        if members == []:
            members.append(_place(number))
            yield FileProblem((said["title"],), "has no members yet")
        elif isinstance(members, list):
            for member in members:
                yield from _fill(member, number)
    for name in ("when", "then", "otherwise"):
        if name in said and said[name] is None and name != "otherwise":
            said[name] = _place(number)
            yield FileProblem((said["title"],), f"says nothing for “{name}” yet")
        elif said.get(name) is not None:
            yield from _fill(said[name], number)


def _place(number: "count[int]") -> dict[str, Any]:
    key = f"{EMPTY}-{next(number)}"
    return {"dose": True, "key": key, "title": EMPTY_TITLE, "lines": "0"}


def is_empty(key: str) -> bool:
    """Whether a node of that key stands for something missing."""
    return key.startswith(EMPTY)


def _by_key(stored: StoredTrees) -> Iterator[tuple[str, Criterion]]:
    below = [row for rows in stored.children.values() for row in rows]
    for row in (*stored.roots.values(), *below):
        question = stored.questions.get(row.question_id or 0)
        yield row.key or ("dose" if question is None else question.key), row
