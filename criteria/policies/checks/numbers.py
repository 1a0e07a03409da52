"""Numbers in the words of a part that are not those of its fields: a note left behind."""

from collections.abc import Iterator
from dataclasses import dataclass

from criteria.dosing.limits import Limit, RegimenEvent
from criteria.policies.checks.figures import (
    AMOUNTS,
    Figures,
    dose_figures,
    ends_of,
    leaf_figures,
    limit_figures,
    node_figures,
    tree_figures,
    units_of,
)
from criteria.policies.checks.problem import EditionProblem, Path, Subject, warning
from criteria.policies.checks.trees import PlacedTree, trees_of
from criteria.policies.edition import (
    Edition,
    IndicationDefinition,
    NoteDefinition,
    PathwayDefinition,
)
from criteria.rules import DoseLeaf, FactRole, Leaf, Node, QuestionDefinition
from criteria.rules.explain import conjunction, required_text
from criteria.rules.quantities import Counts, Quantity, quantities
from criteria.rules.walk import node_parts, walk

# The event a question asks the day of, which a limit may run up to.
EVENTS = {
    FactRole.TRANSPLANT_DATE: RegimenEvent.TRANSPLANT,
    FactRole.DISCONTINUATION_DATE: RegimenEvent.DISCONTINUATION,
}
AUTHORIZATION = "authoriz"


@dataclass(frozen=True, slots=True)
class NumberedText:
    """Words of a part, the numbers it states in its fields, and those in words."""

    where: str
    path: Path
    name: str
    text: str
    figures: Figures
    stated: str


def numbers_contradicted(subject: Subject) -> Iterator[EditionProblem]:
    """A number in a title, note, remark, help or question that its part does not state."""
    months = subject.edition.authorization_months
    for told in _told(subject.edition):
        found = quantities(told.text, told.figures.units)
        messages = (
            f"its {told.name} says “{said.text}”, but {stated}"
            for said in found
            if (stated := _contradicted(said, told, months))
        )
        for message in dict.fromkeys(messages):
            yield warning("other-number", told.where, message, told.path)


def _contradicted(said: Quantity, told: NumberedText, authorization_months: int) -> str:
    """What is stated instead; empty where nothing is."""
    if said.counts is Counts.MONTHS and AUTHORIZATION in said.sentence.lower():
        is_other = said.value != authorization_months
        return f"an authorization is {authorization_months} months" if is_other else ""
    return told.stated if told.figures.contradicts(said) else ""


def _told(edition: Edition) -> Iterator[NumberedText]:
    yield from _questions(edition)
    for tree in trees_of(edition):
        yield from _tree(tree, _limits_at(edition, tree.path))
    for indication in edition.indications.values():
        yield from _indication(indication)
    whole = Figures(is_of_many=True)
    for node in edition.general.values():
        whole.take(tree_figures(node))
    yield from _notes(edition.notes, "whole policy", (), whole, "the policy says otherwise")


# Questions


def _questions(edition: Edition) -> Iterator[NumberedText]:
    used = _uses(edition)
    for key, question in edition.questions.items():
        leaves, limits = used.get(key, ([], []))
        figures = Figures(units=units_of(question))
        for leaf in leaves:
            figures.take(leaf_figures(leaf))
        figures.take(_only_amounts(limits))
        figures.take(ends_of(_ending_with(edition, question)))
        needs = dict.fromkeys(required_text(leaf) for leaf in leaves)
        stated = f"what passes is: {'; '.join(needs)}" if needs else "its limit says otherwise"
        for name, text in (("question", question.wording), ("help", question.help)):
            yield NumberedText(f"questions, {key}", ("questions", key), name, text, figures, stated)


def _uses(edition: Edition) -> dict[str, tuple[list[Leaf], list[Limit]]]:
    """By question, the criteria that ask it and the limits of their pathways."""
    found: dict[str, tuple[list[Leaf], list[Limit]]] = {}
    for tree in trees_of(edition):
        for place in walk(tree.node, node_parts):
            if isinstance(place.item, Leaf):
                leaves, limits = found.setdefault(place.item.question.key, ([], []))
                leaves.append(place.item)
                limits += _limits_at(edition, tree.path)
    return found


