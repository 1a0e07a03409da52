"""From the findings of a submission to the things a letter may speak of."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from criteria.assessment import Assessment
from criteria.case import Gate
from criteria.letters.content import GATE, Item
from criteria.packet.dose import fit_text
from criteria.packet.trees import named_trees
from criteria.requestdata import Evidence
from criteria.rules import Citation, Compares, DoseLeaf, Finding, Leaf, State, Within
from criteria.rules.explain import (
    NumberedFinding,
    answer_text,
    citation_text,
    conjunction,
    numbered,
    reason_text,
    required_text,
    step_text,
)
from criteria.rules.guidance import leaves, ways_to_meet

GATES = {
    "indication": "Diagnosis",
    "pathway": "Set of criteria",
    "product": "Product",
    "code": "Diagnosis codes",
}


def items_of(
    assessment: Assessment, evidence: Mapping[str, Evidence], dose: str = ""
) -> tuple[Item, ...]:
    """Gates that are not open, then every criterion of both trees, in the order of the packet.

    ``dose``: what was asked for, in the prescriber's words.
    """
    criteria = (
        replace(item, answered=f"{dose}. {item.answered}") if dose and is_dose else item
        for item, is_dose in _criteria(assessment, evidence)
    )
    return (*_gates(assessment), *criteria)


def _gates(assessment: Assessment) -> Iterator[Item]:
    for gate in assessment.gates:
        if gate.gate is Gate.CONTRADICTION:
            continue  # asked about, or not accepted, at the criterion or the fact it is about
        yield Item(
            block=GATE,
            key=gate.gate.value,
            title=GATES[gate.gate.value],
            answered=gate.text,
            citation=citation_text(Citation(gate.lines)),
        )


def _criteria(
    assessment: Assessment, evidence: Mapping[str, Evidence]
) -> Iterator[tuple[Item, bool]]:
    """Each criterion, with whether it is the dose."""
    for tree in named_trees(assessment):
        for place in numbered(tree.finding):
            number = tree.cited(place.number) if place.number else ""
            item = Item(
                block=tree.block,
                key=place.finding.node.key,
                number=number,
                title=place.finding.node.title,
                citation=citation_text(place.finding.node.citation),
            )
            is_dose = isinstance(place.finding.node, DoseLeaf)
            yield _with_answer(item, place, assessment, evidence), is_dose


def _with_answer(
    item: Item, place: NumberedFinding, found: Assessment, evidence: Mapping[str, Evidence]
) -> Item:
    node = place.finding.node
    if isinstance(node, DoseLeaf):
        fit = fit_text(found)
        way = f"a dose of at most {fit}" if fit else ""
        return replace(item, required=required_text(node), answered=found.dose.text, way=way)
    item = replace(item, way=_way(place.finding, found))
    if not isinstance(node, Leaf):
        return replace(item, required=conjunction(node), answered=_members(place, found))
    known = evidence.get(node.question.key)
    return replace(
        item,
        question=node.question.key,
        required=required_text(node, found.edition.questions),
        answered=_answer(place, node, found),
        evidence="" if known is None else known.text,
    )


def _answer(place: NumberedFinding, leaf: Leaf, found: Assessment) -> str:
    """The answer as stated; of a dated one why it does not do, which the figure does not show."""
    finding, test = place.finding, leaf.test
    text = answer_text(leaf.question, finding.answer)
    dated = isinstance(test, Within) or (isinstance(test, Compares) and test.max_age is not None)
    if finding.answer is None or finding.state is not State.NOT_MET or not dated:
        return text
    reason = reason_text(finding, found.facts, place.switched_off_by, found.edition.questions)
    return f"{text} ({reason})"


def _members(place: NumberedFinding, found: Assessment) -> str:
    """How many are met, then every answer given below."""
    finding = place.finding
    reason = reason_text(finding, found.facts, place.switched_off_by, found.edition.questions)
    given = (
        f"{leaf.node.title}: {answer_text(leaf.node.question, leaf.answer)}"
        for leaf in leaves(finding)
        if isinstance(leaf.node, Leaf) and leaf.answer is not None
    )
    return "; ".join((reason, *dict.fromkeys(given)))


def _way(finding: Finding, found: Assessment) -> str:
    """What would meet it by the rules; empty where they find it met already."""
    return step_text(ways_to_meet(finding), found.edition.questions)
