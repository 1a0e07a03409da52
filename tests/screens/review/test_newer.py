"""Once submitted, a newer edition is the reviewer's matter: shown, and chosen with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from criteria.accounts.permissions import Role
from criteria.actions.reviews.hold import take_request
from criteria.models import AuthorizationRequest, Event, LetterKind, PolicyVersion, RequestStatus
from criteria.papers.letters.basis import read_submission
from criteria.requests.moving import move_of
from criteria.screens.wizard.moved_pages import CHANGED
from criteria.screens.wizard.packets import content_now
from criteria.screens.wizard.tasks.list import TaskList
from tests.factories.medicare import publish_medicare_policies
from tests.factories.people import person, rhea
from tests.screens.review.desk import Reviewer, asked, held, resubmitted, submitted_as_typed
from tests.screens.review.editions import NUMBER, REWORDED, publish_newer
from tests.screens.wizard.conftest import Walker, soup_of

pytestmark = pytest.mark.django_db
OLD = "2021D0035AD"
IN_FORCE = f"A newer edition of the policy is in force: {NUMBER}"
REASON = "It rules on the day of the first dose."


@pytest.fixture
def newer(desk: Reviewer) -> PolicyVersion:
    return publish_newer()


def stored(desk: Reviewer) -> AuthorizationRequest:
    return AuthorizationRequest.objects.get(number=desk.number)


def choose(desk: Reviewer, **changes: Any) -> Any:
    """Press the button on the page as it was opened."""
    url = desk.url("edition")
    form = soup_of(desk.client.get(url)).select_one("form:has([name=reason])")
    sent = {"reason": REASON}
    if form is not None:
        sent |= {str(one["name"]): str(one["value"]) for one in form.select("input[value]")}
    return desk.client.post(url, sent | changes)


# Shown


def test_desk_says_which_edition_and_what_of_the_request_it_touches(
    desk: Reviewer, newer: PolicyVersion
) -> None:
    soup = desk.soup()
    banner = soup.select_one(".newer-edition")
    assert banner is not None
    said = " ".join(banner.get_text(" ").split())
    assert f"{IN_FORCE}, since {newer.effective_from:%-d %b %Y}" in said
    assert f"is judged by {OLD}" in said
    assert "touches 2 things of this request; 1 answer given in it is concerned:" in said
    assert "changed: dosing limit" in said
    links = [str(a["href"]) for a in banner.select("a")]
    assert links == [
        f"/review/{desk.number}/edition/",
        f"/policies/uhc/{NUMBER}/changes/?from={OLD}",
    ]
    for link in links:
        assert desk.client.get(link).status_code == 200


@pytest.mark.parametrize("kind", list(LetterKind))
def test_each_letter_and_the_page_before_sending_say_it(
    desk: Reviewer, newer: PolicyVersion, kind: str
) -> None:
    held(desk.number)
    page = desk.client.get(f"/review/{desk.number}/letter/{kind}/")
    assert IN_FORCE in soup_of(page).get_text(" ", strip=True)
    sending = desk.client.get(f"/review/{desk.number}/letter/{kind}/send/")
    assert IN_FORCE in soup_of(sending).get_text(" ", strip=True)


def test_nothing_is_said_without_one(desk: Reviewer) -> None:
    assert "newer edition" not in desk.text()
    assert desk.client.get(desk.url("edition")).status_code == 302


@pytest.mark.parametrize(("days", "is_told"), [(-1, True), (0, True), (1, False)])
def test_it_is_told_from_its_first_day(desk: Reviewer, days: int, is_told: bool) -> None:
    publish_newer(timezone.localdate() + timedelta(days=days))
    assert (IN_FORCE in desk.text()) is is_told


@pytest.mark.parametrize("status", ["withdrawn", "denied"])
def test_closed_request_is_told_of_none(desk: Reviewer, newer: PolicyVersion, status: str) -> None:
    at, by = timezone.now(), rhea()
    columns: dict[str, Any] = {"status": status, "withdrawn_at": at, "withdrawn_by": by}
    if status == "denied":
        columns = {"status": status, "decided_at": at, "decided_by": by}
    AuthorizationRequest.objects.filter(number=desk.number).update(**columns)
    assert "newer edition" not in desk.text()
    assert choose(desk).status_code == 302
    assert stored(desk).version != newer


def test_old_and_new_words_stand_side_by_side(desk: Reviewer, newer: PolicyVersion) -> None:
    held(desk.number)
    text = soup_of(desk.client.get(desk.url("edition"))).get_text(" ", strip=True)
    assert REWORDED in text
    assert "2,000 mg/kg" in text and "1,800 mg/kg" in text
    assert "Why it is judged by the newer edition" in text


# Chosen


def test_reviewer_has_it_judged_by_the_newer_edition(desk: Reviewer, newer: PolicyVersion) -> None:
    before = held(desk.number)
    first = before.submissions.get()
    assert choose(desk).status_code == 302
    request = stored(desk)
    last = request.submissions.get(number=2)
    assert request.version == last.version == newer
    assert (request.status, request.due_at) == (RequestStatus.SUBMITTED, before.due_at)
    assert (last.rejudged_by, last.rejudged_for) == (rhea(), REASON)
    assert last.case == first.case
    assert last.attested_at == first.attested_at
    assert (first.overall, last.overall) == ("meets", "does not meet")
    assert request.worklist_group is not None
    assert request.worklist_group.overall == "does not meet"
    assert last.content["enclosures"] == first.content["enclosures"]
    assert last.content["attestation"] == first.content["attestation"]
    event = Event.objects.get(verb="judge_by_edition", object_id=str(request.pk))
    assert event.summary == f"From {OLD} to {NUMBER}"


def test_desk_tells_what_it_changed_and_asks_for_new_views(
    desk: Reviewer, newer: PolicyVersion
) -> None:
    held(desk.number)
    choose(desk)
    text = desk.text()
    assert "newer edition" not in text
    assert f"Judged by {NUMBER} since" in text
    assert "1,800 mg/kg" in text
    assert f"rhea: {REASON}" in text.replace("Rhea", "rhea")
    assert "0 accepted" in text


def test_answer_of_the_practice_stays_on_top(desk: Reviewer, newer: PolicyVersion) -> None:
    resubmitted(held(desk.number), dose={"dose": "120"})
    choose(desk)
    titles = [h2.get_text() for h2 in desk.soup().select(".desk-latest h2")]
    assert len(titles) == 2
    assert titles[0].startswith(f"Judged by {NUMBER}")
    assert titles[1].startswith("The practice answered")


def test_packet_and_letters_are_by_the_edition_judged_by(
    desk: Reviewer, newer: PolicyVersion
) -> None:
    held(desk.number)

    def editions() -> tuple[str, str]:
        request = stored(desk)
        packet = content_now(request, at=timezone.now(), by=rhea())
        last = request.submissions.order_by("number").last()
        assert last is not None
        return packet.policy.number, read_submission(last).basis.policy_name.split()[-1]

    assert editions() == (OLD, OLD)
    choose(desk)
    assert editions() == (NUMBER, NUMBER)


def test_letters_count_what_the_practice_sent(desk: Reviewer, newer: PolicyVersion) -> None:
    """Judging it anew is no sending."""
    held(desk.number)
    choose(desk)
    last = stored(desk).submissions.get(number=2)
    assert read_submission(last).basis.submission == 1
    asked(stored(desk))
    submitted_as_typed(stored(desk))
    again = stored(desk).submissions.get(number=3)
    assert read_submission(again).basis.submission == 2


def test_practice_is_told_with_the_reason(desk: Reviewer, newer: PolicyVersion) -> None:
    request = held(desk.number)
    choose(desk)
    practice = Client()
    practice.force_login(request.owner)
    for page in ("", "packet/"):
        text = soup_of(practice.get(f"/requests/{desk.number}/{page}")).get_text(" ", strip=True)
        assert f"judged by edition {NUMBER}" in text
        assert REASON in text
    trail = soup_of(practice.get(f"/requests/{desk.number}/trail/")).get_text(" ", strip=True)
    assert f"From {OLD} to {NUMBER}" in trail


def test_practice_that_is_asked_then_answers_by_the_newer_edition(
    desk: Reviewer, newer: PolicyVersion
) -> None:
    request = held(desk.number)
    choose(desk)
    asked(stored(desk))
    practice = Client()
    practice.force_login(request.owner)
    walker = Walker(practice, desk.number)
    assert walker.draft.edition is not None
    assert walker.draft.edition.number == NUMBER
    assert "newer edition" not in walker.soup().get_text().replace("this newer edition", "")
    assert submitted_as_typed(stored(desk)).submissions.get(number=3).version == newer


def test_practice_looks_again_at_what_the_edition_touches_and_at_nothing_else(
    desk: Reviewer, newer: PolicyVersion
) -> None:
    request = held(desk.number)
    choose(desk)
    asked(stored(desk))
    practice = Client()
    practice.force_login(request.owner)
    gaps = TaskList(Walker(practice, desk.number).walk).gaps
    again = [gap for gap in gaps if "please check" in gap.text]
    assert all(f": please check. {CHANGED}: " in gap.text for gap in again)
    assert REWORDED in again[0].text
    assert "1,800 mg/kg" in again[1].text
    for gap, slug in zip(again, ("criteria-cidp_diagnosis", "dose"), strict=True):
        assert f"/{slug}/" in gap.url


@pytest.mark.parametrize("reason", ["", "   ", "...", "x" * 4001])
def test_reason_is_needed(desk: Reviewer, newer: PolicyVersion, reason: str) -> None:
    held(desk.number)
    response = choose(desk, reason=reason)
    assert response.status_code == 422
    assert stored(desk).submissions.count() == 1
    if len(reason) > 100:
        assert reason in response.content.decode()


def test_whoever_does_not_hold_it_reads_and_may_not_choose(
    desk: Reviewer, newer: PolicyVersion
) -> None:
    assert "Take the request first" in desk.client.get(desk.url("edition")).content.decode()
    assert choose(desk, submission="1", version=str(newer.pk)).status_code == 409
    take_request(request=stored(desk), by=person("rob", Role.REVIEWERS))
    assert choose(desk, submission="1", version=str(newer.pk)).status_code == 409
    assert stored(desk).submissions.count() == 1


def test_nothing_is_chosen_while_the_practice_answers(desk: Reviewer, newer: PolicyVersion) -> None:
    asked(held(desk.number))
    assert choose(desk, submission="1", version=str(newer.pk)).status_code == 409
    assert stored(desk).version != newer


def test_page_of_before_another_submission_changes_nothing(
    desk: Reviewer, newer: PolicyVersion
) -> None:
    resubmitted(held(desk.number))
    assert choose(desk, submission="1").status_code == 409
    assert choose(desk, version="0").status_code == 409
    assert stored(desk).submissions.count() == 2


def test_edition_that_no_longer_has_its_criteria_cannot_judge_it(desk: Reviewer) -> None:
    version = publish_newer(without_pathway=True)
    held(desk.number)
    words = f"{NUMBER} has no criteria"
    assert words in desk.text()
    page = desk.client.get(desk.url("edition"))
    assert words in soup_of(page).get_text()
    assert choose(desk, submission="1", version=str(version.pk)).status_code == 409
    assert stored(desk).version != version


# The practice, while it is asked


def test_practice_is_offered_no_edition(desk: Reviewer, newer: PolicyVersion) -> None:
    request = held(desk.number)
    asked(request)
    practice = Client()
    practice.force_login(request.owner)
    walker = Walker(practice, desk.number)
    assert move_of(walker.draft) is None
    assert "newer edition" not in walker.soup().get_text()
    assert walker.get("edition").status_code == 302
    assert practice.post(walker.url("edition")).status_code == 403
    assert stored(desk).version != newer


@pytest.mark.parametrize("ahead", [0, -400])
def test_another_day_moves_no_submitted_request(
    desk: Reviewer, newer: PolicyVersion, ahead: int
) -> None:
    request = held(desk.number)
    asked(request)
    practice = Client()
    practice.force_login(request.owner)
    walker = Walker(practice, desk.number)
    day = timezone.localdate() + timedelta(days=ahead)
    assert walker.post("start", request_date=day.isoformat()).status_code == 302
    assert stored(desk).version == request.version


def test_another_line_of_business_is_refused_beside_its_field(
    desk: Reviewer, newer: PolicyVersion
) -> None:
    publish_medicare_policies()
    request = held(desk.number)
    asked(request)
    practice = Client()
    practice.force_login(request.owner)
    walker = Walker(practice, desk.number)
    walker.post("start", line_of_business="medicare")
    assert stored(desk).version == request.version
    assert stored(desk).line_of_business == "commercial"
    text = walker.soup("start").get_text(" ", strip=True)
    assert "This request was submitted under another line of business." in text
