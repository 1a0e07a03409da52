"""What a letter rests on, and one that is sent."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from criteria.papers.letters.content import LetterBasis, LetterContent
from criteria.papers.packet.content import Patient
from criteria.papers.packet.worksheet import LabelledFact

BASIS = LetterBasis(
    number="R-2026-00042",
    submission=1,
    received_on=date(2026, 11, 20),
    practice="ACME Infusion",
    payer="Payer",
    policy="Policy EX-1",
    policy_name="Immune globulin, edition EX-1",
    prescriber="Ann Lee, MD",
    patient=Patient(name="Doe, Jane"),
    indication="Nerve disease",
    asked="Gamma 10 %, 139.5 g",
    dose_limits=("2,000 mg/kg a month, line 18",),
)


JANE = Patient(name="Doe, Jane", born_on=date(1961, 3, 12), member_id="123456789")


LETTER = LetterContent(
    kind="denial",
    title="Not approved",
    is_sent=True,
    basis=replace(BASIS, patient=JANE),
    facts=(LabelledFact("To", "ACME Infusion"), LabelledFact("Prescriber", "")),
    text="It is so.\n\nReason:\n\n" + "\n\n".join(f"Line {i}." for i in range(60)),
    issued_at=datetime(2026, 11, 20, 10, 44, tzinfo=ZoneInfo("America/New_York")),
    issued_by="Rhea Roe",
)
