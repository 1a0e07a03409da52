"""What the diagnosis codes of a request say of it: which one counts, and the warnings."""

from dataclasses import replace
from datetime import date

import pytest

from criteria.policies.codes.code_list import known_code
from criteria.policies.codes.codebook import NO_CODEBOOK
from criteria.policies.codes.spelling import normalized_icd10
from criteria.requests.assessment.assess import assess
from criteria.requests.assessment.codes import (
    CodeNoteKind,
    code_gate,
    code_notes,
    rests_on_text,
    stated_codes,
)
from criteria.requests.case import Case, GateKind
from criteria.rules import CodesAnswer
from criteria.rules.terms import CodeSystem, Overall, TherapyPhase
from tests.factories.medicare import FilesCodebook, edition_on, medicare_files
from tests.helpers.requests.code_gates import DAY, UHC_DAY, commercial


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("G61.81", "G61.81"),
        ("g6181", "G61.81"),
        (" g61.81 ", "G61.81"),
        ("B20*", "B20"),
        ("d61.01**", "D61.01"),
        ("g61 81", "G61.81"),
        ("m08.0a", "M08.0A"),
        ("E1037X1", "E10.37X1"),
        ("G61.8", "G61.8"),
        ("G61.", "G61"),
        ("G61.81.", "G61.81"),
        ("G61-81", "G61.81"),
        ("G61,81", "G61.81"),
        ("G61..81", "G61.81"),
        ("Ｇ６１．８１", "G61.81"),
        ("D80.O", "D80.0"),
        ("G6l.8I", "G61.81"),
        ("C7a.00", "C7A.00"),
    ],
)
def test_code_in_its_standard_form(typed: str, code: str) -> None:
    assert normalized_icd10(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        *("", "G6", "61.81", "G61.81.1", "G61.81234", "GG1.8", "G٦1.81", "*", "H1N1 flu"),
        *("CLL", "IL6", "CO2", "E10-E14", "G35.B0-G35.B2"),
    ],
)
def test_what_has_not_the_shape_of_a_code(typed: str) -> None:
    assert normalized_icd10(typed) is None


# Which code a request rests on


def test_request_rests_on_the_first_code_that_is_listed() -> None:
    edition = edition_on(DAY)
    assert stated_codes(edition, (), DAY) is None
    assert stated_codes(edition, ("E11.9", "G61.81", "B20"), DAY) == CodesAnswer(
        ("E11.9", "G61.81", "B20"), "G61.81"
    )
    assert stated_codes(edition, ("E11.9", "I10"), DAY) == CodesAnswer(("E11.9", "I10"), "E11.9")


def test_request_rests_on_the_first_code_that_is_listed_for_its_diagnosis() -> None:
    edition = edition_on(DAY)
    cidp = edition.indications["cidp"]
    assert stated_codes(edition, ("B20", "G61.81"), DAY, cidp) == CodesAnswer(
        ("B20", "G61.81"), "G61.81"
    )
    assert stated_codes(edition, ("I10", "B20"), DAY, cidp) == CodesAnswer(("I10", "B20"), "B20")
    text = "G61.81, the first of its codes that the policy lists for the diagnosis"
    assert rests_on_text(edition, ("B20", "G61.81"), DAY, cidp) == text


def test_code_of_the_diagnosis_comes_before_another_listed_one() -> None:
    edition, codes = edition_on(DAY), ("B20", "G61.81")
    assert stated_codes(edition, codes, DAY) == CodesAnswer(codes, "B20")
    assert stated_codes(edition, codes, DAY, edition.indications["cidp"]) == CodesAnswer(
        codes, "G61.81"
    )
    assert rests_on_text(edition, codes, DAY, edition.indications["cidp"]) == (
        "G61.81, the first of its codes that the policy lists for the diagnosis"
    )
    assert stated_codes(edition, codes, DAY, edition.indications["mmn"]) == CodesAnswer(
        codes, "B20"
    )


def test_request_outside_the_list_rests_on_no_code() -> None:
    edition = edition_on(DAY)
    blistering = edition.indications["autoimmune-bullous"]
    assert stated_codes(edition, ("B20",), DAY, blistering) == CodesAnswer(("B20",), "")
    assert stated_codes(edition, (), DAY, blistering) == CodesAnswer((), "")


