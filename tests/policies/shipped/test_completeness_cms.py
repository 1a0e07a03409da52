"""Whether the Medicare article is there whole: its codes line by line, and each rule judged both
ways.
"""

import csv
from typing import Any

import pytest

from criteria.policies.edition import CodeDefinition, Edition
from criteria.rules.terms import CodeSystem
from tests.helpers.policies.citations import cited, lines_of
from tests.policies.shipped.cases import CASES, Json, Judged, edition, editions, judged

# Group 1 code by code: its line, whether line 26 names it for the home, whether it is a code of the
# commercial policy too.
GROUP_1 = list(csv.DictReader((CASES / "medicare-codes.csv").read_text("utf-8").splitlines()))
HOME = {row["code"] for row in GROUP_1 if row["home"] == "yes"}
SHARED = {row["code"] for row in GROUP_1 if row["commercial"] == "yes"}
COUNTS = {"R1": 93, "R2": 96, "R3": 96, "R4": 97, "R5": 98, "R6": 98, "R7": 98, "R8": 98}
FIRST_DAYS = {
    **dict.fromkeys(("D59.11", "D59.12", "D59.13", "D59.19"), "2020-10-01"),
    **dict.fromkeys(("M31.10", "M31.19"), "2021-10-01"),
    "D81.82": "2022-10-01",
}
LAST_DAYS = {"D59.1": "2020-09-30", "M31.1": "2021-09-30", "G35": "2025-09-30"}
NEWEST = editions("cms")[-1]

# The rules of the article: where each is asked, and answers that just meet it.
FAILED = {"conventional_therapy_failed": True, "conventional_therapy_contraindicated": False}
SHORT = {"short_term_only": True, "maintenance_therapy": False}
BLISTERS = {"blistering_disease": "bullous_pemphigoid", "biopsy_proven": True, **FAILED, **SHORT}
RAPID = ("too_fast_for_conventional", "with_conventional_therapy", "until_conventional_works")
ASSOCIATED = ("diabetes", "dysproteinemia", "renal_failure", "malnutrition")
AT_HOME = ("pid_diagnosis", "home_approved_derivative", "home_administration", "home_appropriate")
MET: dict[str, tuple[str, Json]] = {
    "pediatric-hiv": ("B20", {"age_years": 12}),
    "pure-red-cell-aplasia": ("D61.01", {"first_line_therapies_failed": True}),
    "cidp": ("G61.81", {f"neuropathy_{disease}": False for disease in ASSOCIATED}),
    "capillary-leak-syndrome": ("I78.8", {"capillary_leak_syndrome": True}),
    "autoimmune-bullous": ("L12.0", BLISTERS),
    "primary-immunodeficiency-home": ("D83.9", dict.fromkeys(AT_HOME, True)),
    "mmn": ("G61.82", {}),
    "gbs": ("G61.0", {}),
}
# An answer that fails, and the line that says so.
FAILS = [
    *(pytest.param(use, "necessity_to_start", False, 36, id=f"{use}: not needed") for use in MET),
    ("pediatric-hiv", "age_years", 13, 156),
    ("pediatric-hiv", "age_years", 40, 156),
    ("pure-red-cell-aplasia", "first_line_therapies_failed", False, 157),
    *(("cidp", f"neuropathy_{disease}", True, 158) for disease in ASSOCIATED),
    ("capillary-leak-syndrome", "capillary_leak_syndrome", False, 159),
    ("autoimmune-bullous", "blistering_disease", "other", 15),
    ("autoimmune-bullous", "biopsy_proven", False, 15),
    ("autoimmune-bullous", "short_term_only", False, 20),
    ("autoimmune-bullous", "maintenance_therapy", True, 20),
    *(("primary-immunodeficiency-home", key, False, 26) for key in AT_HOME),
]
# What the records can hold, and the note where they do not.
ADVISED = {
    "history_physical": "cms-no-history-physical",
    "progress_notes": "cms-no-progress-notes",
    "test_results_interpreted": "cms-no-interpreted-results",
    "weight_kg_documented": "cms-no-weight",
}
ALWAYS = {"cms-coverage-determination", "cms-not-stated"}


def codes(policy: Edition) -> dict[str, CodeDefinition]:
    """The ICD-10 codes an edition lists."""
    return {c.code: c for c in policy.codes.values() if c.listed and c.system is CodeSystem.ICD10}


def found_of(indication: str, phase: str = "initial", **change: Any) -> Judged:
    """What is found where everything is met but for ``change``; None takes an answer away."""
    code, met = MET[indication]
    icd10 = change.pop("icd10", code)
    answers = {"necessity_to_start": True, **met, **change}
    stated = {"policy": "cms", "on": "2023-11-20", "indication": indication, "phase": phase}
    return judged({**stated, "icd10": icd10, "answers": answers})


def overall(found: Judged) -> str:
    return str(found.report["overall"])


