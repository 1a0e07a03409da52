"""One request and what was found of it, put together as the content of a packet."""

from collections.abc import Iterator
from datetime import datetime

from criteria.dosing.label_words import BY_LABEL
from criteria.papers.packet.content import (
    PacketAttestation,
    PacketContent,
    PacketGate,
    PacketSection,
    PacketSummary,
    Patient,
    PolicyEdition,
    Remark,
    RequestedLine,
)
from criteria.papers.packet.criteria import criteria_part
from criteria.papers.packet.documents import enclosures
from criteria.papers.packet.dose import COURSES_LEFT, fit_text, worksheet
from criteria.papers.packet.lines import CriteriaPart
from criteria.papers.packet.steps import steps
from criteria.papers.packet.therapies import Therapy, therapies
from criteria.papers.packet.worksheet import LabelledFact
from criteria.policies.edition import Edition
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.blocked import blocks_of
from criteria.requests.assessment.codes import rests_on_text
from criteria.requests.assessment.contradicted import contradictions_by_fact
from criteria.requests.assessment.trees import GENERAL, adds, named_trees
from criteria.requests.case import GateFinding
from criteria.requests.case import GateKind as GateKind
from criteria.requests.content import RequestContent
from criteria.requests.content import StatedSection as TypedSection
from criteria.requests.dose.words import (
    courses_left_text,
    days_and_vials,
    discarded_text,
    label_text,
    most_text,
    units_of_dose,
    weight_text,
)
from criteria.rules import Citation
from criteria.rules.explain import citation_text, date_text
from criteria.rules.formats import counted
from criteria.rules.terms import Coverage, TherapyPhase

# What was typed under these stands in the dose worksheet, beside the figures made of it.
DOSE_SECTIONS = frozenset({"product", "weight", "dose"})
FIT = "Nearest dose that fits"
WEIGHT = "Weight"
# Worked out of the rest: what is not known of these is not missing, and not printed.
FOUND = {
    "By infusion day",
    "Units of the dose",
    "Opened and discarded",
    BY_LABEL,
    "Most the policy allows",
    COURSES_LEFT,
    FIT,
}
PHASES = {TherapyPhase.INITIAL: "first request", TherapyPhase.CONTINUATION: "continuation"}


def packet_content(
    data: RequestContent,
    assessment: Assessment,
    *,
    is_draft: bool,
    issued_at: datetime,
    issued_by: str,
) -> PacketContent:
    """Everything the packet of a request says. ``issued_at`` is in the zone it is shown in."""
    return PacketContent(
        number=data.number,
        practice=data.practice,
        is_draft=is_draft,
        issued_at=issued_at,
        issued_by=issued_by,
        patient=Patient(
            name=data.patient_name, born_on=data.date_of_birth, member_id=data.member_id
        ),
        policy=policy_edition(assessment.edition),
        asked=_asked(data, assessment),
        summary=_summary(data, assessment),
        sections=tuple(_section(s) for s in data.sections if s.key not in DOSE_SECTIONS),
        gates=tuple(_gate(gate, assessment) for gate in assessment.gates),
        parts=tuple(_parts(data, assessment)),
        dose=worksheet(assessment, _typed_dose(data)),
        therapies=tuple(_therapies(assessment)),
        notes=tuple(Remark(note.text, lines(note.lines)) for note in assessment.notes),
        code_notes=tuple(Remark(note.text, lines(note.lines)) for note in assessment.code_notes),
        enclosures=tuple(enclosures(data, assessment)),
        words=data.notes,
        confirmations=data.confirmations,
        baseline=data.baseline,
        attestation=_attestation(data, issued_at),
    )


def lines(text: str) -> str:
    """Lines of the policy as they are cited."""
    return citation_text(Citation(text))


def policy_edition(edition: Edition) -> PolicyEdition:
    """The edition, with the days it is in force."""
    until = edition.effective_until
    return PolicyEdition(
        label=edition.label,
        payer=edition.payer,
        name=edition.policy_name,
        number=edition.number,
        effective=f"in force from {date_text(edition.effective_from)}"
        + (f" until before {date_text(until)}" if until else ""),
        source=edition.source,
    )


