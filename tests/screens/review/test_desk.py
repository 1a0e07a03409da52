"""The page of one request: who reads it, what stands on it, and how many queries it takes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.actions.reviews.dispositions import DispositionEntry, save_dispositions
from criteria.actions.reviews.hold import take_request
from criteria.models import AuthorizationRequest, Determination, Letter, Membership
from criteria.screens.wizard.packets import content_now
from tests.factories import people
from tests.factories import request as factory
from tests.factories.people import paula, rhea, rob
from tests.helpers.actions.closing import close
from tests.screens.review.desk import Reviewer, asked, held, resubmitted, submitted_cidp
from tests.screens.wizard.conftest import soup_of

pytestmark = pytest.mark.django_db


def request_of(number: str) -> AuthorizationRequest:
    return AuthorizationRequest.objects.get(number=number)


def test_anonymous_is_sent_to_login(number: str, db: None) -> None:
    response = Client().get(reverse("review:request", args=[number]))
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", [people.prescriber, people.ben, paula])
def test_only_reviewers_read_it(who: Any, client: Client, number: str) -> None:
    client.force_login(who())
    assert client.get(reverse("review:request", args=[number])).status_code == 403


def test_nobody_reads_there_a_request_of_their_own_practice(desk: Reviewer) -> None:
    Membership.objects.create(practice=people.practice(), user=rhea())
    assert desk.client.get(desk.url()).status_code == 403


def test_a_draft_and_an_unknown_number_are_not_there(desk: Reviewer) -> None:
    draft = factory.started(request_of(desk.number).version)
    for number in (draft.number, "R-2026-99999", "x"):
        assert desk.client.get(reverse("review:request", args=[number])).status_code == 404


def test_post_is_refused(desk: Reviewer) -> None:
    assert desk.client.post(desk.url()).status_code == 405


def test_the_title_holds_the_number_and_nothing_of_the_patient(desk: Reviewer) -> None:
    title = desk.soup().title
    assert title is not None
    assert title.get_text() == f"{desk.number} · ivigportal"


def test_the_top_names_patient_clock_and_finding(desk: Reviewer) -> None:
    top = desk.soup().select_one(".desk-top")
    assert top is not None
    words = top.get_text(" ", strip=True)
    for part in (
        "Doe, Jane · born 12 Mar 1961 · member 912345678 01",
        "due in 6 days",
        "Meets the criteria, as entered",
        "The software's finding, not a decision",
        "Nobody reviews this request yet",
        "135 g in all",
    ):
        assert part in words


def test_the_clock_tells_what_is_overdue_and_what_waits(desk: Reviewer) -> None:
    rows = AuthorizationRequest.objects.filter(number=desk.number)
    rows.update(due_at=timezone.now() - timedelta(hours=3, minutes=5))
    assert "overdue by 3 h" in desk.text()
    asked(request_of(desk.number))
    words = desk.text()
    assert "waiting for the practice since" in words
    assert "the clock runs on: overdue by 3 h" in words


def test_the_lines_are_those_of_the_packet(desk: Reviewer) -> None:
    content = content_now(request_of(desk.number), at=timezone.now(), by=rhea())
    shown = [
        (li.select_one(".place").get_text(), li.select_one(".desk-title strong").get_text())  # type: ignore[union-attr]
        for li in desk.soup().select(".desk-line")
    ]
    printed = [(line.number, line.title) for part in content.parts for line in part.criteria]
    assert shown == printed
    words = desk.text()
    for line in content.parts[1].criteria:
        for part in (line.joins, line.answer, line.required, line.reason, line.citation):
            assert part in words


def test_what_decides_nothing_is_folded_where_it_stands(desk: Reviewer) -> None:
    folded = desk.soup().select_one("details.desk-aside")
    assert folded is not None
    summary = folded.select_one("summary")
    assert summary is not None
    assert summary.get_text() == "1.4.2 to 1.4.7: conditions, not applicable or not needed (6)"
    assert folded.select_one("#line-criteria-cidp_mdl_nerves") is None


def test_something_said_of_a_folded_line_keeps_it_in_sight(desk: Reviewer) -> None:
    request = held(desk.number)
    folded = desk.soup().select_one("details.desk-aside .desk-line")
    assert folded is not None
    key = str(folded["id"]).removeprefix("line-criteria-")
    said = DispositionEntry(block="criteria", key=key, verdict="ask", note="Why not?")
    save_dispositions(request=request, submission_number=1, said=[said], by=rhea())
    line = desk.soup().select_one(f"#line-criteria-{key}")
    assert line is not None
    assert line.find_parent("details") is None


def test_whoever_does_not_hold_it_reads_and_has_no_boxes(desk: Reviewer) -> None:
    request = held(desk.number)
    said = DispositionEntry(
        block="criteria", key="cidp_mdl_nerves", verdict="ask", note="Which nerve?"
    )
    save_dispositions(request=request, submission_number=1, said=[said], by=rhea())
    assert desk.soup().select("form#dispositions")
    other = Reviewer(Client(), desk.number, rob())
    soup = other.soup()
    assert not soup.select("form#dispositions, .desk-view")
    line = soup.select_one("#line-criteria-cidp_mdl_nerves")
    assert line is not None
    assert "? Ask Which nerve?" in line.get_text(" ", strip=True)
    assert "rhea reviews this request" in other.text()


def test_the_decisions_are_offered_to_the_holder_alone(desk: Reviewer) -> None:
    assert not desk.soup().select(".desk-decide")
    held(desk.number)
    buttons = desk.soup().select(".desk-decide a")
    assert [a.get_text() for a in buttons] == ["Ask for information", "Approve", "Do not approve"]
    kinds = ("information", "approval", "denial")
    assert [a["href"] for a in buttons] == [
        f"/review/{desk.number}/letter/{kind}/" for kind in kinds
    ]


def test_a_closed_request_offers_nothing(desk: Reviewer) -> None:
    held(desk.number)
    AuthorizationRequest.objects.filter(number=desk.number).update(
        status="withdrawn", withdrawn_at=timezone.now(), withdrawn_by=people.prescriber()
    )
    soup = desk.soup()
    assert not soup.select("form#dispositions, .desk-decide, .desk-hand")
    assert "withdrawn" in desk.text()


def test_a_decided_request_says_who_decided_what_and_why(desk: Reviewer) -> None:
    request = held(desk.number)
    close(request, "approved")
    letter = Letter.objects.create(
        request=request,
        submission=request.submissions.get(),
        sequence=1,
        kind="approval",
        text="Approved.",
        code="3333-4444",
        pdf=b"",
        sha256="",
        page_count=1,
        issued_at=timezone.now(),
        issued_by=rhea(),
    )
    Determination.objects.create(
        request=request,
        submission=letter.submission,
        letter=letter,
        outcome="approved",
        dose_text="100 g every 4 weeks",
        starts_on=date(2026, 11, 1),
        ends_on=date(2027, 4, 30),
        reason="The lower dose is enough.",
        decided_at=timezone.now(),
        decided_by=rhea(),
    )
    words = desk.text()
    for part in (
        "✓ Approved by rhea",
        "1 Nov 2026 to 30 Apr 2027",
        "100 g every 4 weeks",
        "Reason: The lower dose is enough.",
        "Decision: Approval",
    ):
        assert part in words


def test_everything_the_packet_says_is_there(desk: Reviewer) -> None:
    words = desk.text()
    for part in (
        "Dose worksheet",
        "2,000 mg/kg × 69.853 kg = 139.7 g",
        "27 g on each of 5 days (vials: 20 g, 5 g, 2 × 1 g)",
        "139.5 g: 28 g on each of 4 days (vials: 20 g, 5 g, 3 × 1 g); "
        "27.5 g on 1 day (vials: 20 g, 5 g, 2.5 g)",
        "Please call before noon.",
        "Attested by Ann Lee",
        "1234567893",
    ):
        assert part in words


def test_earlier_requests_of_the_patient(desk: Reviewer) -> None:
    assert "None with this member number and date of birth." in desk.text()
    other = submitted_cidp()
    today = timezone.localdate()
    take_request(request=other, by=rob())
    AuthorizationRequest.objects.filter(pk=other.pk).update(
        status="approved",
        decided_at=timezone.now(),
        decided_by=rob(),
        approved_from=today.replace(month=1, day=1),
        approved_until=today.replace(month=12, day=31),
    )
    found = desk.soup().select_one(".desk-requests li")
    assert found is not None
    words = found.get_text(" ", strip=True)
    link = found.select_one("a")
    assert link is not None
    assert link["href"] == reverse("review:request", args=[other.number])
    for part in ("Chronic inflammatory", "✓ Approved", f"approved 1 Jan {today.year} to 31 Dec"):
        assert part in words


def test_an_earlier_request_of_the_own_practice_is_named_without_a_link(desk: Reviewer) -> None:
    other = submitted_cidp()
    practice = people.practice("Rhea's own")
    AuthorizationRequest.objects.filter(pk=other.pk).update(practice=practice)
    Membership.objects.create(practice=practice, user=rhea())
    found = desk.soup().select_one(".desk-requests li")
    assert found is not None
    assert other.number in found.get_text()
    assert not found.select("a")


def test_of_two_rounds_both_are_readable(desk: Reviewer) -> None:
    request = held(desk.number)
    said = DispositionEntry(
        block="criteria", key="neurologist_involved", verdict="ask", note="Who is it?"
    )
    save_dispositions(request=request, submission_number=1, said=[said], by=rhea())
    changed = {"criteria-polyradiculoneuropathy": {"q-cidp_limbs": "3"}}
    resubmitted(request, **changed)
    soup = desk.soup()
    line = soup.select_one("#line-criteria-neurologist_involved")
    limbs = soup.select_one("#line-criteria-cidp_limbs")
    assert line is not None
    assert limbs is not None
    assert "Of submission 1: Ask : Who is it?" in line.get_text(" ", strip=True)
    assert not line.select("input[checked]"), "a new submission starts without a view"
    assert "Changed since submission 1: 2 limbs → 3 limbs" in limbs.get_text(" ", strip=True)
    words = desk.text()
    assert "Submission 1," in words
    assert "submission 2" in words


def test_what_the_practice_types_meanwhile_is_not_shown(desk: Reviewer) -> None:
    request = held(desk.number)
    asked(request)
    typed = {"patient": factory.PEOPLE["patient"] | {"last_name": "Typed"}}
    factory.saved(request_of(desk.number), typed)
    assert "Typed" not in desk.text()


def test_the_timeline_tells_who_and_when(desk: Reviewer) -> None:
    held(desk.number)
    entries = [li.get_text(" ", strip=True) for li in desk.soup().select(".desk-timeline li")]
    assert [entry.split("·")[0].split(" ", 4)[-1].strip() for entry in entries] == [
        "Taken",
        "Submission 1",
    ]
    assert entries[0].endswith("rhea")


def test_the_page_takes_few_queries(desk: Reviewer, django_assert_max_num_queries: Any) -> None:
    request = held(desk.number)
    said = DispositionEntry(
        block="criteria", key="neurologist_involved", verdict="ask", note="Who is it?"
    )
    save_dispositions(request=request, submission_number=1, said=[said], by=rhea())
    resubmitted(request)
    for _ in range(2):
        submitted_cidp()
    desk.text()
    with django_assert_max_num_queries(25):
        desk.text()


def test_a_note_is_text_whatever_it_holds(desk: Reviewer) -> None:
    request = held(desk.number)
    note = "<script>alert(1)</script>"
    said = DispositionEntry(block="criteria", key="neurologist_involved", verdict="ask", note=note)
    save_dispositions(request=request, submission_number=1, said=[said], by=rhea())
    response: Any = desk.client.get(desk.url())
    assert note not in response.content.decode()
    assert note in [box.get_text().strip() for box in soup_of(response).select("textarea")]
