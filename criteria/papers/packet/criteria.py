"""From the findings of a tree to its lines: every criterion, asked or not, in the tree's order."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from criteria.papers.packet.lines import CONDITION, CriteriaPart, PacketCriterion, PacketEvidence
from criteria.requests.assessment.contradicted import contradicted_in, fact_of, is_contradicted
from criteria.requests.assessment.trees import NamedTree
from criteria.requests.content import StatedEvidence as Found
from criteria.rules import (
    KINDS,
    SATISFIED,
    Answer,
    CriteriaGroup,
    DoseLeaf,
    Facts,
    Finding,
    FindingState,
    Leaf,
    QuestionDefinition,
    When,
)
from criteria.rules.explain import (
    LinePart,
    NumberedFinding,
    answer_text,
    citation_text,
    conjunction,
    folded,
    not_asked_text,
    numbered,
    questions_of,
    reason_text,
    required_text,
)
from criteria.rules.kinds import kind_of

_PARTS = {LinePart.CONDITION: CONDITION, LinePart.THEN: "Then", LinePart.OTHERWISE: "Otherwise"}
_WORKSHEET = ", see the dose worksheet"
# States whose reason says more than the answer and what was required.
_EXPLAINED = (FindingState.NOT_MET, FindingState.NOT_APPLICABLE, FindingState.FOR_REVIEWER)


def criteria_part(
    named: NamedTree,
    facts: Facts,
    evidence: Mapping[str, Found],
    contradictions: Mapping[str, tuple[str, ...]],
) -> CriteriaPart:
    """One tree in print. A tree of a single criterion is a list of one.

    ``contradictions``: what does not agree with a fact, by the key it is named by.
    """
    tree = named.finding
    printer = _Printer(tree, facts, evidence, contradictions)
    joined = isinstance(tree.node, CriteriaGroup)
    places = numbered(tree)[1:] if joined else numbered(tree)
    return CriteriaPart(
        block=named.block,
        title=named.title,
        state=tree.state,
        joins=printer.joins(tree),
        citation=citation_text(tree.node.citation),
        note=tree.node.note if joined else "",
        is_contradicted=is_contradicted(tree, contradictions),
        criteria=tuple(printer.of(place, is_folded) for place, is_folded in folded(places)),
    )


def not_needed(finding: Finding, inside: bool = False) -> Iterator[str]:
    """Keys of the criteria not answered though something above them is satisfied without them."""
    inside = inside or finding.state in SATISFIED
    if inside and finding.state is FindingState.NOT_ANSWERED:
        yield finding.node.key
    for member in finding.members:
        yield from not_needed(member, inside)
    if finding.condition is not None:
        yield from not_needed(finding.condition, inside)


class _Printer:
    """Prints the criteria of one tree."""

    def __init__(
        self,
        tree: Finding,
        facts: Facts,
        evidence: Mapping[str, Found],
        contradictions: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.contradictions = contradictions
        self.section = tree.node.citation.section
        self.facts = facts
        self.evidence = evidence
        self.questions: dict[str, QuestionDefinition] = questions_of(tree.node)
        self.spare = frozenset(not_needed(tree))

    def of(self, place: NumberedFinding, is_folded: bool) -> PacketCriterion:
        """One criterion at its place; a rule of other codes with all that is not asked of it."""
        line = self.line(place)
        if not is_folded:
            return line
        why = reason_text(place.finding, self.facts, place.switched_off_by, self.questions)
        return replace(line, note="", reason=f"{why}. {not_asked_text(place.finding)}")

    def line(self, place: NumberedFinding) -> PacketCriterion:
        """One criterion at its place."""
        finding = place.finding
        node = finding.node
        line = PacketCriterion(
            key=node.key,
            number=place.number,
            depth=max(place.depth, 1),
            state=finding.state,
            title=node.title,
            part=_PARTS.get(place.part, ""),
            reason=self._reason(place),
            citation=self._citation(finding),
            note=node.note,
            needed=node.key not in self.spare,
            advised=place.is_advised,
            contradictions=self.contradictions.get(fact_of(finding), ()),
            is_contradicted=is_contradicted(finding, self.contradictions),
        )
        if isinstance(node, CriteriaGroup | When):
            return replace(line, joins=self.joins(finding))
        if isinstance(node, DoseLeaf):
            return replace(line, reason=f"{line.reason}{_WORKSHEET}")
        settled = (FindingState.NOT_MET, FindingState.NOT_APPLICABLE)
        if line.is_condition or place.is_advised or finding.state not in settled:
            line = replace(line, required=required_text(node, self.questions))
        return self._asked(line, node, finding.answer)

    def _asked(self, line: PacketCriterion, leaf: Leaf, answer: Answer | None) -> PacketCriterion:
        """The question, its answer and where that is found."""
        question = leaf.question
        return replace(
            line,
            question="" if question.wording == leaf.title else question.wording,
            answer="" if answer is None else _short_text(question, answer),
            evidence=placed(self.evidence.get(question.key)),
        )

    def joins(self, finding: Finding) -> str:
        """How the parts of a group are joined, and how far it is; empty for a single criterion."""
        node = finding.node
        if not isinstance(node, CriteriaGroup | When):
            return ""
        return conjunction(node, finding, contradicted_in(finding, self.contradictions))

    def _reason(self, place: NumberedFinding) -> str:
        """Why it is in its state, where the answer and what it needs do not already say so."""
        finding = place.finding
        is_silent = isinstance(finding.node, CriteriaGroup) or place.part is LinePart.CONDITION
        if (is_silent or place.is_advised) and finding.state is FindingState.NOT_MET:
            return ""
        test = finding.node.test if isinstance(finding.node, Leaf) else None
        dated = test is not None and bool(KINDS[test.type].spans(test))
        if finding.state in _EXPLAINED or (dated and finding.answer is not None):
            return reason_text(finding, self.facts, place.switched_off_by, self.questions)
        if isinstance(finding.node, DoseLeaf):
            return reason_text(finding, self.facts)
        return ""

    def _citation(self, finding: Finding) -> str:
        """The lines; the section too where it is not that of the whole tree."""
        citation = finding.node.citation
        alike = citation.section == self.section
        return citation_text(replace(citation, section="") if alike else citation)


def _short_text(question: QuestionDefinition, answer: Answer) -> str:
    """Therapies without their reasons, which stand whole under the prior therapies."""
    return answer_text(question, kind_of(answer).without_reasons(answer))


def placed(found: Found | None) -> PacketEvidence:
    """Where the evidence is, in print."""
    if found is None:
        return PacketEvidence()
    enclosure = f"Encl. {found.enclosure}" if found.enclosure else ""
    place = " ".join(filter(None, (enclosure, found.page_text)))
    return PacketEvidence(source=found.source, place=place)
