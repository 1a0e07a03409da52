"""Packets under Medicare: the article named, the gate, the rules of codes, advice, the home."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import DoseBasis, DoseRequest, DoseUnit
from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.lines import PacketCriterion
from criteria.papers.packet.pdf import printed
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case import Case
from criteria.rules import FindingState
from criteria.rules.terms import Overall, TherapyPhase
from tests.factories.medicare import FilesCodebook, edition_on
from tests.helpers.papers.pages import pages
from tests.papers.packet.contents import DATA, printed_of

DAY = date(2021, 6, 30)
DOSE = DoseRequest(
    amount=Decimal(35), unit=DoseUnit.G, basis=DoseBasis.TOTAL, days=1, interval_days=28, courses=6
)
HOME = dict.fromkeys(
    ("pid_diagnosis", "home_approved_derivative", "home_administration", "home_appropriate"), True
)


def found(
    *codes: str,
    indication: str = "cidp",
    day: date = DAY,
    phase: TherapyPhase = TherapyPhase.INITIAL,
    **said: Any,
) -> Assessment:
    case = Case(
        request_date=day,
        phase=phase,
        indication=indication,
        icd10=codes,
        answers={"necessity_to_start": True} | said,
        age_years=60,
        weight_kg=Decimal(70),
        product="gamunex-c-10",
        dose=DOSE,
    )
    return assess(edition_on(day), case, FilesCodebook())


def packet(assessment: Assessment, *, is_draft: bool = False) -> PacketContent:
    named = assessment.indication
    data = replace(DATA, indication="" if named is None else named.name, pathway="", evidence={})
    return printed_of(data, assessment, is_draft=is_draft)


def lines(content: PacketContent, part: int = 0) -> dict[str, PacketCriterion]:
    return {line.title: line for line in content.parts[part].criteria}


def text_of(content: PacketContent) -> str:
    return " ".join(" ".join(pages(printed(content))).split())


def test_article_edition_and_days_are_named() -> None:
    content = packet(found("G61.81"))
    assert content.policy.label == "Medicare policy R3"
    assert content.policy.effective == "in force from 1 Jan 2021 until before 1 Oct 2021"
    asked = {fact.label: fact.value for fact in content.asked.facts}
    edition = edition_on(DAY)
    assert asked["Policy"] == f"{edition.policy_name}, {edition.payer}, edition R3"


def test_every_page_names_the_policy_of_its_line() -> None:
    for page in pages(printed(packet(found("G61.81"), is_draft=True))):
        assert "Medicare policy R3" in page
        assert "DRAFT" in page


def test_several_codes_say_which_one_is_judged() -> None:
    asked = {f.label: f.value for f in packet(found("E11.9", "G61.81")).asked.facts}
    assert asked["Diagnosis codes"] == (
        "E11.9, G61.81 (judged by G61.81, the first of its codes that the policy lists for the "
        "diagnosis)"
    )
    assert {f.label: f.value for f in packet(found("G61.81")).asked.facts}["Diagnosis codes"] == (
        "G61.81"
    )


def test_closed_gate_is_printed_with_its_lines() -> None:
    content = packet(found("D59.1", indication="autoimmune-hemolytic-anemia"))
    (gate,) = content.gates
    assert gate.state is FindingState.NOT_MET
    assert gate.text.startswith("D59.1 left the policy's code list on 1 Oct 2020.")
    assert gate.citation == "lines 53-153, 165"
    assert content.summary.overall is Overall.DOES_NOT_MEET
    assert content.code_notes == ()
    assert "denied" not in text_of(content)


def test_code_not_stated_is_said_once() -> None:
    content = packet(found())
    assert [gate.state for gate in content.gates] == [FindingState.NOT_ANSWERED]
    assert content.summary.steps == ()
    (bullous,) = packet(found(indication="autoimmune-bullous")).summary.steps[:1]
    assert "ICD-10" not in bullous


def test_rules_of_other_codes_take_a_line_each() -> None:
    content = packet(found("G61.82", indication="mmn"))
    numbers = [line.number for line in content.parts[0].criteria]
    assert numbers == ["1", "2", "2.1", "2.2", "2.3", "2.4", "3", "4", "5", "6"]
    rule = lines(content)["G61.81: none of four associated diseases"]
    assert rule.state is FindingState.NOT_APPLICABLE
    assert rule.reason == (
        "does not apply: the request rests on G61.82. Not asked: Association with diabetes "
        "mellitus; Association with a dysproteinemia; Association with renal failure; Association "
        "with malnutrition."
    )
    assert content.parts[0].joins == "All of these 5 · 1 met, 4 do not apply"


def test_rule_of_the_code_is_printed_whole() -> None:
    content = packet(found("G61.81", neuropathy_diabetes=True))
    numbers = [line.number for line in content.parts[0].criteria]
    assert numbers[6:] == ["3", "4", "5", "5a", "", "5.1", "5.2", "5.3", "5.4", "6"]
    assert lines(content)["Association with diabetes mellitus"].citation.endswith("line 158")
    assert not any("rests on" in step for step in content.summary.steps)


def test_advice_is_printed_as_advice() -> None:
    content = packet(found("G61.82", indication="mmn", history_physical=False, progress_notes=True))
    printed_lines = lines(content)
    words = {title: line.mark.word for title, line in printed_lines.items()}
    assert words["Documents in the medical records"] == "advised"
    assert words["History and physical examination"] == "not there, only advised"
    assert words["Office or progress notes"] == "met"
    assert words["Test results with a written interpretation"] == "advised"
    missing = printed_lines["History and physical examination"]
    assert (missing.answer, missing.required, missing.reason) == ("No", "yes", "")
    assert content.summary.overall is Overall.MEETS
    assert any("answered as missing" in note.text for note in content.notes)
    assert "not answered, only advised" in text_of(content)


def test_home_benefit_is_named_once() -> None:
    content = packet(found("D83.9", indication="primary-immunodeficiency-home", **HOME))
    name = "IVIg for primary immune deficiency disease in the home"
    assert (content.asked.indication, content.asked.pathway) == (name, "")
    assert content.parts[1].title == name


def test_codes_of_the_home_are_printed_once_and_short() -> None:
    content = packet(found("D80.1", indication="primary-immunodeficiency-home", **HOME))
    text = text_of(content)
    assert text.count("D80.0, D80.2") == 2  # What would meet it, and the criterion itself.
    line = lines(content, part=1)["A code of the home benefit"]
    assert (line.state, line.answer) == (FindingState.NOT_MET, "D80.1")
    assert len(line.reason) < 140


def test_blistering_disease_has_the_note_on_its_codes() -> None:
    content = packet(
        found("L10.0", indication="autoimmune-bullous", phase=TherapyPhase.CONTINUATION)
    )
    assert all(gate.state is FindingState.FOR_REVIEWER for gate in content.gates)
    cited = [gate.citation for gate in content.gates]
    assert cited == ["lines 22, 165", "line 20"]  # The codes not supplied; how long is short.
    assert "associated article" in content.gates[0].text
    (note,) = content.code_notes
    assert note.text.endswith("The list is not applied to this diagnosis.")
    assert [line.number for line in content.parts[0].criteria][:3] == ["1", "2", "3"]


@pytest.mark.parametrize("codes", [("G61.82",), ()])
def test_dose_without_a_limit_is_worked_out(codes: tuple[str, ...]) -> None:
    dose = packet(found(*codes, indication="mmn")).dose
    assert dose.mark.word == "no limit in the policy"
    assert dose.regimens == ()
    facts = {fact.label: fact.value for fact in dose.facts}
    assert facts["Dose in one course"] == "35 g (500 mg/kg)"
    assert facts["By infusion day"] == "35 g on 1 day (vials: 20 g, 10 g, 5 g)"
    assert facts["Units of the dose"] == "70 units of J1561 a course, 420 for 6 courses"
    assert "Nearest dose that fits" not in facts
