"""Where an edition contradicts itself, or leaves a point open, as items."""

from collections.abc import Iterator

from criteria.policies.difference.change import Side
from criteria.policies.difference.item import ComparedPart, Field, cited, lines, listed, text
from criteria.policies.difference.sections import EditionSection
from criteria.policies.edition import ContradictionDefinition, Edition
from criteria.rules import Citation
from criteria.rules.terms import TherapyPhase

PHASES = {TherapyPhase.INITIAL: "first request", TherapyPhase.CONTINUATION: "continuation"}


def contradiction_item(point: ContradictionDefinition, edition: Edition) -> ComparedPart:
    """A contradiction with both its sides."""
    fields = tuple(_fields(point, edition))
    return ComparedPart(
        section=EditionSection.CONTRADICTIONS,
        key=("contradiction", point.key),
        side=Side(
            place="",
            name=point.name,
            words=f"{point.one_side} {point.other_side}",
            citation=lines(f"{point.one_side_lines}, {point.other_side_lines}"),
        ),
        fields=fields,
    )


def _fields(point: ContradictionDefinition, edition: Edition) -> Iterator[Field]:
    yield text("Name", point.name)
    yield text("Key", point.key)
    yield text("One side", point.one_side)
    yield text("The other side", point.other_side)
    named = [key for key in edition.indications if key in point.indications]
    named += sorted(point.indications - set(named))
    names = {key: each.name for key, each in edition.indications.items()}
    yield listed("Diagnoses that are the point", named, [names.get(key, key) for key in named])
    phases = [phase for phase in TherapyPhase if phase in point.phases]
    yield listed("In which phase", phases, [PHASES[phase] for phase in phases])
    yield listed("Codes that say it too", sorted(point.codes))
    yield cited(Citation(point.one_side_lines, "one side"))
    yield cited(Citation(point.other_side_lines, "the other side"))
