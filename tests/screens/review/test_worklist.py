from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.models import Membership, RequestStatus
from criteria.policies.stored.load import edition_of
from criteria.screens.review.worklist.worklist import A_PAGE
from tests.factories.people import paula, practice, rhea
from tests.factories.review import submitted_cidp
from tests.helpers.review.worklist import URL, numbers, text
from tests.papers.packet.stored import ann, ben, drafted, submitted
from tests.screens.review.listed import line_up, listed

pytestmark = pytest.mark.django_db
MOST_QUERIES = 9


@pytest.fixture
def reviewer(client: Client) -> Client:
    client.force_login(rhea())
    return client


def test_anonymous_is_sent_to_login() -> None:
    for name in ("worklist", "worklist-search"):
        response = Client().get(reverse(f"review:{name}"))
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", [ann, ben, paula])
def test_only_reviewers_see_it(who: Callable[[], User], client: Client) -> None:
    client.force_login(who())
    assert client.get(URL).status_code == 403
    assert client.post(reverse("review:worklist-search"), {"q": "doe"}).status_code == 403


def test_post_is_refused(reviewer: Client) -> None:
    assert reviewer.post(URL).status_code == 405


def test_a_reviewer_starts_at_the_worklist(reviewer: Client) -> None:
    response = reviewer.get("/", follow=True)
    assert response.redirect_chain == [(URL, 302)]
    assert "Nothing waits to be decided." in text(response)


def test_a_draft_is_not_for_reviewers(reviewer: Client) -> None:
    assert drafted().number not in text(reviewer.get(URL))


def test_line_says_what_was_submitted(reviewer: Client) -> None:
    request = submitted_cidp()
    response = reviewer.get(URL)
    soup = BeautifulSoup(response.content, "html.parser")
    (link,) = soup.select("tbody th a")
    assert (link.get_text(), link["href"]) == (request.number, f"/review/{request.number}/")
    shown = text(response)
    assert "Doe, Jane born 12 Mar 1961" in shown
    assert "Chronic inflammatory demyelinating" in shown
    assert "First request" in shown
    assert "✓ Meets the criteria, as entered" in shown
    assert "135 g" in shown
    assert "held by nobody" in shown
    assert "due in 6 days" in shown
    assert "➜ Submitted" in shown


def test_what_the_practice_types_meanwhile_is_not_shown(reviewer: Client) -> None:
    request = submitted_cidp()
    request.status, request.asked_at = RequestStatus.INFORMATION_REQUESTED, timezone.now()
    request.patient_name, request.dose_text = "Roe, Unsent", "900 g"
    request.indication_key, request.overall, request.phase = "", "incomplete", ""
    request.save()
    shown = text(reviewer.get(URL, {"state": "waiting", "finding": "meets"}))
    assert "Doe, Jane" in shown
    assert "Unsent" not in shown
    assert "900 g" not in shown
    assert "No request fits these filters." in text(
        reviewer.get(URL, {"state": "waiting", "finding": "needs review"})
    )


def test_own_practice_is_left_out(reviewer: Client) -> None:
    request = submitted()
    assert request.number in text(reviewer.get(URL))
    Membership.objects.create(practice=request.practice, user=rhea())
    assert request.number not in text(reviewer.get(URL))


def test_soonest_due_first_and_else_the_latest_first(reviewer: Client) -> None:
    first, second, third = (one.number for one in line_up(3))
    assert numbers(reviewer.get(URL)) == [first, second, third]
    assert numbers(reviewer.get(URL, {"state": "all"}))[-3:] == [third, second, first]


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_pages_are_whole_and_nothing_is_shown_twice(reviewer: Client, extra: int) -> None:
    every = [one.number for one in line_up(2 * A_PAGE + extra)]
    seen, response = [], reviewer.get(URL)
    while True:
        seen += numbers(response)
        link = BeautifulSoup(response.content, "html.parser").select_one("a[rel=next]")
        if link is None:
            break
        response = reviewer.get(str(link["href"]))
    assert seen == every
    back = BeautifulSoup(response.content, "html.parser").select_one("a[rel=prev]")
    assert back is not None
    last_but_one = numbers(reviewer.get(str(back["href"])))
    start = A_PAGE if extra == 1 else 0
    assert last_but_one == every[start : start + A_PAGE]


