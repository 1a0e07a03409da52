"""Where the policy sends a subcutaneous product to its label: asked, worked out, shown."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils import timezone

from criteria.dosing import DoseOutcome, OutcomeReason
from criteria.dosing.label_words import BY_LABEL, label_rows
from criteria.papers.packet.assemble import packet_content
from criteria.papers.packet.dose import worksheet
from criteria.papers.packet.html import packet_html
from criteria.requests.case_files.dose_report import dose_report
from criteria.requests.dose.earlier import FIELDS
from criteria.requests.dose.words import is_of_label, label_lines
from criteria.requests.record import assessment_of
from criteria.rules import Citation
from criteria.rules.explain import citation_text
from criteria.rules.terms import Overall
from criteria.screens.wizard.dose.view import DoseView
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.result import ResultView
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.helpers.wizard.label import BEFORE, FORMULA, PID
from tests.screens.wizard.conftest import Walker, errors_of, soup_of


@pytest.fixture(scope="module")
def number(commercial_policy: object, django_db_blocker: Any) -> Iterator[str]:
    """A primary immunodeficiency with Hizentra, stored once a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        version = publish_commercial_policy()
        yield factory.saved(factory.started(version), PID).number
        transaction.set_rollback(True)


@pytest.fixture
def pid(client: Client, number: str, db: None) -> Walker:
    client.force_login(people.prescriber())
    return Walker(client, number)


def dose_of(walker: Walker) -> tuple[DoseOutcome, OutcomeReason | None]:
    found = walker.draft.assessment
    assert found is not None
    return found.dose.outcome, found.dose.reason


def gaps(walker: Walker) -> str:
    return walker.soup("check").get_text(" ", strip=True)


def test_at_the_label_meets_and_above_it_a_reviewer_decides(pid: Walker) -> None:
    for amount, outcome, overall in (
        ("13", DoseOutcome.NO_LIMIT, Overall.MEETS),
        ("13.7", DoseOutcome.NO_LIMIT, Overall.MEETS),
        ("13.71", DoseOutcome.OUTSIDE, Overall.NEEDS_REVIEW),
        ("14", DoseOutcome.OUTSIDE, Overall.NEEDS_REVIEW),
    ):
        pid.post("dose", dose=amount)
        assert (dose_of(pid)[0], pid.draft.overall) == (outcome, overall), amount
    assert dose_of(pid)[1] is OutcomeReason.ABOVE_LABEL
    assert "0.3 g (2.2 %) above the label, which makes 13.7 g" in DoseView(pid.draft).text


def test_page_shows_the_arithmetic_and_htmx_the_same(pid: Walker) -> None:
    response = pid.post("dose", htmx=True, dose="14")
    fragment = soup_of(response).select_one("#maximum")
    whole = pid.soup("dose").select_one("#maximum")
    assert fragment is not None and whole is not None
    for text in (FORMULA, "14 g, 0.3 g (2.2 %) above the label", "7 days after"):
        assert text in whole.get_text(" ", strip=True)
    assert lines(fragment) == lines(whole)


def lines(soup: BeautifulSoup | Any) -> list[str]:
    return list(soup.stripped_strings)


def test_every_screen_and_paper_has_the_same_rows(pid: Walker) -> None:
    pid.post("dose", dose="14")
    found = pid.draft.assessment
    assert found is not None and found.dose.label is not None
    rows = [*label_rows(found.dose.label)]
    assert [name for name, _ in rows] == [
        "Label",
        "By the label",
        "Asked for in a week",
        "First dose",
    ]
    cited = ("The label is the measure by", citation_text(Citation("523")))
    facts = [(fact.label, fact.value) for fact in worksheet(found, ()).facts]
    summary, report = ResultView(pid.walk).dose_lines, dose_report(found)
    for row in (*rows, cited):
        assert row in facts and row in summary
    assert report["label"]["rows"] == [list(row) for row in rows]
    assert report["label"]["most_weekly_g"] == "13.7" and report["label"]["lines"] == "523"
    page = pid.soup("result").get_text(" ", strip=True)
    assert all(words in page for _, words in rows)


def test_packet_says_it_on_its_first_page_and_in_the_worksheet(pid: Walker) -> None:
    pid.post("dose", dose="14")
    draft, at = pid.draft, timezone.localtime()
    parts = (stated_content(Walkthrough(draft), enclosures=[]), assessment_of(draft))
    content = packet_content(*parts, is_draft=True, issued_at=at, issued_by="Ann")
    first = {fact.label: fact.value for fact in content.asked.facts}
    assert first[BY_LABEL] == f"{FORMULA}; 0.3 g (2.2 %) above the label"
    text = BeautifulSoup(packet_html(content), "html.parser").get_text(" ", strip=True)
    assert text.count(FORMULA) == 2 and "14 g, 0.3 g (2.2 %) above the label" in text
    worked_out = {
        fact.label for fact in content.dose.facts if fact.label.startswith("By the label")
    }
    assert worked_out and all(map(is_of_label, worked_out))


def test_every_row_is_told_apart_from_what_was_typed(pid: Walker) -> None:
    pid.post("dose", product="hyqvia-10", dose="41", interval="4")
    found = pid.draft.assessment
    assert found is not None
    names = [name for name, _ in label_lines(found)]
    assert len(names) == len(set(names)) == 9 and all(map(is_of_label, names))
    form = form_of(pid.walk, pid.walk.page("dose"))  # type: ignore[arg-type]
    assert not any(is_of_label(str(field.label)) for field in form.fields.values())


