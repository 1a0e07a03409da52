"""A Medicare request: rules of single codes, advice, the home, and a dose without a limit."""

import pytest
from django.test import Client

from criteria.rules.terms import Overall
from criteria.screens.wizard.dose.days import AskedRow
from criteria.screens.wizard.dose.view import DoseView
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.result import ResultView
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.tasks.list import TaskList
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories import request as factory
from tests.factories.medicare import DAY
from tests.screens.wizard.conftest import Walker, errors_of
from tests.screens.wizard.medicare import (
    DOSE,
    HOME,
    NEUROPATHIES,
    RECORDS,
    Editions,
    criteria_pages,
    panel_text,
    said,
    walk,
)

# Rules of single codes


@pytest.mark.parametrize(
    ("code", "indication", "rule"),
    [
        ("B20", "pediatric-hiv", "general-rule-b20"),
        ("D61.01", "pure-red-cell-aplasia", "general-rule-d6101"),
        ("G61.81", "cidp", "general-rule-g6181"),
        ("I78.8", "capillary-leak-syndrome", "general-rule-i788"),
        ("G61.82", "mmn", ""),
    ],
)
def test_rule_appears_with_its_code_alone(
    prescriber: Client, editions: Editions, code: str, indication: str, rule: str
) -> None:
    draft = walk(prescriber, editions, code, indication).draft
    rules = [slug for slug in criteria_pages(draft) if slug.startswith("general-rule")]
    assert rules == ([rule] if rule else [])
    for other in ("B20", "D61.01", "G61.81", "I78.8"):
        assert (f"{other}: " in panel_text(draft)) == (other == code)
    short = [line.title for _, tree in ResultView(Walkthrough(draft)).trees for line in tree]
    assert sum(title.split(":")[0] in ("B20", "D61.01", "G61.81", "I78.8") for title in short) == (
        1 if rule else 0
    )


def test_everything_shows_the_other_rules_in_a_line_each(
    prescriber: Client, editions: Editions
) -> None:
    draft = walk(prescriber, editions, "G61.82", "mmn", pages=RECORDS).draft
    lines = [
        line for _, tree in ResultView(Walkthrough(draft), "everything").trees for line in tree
    ]
    rules = {line.title: line.detail for line in lines if line.number in "3456"}
    assert rules["B20: a child under 13"] == (
        "does not apply: the request rests on G61.82. Not asked: Younger than 13 years."
    )
    assert len(rules) == 4
    assert LivePanel(Walkthrough(draft)).progress == (1, 1)
    assert draft.overall is Overall.MEETS


def test_change_of_the_code_brings_its_rule_and_marks_the_page(
    prescriber: Client, editions: Editions
) -> None:
    neuropathies = {f"q-neuropathy_{name}": "no" for name in NEUROPATHIES}
    pages = RECORDS | {"general-rule-g6181": neuropathies}
    walker = walk(prescriber, editions, "G61.81", pages=pages)
    assert walker.draft.overall is Overall.MEETS
    walker.post("diagnosis", icd10="g6181*")
    assert not walker.draft.rows["general-rule-g6181"].please_check
    walker.post("diagnosis", icd10="G61.82", indication="mmn")
    assert "general-rule-g6181" not in criteria_pages(walker.draft)
    walker.post("diagnosis", icd10="G61.81", indication="cidp")
    assert walker.draft.rows["general-rule-g6181"].please_check
    assert walker.draft.overall is Overall.MEETS


def test_rule_of_the_code_the_request_rests_on(prescriber: Client, editions: Editions) -> None:
    walker = walk(prescriber, editions, "E11.9", others="G61.81 B20")
    assert [s for s in criteria_pages(walker.draft) if "rule" in s] == ["general-rule-g6181"]
    text = walker.soup("result").get_text(" ", strip=True)
    assert "G61.81, the first of its codes that the policy lists for the diagnosis" in text
    assert "E11.9 is not in the policy's code list. The request rests on G61.81." in text


@pytest.mark.parametrize(("age", "overall"), [("12", Overall.MEETS), ("13", Overall.DOES_NOT_MEET)])
def test_child_under_13(prescriber: Client, editions: Editions, age: str, overall: Overall) -> None:
    pages = RECORDS | {"general-rule-b20": {"q-age_years": age}}
    assert walk(prescriber, editions, "B20", "pediatric-hiv", pages=pages).draft.overall is overall


def test_failing_rule_offers_no_other_code(prescriber: Client, editions: Editions) -> None:
    pages = RECORDS | {"general-rule-b20": {"q-age_years": "13"}}
    panel = LivePanel(
        Walkthrough(walk(prescriber, editions, "B20", "pediatric-hiv", pages=pages).draft)
    )
    assert panel.tasks == ()
    assert [block.text for block in panel.blocks] == [
        "Younger than 13 years: 13 where below 13 years is needed"
    ]
    assert panel.blocks[0].url.endswith("q-age_years")
    assert "a person decides" in panel.route


# Advised documents


