"""The question keys of a pathway: what a program may answer, with types, units and wording."""

from collections.abc import Iterator
from typing import Any

from criteria.policies.edition import Edition, PathwayDefinition
from criteria.requests.assessment.dose import EVENT_ROLES
from criteria.requests.case_files.names import GENERAL_ALONE
from criteria.rules import (
    KINDS,
    Anchor,
    FactRole,
    Leaf,
    Node,
    QuestionDefinition,
    Test,
)
from criteria.rules.explain import required_text
from criteria.rules.terms import TherapyPhase
from criteria.rules.walk import node_parts, walk

Json = dict[str, Any]


def question_keys(
    edition: Edition, indication: str, pathway: str | None, phase: TherapyPhase | None
) -> list[Json]:
    """Every question the indication and pathway can ask, once each, in the order they are asked.

    Without a phase the general requirements of every phase the pathway serves are listed.
    """
    found: dict[str, Json] = {}
    for block, node in _trees(edition, indication, pathway, phase):
        for leaf in _leaves(node):
            entry = found.setdefault(leaf.question.key, _entry(leaf.question))
            uses = {
                "block": block,
                "criterion": leaf.key,
                "title": leaf.title,
                "lines": leaf.citation.lines,
                "required": required_text(leaf, edition.questions),
            }
            entry["used_by"].append(uses)
            for key in _anchored(edition, leaf.test):
                found.setdefault(key, _entry(edition.questions[key]))
    for path in _pathways(edition, indication, pathway, phase):
        for question in _dose_questions(edition, path):
            found.setdefault(question.key, _entry(question))
    return list(found.values())


def _dose_questions(edition: Edition, pathway: PathwayDefinition) -> Iterator[QuestionDefinition]:
    """The dates the dosing limits run from."""
    events = {limit.until_event for limit in pathway.dose.limits}
    roles = {role for event, role in EVENT_ROLES.items() if event in events}
    if any(limit.through_day_of_therapy for limit in pathway.dose.limits):
        roles.add(FactRole.THERAPY_START)
    return (question for question in edition.questions.values() if question.role in roles)


def _trees(
    edition: Edition, indication: str, pathway: str | None, phase: TherapyPhase | None
) -> Iterator[tuple[str, Node]]:
    chosen = _pathways(edition, indication, pathway, phase)
    serving = {p for path in chosen for p in path.phases} or set(TherapyPhase)
    for general_phase in TherapyPhase:
        if general_phase in serving and phase in (None, general_phase):
            yield f"general, {general_phase}", edition.general[general_phase]
    for path in chosen:
        yield path.key, path.criteria
        for key, condition in path.conditions.items():
            yield f"{path.key}, dose limit {key}", condition
        notes = (*edition.indications[indication].notes, *path.notes)
        for note in notes:
            for node in (note.when, note.unless):
                if node is not None:
                    yield f"{path.key}, note {note.key}", node


def _pathways(
    edition: Edition, indication: str, pathway: str | None, phase: TherapyPhase | None
) -> tuple[PathwayDefinition, ...]:
    if indication == GENERAL_ALONE:
        return ()
    return tuple(
        p
        for p in edition.indications[indication].pathways
        if pathway in (None, p.key) and (phase is None or phase in p.phases)
    )


def _leaves(node: Node) -> Iterator[Leaf]:
    items = (place.item for place in walk(node, node_parts))
    return (item for item in items if isinstance(item, Leaf))


def _anchored(edition: Edition, test: Test) -> Iterator[str]:
    """The date question a window is counted from."""
    anchor = KINDS[test.type].anchor(test)
    if anchor is None or anchor == Anchor.REQUEST:
        return
    for question in edition.questions.values():
        is_start = anchor == Anchor.THERAPY_START and question.role is FactRole.THERAPY_START
        if is_start or question.key == anchor:
            yield question.key


def _entry(question: QuestionDefinition) -> Json:
    kind = KINDS[question.type]
    return {
        "key": question.key,
        "wording": question.wording,
        "type": question.type.value,
        "form": kind.json_form(question),
        "unit": question.unit or None,
        "other_units": {unit: f"{factor:f}" for unit, factor in question.other_units},
        "minimum": None if question.minimum is None else f"{question.minimum:f}",
        "maximum": None if question.maximum is None else f"{question.maximum:f}",
        "dated": question.dated,
        "choices": kind.json_choices(question),
        "examples": question.examples,
        "names": [list(each) for each in question.names.counted],
        "names_not_counted": [list(each) for each in question.names.not_counted],
        "help": question.help,
        "role": None if question.role is None else question.role.value,
        "used_by": [],
    }