def _asked(data: RequestContent, assessment: Assessment) -> RequestedLine:
    pathway = assessment.pathway
    named = pathway.name if pathway is not None else PHASES[assessment.case.phase]
    edition = assessment.edition
    facts = (
        LabelledFact("Request", data.phase or PHASES[assessment.case.phase]),
        LabelledFact("Urgency", data.urgency),
        LabelledFact("Prescriber", data.prescriber_name),
        LabelledFact("Date of request", date_text(assessment.case.request_date)),
        LabelledFact("Diagnosis codes", _codes(assessment)),
        LabelledFact(WEIGHT, weight_text(assessment.case.weight_kg, data.weighed_on)),
        LabelledFact("Product", data.product),
        LabelledFact("Asked for", data.dose),
        LabelledFact(COURSES_LEFT, " ".join(courses_left_text(assessment))),
        LabelledFact("By infusion day", days_and_vials(assessment)),
        LabelledFact("Units of the dose", units_of_dose(assessment)),
        LabelledFact("Opened and discarded", discarded_text(assessment)),
        LabelledFact(BY_LABEL, label_text(assessment)),
        LabelledFact("Most the policy allows", most_text(assessment)),
        LabelledFact(FIT, fit_text(assessment)),
        LabelledFact("Authorization", _months(assessment)),
        LabelledFact("Policy", f"{edition.policy_name}, {edition.payer}, edition {edition.number}"),
    )
    indication = assessment.indication
    name = data.indication or (indication.name if indication else GENERAL)
    pathway_name = named if adds(named, name) else ""
    return RequestedLine(
        name, pathway_name, tuple(f for f in facts if f.value or f.label not in FOUND)
    )


def _codes(assessment: Assessment) -> str:
    """The codes as stated; of several, where it matters, which one the request is judged by."""
    codes, day = assessment.case.icd10, assessment.case.request_date
    judged = rests_on_text(assessment.edition, codes, day, assessment.indication)
    return ", ".join(codes) + (f" (judged by {judged})" if judged else "")


def _months(assessment: Assessment) -> str:
    text = f"up to {counted(assessment.authorization_months, 'month')}"
    if assessment.is_shortened:
        text += f" ({assessment.case.authorization_months} asked for, shortened)"
    return text


def _summary(data: RequestContent, assessment: Assessment) -> PacketSummary:
    indication = assessment.indication
    alone = indication is not None and indication.coverage is Coverage.GENERAL
    name = indication.name if indication else ""
    sentence = f"The policy covers {name} on the general requirements alone." if alone else ""
    return PacketSummary(
        overall=assessment.overall,
        sentence=sentence,
        missing=tuple(line.label for line in data.missing),
        steps=tuple(dict.fromkeys(_steps(assessment))),
        blocks=tuple(block.text for block in blocks_of(assessment)),
    )


def _steps(assessment: Assessment) -> Iterator[str]:
    """What would meet the criteria, nothing where a block stands in the way.

    Codes still to be stated are the business of their gate.
    """
    if blocks_of(assessment):
        return
    gate_asks = any(gate.gate is GateKind.CODE for gate in assessment.gates)
    for tree in named_trees(assessment):
        yield from steps(tree, dose=assessment.dose.text, without_codes=gate_asks)


def _section(section: TypedSection) -> PacketSection:
    return PacketSection(
        section.title, tuple(LabelledFact(line.label, line.value) for line in section.lines)
    )


def _typed_dose(data: RequestContent) -> tuple[LabelledFact, ...]:
    typed = [section for section in data.sections if section.key in DOSE_SECTIONS]
    return tuple(
        LabelledFact(line.label, line.value) for section in typed for line in section.lines
    )


def _gate(gate: GateFinding, assessment: Assessment) -> PacketGate:
    words = ""
    if gate.gate is GateKind.PRODUCT and assessment.product is not None:
        words = assessment.product.exclusion_words
    elif gate.gate is GateKind.INDICATION and assessment.indication is not None:
        words = assessment.indication.route_words
    return PacketGate(
        state=gate.state,
        text=gate.text,
        words=words,
        citation=lines(gate.lines),
        is_contradiction=gate.gate is GateKind.CONTRADICTION,
    )


def _parts(data: RequestContent, assessment: Assessment) -> Iterator[CriteriaPart]:
    found = contradictions_by_fact(assessment)
    for tree in named_trees(assessment):
        yield criteria_part(tree, assessment.facts, data.evidence, found)


def _therapies(assessment: Assessment) -> Iterator[Therapy]:
    for tree in named_trees(assessment):
        yield from therapies(tree.finding, tree.prefix)


def _attestation(data: RequestContent, issued_at: datetime) -> PacketAttestation:
    given = data.attestation
    if given is None:
        return PacketAttestation()
    return PacketAttestation(
        text=given.statement,
        name=given.name,
        by=given.attested_by,
        at=given.attested_at.astimezone(issued_at.tzinfo),
    )
