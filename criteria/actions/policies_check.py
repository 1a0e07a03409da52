"""Everything wrong with an edition, before it is published and whenever someone asks."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.edition import CodeSystem, Coverage, Edition, ReviewerNote
from criteria.models import PolicyVersion
from criteria.policyfile.load import edition_of
from criteria.policyfile.problem import PolicyFileError
from criteria.rules import DoseLeaf, Leaf, Node
from criteria.rules.lint import problems, unused_questions
from criteria.rules.problem import Severity
from criteria.rules.walk import node_parts, walk


@dataclass(frozen=True, slots=True)
class EditionProblem:
    """One mistake and where it stands. An error keeps the edition from being published.

    ``path``: the keys of the parts it stands in, from the edition down, as in a policy file.
    """

    severity: Severity
    code: str
    where: str
    message: str
    path: tuple[str | int, ...] = ()


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
        EditionProblem(Severity.ERROR, "unusable", ".".join(map(str, p.path)), p.message, p.path)
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
            yield EditionProblem(p.severity, p.code, place, p.message, _path(where))
    asked = {key: q for key, q in edition.questions.items() if q.role is None}
    for p in unused_questions([tree for _, tree in trees], asked):
        where = f"questions: {' > '.join(p.path)}"
        yield EditionProblem(p.severity, p.code, where, p.message, ("questions", *p.path))


def _path(where: str) -> tuple[str, ...]:
    """The keys in the words for the place of a tree."""
    first, *below = where.split(", ")
    if first == "general":
        return (first, *below)
    if first == "whole policy":
        return ()
    pathway = below[:1] if below and not below[0].startswith("note ") else []
    return ("indications", first, *(("pathways", *pathway) if pathway else ()))


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


def counts(edition: Edition) -> dict[str, int | dict[str, int]]:
    """How much an edition holds."""
    trees = [node for _, tree in trees_of(edition) for node in _nodes(tree)]
    pathways = [p for indication in edition.indications.values() for p in indication.pathways]
    return {
        "indications": {
            coverage.value: sum(i.coverage is coverage for i in edition.indications.values())
            for coverage in Coverage
        },
        "pathways": len(pathways),
        "criteria": sum(isinstance(node, Leaf | DoseLeaf) for node in trees),
        "groups": sum(not isinstance(node, Leaf | DoseLeaf) for node in trees),
        "questions": len(edition.questions),
        "dosing_limits": sum(len(pathway.dose.limits) for pathway in pathways),
        "reviewer_notes": sum(1 for _ in _notes(edition)),
        "codes": {
            system.value: sum(of is system for of, _ in edition.codes) for system in CodeSystem
        },
        "products": len(edition.products),
    }


def _nodes(tree: Node) -> Iterator[Node]:
    return (place.item for place in walk(tree, node_parts))


def _notes(edition: Edition) -> Iterator[ReviewerNote]:
    yield from edition.notes
    for indication in edition.indications.values():
        yield from indication.notes
        for pathway in indication.pathways:
            yield from pathway.notes
