"""The trees of criteria of an edition with their places, and how much it holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.policies.checks.problem import EditionProblem, Path, Subject
from criteria.policies.edition import (
    Edition,
    IndicationDefinition,
    NoteDefinition,
    PathwayDefinition,
)
from criteria.rules import DoseLeaf, Leaf, Node
from criteria.rules.lint import problems, unused_questions
from criteria.rules.terms import CodeSystem, Coverage
from criteria.rules.walk import node_parts, walk


@dataclass(frozen=True, slots=True)
class PlacedTree:
    """A tree: its place in words, and the keys that lead to it."""

    where: str
    path: Path
    node: Node


def criteria_in_trees(subject: Subject) -> Iterator[EditionProblem]:
    """What the checks of the criteria language find: contradictions, groups, n, citations."""
    for tree in trees_of(subject.edition):
        for p in problems(tree.node, subject.edition.questions):
            where = f"{tree.where}: {' > '.join(p.path)}"
            yield EditionProblem(p.severity, p.code, where, p.message, (*tree.path, *p.path))


def questions_unused(subject: Subject) -> Iterator[EditionProblem]:
    """A question no tree asks. One that the request answers (its role) is used without a tree."""
    edition = subject.edition
    asked = {key: q for key, q in edition.questions.items() if q.role is None}
    for p in unused_questions([tree.node for tree in trees_of(edition)], asked):
        where = f"questions: {' > '.join(p.path)}"
        yield EditionProblem(p.severity, p.code, where, p.message, ("questions", *p.path))


def trees_of(edition: Edition) -> Iterator[PlacedTree]:
    """Every tree of an edition, in its order."""
    for phase, node in edition.general.items():
        yield PlacedTree(f"general, {phase}", ("general", phase.value), node)
    for indication in edition.indications.values():
        path: Path = ("indications", indication.key)
        for pathway in indication.pathways:
            yield from _of_pathway(indication, pathway, (*path, "pathways", pathway.key))
        yield from _of_notes(indication.notes, indication.key, path)
    yield from _of_notes(edition.notes, "whole policy", ())


def _of_pathway(
    indication: IndicationDefinition, pathway: PathwayDefinition, path: Path
) -> Iterator[PlacedTree]:
    where = f"{indication.key}, {pathway.key}"
    yield PlacedTree(where, (*path, "criteria"), pathway.criteria)
    for key, condition in pathway.conditions.items():
        yield PlacedTree(f"{where}, dose {key}", (*path, "dose", key), condition)
    yield from _of_notes(pathway.notes, where, path)


def _of_notes(notes: tuple[NoteDefinition, ...], where: str, path: Path) -> Iterator[PlacedTree]:
    for note in notes:
        for name, node in (("when", note.when), ("unless", note.unless)):
            if node is not None:
                at = (*path, "notes", note.key)
                yield PlacedTree(f"{where}, note {note.key}, {name}", at, node)


def counts(edition: Edition) -> dict[str, int | dict[str, int]]:
    """How much an edition holds."""
    nodes = [node for tree in trees_of(edition) for node in _nodes(tree.node)]
    pathways = [p for indication in edition.indications.values() for p in indication.pathways]
    return {
        "indications": {
            coverage.value: sum(i.coverage is coverage for i in edition.indications.values())
            for coverage in Coverage
        },
        "pathways": len(pathways),
        "criteria": sum(isinstance(node, Leaf | DoseLeaf) for node in nodes),
        "groups": sum(not isinstance(node, Leaf | DoseLeaf) for node in nodes),
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


def _notes(edition: Edition) -> Iterator[NoteDefinition]:
    yield from edition.notes
    for indication in edition.indications.values():
        yield from indication.notes
        for pathway in indication.pathways:
            yield from pathway.notes