def test_hyqvia_shows_its_ramp(pid: Walker) -> None:
    pid.post("dose", product="hyqvia-10", dose="40", interval="4")
    page = pid.soup("dose").select_one("#maximum")
    assert page is not None
    text = page.get_text(" ", strip=True)
    for week, dose in (("1", "10 g = 100 mL"), ("2", "20 g = 200 mL"), ("7", "40 g = 400 mL")):
        assert f"Ramp-up, week {week} {dose}" in text
    assert dose_of(pid)[0] is DoseOutcome.NO_LIMIT


def test_trough_adjusts_a_subcutaneous_dose(pid: Walker) -> None:
    before = {"earlier": "sc", "earlier_grams": "12", "earlier_interval": "1"}
    levels = {"igg_trough": "800", "igg_target": "1000"}
    pid.post("dose", product="cuvitru-20", dose="14.8", **before, **levels)
    assert dose_of(pid)[0] is DoseOutcome.NO_LIMIT
    assert "1,000 − 800 mg/dL: 14 mL more a week" in " ".join(
        w for _, w in DoseView(pid.draft).label
    )
    pid.post("dose", dose="14.9")
    assert dose_of(pid) == (DoseOutcome.OUTSIDE, OutcomeReason.ABOVE_LABEL)


@pytest.mark.parametrize("name", [*BEFORE])
def test_blank_is_asked_and_keeps_the_dose_open(pid: Walker, name: str) -> None:
    pid.post("dose", **{name: ""})
    assert dose_of(pid) == (DoseOutcome.NOT_ENOUGH_INFORMATION, OutcomeReason.EARLIER_MISSING)
    assert pid.draft.overall is Overall.INCOMPLETE
    label = str(form_of(pid.walk, pid.walk.page("dose")).fields[name].label)  # type: ignore[arg-type]
    assert label.removesuffix(" (optional)") in gaps(pid)
    assert any("before" in task.text for task in LivePanel(pid.walk).tasks)


@pytest.mark.parametrize("name", ["igg_trough", "igg_target"])
def test_one_level_needs_the_other(pid: Walker, name: str) -> None:
    levels = {"igg_trough": "800", "igg_target": "1000"} | {name: ""}
    pid.post("dose", product="cuvitru-20", dose="1", earlier="sc", **levels)
    assert dose_of(pid) == (DoseOutcome.NOT_ENOUGH_INFORMATION, OutcomeReason.EARLIER_MISSING)
    assert "mg/dL" in gaps(pid)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("earlier_grams", "forty"),
        ("earlier_grams", "0"),
        ("earlier_grams", "-40"),
        ("earlier_grams", "5000"),
        ("earlier_interval", "0"),
        ("earlier_interval", "2.5"),
        ("earlier_interval", "1e999"),
    ],
)
def test_bad_input_is_said_and_does_not_pass(pid: Walker, name: str, text: str) -> None:
    response = pid.post("dose", **{name: text})
    assert response.status_code == 422 and errors_of(response)
    assert pid.soup("dose").select_one(f"[name={name}]")["value"] == text  # type: ignore[index]
    assert dose_of(pid)[0] is DoseOutcome.NOT_ENOUGH_INFORMATION


def test_unknown_kind_is_no_answer(pid: Walker) -> None:
    pid.post("dose", earlier="by mouth")
    assert dose_of(pid) == (DoseOutcome.NOT_ENOUGH_INFORMATION, OutcomeReason.EARLIER_MISSING)


def test_into_a_vein_nothing_of_it_is_asked_or_read(pid: Walker) -> None:
    wrong = {"earlier": "", "earlier_grams": "forty"}
    given = {"product": "gamunex-c-10", "route": "IV", "dose": "25", "interval": "4"}
    response = pid.post("dose", **given, **wrong)
    assert response.status_code == 302
    assert dose_of(pid)[0] is DoseOutcome.WITHIN
    found = pid.draft.assessment
    assert found is not None and found.dose.label is None
    labels = [x.label for x in stated_content(pid.walk).section("dose").lines]  # type: ignore[union-attr]
    assert "How was it given before?" not in labels
    pid.post("dose", route="SC", dose="13", interval="1")
    assert pid.soup("dose").select_one("[name=earlier_grams]")["value"] == "forty"  # type: ignore[index]


def test_what_was_given_before_is_read_back(pid: Walker) -> None:
    found = {x.label: x.value for x in stated_content(pid.walk).section("dose").lines}  # type: ignore[union-attr]
    assert found["How was it given before?"] == "Into a vein (IV)"
    assert (found["Dose before"], found["Given every"]) == ("40 g", "4 weeks")
    pid.post("dose", earlier_interval="1")
    lines_ = stated_content(pid.walk).section("dose").lines  # type: ignore[union-attr]
    assert next(x.value for x in lines_ if x.label == "Given every") == "1 week"


def test_another_product_under_the_skin_is_for_a_reviewer(pid: Walker) -> None:
    pid.post("dose", product="other", other_product="Newglobulin", route="SC")
    assert dose_of(pid) == (DoseOutcome.OUTSIDE, OutcomeReason.LABEL_NOT_HELD)
    assert "No rules of its label are held here" in pid.soup("dose").get_text(" ")


def test_another_diagnosis_is_asked_nothing_of_it(ann: Client, world: Any) -> None:
    cidp = Walker(ann, world.cidp)
    assert not [name for name in FIELDS if cidp.soup("dose").select_one(f"[name={name}]")]
    cidp.post("dose", product="hizentra-20", route="SC")
    assert dose_of(cidp) == (DoseOutcome.NO_LIMIT, OutcomeReason.SUBCUTANEOUS)
    found = cidp.draft.assessment
    assert found is not None and found.dose.label is None
