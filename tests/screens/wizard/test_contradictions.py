"""Contradictions of the policy as a prescriber meets them: asked, told, never decided."""

import pytest
from django.test import Client

from criteria.models import PolicyVersion
from criteria.rules.terms import Overall
from criteria.screens.wizard.panel import LivePanel
from tests.factories import request as factory
from tests.screens.wizard.conftest import Walker
from tests.screens.wizard.medicare import (
    NEUROPATHIES,
    RECORDS,
    Editions,
    criteria_pages,
    said,
    walk,
)

GENERAL = {
    "general-records": {"q-history_physical": "yes", "q-lab_evidence": "yes"},
    "dose": {"product": "gamunex-c-10"},
}


def started(client: Client, version: PolicyVersion, indication: str, icd10: str = "") -> Walker:
    request = factory.started(version)
    pages = {"diagnosis": {"indication": indication, "icd10": icd10}} | GENERAL
    return Walker(client, factory.saved(request, pages).number)


@pytest.mark.parametrize(
    ("indication", "lines"),
    [
        ("isolated-igm-deficiency", ("(line 1476)", "(line 647)")),
        ("demyelinating-neuropathy-monoclonal-igm", ("(lines 277, 314, 487)", "(line 637)")),
    ],
)
def test_unproven_entry_is_for_a_reviewer(
    ann: Client, uhc_version: PolicyVersion, indication: str, lines: tuple[str, str]
) -> None:
    walker = started(ann, uhc_version, indication)
    chosen = said(walker.soup("diagnosis"), "#chosen")
    result = said(walker.soup("result"), "main")
    for text in (chosen, result):
        assert all(line in text for line in lines)
    assert "The policy does not settle it: a reviewer decides" in chosen
    assert "unproven uses." not in chosen.replace("list of unproven uses (", "")
    assert walker.draft.overall is Overall.NEEDS_REVIEW
    assert "Does not meet" not in result


@pytest.mark.parametrize(
    "indication", ["igm-anti-mag-neuropathy", "monoclonal-gammopathy", "paraproteinemic-neuropathy"]
)
def test_paraprotein_and_neuropathy_are_asked(
    ann: Client, uhc_version: PolicyVersion, indication: str
) -> None:
    walker = started(ann, uhc_version, indication, "D47.2")
    assert walker.draft.overall is Overall.INCOMPLETE
    slug = criteria_pages(walker.draft)[-1]
    walker.post(slug, **{"q-paraprotein_is_igm": "yes", "q-neuropathy_demyelinating": "yes"})
    assert walker.draft.overall is Overall.NEEDS_REVIEW
    for page in ("result", "check"):
        text = said(walker.soup(page), "main")
        assert "(lines 277, 314, 487)" in text and "(line 637)" in text
    htmx = walker.post(slug, htmx=True, **{"q-paraprotein_is_igm": "no"})
    assert htmx.status_code == 200
    assert walker.draft.overall is Overall.MEETS
    assert "(line 637)" not in said(walker.soup("result"), ".banner")


def test_one_answer_settles_it_and_the_other_is_optional(
    ann: Client, uhc_version: PolicyVersion
) -> None:
    walker = started(ann, uhc_version, "paraproteinemic-neuropathy")
    slug = criteria_pages(walker.draft)[-1]
    walker.post(slug, **{"q-neuropathy_demyelinating": "no"})
    assert walker.draft.overall is Overall.MEETS
    assert "paraprotein_is_igm" in walker.draft.idle


def test_rejection_asks_whether_it_is_prevention(ann: Client, uhc_version: PolicyVersion) -> None:
    walker = started(ann, uhc_version, "renal-transplantation", "T86.11")
    slug = criteria_pages(walker.draft)[-1]
    assert walker.draft.overall is Overall.INCOMPLETE
    walker.post(slug, **{"q-renal_rejection_purpose": "treatment"})
    assert walker.draft.overall is Overall.NEEDS_REVIEW
    assert "(line 75)" in said(walker.soup("result"), ".banner")
    walker.post(slug, **{"q-renal_rejection_purpose": "prevention"})
    assert walker.draft.overall is Overall.MEETS