def _only_amounts(limits: list[Limit]) -> Figures:
    stated = dose_figures(limits).own
    return Figures(own={key: got for key, got in stated.items() if key[0] in AMOUNTS})


def _ending_with(edition: Edition, question: QuestionDefinition) -> Iterator[Limit]:
    """The limits that run up to the event whose day a question asks."""
    event = EVENTS.get(question.role) if question.role else None
    for indication in edition.indications.values():
        for pathway in indication.pathways:
            yield from (one for one in pathway.dose.limits if event and one.until_event is event)


# Trees


def _tree(tree: PlacedTree, limits: tuple[Limit, ...]) -> Iterator[NumberedText]:
    for place in walk(tree.node, node_parts):
        node = place.item
        figures, stated = _of_node(node, limits)
        path = (*tree.path, node.key)
        for name, text in (("title", node.title), ("note", node.note)):
            yield NumberedText(f"{tree.where}: {node.key}", path, name, text, figures, stated)


def _of_node(node: Node, limits: tuple[Limit, ...]) -> tuple[Figures, str]:
    """The numbers the words of a criterion may name, and what it states in words."""
    if isinstance(node, DoseLeaf):
        return dose_figures(limits), _said(limits)
    figures = node_figures(node)
    figures.take(_only_amounts(list(limits)))
    figures.may_name(ends_of(limits), [Counts.DAYS])
    if isinstance(node, Leaf):
        return figures, f"what passes is: {required_text(node)}"
    return figures, f"it is: {conjunction(node)}"


def _said(limits: tuple[Limit, ...]) -> str:
    return f"the dose is: {'; '.join(limit.words for limit in limits)}"


def _limits_at(edition: Edition, path: Path) -> tuple[Limit, ...]:
    """The dosing limits of the pathway a path leads through."""
    match path:
        case ("indications", str(key), "pathways", name, *_):
            pathways = edition.indications[key].pathways
            return next(pathway for pathway in pathways if pathway.key == name).dose.limits
    return ()


# Indications, their limits and notes


def _indication(indication: IndicationDefinition) -> Iterator[NumberedText]:
    path: Path = ("indications", indication.key)
    whole = Figures(is_of_many=True)
    for pathway in indication.pathways:
        at = (*path, "pathways", pathway.key)
        where = f"{indication.key}, {pathway.key}"
        figures = _of_pathway(pathway)
        whole.take(figures)
        for limit in pathway.dose.limits:
            yield from _limit(limit, pathway, f"{indication.key}, {limit.key}", at)
        yield from _notes(pathway.notes, where, at, figures, "its pathway says otherwise")
    stated = "its pathways say otherwise"
    texts = (("name", indication.name), ("help", indication.help), ("way", indication.route_words))
    for name, text in texts:
        yield NumberedText(indication.key, path, name, text, whole, stated)
    yield from _notes(indication.notes, indication.key, path, whole, stated)


def _of_pathway(pathway: PathwayDefinition) -> Figures:
    figures = tree_figures(pathway.criteria)
    for condition in pathway.conditions.values():
        figures.take(tree_figures(condition))
    figures.take(dose_figures(pathway.dose.limits))
    return figures


def _limit(
    limit: Limit, pathway: PathwayDefinition, where: str, path: Path
) -> Iterator[NumberedText]:
    at, stated = (*path, "dose", limit.key), f"the limit is: {limit.words}"
    figures = limit_figures(limit)
    figures.asks = frozenset({Counts.DAYS, Counts.COURSES})
    yield NumberedText(where, at, "remark", limit.remark, figures, stated)
    condition = pathway.conditions.get(limit.key)
    if condition is not None:
        opened = tree_figures(condition)
        yield NumberedText(
            where, at, "condition in words", limit.condition_words, opened, OTHERWISE
        )


OTHERWISE = "the criteria of the condition say otherwise"


def _notes(
    notes: tuple[NoteDefinition, ...], where: str, path: Path, figures: Figures, stated: str
) -> Iterator[NumberedText]:
    for note in notes:
        own = Figures(is_of_many=True)
        own.take(figures)
        for tree in (note.when, note.unless):
            if tree is not None:
                own.take(tree_figures(tree))
        at = (*path, "notes", note.key)
        yield NumberedText(f"{where}, note {note.key}", at, "text", note.text, own, stated)
