"""The result, the dose view and the words: plain, with signs, never a decision."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from criteria.dosing import DoseOutcome
from criteria.requests.marks import MARKS, OVERALL
from criteria.rules.formats import sentence_case
from criteria.rules.terms import Overall
from criteria.screens.wizard.dose.view import DoseView
from criteria.screens.wizard.packets import content_now
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.result import MEETS_NO_LIMIT, SENTENCES, ResultView
from criteria.screens.wizard.sections import stated_content
from tests.screens.wizard.conftest import Walker, soup_of

DECIDED = re.compile(
    r"\b(denied|denial|approved|not eligible|ineligible|rejected)\b", re.IGNORECASE
)


# Tell what a person decided.
OF_PEOPLE = {"_decision.html", "_ending.html"}
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def test_software_never_decides() -> None:
    words = [mark.word for mark in (*MARKS.values(), *OVERALL.values())] + list(SENTENCES.values())
    templates = (Path(settings.BASE_DIR) / "templates/criteria/wizard").rglob("*.html")
    words += [TAGS.sub("", p.read_text()) for p in templates if p.name not in OF_PEOPLE]
    assert not [text for text in words if DECIDED.search(text)]


def test_every_state_has_a_sign_and_a_word() -> None:
    signs = [mark.sign for mark in MARKS.values()]
    assert signs == ["✓", "✕", "○", "–", "◇"]
    assert set(OVERALL) == set(Overall)


def test_result_names_the_sign_and_the_sentence(cidp: Walker) -> None:
    text = cidp.soup("result").get_text(" ", strip=True)
    assert "✓ Meets the criteria, as entered" in text
    assert "People decide." in text


def test_too_much_says_what_fits(cidp: Walker) -> None:
    cidp.post("dose", dose="140")
    found = cidp.soup("result").get_text(" ", strip=True)
    assert "✕ Does not meet the criteria, as entered" in found
    assert "0.29 g (0.2 %) above" in found
    assert "What fits: 139.5 g (1,997.04 mg/kg) over 5 days in a row, every 4 weeks" in found


def test_use_button_takes_the_dose_that_fits(cidp: Walker) -> None:
    response = cidp.post("dose", dose="140")
    assert response.status_code == 302
    button = cidp.soup("dose").select_one("button[name=use]")
    assert button.get_text() == (
        "Use 139.5 g over 5 days in a row, every 4 weeks, 6 courses "
        "(0.5 g less than asked in each course)"
    )
    cidp.client.post(cidp.url("dose"), cidp.fields("dose") | {"use": button["value"]})
    assert cidp.draft.typed["dose"] == ["139.5"]
    assert cidp.draft.overall is Overall.MEETS


def test_dose_view_explains_the_maximum(cidp: Walker) -> None:
    view = DoseView(cidp.draft)
    course = next(f for f in view.rows[0].figures if f.period == "A course, 5 days")
    assert course.formula == "2,000 mg/kg × 69.853 kg = 139.7 g"
    assert course.vials == (
        "139.5 g: 28 g on each of 4 days (vials: 20 g, 5 g, 3 × 1 g); "
        "27.5 g on 1 day (vials: 20 g, 5 g, 2.5 g)"
    )
    assert course.units == "279"


def test_ideal_weight_is_information(cidp: Walker) -> None:
    cidp.post("dose", height="5'9\"", sex="F", age="60")
    body = DoseView(cidp.draft).body
    assert "ideal weight 66.2 kg" in body
    assert cidp.draft.overall is Overall.MEETS


def test_open_answer_is_not_a_failure(new: Walker) -> None:
    new.client.post(new.url("diagnosis"), new.fields("diagnosis") | {"choose": "cidp G61.81"})
    assert new.draft.overall is Overall.INCOMPLETE
    assert "✕" not in new.soup("general-records").select_one("#panel").get_text()


def test_panel_links_to_what_is_missing(cidp: Walker) -> None:
    cidp.post("criteria-neurologist_involved", **{"q-neurologist_involved": ""})
    task = LivePanel(cidp.walk).tasks[0]
    assert task.url.endswith("/criteria-neurologist_involved/#id_q-neurologist_involved")
    assert task.text == "Neurologist prescribes or is consulted: to be answered"


def test_condition_that_does_not_hold_is_no_failure(new: Walker) -> None:
    new.client.post(new.url("diagnosis"), new.fields("diagnosis") | {"choose": "gbs G61.0"})
    page = next(
        p for p in new.walk.pages if p.criteria and "long_term" in str(p.criteria.questions)
    )
    response = new.post(page.slug, htmx=True, **{"q-long_term": "no"})
    assert "not applicable" in soup_of(response).select_one("#note-q-long_term").get_text()


@pytest.mark.parametrize("show,more", [("answers", False), ("everything", True)])
def test_tree_shows_as_much_as_is_wanted(cidp: Walker, show: str, more: bool) -> None:
    lines = [line for _, tree in ResultView(cidp.walk, show).trees for line in tree]
    assert ("Absent F-waves" in [line.title for line in lines]) is more


def test_text_copy_has_signs_and_edition(cidp: Walker) -> None:
    text = ResultView(cidp.walk).as_text
    assert text.startswith("✓ Meets the criteria, as entered")
    assert "not a decision" in text


def test_diagnosis_not_in_the_policy_is_for_a_reviewer(cidp: Walker) -> None:
    cidp.post("diagnosis", indication="not-listed", other_diagnosis="Rare thing", icd10="R69")
    assert cidp.draft.overall is Overall.NEEDS_REVIEW
    assert stated_content(cidp.walk).indication == "Not in the policy: Rare thing"


def test_unproven_use_is_said_on_the_diagnosis_page(new: Walker) -> None:
    hits = soup_of(new.get("diagnosis", q="autism")).select_one("#results")
    assert "On the policy's list of unproven uses" in hits.get_text()
    assert "A reviewer can still look" in hits.get_text()
    choice = hits.select_one("button")["value"]
    new.client.post(new.url("diagnosis"), new.fields("diagnosis") | {"choose": choice})
    assert "unproven" in new.soup("diagnosis").select_one(".banner").get_text()
    assert new.draft.overall is Overall.DOES_NOT_MEET
    panel = new.soup("diagnosis").select_one("#panel").get_text(" ", strip=True)
    assert "criteria met" not in panel
    assert "dose limit" not in panel
    assert "Nothing in this form changes this" in panel
    assert "unproven uses" in panel
    assert "What is missing" not in panel
    result = new.soup("result").select_one("main").get_text(" ", strip=True)
    assert "A reviewer can still look" in result
    assert "What would change this" not in result
    assert "dose limit" not in result


def test_content_holds_what_the_packet_prints(ready: Walker) -> None:
    content = stated_content(ready.walk)
    assert content.patient_name == "Doe, Jane"
    assert content.product == "Gamunex-C 10 %"
    assert content.dose == "135 g in all, each course, over 5 days, every 4 weeks, 6 times"
    assert [e.letter for e in content.enclosures] == ["A"]
    assert content.missing == ()
    weight = next(x for x in content.section("dose").lines if x.label == "Weight")
    assert weight.value == "154 lb (69.853 kg)"


def test_unproven_use_has_a_way_on_in_the_result(new: Walker) -> None:
    new.client.post(new.url("diagnosis"), new.fields("diagnosis") | {"choose": "ocular-myasthenia"})
    view = ResultView(new.walk)
    assert view.sentence.endswith("unproven uses.")
    assert "A reviewer can still look" in " ".join(view.ways_out)
    assert view.ways_out[0] in new.soup("result").select_one(".banner").get_text()


def test_no_limit_is_not_called_within_the_limit(cidp: Walker) -> None:
    assert ResultView(cidp.walk).sentence.endswith("within the policy's limit.")
    cidp.post("dose", product="hizentra-20", route="SC")
    view = ResultView(cidp.walk)
    assert view.sentence == MEETS_NO_LIMIT


def test_ideal_weight_that_is_not_known_is_one_sentence(cidp: Walker) -> None:
    cidp.post("dose", height="70", height_unit="in", sex="F", age="")
    assert DoseView(cidp.draft).body == "Ideal weight not available: the age is not known"


def test_what_something_else_fails_is_not_called_no_longer_needed(cidp: Walker) -> None:
    cidp.post("criteria-neurologist_involved", **{"q-neurologist_involved": ""})
    cidp.post("dose", dose="150")
    rows = {row.title: row.mark.word for tree in LivePanel(cidp.walk).trees for row in tree.rows}
    assert rows["Dose of IVIG"] == "not met"
    assert rows["Neurologist prescribes or is consulted"] == "not answered"
    assert "cidp_mcv_nerves" in cidp.draft.idle, "its group is satisfied without it"


OUTSIDE = {
    "days": {"days": "7"},
    "not in a row": {"consecutive": "no"},
    "often": {"interval": "10", "interval_unit": "days", "dose": "40", "days": "2"},
}


@pytest.mark.parametrize("typed", OUTSIDE.values(), ids=OUTSIDE)
def test_dose_for_the_reviewer_says_why_on_every_page(ready: Walker, typed: dict[str, str]) -> None:
    saved = ready.post("dose", **typed)
    assert saved.status_code == 302
    found = ready.draft.assessment
    assert found is not None and found.dose.outcome is DoseOutcome.OUTSIDE
    for slug in ("result", "check", "submit"):
        text = ready.soup(slug).get_text(" ", strip=True)
        assert found.dose.text in text, slug
        assert "judgement of" not in text, slug
    content = content_now(ready.request, at=timezone.now(), by=ready.request.owner)
    assert any(found.dose.text in step for step in content.summary.steps)
    tasks = [task.text for task in LivePanel(ready.walk).tasks]
    assert all(text == sentence_case(text) for text in tasks) and tasks