def test_several_codes_say_which_one_counts() -> None:
    edition = edition_on(DAY)
    listed, neither = ("E11.9", "G61.81"), ("E11.9", "I10")
    assert rests_on_text(edition, listed, DAY) == (
        "G61.81, the first of its codes in the policy's list"
    )
    assert rests_on_text(edition, neither, DAY) == "E11.9, the first code stated"
    assert rests_on_text(edition, ("G61.81",), DAY) == ""
    assert rests_on_text(edition, listed, DAY, edition.indications["autoimmune-bullous"]) == ""
    assert rests_on_text(commercial(), listed, DAY) == ""


# The warnings


def notes(*codes: str, indication: str | None = "cidp", day: date = DAY) -> dict[str, str]:
    found = code_notes(edition_on(day), codes, indication, day, FilesCodebook())
    return {f"{note.kind}:{note.code}": note.text for note in found}


def test_second_code_outside_the_list_is_only_noted() -> None:
    assert notes("G61.81", "E11.9") == {
        "not_listed:E11.9": "E11.9 is not in the policy's code list. The request rests on G61.81."
    }


def test_code_of_a_diagnosis_the_list_leaves_out() -> None:
    assert notes("L10.0", indication="autoimmune-bullous") == {
        "not_listed:L10.0": (
            "L10.0 is not in the policy's code list. The list is not applied to this diagnosis."
        )
    }


def test_code_of_another_diagnosis_asks_for_a_check() -> None:
    (text,) = notes("D80.1", indication="primary-immunodeficiency-home").values()
    assert text == (
        "D80.1 usually goes with Primary immunodeficiency, Chronic lymphocytic leukemia of B-cell "
        "type and 3 more. Check the diagnosis or the code."
    )
    assert notes("D80.1", indication=None) == {}


def test_code_past_its_day_is_a_warning_of_its_own() -> None:
    found = notes("G35", indication="multiple-sclerosis", day=date(2026, 2, 1))
    assert list(found) == ["not_valid_on_date:G35"]


def test_reference_list_says_what_it_is() -> None:
    edition = commercial()
    (note,) = code_notes(edition, ("G61.82",), "mmn", UHC_DAY, NO_CODEBOOK)
    assert note.kind is CodeNoteKind.NOT_LISTED
    assert note.text == f"G61.82 is not in the policy's code list. {edition.codes_words}"


def test_code_of_an_unproven_use_says_so() -> None:
    found = code_notes(commercial(), ("G70.00",), "myasthenia-gravis", UHC_DAY, NO_CODEBOOK)
    assert CodeNoteKind.ALSO_UNPROVEN in {note.kind for note in found}


def test_several_unproven_uses_of_a_code_are_one_note() -> None:
    edition = commercial()
    several = [c.code for c in edition.codes.values() if len(c.unproven) > 1]
    assert "Z94.81" in several
    for code in several:
        for indication in ("bmt", "cidp"):
            found = code_notes(edition, (code,), indication, UHC_DAY, NO_CODEBOOK)
            (note,) = [n for n in found if n.kind is CodeNoteKind.ALSO_UNPROVEN]
            named = known_code(edition, code)
            assert named is not None
            assert all(edition.indications[key].name in note.text for key in named.unproven)


def test_what_a_closed_gate_says_is_not_said_again() -> None:
    edition = edition_on(DAY)
    case = Case(request_date=DAY, phase=TherapyPhase.INITIAL, indication="cidp", icd10=("I10",))
    found = assess(edition, case, FilesCodebook())
    assert [gate.gate for gate in found.gates] == [GateKind.CODE]
    assert found.code_notes == ()
    assert found.overall is Overall.DOES_NOT_MEET
    opened = assess(edition, replace(case, icd10=("I10", "G61.81")), FilesCodebook())
    assert [note.code for note in opened.code_notes] == ["I10"]
    assert opened.gates == ()


def test_every_code_of_every_edition_opens_its_gate_on_its_first_day() -> None:
    for _, edition in medicare_files().values():
        day = edition.effective_from
        codes = [code.code for code in edition.codes.values() if code.system is CodeSystem.ICD10]
        assert all(code_gate(edition, (c,), None, day, NO_CODEBOOK) is None for c in codes)