def test_documents_are_advised_and_never_block(prescriber: Client, editions: Editions) -> None:
    documents = {"q-history_physical": "no", "q-progress_notes": "yes"}
    walker = walk(
        prescriber, editions, "G61.82", "mmn", pages=RECORDS | {"general-documents": documents}
    )
    assert walker.draft.overall is Overall.MEETS
    assert LivePanel(walker.walk).tasks == ()
    page = walker.soup("general-documents")
    assert said(page, "#note-q-history_physical") == "– not there, only advised"
    assert said(page, "#note-q-progress_notes") == "✓ met"
    assert said(page, "#note-q-test_results_interpreted") == "○ optional"
    assert "no longer needed" not in page.get_text()
    assert "Advised: yes" in page.get_text() and "Needed: yes" not in page.get_text()
    marks = [row.mark.word for tree in LivePanel(walker.walk).trees for row in tree.rows]
    assert marks == ["met", "advised"]
    (note,) = [text for text, _ in ResultView(walker.walk).notes if "answered as missing" in text]
    assert "history and physical" in note


def test_documents_page_is_optional_in_the_task_list(
    prescriber: Client, editions: Editions
) -> None:
    draft = walk(prescriber, editions, "G61.82", "mmn", pages=RECORDS).draft
    tasks = {
        task.title: task.mark.word
        for _, part in TaskList(Walkthrough(draft)).parts
        for task in part
    }
    assert tasks["Documents in the medical records"] == "optional"


# Blistering diseases, and the home


def test_blistering_diseases_wait_for_no_code(prescriber: Client, editions: Editions) -> None:
    pages = RECORDS | {
        "criteria-blistering_disease": {
            "q-blistering_disease": "pemphigus_vulgaris",
            "q-biopsy_proven": "yes",
        },
        "criteria-populations": {"q-conventional_therapy_failed": "yes"},
        "criteria-short_term_only": {"q-short_term_only": "yes", "q-maintenance_therapy": "no"},
    }
    walker = walk(prescriber, editions, "L10.0", "autoimmune-bullous", pages=pages)
    assert walker.draft.overall is Overall.NEEDS_REVIEW
    text = walker.soup("result").get_text(" ", strip=True)
    assert "The list is not applied to this diagnosis." in text
    walker.post("criteria-populations", **{"q-conventional_therapy_failed": "no"})
    assert walker.draft.overall is Overall.INCOMPLETE
    rapid = dict.fromkeys(
        (
            "q-too_fast_for_conventional",
            "q-with_conventional_therapy",
            "q-until_conventional_works",
        ),
        "yes",
    )
    walker.post("criteria-populations", htmx=False, **rapid)
    assert walker.draft.overall is Overall.NEEDS_REVIEW
    walker.post("criteria-short_term_only", **{"q-maintenance_therapy": "yes"})
    assert walker.draft.overall is Overall.DOES_NOT_MEET


def test_every_population_of_the_blistering_diseases_is_offered(
    prescriber: Client, editions: Editions
) -> None:
    walker = walk(prescriber, editions, "L10.0", "autoimmune-bullous", pages=RECORDS)
    wanted = (
        "One of: Conventional therapy failed; Conventional therapy contraindicated; "
        "or, the longer way: Rapidly progressive disease"
    )
    assert wanted in [task.text for task in LivePanel(walker.walk).tasks]
    assert "or, the longer way: Rapidly progressive" in said(walker.soup("result"), "main")
    no = dict.fromkeys(
        ("q-conventional_therapy_failed", "q-conventional_therapy_contraindicated"), "no"
    )
    walker.post("criteria-populations", **no)
    first = next(t for t in LivePanel(walker.walk).tasks if "Rapidly" in t.text)
    assert first.text.endswith("to be answered: Rapidly progressive disease")
    assert first.url.endswith("#id_q-too_fast_for_conventional")


def test_pages_of_the_blistering_diseases_have_titles_of_their_own(
    prescriber: Client, editions: Editions
) -> None:
    draft = walk(prescriber, editions, "L10.0", "autoimmune-bullous").draft
    titles = [page.title for page in Walkthrough(draft).pages]
    assert len(set(titles)) == len(titles)
    assert "Short-term therapy only · Maintenance therapy" in titles


def test_blistering_diseases_need_no_code(prescriber: Client, editions: Editions) -> None:
    walker = walk(prescriber, editions, "", "autoimmune-bullous", pages=RECORDS)
    page = walker.walk.page("diagnosis")
    assert page is not None and form_of(walker.walk, page).missing_names() == []
    assert "Main ICD-10-CM code (optional)" in walker.soup("diagnosis").get_text()
    assert not any("ICD-10-CM" in gap.text for gap in TaskList(walker.walk).gaps)
    walker = walk(prescriber, editions, "", "mmn")
    assert any("ICD-10-CM" in gap.text for gap in TaskList(walker.walk).gaps)