def test_every_code_is_listed_with_its_line() -> None:
    assert {code: c.lines for code, c in codes(NEWEST).items()} == {
        row["code"]: row["line"] for row in GROUP_1
    }
    assert [row["line"] for row in GROUP_1] == [str(line) for line in range(56, 154)]


def test_both_policies_share_67_codes() -> None:
    assert codes(NEWEST).keys() & codes(edition("uhc")).keys() == SHARED
    assert (len(SHARED), len(GROUP_1) - len(SHARED), len(HOME)) == (67, 31, 24)


def test_every_edition_has_its_own_codes_with_their_days() -> None:
    assert {policy.number: len(codes(policy)) for policy in editions("cms")} == COUNTS
    for policy in editions("cms"):
        for code, listed in codes(policy).items():
            assert str(listed.first_day or "") == FIRST_DAYS.get(code, ""), code
            assert str(listed.last_day or "") == LAST_DAYS.get(code, ""), code
            assert not listed.last_day or listed.note, code


@pytest.mark.parametrize("code", [row["code"] for row in GROUP_1])
def test_home_benefit_has_a_list_of_its_own(code: str) -> None:
    found = found_of("primary-immunodeficiency-home", icd10=code)
    assert (26 in cited(found)) is (code not in HOME)
    suggested = "primary-immunodeficiency-home" in codes(NEWEST)[code].indications
    assert suggested is (code in HOME)


@pytest.mark.parametrize("indication", MET)
def test_everything_met(indication: str) -> None:
    best = "needs review" if indication == "autoimmune-bullous" else "meets"
    assert overall(found_of(indication)) == best
    assert overall(found_of(indication, "continuation", continued_need=True)) == best


@pytest.mark.parametrize(("indication", "question", "answer", "line"), FAILS)
def test_answer_fails(indication: str, question: str, answer: Any, line: int) -> None:
    found = found_of(indication, **{question: answer})
    assert overall(found) == "does not meet"
    assert cited(found) >= {line}


@pytest.mark.parametrize("indication", MET)
def test_every_answer_is_needed(indication: str) -> None:
    for question in {"necessity_to_start", *MET[indication][1]} - {*FAILED}:
        found = found_of(indication, **{question: None})
        assert overall(found) == "incomplete", question
        assert found.report["open"] == [question]


def test_continuation_needs_the_reason_to_start_and_to_go_on() -> None:
    assert overall(found_of("mmn", "continuation")) == "incomplete"
    for change in ({"continued_need": False}, {"necessity_to_start": False}):
        found = found_of("mmn", "continuation", **{"continued_need": True, **change})
        assert overall(found) == "does not meet" and cited(found) == {36}


def test_one_place_of_conventional_therapy_is_enough() -> None:
    none = dict.fromkeys(FAILED, False)
    rapid = dict.fromkeys(RAPID, True)
    contraindicated = {**none, "conventional_therapy_contraindicated": True}
    assert overall(found_of("autoimmune-bullous", **contraindicated)) == "needs review"
    assert overall(found_of("autoimmune-bullous", **none, **rapid)) == "needs review"
    assert overall(found_of("autoimmune-bullous", **none)) == "incomplete"
    for one in RAPID:
        found = found_of("autoimmune-bullous", **none, **{**rapid, one: False})
        assert overall(found) == "does not meet" and cited(found) >= {18}, one


def test_code_outside_the_list_is_not_covered_but_for_the_blistering_diseases() -> None:
    closed = found_of("mmn", icd10="G61.89")
    assert overall(closed) == "does not meet" and closed.failed == {"code"}
    assert cited(closed) == lines_of("53-153, 165")
    assert found_of("autoimmune-bullous").notes == ALWAYS | {"contradiction"}


def test_rule_binds_only_a_request_that_rests_on_its_code() -> None:
    for code in ("B20", "D61.01", "G61.81", "I78.8"):
        assert overall(found_of("mmn", icd10=["G61.82", code])) == "meets", code
        assert overall(found_of("mmn", icd10=[code, "G61.82"])) == "meets", code
        assert overall(found_of("gbs", icd10=[code, "G61.82"])) == "incomplete", code


def test_documents_are_advised() -> None:
    assert found_of("mmn").notes == ALWAYS
    for question, note in ADVISED.items():
        found = found_of("mmn", **{question: False})
        assert overall(found) == "meets" and found.notes == ALWAYS | {note}


@pytest.mark.parametrize(
    ("code", "disease"),
    [
        ("E11.42", "diabetes"),
        ("D47.2", "dysproteinemia"),
        ("C90.00", "dysproteinemia"),
        ("N18.6", "renal-failure"),
        ("E43", "malnutrition"),
        ("C88.4", None),
        ("I10", None),
    ],
)
def test_code_beside_cidp_is_shown_to_the_reviewer(code: str, disease: str | None) -> None:
    found = found_of("cidp", icd10=["G61.81", code])
    assert overall(found) == "meets"
    assert found.notes == ALWAYS | ({f"cms-g6181-{disease}"} if disease else set())
