"""A request the practice answered looks answered, with what changed on top of the desk."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from criteria.accounts.permissions import Role
from criteria.actions.requests.edit import withdraw_request
from criteria.actions.requests.enclosures import add_enclosure, remove_enclosure
from criteria.actions.reviews.hold import release_request
from criteria.actions.reviews.waiting import go_on_without_answer
from criteria.models import AuthorizationRequest
from criteria.screens.wizard.packets import issue
from tests.actions.letters import APPROVAL, DENIAL, INFORMATION, finished, send, write
from tests.factories.people import ben, person, rhea
from tests.helpers.review.worklist import URL, numbers
from tests.screens.review.desk import (
    Reviewer,
    asked,
    held,
    resubmitted,
    submitted_as_typed,
    submitted_with,
)
from tests.screens.wizard.conftest import soup_of

pytestmark = pytest.mark.django_db


def stored(number: str) -> AuthorizationRequest:
    return AuthorizationRequest.objects.get(number=number)


def menu(client: Client) -> str:
    nav = soup_of(client.get(reverse("review:figures"))).select_one(".site-nav")
    assert nav is not None
    return nav.get_text(" ", strip=True)


def test_row_list_and_menu_say_that_it_was_answered(desk: Reviewer) -> None:
    held(desk.number)
    asked(stored(desk.number))
    assert "answered" not in menu(desk.client)
    resubmitted(stored(desk.number))
    assert "1 answered" in menu(desk.client)
    for query in ({}, {"state": "answered"}, {"state": "answered", "held": "me"}):
        response = desk.client.get(URL, query)
        assert numbers(response) == [desk.number]
        row = soup_of(response).select_one("tbody tr")
        assert row is not None and "⇄ Answered" in row.get_text(" ", strip=True)
    assert "⇄ Answered" in desk.text()


def test_menu_leads_to_what_was_answered(desk: Reviewer) -> None:
    held(desk.number)
    resubmitted(stored(desk.number))
    link = soup_of(desk.client.get(URL)).select_one(".site-nav .site-count")
    assert link is not None
    assert numbers(desk.client.get(str(link["href"]))) == [desk.number]


def test_only_the_reviewer_who_holds_it_is_told_in_the_menu(desk: Reviewer) -> None:
    held(desk.number)
    resubmitted(stored(desk.number))
    colleague = Client()
    colleague.force_login(person("rob", Role.REVIEWERS))
    assert "answered" not in menu(colleague)
    assert "⇄ Answered" in soup_of(colleague.get(URL)).get_text(" ", strip=True)
    release_request(request=stored(desk.number), by=rhea())
    assert "answered" not in menu(desk.client)
    practice = Client()
    practice.force_login(ben())
    assert "answered" not in practice.get("/requests/").content.decode()


def test_first_submission_is_not_answered(desk: Reviewer) -> None:
    held(desk.number)
    assert "Answered" not in desk.text()
    assert "answered" not in menu(desk.client)
    assert numbers(desk.client.get(URL, {"state": "answered"})) == []


def test_going_on_without_an_answer_does_not_look_answered(desk: Reviewer) -> None:
    held(desk.number)
    write(resubmitted(stored(desk.number)), INFORMATION, submission_number=2)
    send(stored(desk.number), INFORMATION, submission_number=2)
    go_on_without_answer(request=stored(desk.number), by=rhea())
    assert "⇄" not in desk.text()


@pytest.mark.parametrize("kind", [INFORMATION, APPROVAL, DENIAL])
def test_answer_is_done_with_once_a_letter_is_sent(desk: Reviewer, kind: Any) -> None:
    held(desk.number)
    request = resubmitted(stored(desk.number))
    assert request.is_answered
    write(request, kind, submission_number=2)
    key = "cidp_months_progressive"
    item = {"block": "criteria", "key": key, "number": "1", "title": "Months", "note": ""}
    items = () if kind == APPROVAL else (item,)
    send(request, kind, submission_number=2, letter=finished(kind, items=items))
    assert not stored(desk.number).is_answered
    assert "answered" not in menu(desk.client)


def test_answer_is_done_with_once_it_is_withdrawn(desk: Reviewer) -> None:
    request = resubmitted(held(desk.number))
    withdraw_request(request=request, by=request.owner)
    assert not stored(desk.number).is_answered


# What changed


def top(desk: Reviewer) -> Tag:
    found = desk.soup().select_one(".desk-latest")
    assert found is not None
    return found


def rows(table: Tag) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in table.select("tbody tr")]


def second_round(desk: Reviewer) -> AuthorizationRequest:
    """A document more, one fewer, one answer, a dose, a patient's name and a note changed."""
    asked(held(desk.number))
    request = stored(desk.number)
    remove_enclosure(enclosure=request.enclosures.get(letter="A"), by=request.owner)
    request, title = stored(desk.number), "INCAT sheet"
    add_enclosure(request=request, title=title, dated=None, document=None, by=request.owner)
    return submitted_with(
        stored(desk.number),
        {
            "criteria-electrodiagnostic": {"q-cidp_mdl_nerves": "4"},
            "dose": {"dose": "120"},
            "patient": {"last_name": "Roe"},
        },
    )