def test_search_marks_what_the_policy_does_not_settle(
    ann: Client, uhc_version: PolicyVersion
) -> None:
    walker = Walker(ann, factory.started(uhc_version).number)
    html = walker.get("diagnosis", q="IgM deficiency").content.decode()
    assert "The policy does not settle it: a reviewer decides" in html


# Medicare


@pytest.mark.parametrize("code", ["G61.0", "G60.3"])
def test_four_diseases_are_asked_of_cidp_under_another_code(
    prescriber: Client, editions: Editions, code: str
) -> None:
    walker = walk(prescriber, editions, code, pages=RECORDS)
    assert "general-rule-g6181" not in criteria_pages(walker.draft)
    (slug,) = [page for page in criteria_pages(walker.draft) if page.startswith("criteria-")]
    no = {f"q-neuropathy_{name}": "no" for name in NEUROPATHIES}
    walker.post(slug, **no)
    assert walker.draft.overall is Overall.MEETS
    walker.post(slug, **no | {"q-neuropathy_diabetes": "yes"})
    assert walker.draft.overall is Overall.NEEDS_REVIEW
    page = walker.soup(slug)
    assert "for the reviewer" in said(page, "#note-q-neuropathy_diabetes")
    assert "met" in said(page, "#note-q-neuropathy_malnutrition")
    assert "(line 158)" in said(walker.soup("result"), ".banner")
    assert all("another code" not in task.text.lower() for task in LivePanel(walker.walk).tasks[1:])


def test_four_diseases_are_asked_once_under_the_code_of_cidp(
    prescriber: Client, editions: Editions
) -> None:
    draft = walk(prescriber, editions, "G61.81", pages=RECORDS).draft
    assert [s for s in criteria_pages(draft) if "rule" in s or s.startswith("criteria")] == [
        "general-rule-g6181"
    ]


@pytest.mark.parametrize("place", ["home", "self"])
def test_page_of_the_place_says_what_it_rules_out(
    prescriber: Client, editions: Editions, place: str
) -> None:
    pages = RECORDS | {"site": {"place": place}}
    walker = walk(prescriber, editions, "D80.1", "primary-immunodeficiency", pages=pages)
    assert walker.draft.overall is Overall.DOES_NOT_MEET
    note = said(walker.soup("site"), "#note-place")
    assert "A code of the home benefit" in note and "line 26" in note and "D80.1" in note
    answer = walker.post("site", htmx=True, place="office")
    assert "A code of the home benefit" not in answer.content.decode()
    assert walker.draft.overall is Overall.MEETS
    assert said(walker.soup("site"), "#note-place") == ""


def test_place_answers_the_question_of_the_home(prescriber: Client, editions: Editions) -> None:
    walker = walk(prescriber, editions, "D80.1", "primary-immunodeficiency", pages=RECORDS)
    assert walker.draft.overall is Overall.INCOMPLETE
    (slug,) = [page for page in criteria_pages(walker.draft) if page.startswith("criteria-")]
    walker.post("site", place="office")
    assert slug not in criteria_pages(walker.draft)
    assert walker.draft.overall is Overall.MEETS


def test_code_of_the_benefit_may_be_given_at_home(prescriber: Client, editions: Editions) -> None:
    pages = RECORDS | {"site": {"place": "home"}}
    walker = walk(prescriber, editions, "D80.0", "primary-immunodeficiency", pages=pages)
    assert walker.draft.overall is Overall.MEETS
    assert said(walker.soup("site"), "#note-place") == ""


def test_blistering_disease_without_a_code_is_told_one_is_needed(
    prescriber: Client, editions: Editions
) -> None:
    walker = walk(prescriber, editions, "", "autoimmune-bullous", pages=RECORDS)
    text = said(walker.soup("result"), "main")
    assert "the claim needs one" in text and "(line 22)" in text and "(line 165)" in text
    walker.post("diagnosis", icd10="L12.0")
    assert "the claim needs one" not in said(walker.soup("result"), "main")