@pytest.mark.parametrize(("indication", "slug"), [("cidp", ""), ("autoimmune-bullous", "")])
def test_continuation_asks_for_both_needs(
    prescriber: Client, editions: Editions, indication: str, slug: str
) -> None:
    draft = walk(prescriber, editions, "G61.81", indication, phase="continuation").draft
    page = Walkthrough(draft).page("general-necessity_to_start")
    assert page is not None and page.criteria is not None
    assert [q.key for q in page.criteria.questions] == ["necessity_to_start", "continued_need"]


@pytest.mark.parametrize(
    ("code", "overall"),
    [("D83.9", Overall.MEETS), ("G11.3", Overall.MEETS), ("D80.1", Overall.DOES_NOT_MEET)],
)
def test_home_has_a_list_of_its_own(
    prescriber: Client, editions: Editions, code: str, overall: Overall
) -> None:
    walker = walk(
        prescriber,
        editions,
        code,
        "primary-immunodeficiency-home",
        pages=RECORDS | {"criteria-icd10_codes": HOME},
    )
    assert walker.draft.overall is overall
    counted = said(walker.soup("criteria-icd10_codes"), ".elsewhere")
    assert "A code of the home benefit" in counted
    if overall is Overall.MEETS:
        assert f"✓ met {code}" in counted
    else:
        assert f"✕ not met {code}; needed: D80.0, D80.2-D80.7" in counted
        panel = LivePanel(walker.walk)
        assert (panel.tasks, len(panel.blocks)) == ((), 1)


def test_place_is_held_against_the_answer(prescriber: Client, editions: Editions) -> None:
    pages = RECORDS | {"criteria-icd10_codes": HOME, "site": {"place": "office"}}
    walker = walk(prescriber, editions, "D83.9", "primary-immunodeficiency-home", pages=pages)
    text = "This place is not the patient's home, but the criteria were answered otherwise"
    assert text in said(walker.soup("site"), "#note-place")
    assert any(text in gap.text for gap in TaskList(walker.walk).gaps)
    assert walker.post("site", place="self").status_code == 302
    walker.post("criteria-icd10_codes", **{"q-home_administration": "no"})
    assert "This place is the patient's home" in walker.soup("site").get_text()
    walker.post("diagnosis", indication="primary-immunodeficiency")
    assert "This place is the patient's home" in walker.soup("site").get_text()
    walker.post("diagnosis", indication="mmn", icd10="G61.82")
    assert "This place" not in walker.soup("site").get_text()


# Dose, people


def test_dose_without_a_limit_is_still_worked_out(prescriber: Client, editions: Editions) -> None:
    walker = walk(prescriber, editions, "G61.82", "mmn", pages=RECORDS | {"dose": DOSE})
    view = DoseView(walker.draft)
    assert (view.rows, view.mark.word) == ((), "no limit in the policy")
    assert (view.course, view.units_name) == ("35 g (500 mg/kg) a course", "Units of J1561")
    assert view.asked == (
        AskedRow(words="On 1 day", grams="35 g", opened="20 g, 10 g, 5 g", units="70"),
        AskedRow(words="In 6 courses", grams="210 g", units="420"),
    )
    page = walker.soup("dose")
    maximum = said(page, "#maximum")
    assert maximum.startswith("Asked for, at 70 kg on 20 Jun 2021 35 g (500 mg/kg) a course")
    assert "– no limit in the policy This policy states no dose limit" in maximum
    assert "Most this policy allows" not in maximum
    assert "at most" not in said(page, "#panel")


@pytest.mark.parametrize("name", ["weight", "weight_on", "weight_unit"])
def test_weight_with_its_day_is_needed_all_the_same(
    prescriber: Client, editions: Editions, name: str
) -> None:
    dose = {key: value for key, value in DOSE.items() if key != name}
    draft = walk(prescriber, editions, "G61.82", "mmn", pages=RECORDS | {"dose": dose}).draft
    page = Walkthrough(draft).page("dose")
    assert page is not None and name in form_of(Walkthrough(draft), page).missing_names()


def test_medicare_number_is_needed_checked_and_read_back(
    prescriber: Client, editions: Editions
) -> None:
    walker = walk(prescriber, editions)
    assert walker.post("coverage", member_id="MA 12").status_code == 302
    assert any("Medicare number (MBI)" in gap.text for gap in TaskList(walker.walk).gaps)
    response = walker.post("coverage", mbi="1SG4-TE5-MK73")
    assert response.status_code == 422
    assert "never has the letters S, L, O, I, B or Z" in errors_of(response)
    assert walker.post("coverage", mbi="1eg4te5mk73").status_code == 302
    assert "= 1EG4-TE5-MK73" in said(walker.soup("coverage"), "#note-mbi")
    section = stated_content(walker.walk).section("coverage")
    assert section is not None
    assert {line.label: line.value for line in section.lines}["Medicare number (MBI)"] == (
        "1EG4-TE5-MK73"
    )
    assert "1EG4-TE5-MK73" in walker.soup("check").get_text()


def test_commercial_request_asks_no_medicare_number(prescriber: Client, editions: Editions) -> None:
    request = factory.started(editions["uhc"], request_date=DAY)
    assert "mbi" not in Walker(prescriber, request.number).fields("coverage")
