"""Parts that say something else than in the edition they come from, under the same note."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from criteria.dosing.limits import Limit
from criteria.policies.checks.problem import EditionProblem, Path, Subject, warning
from criteria.policies.checks.trees import trees_of
from criteria.policies.edition import Edition
from criteria.rules import CriteriaGroup, DoseLeaf, Leaf, Node, QuestionDefinition, When
from criteria.rules.formats import joined
from criteria.rules.walk import node_parts, walk


@dataclass(frozen=True, slots=True)
class Noted:
    """A part: what it states, and by name the words and the citation that stand beside that."""

    where: str
    path: Path
    stated: object
    beside: dict[str, str]


def notes_left_over(subject: Subject) -> Iterator[EditionProblem]:
    """A part that changed while its note, remark, help or citation stayed as it was."""
    base = subject.base
    if base is None:
        return
    before = {noted.path: noted for noted in _noted(base)}
    for now in _noted(subject.edition):
        old = before.get(now.path)
        if old is None or old.stated == now.stated:
            continue
        same = [name for name, words in now.beside.items() if words and words == old.beside[name]]
        if same:
            message = (
                f"it changed since edition {base.number}, its {joined(same, 'and')} did not: "
                "does that still hold?"
            )
            yield warning("old-note", now.where, message, now.path)


def _noted(edition: Edition) -> Iterator[Noted]:
    for key, question in edition.questions.items():
        path: Path = ("questions", key)
        yield Noted(f"questions, {key}", path, _asked(question), {"help": question.help})
    doses: dict[Path, tuple[Limit, ...]] = {}
    for indication in edition.indications.values():
        for pathway in indication.pathways:
            at: Path = ("indications", indication.key, "pathways", pathway.key)
            doses[at] = tuple(_limit(limit) for limit in pathway.dose.limits)
            for limit in pathway.dose.limits:
                beside = {"remark": limit.remark, "citation": limit.lines}
                where = f"{indication.key}, {limit.key}"
                yield Noted(where, (*at, "dose", limit.key), _limit(limit), beside)
    for tree in trees_of(edition):
        for place in walk(tree.node, node_parts):
            node = place.item
            beside = {"note": node.note, "citation": node.citation.lines}
            if isinstance(node, DoseLeaf):
                beside.pop("citation")
            stated = _stated(node, doses.get(tree.path[:4], ()))
            yield Noted(f"{tree.where}: {node.key}", (*tree.path, node.key), stated, beside)


def _asked(question: QuestionDefinition) -> QuestionDefinition:
    """The kind of answer, without the words."""
    return replace(question, wording="", help="", examples="")


def _limit(limit: Limit) -> Limit:
    return replace(limit, lines="", section="", remark="")


def _stated(node: Node, dose: tuple[Limit, ...]) -> object:
    """What a criterion tests itself, without what stands in it; the dose stands for its limits."""
    match node:
        case Leaf():
            return node.question.key, node.test
        case CriteriaGroup():
            return node.kind, node.required, len(node.members)
        case When():
            return node.otherwise is None
        case DoseLeaf():
            return dose