@pytest.mark.parametrize("state", ["to-decide", "decided", "all"])
def test_requests_of_one_moment_are_each_shown_once(reviewer: Client, state: str) -> None:
    at = timezone.now()
    status = "denied" if state == "decided" else "submitted"
    made = {listed(f"R-2031-{n:05}", at, status=status).number for n in range(A_PAGE + 2)}
    first = reviewer.get(URL, {"state": state})
    link = BeautifulSoup(first.content, "html.parser").select_one("a[rel=next]")
    assert link is not None
    rest = numbers(reviewer.get(str(link["href"])))
    shown = [*numbers(first), *rest]
    assert len(shown) == len(set(shown))
    assert made <= set(shown)


def test_going_back_to_the_top_shows_a_whole_first_page(reviewer: Client) -> None:
    made = line_up(A_PAGE + 5)
    next_link = BeautifulSoup(reviewer.get(URL).content, "html.parser").select_one("a[rel=next]")
    assert next_link is not None
    back = BeautifulSoup(reviewer.get(str(next_link["href"])).content, "html.parser").select_one(
        "a[rel=prev]"
    )
    assert back is not None
    made[3].delete()
    first = numbers(reviewer.get(str(back["href"])))
    assert first == [one.number for one in made if one.pk][:A_PAGE]


@pytest.mark.parametrize(
    "mark", ["x", "a1", "a-1", "a1-", "b1-1x", "a999999999999999999-1", "a1-1'", "a１-1", "a" * 400]
)
def test_unknown_page_is_said(reviewer: Client, mark: str) -> None:
    line_up(1)
    response = reviewer.get(URL, {"mark": mark})
    assert "That page of the list is not known. This is the first page." in text(response)
    assert len(numbers(response)) == 1


def test_no_more_than_nine_queries(reviewer: Client, django_assert_max_num_queries: Any) -> None:
    made = line_up(30, assigned_to_id=rhea().pk, assigned_at=timezone.now())
    edition_of(made[0].version)  # kept in memory as in a process that runs
    cache.clear()
    for filters in ({}, {"state": "all"}, {"held": "me", "urgency": "standard"}, {"due": "day"}):
        with django_assert_max_num_queries(MOST_QUERIES):
            reviewer.get(URL, filters)


def test_part_is_the_page_part_and_the_address_follows(reviewer: Client) -> None:
    line_up(3)
    asked = {"state": "all", "urgency": "", "held": "nobody"}
    whole = BeautifulSoup(reviewer.get(URL, asked).content, "html.parser").select_one("#worklist")
    response = reviewer.get(URL, asked, headers={"HX-Request": "true"})
    part = BeautifulSoup(response.content, "html.parser").select_one("#worklist")
    for found in (whole, part):
        assert found is not None
        for token in found.select("[name=csrfmiddlewaretoken]"):
            token.decompose()
    assert str(part) == str(whole)
    assert response.headers["HX-Push-Url"] == "/worklist/?state=all&held=nobody"


def test_pages_are_not_kept_by_browsers(reviewer: Client) -> None:
    assert "no-store" in reviewer.get(URL).headers["Cache-Control"]


def test_reviewers_of_no_practice_are_led_to_no_requests_of_their_own(reviewer: Client) -> None:
    def led() -> list[str]:
        page = BeautifulSoup(reviewer.get(URL).content, "html.parser")
        return [link.get_text() for link in page.select(".site-nav a")]

    own = {"My requests", "Quick check"}
    assert "Worklist" in led() and not own & set(led())
    Membership.objects.create(practice=practice(), user=rhea())
    assert own <= set(led())
