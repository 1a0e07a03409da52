"""Approvals that end, for the practice and for reviewers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.models import AuthorizationRequest
from tests.factories.people import ben, prescriber
from tests.factories.renewal import renewed, submitted_renewal
from tests.factories.review import approved, denied, reviewer, submitted_cidp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]
TODAY = timezone.localdate()


def ending(days: int, **said: Any) -> AuthorizationRequest:
    """An approval that ends so many days from today."""
    last = TODAY + timedelta(days=days)
    first = min(TODAY, last) - timedelta(days=150)
    return approved(submitted_cidp(**said), starts_on=first, ends_on=last)


def moved(request: AuthorizationRequest, days: int) -> AuthorizationRequest:
    """The same approval with another end."""
    last = TODAY + timedelta(days=days)
    AuthorizationRequest.objects.filter(pk=request.pk).update(
        approved_until=last, approved_from=last - timedelta(days=150)
    )
    return AuthorizationRequest.objects.get(pk=request.pk)


@pytest.fixture
def ann(client: Client) -> Client:
    client.force_login(prescriber())
    return client


def page(client: Client, days: str = "", name: str = "wizard:ending") -> str:
    sent = {"days": days} if days else {}
    return client.get(reverse(name), sent).content.decode()


def test_a_line_says_what_was_approved_and_how_long_it_lasts(ann: Client) -> None:
    request = ending(20)
    shown = page(ann)
    assert request.number in shown
    assert "Chronic inflammatory demyelinating polyneuropathy" in shown
    assert "Gamunex-C 10 %, 135 g in all, each course, over 5 days" in shown
    assert "ends in 20 days" in shown
    assert f'action="/requests/{request.number}/renew/"' in shown


def test_the_days_asked_for_are_counted_with_the_last_one(ann: Client) -> None:
    request = ending(30)
    for last, days, is_shown in ((30, "30", True), (31, "30", False), (31, "60", True)):
        moved(request, last)
        assert (request.number in page(ann, days)) is is_shown
    for last, days, is_shown in ((60, "", True), (61, "", False), (90, "90", True)):
        moved(request, last)
        assert (request.number in page(ann, days)) is is_shown
    moved(request, 91)
    assert request.number not in page(ann, "90")
    assert "No approval ends within 90 days." in page(ann, "90")


def test_one_that_ended_lately_stands_apart_until_it_is_renewed(ann: Client) -> None:
    request = ending(-1)
    shown = page(ann)
    assert "Ended in the last 90 days, not renewed" in shown
    assert "ended yesterday" in shown
    moved(request, -90)
    assert request.number in page(ann)
    moved(request, -91)
    assert request.number not in page(ann)
    renewed(moved(request, -90))
    assert "Ended in the last" not in page(ann)


@pytest.mark.parametrize("days", ["7", "-1", "x", "60.0", "9" * 400])
def test_other_days_are_refused_in_place(days: str, ann: Client) -> None:
    request = ending(20)
    shown = page(ann, days)
    assert "Choose 30, 60 or 90 days. Shown are the approvals of 60 days." in shown
    assert request.number in shown


def test_one_that_is_renewed_leads_to_its_renewal(ann: Client) -> None:
    request = ending(20)
    made = renewed(request)
    shown = page(ann)
    assert f'href="/requests/{made.number}/"' in shown
    assert "/renew/" not in shown


def test_of_a_renewal_not_approved_another_may_follow(ann: Client) -> None:
    request = ending(20)
    denied(submitted_renewal(request))
    assert f"/requests/{request.number}/renew/" in page(ann)


def test_my_requests_say_how_many_wait(ann: Client) -> None:
    mine = reverse("wizard:requests")
    assert "Approvals that end</a>" in ann.get(mine).content.decode()
    request = ending(60)
    assert "Approvals that end (1 to renew)</a>" in ann.get(mine).content.decode()
    for days, waits in ((61, False), (0, True), (-90, True), (-91, False)):
        moved(request, days)
        assert ("Approvals that end (1 to renew)" in ann.get(mine).content.decode()) is waits
    renewed(moved(request, 10))
    assert "Approvals that end</a>" in ann.get(mine).content.decode()


def test_another_practice_sees_none_of_it(client: Client) -> None:
    request = ending(20)
    client.force_login(ben())
    assert request.number not in page(client)


def test_whoever_is_of_no_practice_has_no_list(client: Client) -> None:
    client.force_login(reviewer())
    assert client.get(reverse("wizard:ending")).status_code == 403


def test_reviewers_see_every_practice_and_no_button(client: Client) -> None:
    request = ending(20)
    client.force_login(reviewer())
    shown = page(client, name="review:ending")
    assert request.number in shown
    assert "Acme Infusion" in shown
    assert "none received" in shown
    assert "/renew/" not in shown


def test_reviewers_see_no_draft_of_a_practice(client: Client) -> None:
    request = ending(20)
    draft = renewed(request)
    client.force_login(reviewer())
    assert draft.number not in page(client, name="review:ending")


def test_for_reviewers_a_draft_is_no_renewal_of_what_ended(client: Client) -> None:
    request = ending(-5)
    renewed(request)
    client.force_login(reviewer())
    shown = page(client, name="review:ending")
    assert request.number in shown
    assert "none received" in shown


def test_reviewers_see_a_renewal_that_was_sent(client: Client) -> None:
    sent = submitted_renewal(ending(20))
    client.force_login(reviewer())
    shown = page(client, name="review:ending")
    assert f'href="/review/{sent.number}/"' in shown


@pytest.mark.parametrize("name", ["wizard:ending", "review:ending"])
def test_the_lists_ask_for_a_sign_in(name: str, client: Client) -> None:
    assert "/accounts/login/" in client.get(reverse(name)).headers["Location"]


def test_prescribers_have_no_list_of_the_desk(ann: Client) -> None:
    assert ann.get(reverse("review:ending")).status_code == 403


def test_more_lines_ask_no_more_queries(ann: Client, django_assert_max_num_queries: Any) -> None:
    ending(20), ending(30), ending(-5)
    renewed(ending(25))
    page(ann)
    with django_assert_max_num_queries(11):
        page(ann)
