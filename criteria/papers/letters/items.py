"""From the findings of a submission to the things a letter may speak of."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from criteria.papers.letters.content import LetterItem
from criteria.papers.packet.dose import fit_text
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import named_trees
from criteria.requests.case import GateFinding, GateKind
from criteria.requests.content import StatedEvidence
from criteria.requests.dispositions.gates import GATE, gate_needs_words
from criteria.requests.dispositions.grounds import needs_words
from criteria.rules import (
    KINDS,
    SATISFIED,
    Answer,
    Citation,
    DoseLeaf,
    Finding,
    FindingState,
    Leaf,
    When,
)
from criteria.rules.explain import (
    LinePart,
    NumberedFinding,
    answer_text,
    citation_text,
    in_words,
    numbered,
    reason_text,
    records_text,
    required_text,
    step_text,
)
from criteria.rules.guidance import is_unchangeable as is_fact
from criteria.rules.guidance import leaves, ways_to_meet

NOTHING_ADDED = "nothing that can be added to this request"
# What would change a gate for which something was not stated, and any other.
STATED_WAYS = {
    GateKind.PATHWAY: "the set of criteria that applies being stated",
    GateKind.CODE: "the diagnosis code being stated",
}
GATE_WAYS = {
    GateKind.PRODUCT: "a product, given by a route, that the policy covers",
    GateKind.CODE: "a new request, if the code was stated wrongly",
    GateKind.CONTRADICTION: "records that show which of the two is right",
}
# Where a gate is settled, by the names contradictions know those facts by.
GATE_ABOUT = {
    GateKind.INDICATION: ("indication",),
    GateKind.PATHWAY: ("pathway",),
    GateKind.PRODUCT: ("product",),
    GateKind.CODE: ("icd10",),
}


def items_of(
    assessment: Assessment, evidence: Mapping[str, StatedEvidence], dose: str = ""
) -> tuple[LetterItem, ...]:
    """Gates that are not open, then every criterion of both trees, in the order of the packet.

    ``dose``: what was asked for, in the prescriber's words.
    """
    criteria = (
        replace(item, answered=f"{dose}. {item.answered}") if dose and item.is_dose else item
        for item in _criteria(assessment, evidence)
    )
    return (*_gates(assessment), *criteria)


def _gates(assessment: Assessment) -> Iterator[LetterItem]:
    for gate in assessment.gates:
        yield LetterItem(
            block=GATE,
            key=gate.key,
            title=gate.title,
            required=gate.text if gate.state is FindingState.NOT_ANSWERED else "",
            answered="" if gate.state is FindingState.NOT_ANSWERED else gate.text,
            citation=citation_text(Citation(gate.lines)),
            way=_gate_way(gate),
            about=gate.about or GATE_ABOUT.get(gate.gate, ()),
            needs_words=gate_needs_words(gate),
        )


def _gate_way(gate: GateFinding) -> str:
    """What would change what a gate says. Another disease or code is never asked for."""
    if gate.is_of_policy or gate.gate is GateKind.INDICATION:
        return NOTHING_ADDED
    if gate.state is not FindingState.NOT_MET and gate.gate in STATED_WAYS:
        return STATED_WAYS[gate.gate]
    return GATE_WAYS[gate.gate]


def _criteria(
    assessment: Assessment, evidence: Mapping[str, StatedEvidence]
) -> Iterator[LetterItem]:
    for tree in named_trees(assessment):
        for place in numbered(tree.finding):
            number = tree.cited(place.number) if place.number else ""
            item = LetterItem(
                block=tree.block,
                key=place.finding.node.key,
                number=number,
                title=place.finding.node.title,
                citation=citation_text(place.finding.node.citation),
                needs_words=needs_words(place),
            )
            yield _with_answer(item, place, assessment, evidence)


def _with_answer(
    item: LetterItem,
    place: NumberedFinding,
    found: Assessment,
    evidence: Mapping[str, StatedEvidence],
) -> LetterItem:
    finding, node = place.finding, place.finding.node
    item = _with_need(item, place, found)
    if isinstance(node, DoseLeaf):
        return replace(item, answered=found.dose.text, is_dose=True)
    if not isinstance(node, Leaf):
        return replace(item, answered=_members(place, found))
    known = evidence.get(node.question.key)
    return replace(
        item,
        question=node.question.key,
        wording=node.question.wording if KINDS[node.question.type].is_bare else "",
        answered=_answer(place, node, finding.answer, found),
        evidence="" if known is None else known.text,
    )


def _with_need(item: LetterItem, place: NumberedFinding, found: Assessment) -> LetterItem:
    """What it asks for and what would meet it; neither of what nobody has to meet."""
    finding, questions = place.finding, found.edition.questions
    is_idle = place.is_advised or place.part is LinePart.CONDITION
    if is_idle or finding.state is FindingState.NOT_APPLICABLE:
        return item
    node = finding.node
    if isinstance(node, Leaf | DoseLeaf):
        required = required_text(node, questions)
    else:
        required = _joined(finding)
    way = "" if finding.state is FindingState.MET else _way(finding, found)
    return replace(item, required=required, way=way)


def _way(finding: Finding, found: Assessment) -> str:
    """What would meet what is not met. What is met is met: only the reviewer can ask for more."""
    node, questions = finding.node, found.edition.questions
    if isinstance(node, DoseLeaf):
        fit = fit_text(found)
        return f"for example {fit}" if fit else ""
    if isinstance(node, Leaf):
        return NOTHING_ADDED if is_fact(finding) else records_text(node, questions)
    way = step_text(ways_to_meet(finding), questions)
    return NOTHING_ADDED if finding.state is FindingState.NOT_MET and not way else way


def _joined(finding: Finding) -> str:
    """What a group asks for, of a condition that is settled what its branch does."""
    node, condition = finding.node, finding.condition
    if isinstance(node, When) and condition is not None:
        if condition.state in SATISFIED:
            return _joined(finding.members[0])
        if condition.state is FindingState.NOT_MET:
            return _joined(finding.members[1])
    words = in_words(node)
    return f"{words[:1].lower()}{words[1:].removesuffix('.')}"


def _answer(place: NumberedFinding, leaf: Leaf, answer: Answer | None, found: Assessment) -> str:
    """The answer as stated; of a dated one why it does not do, which the figure does not show."""
    finding, test = place.finding, leaf.test
    text = answer_text(leaf.question, answer)
    dated = bool(KINDS[test.type].spans(test))
    if answer is None or finding.state is not FindingState.NOT_MET or not dated:
        return text
    reason = reason_text(finding, found.facts, place.switched_off_by, found.edition.questions)
    return f"{text} ({reason})"


def _members(place: NumberedFinding, found: Assessment) -> str:
    """How many are met, then every answer given below, each once."""
    finding = place.finding
    reason = reason_text(finding, found.facts, place.switched_off_by, found.edition.questions)
    given = (
        f"{leaf.node.title}: {answer_text(leaf.node.question, leaf.answer)}"
        for leaf in leaves(finding)
        if isinstance(leaf.node, Leaf) and leaf.answer is not None
    )
    return "; ".join((reason, *dict.fromkeys(given)))
