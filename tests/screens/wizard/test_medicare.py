"""A Medicare request: the edition that judges it, and the list of codes that binds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from criteria.dosing import Route
from criteria.models import AuthorizationRequest, PolicyVersion
from criteria.requests.stated_request import StatedRequest
from criteria.rules.terms import Overall
from criteria.screens.wizard.panel import LivePanel
from criteria.screens.wizard.result import CODE_WAY_OUT, ResultView
from criteria.screens.wizard.tasks.list import TaskList
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories import request as factory
from tests.factories.medicare import DAY
from tests.screens.wizard.conftest import Walker, errors_of, soup_of
from tests.screens.wizard.medicare import DOSE, RECORDS, Editions, criteria_pages, said, walk

GIVEN = RECORDS | {"dose": DOSE}

# The start page


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        ("2020-02-01", "R1"),
        ("2020-09-30", "R1"),
        ("2020-10-01", "R2"),
        ("2022-09-30", "R4"),
        ("2022-10-01", "R6"),
        ("2023-06-30", "R6"),
        ("2023-07-01", "R8"),
    ],
)
def test_day_chooses_the_edition(prescriber: Client, day: str, edition: str) -> None:
    sent = {"line_of_business": "medicare", "phase": "initial", "request_date": day}
    response = prescriber.post("/requests/new/", sent)
    assert response.status_code == 302
    request = AuthorizationRequest.objects.latest("pk")
    assert request.version is not None and request.version.number == edition
    start = Walker(prescriber, request.number).soup("start")
    assert f"Judged by edition {edition}, in force from" in start.get_text()


def new_refused(prescriber: Client, **sent: str) -> str:
    count = AuthorizationRequest.objects.count()
    response = prescriber.post("/requests/new/", {"phase": "initial", **sent})
    assert response.status_code == 422
    assert AuthorizationRequest.objects.count() == count
    page = soup_of(response)
    for name, value in sent.items():
        kept = page.select(f'[name="{name}"][value="{value}"]')
        assert kept, (name, value)
    assert page.select_one("#note-request_date .problem")
    return errors_of(response)


def test_day_before_the_first_edition_says_when_it_starts(prescriber: Client) -> None:
    text = new_refused(prescriber, line_of_business="medicare", request_date="2020-01-31")
    assert "No policy is in force on 31 Jan 2020 for this line of business (Medicare" in text
    assert "The first edition starts on 1 Feb 2020: check the date" in text


def test_day_after_the_last_edition_says_when_it_ended(
    prescriber: Client, editions: Editions
) -> None:
    PolicyVersion.objects.filter(pk=editions["R8"].pk).update(effective_until="2026-01-01")
    text = new_refused(prescriber, line_of_business="medicare", request_date="2026-01-01")
    assert "The last edition ended before 1 Jan 2026" in text


def test_day_between_two_editions_says_when_the_next_one_starts(
    prescriber: Client, editions: Editions
) -> None:
    PolicyVersion.objects.filter(pk=editions["R3"].pk).update(effective_until="2021-06-01")
    text = new_refused(prescriber, line_of_business="medicare", request_date=DAY)
    assert "The next edition starts on 1 Oct 2021" in text


def test_line_without_a_published_policy_says_so(prescriber: Client, editions: Editions) -> None:
    PolicyVersion.objects.filter(policy__key="cms").update(status="retired")
    text = new_refused(prescriber, line_of_business="medicare", request_date=DAY)
    assert "No policy is published here yet for this line of business (Medicare" in text
    assert "ask the policy staff" in text


# Another line of business, or another day


def test_change_of_the_line_keeps_answers_and_says_which_are_not_asked(
    prescriber: Client, editions: Editions
) -> None:
    request = factory.started(editions["uhc"], request_date=DAY)
    pages = {slug: dict(fields) for slug, fields in factory.CIDP.items()}
    pages["dose"]["weight_on"] = "2021-06-20"
    factory.saved(request, pages)
    walker = Walker(prescriber, request.number)
    typed = dict(walker.draft.typed)
    assert walker.post("start", line_of_business="medicare").status_code == 302
    draft = walker.draft
    assert draft.edition is not None and draft.edition.number == "R3"
    for name, values in typed.items():
        assert name == "line_of_business" or draft.typed[name] == values
    assert draft.indication is not None and draft.indication.key == "cidp"
    assert draft.answers["history_physical"] is True
    marked = {row.slug for row in draft.rows.values() if row.please_check}
    assert {"diagnosis", "dose"} <= marked
    kept = TaskList(Walkthrough(draft)).kept
    assert len(kept) == len(set(kept)) == 7
    shown = said(walker.soup(), ".kept")
    assert "7 answers kept that Medicare policy R3 does not ask" in shown
    assert walker.soup("check").select_one(".kept")
    walker.post("start", line_of_business="commercial")
    assert walker.draft.overall is Overall.MEETS
    assert TaskList(walker.walk).kept == ()


def test_diagnosis_of_the_other_policy_is_asked_again(
    prescriber: Client, editions: Editions
) -> None:
    walker = walk(prescriber, editions, "D59.11", "autoimmune-hemolytic-anemia")
    walker.post("start", line_of_business="commercial")
    response = walker.get("diagnosis")
    assert "autoimmune-hemolytic-anemia" in response.content.decode()
    assert "Search and choose it again" in " ".join(gap.text for gap in TaskList(walker.walk).gaps)


def test_day_in_another_edition_marks_what_depends_on_it(
    prescriber: Client, editions: Editions
) -> None:
    walker = walk(prescriber, editions, "M31.1", "thrombotic-microangiopathy", pages=RECORDS)
    assert walker.draft.overall is Overall.MEETS
    walker.post("start", request_date="2021-09-30")
    assert not walker.draft.rows["diagnosis"].please_check
    response = walker.post("start", request_date="2021-10-01", htmx=True)
    assert "Judged by edition R4" in response.content.decode()
    assert walker.request.version.number == "R4"
    assert walker.draft.rows["diagnosis"].please_check
    assert walker.draft.overall is Overall.DOES_NOT_MEET
    assert "M31.1 left the policy's code list on 1 Oct 2021" in ResultView(walker.walk).sentence


# The gate


@pytest.mark.parametrize("slug", ["diagnosis", "general-necessity_to_start", "dose"])
def test_closed_gate_is_said_on_the_page(prescriber: Client, editions: Editions, slug: str) -> None:
    walker = walk(prescriber, editions, "D81.82", "primary-immunodeficiency")
    gate = said(walker.soup(slug), "#panel .gate")
    assert "D81.82 is in the policy's code list only from 1 Oct 2022 on." in gate


def test_closed_gate_leads_the_result_and_the_check_page(
    prescriber: Client, editions: Editions
) -> None:
    walker = walk(prescriber, editions, "L12.0", "cidp", pages=RECORDS)
    banner = said(walker.soup("result"), ".banner")
    assert "L12.0 is not in the policy's code list." in banner
    assert CODE_WAY_OUT in banner
    assert "denied" not in walker.soup("result").get_text()
    assert "L12.0 is not in the policy's code list." in walker.soup("check").get_text()
    first = LivePanel(walker.walk).tasks[0]
    assert first.text == "Diagnosis code: correct it if another one is right"
    assert first.url.endswith("/diagnosis/#id_icd10")


def test_without_a_code_the_code_is_asked_for_once(prescriber: Client, editions: Editions) -> None:
    walker = walk(prescriber, editions, "", pages=RECORDS)
    assert walker.draft.overall is Overall.INCOMPLETE
    assert [task.text for task in LivePanel(walker.walk).tasks] == [
        "State the ICD-10-CM code: only a code of the policy's list is covered."
    ]
    assert criteria_pages(walker.draft) == ["general-necessity_to_start", "general-documents"]


def test_listed_code_costs_no_query_of_its_own(prescriber: Client, editions: Editions) -> None:
    counts = {}
    for code in ("G61.81", "L12.0"):
        draft = walk(prescriber, editions, code).draft
        fresh = StatedRequest(draft.request, draft.edition, draft.rows.values(), today=draft.today)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert fresh.assessment is not None
        counts[code] = len(found)
    assert counts["G61.81"] == 0 < counts["L12.0"]


# The route of the product


def test_route_typed_is_kept_and_left_to_a_reviewer(prescriber: Client, editions: Editions) -> None:
    walker = walk(prescriber, editions, "G61.82", "mmn", pages=GIVEN)
    assert walker.draft.overall is Overall.MEETS
    response = walker.post("dose", htmx=True, route="SC")
    assert walker.draft.dose.route is Route.SC
    assert walker.draft.overall is Overall.NEEDS_REVIEW
    text = "The policy lists Gamunex-C 10 % for IV only; SC is asked for."
    assert text in response.content.decode()
    page = walker.soup("dose")
    assert text in said(page, "#note-route")
    assert "for the reviewer" in said(page, "#note-route")
    assert text in said(walker.soup("result"), ".banner")
    (task,) = LivePanel(walker.walk).tasks
    assert task.text == "Route: one that the policy lists this product for"
    assert task.url.endswith("/dose/#id_route")
    assert not [gap for gap in TaskList(walker.walk).gaps if "Route" in gap.text]


def test_route_the_policy_lists_says_nothing(prescriber: Client, editions: Editions) -> None:
    walker = walk(prescriber, editions, "G61.82", "mmn", pages=GIVEN)
    walker.post("dose", route="IV")
    assert said(walker.soup("dose"), "#note-route") == ""
    assert walker.draft.overall is Overall.MEETS
