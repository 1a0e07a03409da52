"""Everything wrong with an edition, before it is published and whenever someone asks."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.edition import Edition, ReviewerNote
from criteria.models import PolicyVersion
from criteria.policyfile.load import edition_of
from criteria.policyfile.problem import PolicyFileError
from criteria.rules import Node
from criteria.rules.lint import problems, unused_questions
from criteria.rules.problem import Severity


@dataclass(frozen=True, slots=True)
class EditionProblem:
    """One mistake and where it stands. An error keeps the edition from being published."""

    severity: Severity
    code: str
    where: str
    message: str


def problems_of(version: PolicyVersion) -> list[EditionProblem]:
    """Everything wrong with a stored edition; of an unfinished one, what is missing."""
    try:
        edition = edition_of(version)
    except PolicyFileError as error:
        return unusable(error)
    return list(edition_problems(edition))


def unusable(error: PolicyFileError) -> list[EditionProblem]:
    """The problems of an edition that does not fit together."""
    return [
        EditionProblem(Severity.ERROR, "unusable", ".".join(map(str, p.path)), p.message)
        for p in error.problems
    ]


def edition_problems(edition: Edition) -> Iterator[EditionProblem]:
    """What the checks of the criteria language find in every tree, and what no tree uses.

    A question that the request answers (its role) is used without standing in a tree.
    """
    trees = list(trees_of(edition))
    for where, tree in trees:
        for p in problems(tree, edition.questions):
            place = f"{where}: {' > '.join(p.path)}"
            yield EditionProblem(p.severity, p.code, place, p.message)
    asked = {key: q for key, q in edition.questions.items() if q.role is None}
    for p in unused_questions([tree for _, tree in trees], asked):
        yield EditionProblem(p.severity, p.code, f"questions: {' > '.join(p.path)}", p.message)


def trees_of(edition: Edition) -> Iterator[tuple[str, Node]]:
    """Every tree of an edition with the words for its place."""
    for phase, node in edition.general.items():
        yield f"general, {phase}", node
    for indication in edition.indications.values():
        for pathway in indication.pathways:
            where = f"{indication.key}, {pathway.key}"
            yield where, pathway.criteria
            for key, condition in pathway.conditions.items():
                yield f"{where}, dose {key}", condition
            yield from _conditions(pathway.notes, where)
        yield from _conditions(indication.notes, indication.key)
    yield from _conditions(edition.notes, "whole policy")


def _conditions(notes: tuple[ReviewerNote, ...], where: str) -> Iterator[tuple[str, Node]]:
    for note in notes:
        for name, node in (("when", note.when), ("unless", note.unless)):
            if node is not None:
                yield f"{where}, note {note.key}, {name}", node
