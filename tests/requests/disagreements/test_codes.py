"""Which codes contradict the diagnosis where the list is for reference, and which are a note."""

from collections import Counter

import pytest

from criteria.policies.codes.codebook import NO_CODEBOOK
from criteria.requests.assessment.disagreements import codes_that_disagree
from criteria.rules.terms import CodeSystem, Coverage, Overall
from tests.policies.shipped.cases import edition, every_case
from tests.requests.case_files.stating import request
from tests.requests.disagreements.found import (
    TABLE,
    SmallTable,
    contradictions,
    judged,
    laid_over,
    texts,
)

UHC = edition("uhc")
DAY = judged(request()).case.request_date


def odd(indication: str, *codes: str) -> set[str]:
    return set(codes_that_disagree(UHC, codes, DAY, UHC.indications[indication], TABLE))


@pytest.mark.parametrize(
    ("indication", "code"),
    [
        ("myasthenia-gravis", "J45.31"),  # its category is that of another diagnosis alone
        ("myasthenia-gravis", "J45.50"),
        ("myasthenia-gravis", "G70.80"),  # the list has it for another one
        ("cidp", "G61.0"),
        ("cidp", "D69.3"),
        ("itp", "D69.51"),
        ("kawasaki", "G70.00"),
        ("cidp", "E11.9"),  # another chapter than every code of the diagnosis
        ("myasthenia-gravis", "I10"),
        ("myasthenia-gravis", "G70.9999"),  # no such code
        ("cidp", "W21.89A"),
    ],
)
def test_code_of_another_disease_or_of_none(indication: str, code: str) -> None:
    assert odd(indication, code) == {code}


@pytest.mark.parametrize(
    ("indication", "code"),
    [
        ("mmn", "G61.82"),
        ("asthma", "J45.50"),
        ("primary-immunodeficiency", "D80.2"),
        ("primary-immunodeficiency", "D81.5"),
        ("rheumatoid-arthritis", "M05.7A"),
        ("rheumatoid-arthritis", "M05.79"),
        ("rheumatoid-arthritis", "M05.9"),
        ("secondary-thrombocytopenia", "B18.2"),
        ("secondary-thrombocytopenia", "D69.6"),
        ("secondary-thrombocytopenia", "O99.119"),
        ("cidp", "D47.2"),  # a note of the diagnosis names it
        ("myasthenia-gravis", "G70.9"),
        ("myasthenia-gravis", "Z99.9"),
        ("myasthenia-gravis", "R53.83"),
    ],
)
def test_gap_of_the_list_stays_a_note(indication: str, code: str) -> None:
    book = SmallTable(*TABLE.codes, code)
    assert not codes_that_disagree(UHC, (code,), DAY, UHC.indications[indication], book)


@pytest.mark.parametrize("codes", [("G70.00", "J45.31"), ("J45.31", "G70.00")])
def test_companion_of_the_right_code_is_no_contradiction(codes: tuple[str, str]) -> None:
    assert not odd("myasthenia-gravis", *codes)


def test_code_that_does_not_exist_is_one_beside_the_right_code_too() -> None:
    assert odd("myasthenia-gravis", "G70.00", "G70.9999") == {"G70.9999"}


def test_without_the_table_no_code_is_said_not_to_exist() -> None:
    assert not codes_that_disagree(UHC, ("G70.9999",), DAY, None, NO_CODEBOOK)


def test_no_code_contradicts_the_general_requirements_or_a_missing_one() -> None:
    assert not texts(indication="general-requirements", pathway=None, icd10="J45.31")
    assert not texts()


def test_asthma_code_with_myasthenia_needs_review_and_says_both_sides() -> None:
    found = laid_over("uhc", "myasthenia-gravis-refractory", icd10="J45.31")
    (gate,) = contradictions(found)
    assert gate.text.startswith("The diagnosis is Myasthenia gravis, but the code J45.31 goes with")
    assert gate.about == ("icd10", "indication")
    assert found.overall is Overall.NEEDS_REVIEW
    assert not found.code_notes  # said once


def test_binding_list_says_it_by_its_gate_alone() -> None:
    found = judged(request(policy="cms", pathway=None, icd10="J45.31"))
    assert not contradictions(found)


def test_every_code_with_every_diagnosis() -> None:
    """A code is no contradiction to what it is mapped to, and one to nearly all other diagnoses."""
    counted: Counter[str] = Counter()
    proven = [i for i in UHC.indications.values() if i.coverage is not Coverage.UNPROVEN]
    for (system, code), entry in UHC.codes.items():
        if system is not CodeSystem.ICD10:
            continue
        for use in proven:
            fits = use.key in entry.indications + entry.unproven
            found = bool(odd(use.key, code))
            assert not (fits and found), (code, use.key)
            counted["own" if fits else "other, told" if found else "other, not told"] += 1
    told = counted["other, told"] / (counted["other, told"] + counted["other, not told"])
    assert told > 0.95, counted


def test_no_case_that_met_is_contradicted_by_its_code() -> None:
    coded = [case for case in every_case("uhc") if case.request.get("icd10")]
    met = [case for case in coded if case.expected["expect"] == Overall.MEETS]
    assert met
    assert not [case.id for case in met if contradictions(judged(case.request))]
