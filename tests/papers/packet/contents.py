"""Requests to print: complete, a draft, one that does not meet, one of forty criteria."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from criteria.dosing import DoseBasis, DoseRequest, DoseUnit, EarlierCourses
from criteria.papers.packet.assemble import packet_content
from criteria.papers.packet.content import PacketContent
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case import Case
from criteria.requests.content import (
    EnclosedDocument,
    RequestContent,
    StatedAttestation,
    StatedEvidence,
    StatedLine,
    StatedSection,
)
from criteria.rules import ListAnswer, NumberAnswer, TherapyAnswer, TherapyOutcome
from criteria.rules.terms import TherapyPhase
from tests.papers.packet.edition import EDITION

ISSUED_AT = datetime(2026, 11, 20, 10, 44, tzinfo=ZoneInfo("America/New_York"))
TODAY = date(2026, 11, 20)
FAILED = TherapyOutcome.FAILURE
PREDNISONE = TherapyAnswer(
    FAILED, "prednisone", date(2025, 1, 3), date(2025, 9, 1), "No gain after eight months."
)
ANSWERS: dict[str, Any] = {
    "history": True,
    "laboratory": True,
    "nerves": NumberAnswer(Decimal(2)),
    "igg": NumberAnswer(Decimal(350), date(2026, 11, 1)),
    "long_term": False,
    "steroid": PREDNISONE,
    "drugs": ListAnswer((TherapyAnswer(FAILED, "azathioprine"),)),
}
DOSE = DoseRequest(
    amount=Decimal("139.5"),
    unit=DoseUnit.G,
    basis=DoseBasis.TOTAL,
    days=5,
    interval_days=28,
    courses=6,
)
CASE = Case(
    request_date=TODAY,
    phase=TherapyPhase.INITIAL,
    indication="nerve",
    icd10=("G61.81",),
    answers=ANSWERS,
    weight_kg=Decimal("69.85322498"),
    product="gamma",
    dose=DOSE,
    authorization_months=6,
    before=EarlierCourses(elsewhere=0),
)
DATA = RequestContent(
    number="R-2026-00042",
    status="submitted",
    practice="ACME Infusion",
    phase="First request",
    urgency="Standard",
    request_date=TODAY,
    edition_number="EX-1",
    indication="Nerve disease",
    pathway="Initial therapy",
    patient_name="Doe, Jane",
    date_of_birth=date(1961, 3, 12),
    member_id="123456789",
    prescriber_name="Ann Lee, MD",
    product="Gamma 10 %",
    dose="139.5 g over 5 days every 4 weeks, 6 times",
    sections=(
        StatedSection(
            "patient", "Patient", (StatedLine("Sex", "female"), StatedLine("Phone", "555-010-1234"))
        ),
        StatedSection(
            "prescriber", "Prescriber", (StatedLine("NPI", "1234567893"), StatedLine("Fax"))
        ),
        StatedSection("dose", "Dose", (StatedLine("Weight", "154 lb, measured 3 Nov 2026"),)),
    ),
    enclosures=(
        EnclosedDocument(letter="A", title="Clinic note", dated=date(2026, 11, 3)),
        EnclosedDocument(
            letter="B", title="Nerve study", file_name="emg.pdf", pages=3, sha256="ab" * 32
        ),
    ),
    evidence={
        "nerves": StatedEvidence("EMG report", "B", "2"),
        "history": StatedEvidence("", "A", "1"),
    },
    notes="She walks with a stick.",
    confirmations=("154 lb is right",),
    attestation=StatedAttestation(
        name="Ann Lee, MD",
        statement="All of this is true.",
        attested_at=datetime(2026, 11, 20, 15, 40, tzinfo=UTC),
        attested_by="ann",
    ),
)


def found(**changes: Any) -> Assessment:
    return assess(EDITION, replace(CASE, **changes))


def printed_of(
    data: RequestContent = DATA, assessment: Assessment | None = None, *, is_draft: bool = False
) -> PacketContent:
    return packet_content(
        data,
        assessment or found(),
        is_draft=is_draft,
        issued_at=ISSUED_AT,
        issued_by="Ann Lee",
    )


def complete() -> PacketContent:
    return printed_of()


def draft() -> PacketContent:
    """Nothing but the diagnosis and one answer."""
    data = replace(
        DATA,
        status="draft",
        patient_name="",
        date_of_birth=None,
        member_id="",
        product="",
        dose="",
        sections=(StatedSection("patient", "Patient", (StatedLine("Name", required=True),)),),
        enclosures=(),
        evidence={},
        attestation=None,
    )
    case = {"answers": {"history": True}, "product": None, "dose": None, "weight_kg": None}
    return printed_of(data, found(**case), is_draft=True)


def not_meeting() -> PacketContent:
    """Too few nerves, an old IgG, an excluded product and too much of it."""
    answers = ANSWERS | {
        "nerves": NumberAnswer(Decimal(1)),
        "block": False,
        "igg": NumberAnswer(Decimal(350), date(2026, 10, 1)),
    }
    dose = replace(DOSE, amount=Decimal(140))
    return printed_of(DATA, found(answers=answers, product="outside", dose=dose))


def forty(notes: str = "") -> PacketContent:
    """Forty criteria, a third of them not answered."""
    answers = {f"fact{i}": True for i in range(40) if i % 3}
    assessment = found(indication="forty", answers=ANSWERS | answers)
    return printed_of(replace(DATA, notes=notes), assessment)
