from dataclasses import replace

import pytest

from criteria.papers.packet.content import (
    PacketAttestation,
    PacketEnclosure,
    PacketGate,
    PacketSummary,
    Patient,
    PolicyEdition,
    Remark,
)
from criteria.papers.packet.therapies import Therapy
from criteria.requests.assessment.trees import adds
from criteria.rules import FindingState
from criteria.rules.terms import Overall
from tests.papers.packet.contents import (
    DATA,
    TODAY,
    complete,
    draft,
    found,
    not_meeting,
    printed_of,
)


def test_complete_request() -> None:
    content = complete()
    assert content.summary == PacketSummary(overall=Overall.MEETS)
    assert content.patient == Patient(
        name="Doe, Jane", born_on=DATA.date_of_birth, member_id="123456789"
    )
    assert content.policy == PolicyEdition(
        label="Commercial policy EX-1",
        payer="Example Health",
        name="Immune globulin",
        number="EX-1",
        effective="in force from 1 Jan 2026 until before 1 Jan 2027",
        source="Example policy EX-1, page 1 to 40",
    )
    assert content.notes == (Remark("Lines 12 and 13 disagree on the interval.", "lines 12, 13"),)
    assert [part.title for part in content.parts] == [
        "General requirements",
        "Nerve disease, Initial therapy",
    ]
    assert [section.title for section in content.sections] == ["Patient", "Prescriber"]


def test_enclosures_name_the_criteria_that_point_to_them() -> None:
    note, study = complete().enclosures
    assert (note.criteria, study.criteria) == (("General 1",), ("1.1",))
    assert study == PacketEnclosure(
        letter="B",
        name="Nerve study",
        file="emg.pdf",
        pages=3,
        criteria=("1.1",),
        fingerprint="ab" * 32,
    )


def test_therapies_keep_their_reasons_and_name_their_criteria() -> None:
    assert complete().therapies == (
        Therapy(
            drug="prednisone",
            outcome="failure",
            dates="3 Jan 2025 to Sep 2025",
            reason="No gain after eight months.",
            criterion="4",
        ),
        Therapy(drug="azathioprine", outcome="failure", criterion="5"),
    )


def test_attestation_is_shown_in_the_zone_of_the_issue() -> None:
    attestation = complete().attestation
    assert attestation.signed == "20 Nov 2026 10:40 EST"
    assert (attestation.text, attestation.by) == ("All of this is true.", "ann")
    assert draft().attestation == PacketAttestation()


def test_draft_says_what_is_not_stated_and_what_would_meet() -> None:
    summary = draft().summary
    assert summary.overall is Overall.INCOMPLETE
    assert summary.missing == ("Name",)
    assert summary.steps[0] == "General 2 The fact laboratory: to be answered"
    assert any(step.startswith("2 IgG below 400 mg/dL") for step in summary.steps)


def test_excluded_product_is_a_gate_with_its_words() -> None:
    content = not_meeting()
    assert content.summary.overall is Overall.DOES_NOT_MEET
    assert content.gates == (
        PacketGate(
            state=FindingState.NOT_MET,
            text="Outside is excluded for every diagnosis of this policy.",
            words="Another product of the list serves the same use.",
            citation="line 40",
        ),
    )


def test_unproven_use_is_a_gate_with_the_way_on() -> None:
    (gate,) = printed_of(DATA, found(indication="autism")).gates
    assert gate.words == "Ask the plan for an exception with the published evidence."
    assert gate.citation == "line 640"


def test_coverage_on_the_general_requirements_alone_is_said() -> None:
    content = printed_of(DATA, found(indication="rare"))
    assert content.summary.sentence == (
        "The policy covers Rare disease on the general requirements alone."
    )
    assert [part.title for part in content.parts] == ["General requirements"]


def test_code_warnings_are_kept_with_their_lines() -> None:
    content = printed_of(DATA, found(icd10=("G61.82",)))
    assert content.code_notes[0].citation == "line 670"


def test_a_code_that_disagrees_with_the_diagnosis_is_told_once_with_its_lines() -> None:
    content = printed_of(DATA, found(icd10=("A00",)))
    (gate,) = content.gates
    assert (gate.state, gate.citation) == (FindingState.FOR_REVIEWER, "line 670")
    assert "the code A00 is of another chapter" in gate.text
    assert content.code_notes == ()


def test_title_names_the_number_and_nobody() -> None:
    assert complete().title == "Authorization request R-2026-00042"
    assert TODAY.year == 2026


def test_phase_is_said_where_the_request_has_no_word_for_it() -> None:
    content = printed_of(replace(DATA, phase=""))
    assert content.asked.facts[0].value == "first request"


def test_one_month_is_singular() -> None:
    one = printed_of(DATA, found(authorization_months=1))
    assert ("Authorization", "up to 1 month") in [(f.label, f.value) for f in one.asked.facts]


@pytest.mark.parametrize(
    ("pathway", "says_more"),
    [("Guillain-Barré syndrome", False), ("Initial therapy", True)],
)
def test_pathway_of_the_same_name_is_not_said_twice(pathway: str, says_more: bool) -> None:
    assert adds(pathway, "Guillain-Barré syndrome (GBS)") is says_more
