"""Indications, their sets of criteria, and the notes for the reviewer, as items."""

from collections.abc import Iterator
from dataclasses import replace

from criteria.policies.difference.change import Concerns, Side
from criteria.policies.difference.doses import dose_items
from criteria.policies.difference.item import (
    ComparedPart,
    Field,
    ItemKey,
    PartOrder,
    cited,
    flag,
    lines,
    listed,
    read_out,
    text,
)
from criteria.policies.difference.sections import EditionSection
from criteria.policies.difference.trees import Setting, any_of, tree_items
from criteria.policies.edition import IndicationDefinition, NoteDefinition, PathwayDefinition
from criteria.rules import Citation
from criteria.rules.explain import in_words
from criteria.rules.terms import CodeSystem, Coverage, TherapyPhase
from criteria.rules.wording import Questions

PHASES = {TherapyPhase.INITIAL: "First request", TherapyPhase.CONTINUATION: "Continuation"}
COVERAGE = {
    Coverage.CRITERIA: "covered with criteria",
    Coverage.GENERAL: "covered on the general requirements alone",
    Coverage.UNPROVEN: "not covered (unproven)",
}


def indication_items(
    indication: IndicationDefinition, questions: Questions
) -> Iterator[ComparedPart]:
    """An indication with everything in it."""
    concerns = Concerns(indication=indication.key)
    fields = tuple(_indication_fields(indication))
    yield ComparedPart(
        section=EditionSection.INDICATIONS,
        key=("indication", indication.key),
        side=Side(
            place="",
            name=indication.name,
            words=read_out(fields[1:]),
            citation=lines(indication.lines),
        ),
        fields=fields,
        concerns=concerns,
    )
    for pathway in indication.pathways:
        yield from _pathway_items(indication, pathway, questions)
    key, place = ("notes", indication.key), indication.name
    yield from note_items(indication.notes, key, place, concerns, questions)


def _indication_fields(indication: IndicationDefinition) -> Iterator[Field]:
    yield text("Name", indication.name)
    yield Field(label="Coverage", value=indication.coverage, words=COVERAGE[indication.coverage])
    yield listed("Also called", indication.synonyms)
    yield text("Help", indication.help)
    yield text("What to do", indication.route_words)
    yield flag("The list of codes does not bind it", not indication.codes_bind)
    yield PartOrder(
        label="Order of the sets of criteria",
        value=tuple(each.key for each in indication.pathways),
        names=tuple(each.name for each in indication.pathways),
    )
    yield notes_order(indication.notes)
    yield cited(Citation(indication.lines))


def _pathway_items(
    indication: IndicationDefinition, pathway: PathwayDefinition, questions: Questions
) -> Iterator[ComparedPart]:
    names = dict.fromkeys((indication.name, pathway.name))
    place = " · ".join(names)
    concerns = Concerns(indication=indication.key, pathway=pathway.key, phases=pathway.phases)
    key = ("pathway", indication.key, pathway.key)
    fields = tuple(_pathway_fields(pathway))
    yield ComparedPart(
        section=EditionSection.PATHWAYS,
        key=key,
        side=Side(
            place="",
            name=place,
            words=f"{read_out(fields[1:2])}. {in_words(pathway.criteria)}",
            citation=lines(pathway.lines),
        ),
        fields=fields,
        concerns=concerns,
    )
    setting = Setting(
        section=EditionSection.CRITERIA,
        key=("criterion", *key[1:]),
        place=place,
        questions=questions,
        concerns=concerns,
        parent=key,
    )
    yield from tree_items(pathway.criteria, setting)
    dosing = replace(setting, section=EditionSection.DOSING, key=("limit", *key[1:]), parent=None)
    yield from dose_items(pathway, dosing)
    yield from note_items(pathway.notes, ("notes", *key[1:]), place, concerns, questions)


def _pathway_fields(pathway: PathwayDefinition) -> Iterator[Field]:
    phases = [phase for phase in TherapyPhase if phase in pathway.phases]
    yield text("Name", pathway.name)
    yield listed("Serves", phases, [PHASES[phase].lower() for phase in phases])
    yield _route(pathway.dose.iv_only)
    label_lines = text("Lines that send a subcutaneous dose to the label", pathway.dose.label_lines)
    yield label_lines
    starts = [regimen.phases[0] for regimen in pathway.dose.regimens if regimen.phases]
    yield PartOrder(
        label="Order of the dosing limits",
        value=tuple(limit.key for limit in starts),
        names=tuple(limit.words for limit in starts),
    )
    yield notes_order(pathway.notes)
    yield cited(Citation(pathway.lines))


def _route(iv_only: bool | None) -> Field:
    label = "Dose limits are for the vein alone"
    return Field(label=label, value=None, words="") if iv_only is None else flag(label, iv_only)


def notes_order(notes: tuple[NoteDefinition, ...]) -> PartOrder:
    """The order of notes for the reviewer."""
    return PartOrder(
        label="Order of the notes",
        value=tuple(note.key for note in notes),
        names=tuple(note.text for note in notes),
    )


def note_items(
    notes: tuple[NoteDefinition, ...],
    key: ItemKey,
    place: str,
    concerns: Concerns,
    questions: Questions,
) -> Iterator[ComparedPart]:
    """Notes for the reviewer, with the conditions they are shown under."""
    for note in notes:
        own = replace(concerns, codes=frozenset((CodeSystem.ICD10, code) for code in note.codes))
        item = _note_item(note, (*key, note.key), place, own)
        yield item
        setting = Setting(
            section=EditionSection.NOTES,
            key=(*item.key, "when"),
            place=place,
            questions=questions,
            concerns=own,
            label="Shown when",
            parent=item.key,
        )
        if note.when is not None:
            yield from tree_items(note.when, setting)
        if note.unless is not None:
            not_when = replace(setting, key=(*item.key, "unless"), label="Not shown when")
            yield from tree_items(note.unless, not_when)


def _note_item(note: NoteDefinition, key: ItemKey, place: str, concerns: Concerns) -> ComparedPart:
    codes = sorted(note.codes)
    said = [
        note.text,
        note.when and f"Shown when: {any_of(note.when)}",
        note.unless and f"Not shown when: {any_of(note.unless)}",
        codes and f"Only for {', '.join(codes)}.",
    ]
    return ComparedPart(
        section=EditionSection.NOTES,
        key=key,
        side=Side(
            place=place,
            name=_name(note),
            words=" ".join(each for each in said if isinstance(each, str) and each),
            citation=lines(note.lines),
        ),
        fields=(
            text("Note", note.text),
            listed("Only for the codes", codes),
            cited(Citation(note.lines)),
        ),
        concerns=concerns,
    )


def _name(note: NoteDefinition) -> str:
    """Its key as words: the text itself is what may change."""
    return f"Note: {note.key.replace('-', ' ').replace('_', ' ')}"