def test_what_changed_stands_before_the_criteria(desk: Reviewer) -> None:
    second_round(desk)
    soup = desk.soup()
    order = [str(one["id"]) for one in soup.select("[id]")]
    assert order.index("changed-1") < order.index("criteria")
    told = "\n".join(rows(top(desk)))
    assert "INCAT sheet" in told
    assert "Clinic note" in told
    assert re.search(r"2 .* 4", told)
    assert "Doe, Jane Roe, Jane" in told
    assert "120 g" in told


def test_it_is_the_table_of_the_second_packet(desk: Reviewer) -> None:
    issue(held(desk.number), by=rhea())
    request = second_round(desk)
    packet = issue(request, by=rhea())
    changes = packet.content["changes"]["groups"]
    printed = [
        (line["before"], line["now"])
        for group in changes
        for change in group["changes"]
        for line in change["lines"]
    ]
    shown = [
        tuple(
            "" if cell == "–" else cell for cell in (td.get_text("\n") for td in row.select("td"))
        )
        for row in top(desk).select("tbody tr")
        if row.select("td")
    ]
    assert shown == printed


def test_each_change_leads_to_its_line(desk: Reviewer) -> None:
    second_round(desk)
    soup = desk.soup()
    links = [str(link["href"]) for link in soup.select(".desk-latest tbody a")]
    assert any(link.startswith("#line-") for link in links)
    assert any(re.fullmatch(r"\?encl=[A-Z]#enclosure", link) for link in links)
    ids = {str(one["id"]) for one in soup.select("[id]")}
    for link in links:
        assert link.split("#")[1] in ids, link
    titles = {
        link.get_text(" ", strip=True): str(link["href"])
        for link in soup.select(".desk-latest a[href^='#line-']")
    }
    for words, link in titles.items():
        line = soup.select_one(f"[id='{link[1:]}'] .desk-title")
        assert line is not None
        title = line.select_one("strong")
        assert title is not None and title.get_text() in words


def test_earlier_rounds_tell_the_older_changes_whole(desk: Reviewer) -> None:
    second_round(desk)
    resubmitted(stored(desk.number), dose={"dose": "110"})
    soup = desk.soup()
    assert "INCAT sheet" not in top(desk).get_text()
    older = soup.select_one("section[aria-labelledby=rounds]")
    assert older is not None
    assert "stands at the top" in older.get_text()
    assert "INCAT sheet" in older.get_text()


def test_nothing_changed_is_said(desk: Reviewer) -> None:
    asked(held(desk.number))
    submitted_as_typed(stored(desk.number))
    assert "Nothing in the request changed." in top(desk).get_text()


def test_first_round_has_nothing_on_top(desk: Reviewer) -> None:
    assert desk.soup().select_one(".desk-latest") is None


def test_fragment_of_a_save_does_not_draw_it_anew(desk: Reviewer) -> None:
    second_round(desk)
    fields = desk.fields()
    response = desk.save(fields=fields, htmx=True)
    assert BeautifulSoup(response.content, "html.parser").select_one(".desk-latest") is None
