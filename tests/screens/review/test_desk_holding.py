"""The buttons that say who works on a request."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from criteria.models import AuthorizationRequest, Membership, RequestStatus
from tests.factories import people
from tests.factories.people import paula, rhea, rob
from tests.screens.review.desk import Reviewer, held

pytestmark = pytest.mark.django_db


def holder(desk: Reviewer) -> str:
    found = AuthorizationRequest.objects.get(number=desk.number).assigned_to
    return "" if found is None else found.username


def press(desk: Reviewer, name: str, **fields: str) -> str:
    """Press a button; what the page then says at its top."""
    response: Any = desk.client.post(desk.url(name), fields)
    assert response.status_code == 302
    assert response["Location"] == desk.url()
    messages = desk.soup().select_one("#messages")
    assert messages is not None
    return messages.get_text(" ", strip=True)


def test_take_and_give_back(desk: Reviewer) -> None:
    assert press(desk, "take") == f"You review {desk.number} now."
    assert holder(desk) == "rhea"
    assert "is given back" in press(desk, "release")
    assert holder(desk) == ""


def test_who_comes_second_is_told(desk: Reviewer) -> None:
    held(desk.number)
    other = Reviewer(Client(), desk.number, rob())
    assert press(other, "take") == "rhea took this request already."
    assert press(other, "release") == "rhea reviews this request."
    assert holder(desk) == "rhea"


def test_taking_over_has_a_button_of_its_own(desk: Reviewer) -> None:
    held(desk.number)
    other = Reviewer(Client(), desk.number, rob())
    form = other.soup().select_one(".desk-hand form")
    assert form is not None
    assert form.get_text(strip=True) == "Take over from rhea"
    over = form.select_one("input[name=over]")
    assert over is not None
    press(other, "take", over=str(over["value"]))
    assert holder(desk) == "rob"
    assert "Taken over" in other.text()


@pytest.mark.parametrize("over", ["", "x", "-1", "0", "9" * 20])
def test_taking_over_from_nobody_in_particular_takes_nothing(desk: Reviewer, over: str) -> None:
    held(desk.number)
    press(Reviewer(Client(), desk.number, rob()), "take", over=over)
    assert holder(desk) == "rhea"


def test_hand_over_to_a_colleague(desk: Reviewer) -> None:
    other = rob()
    held(desk.number)
    offered = [option["value"] for option in desk.soup().select("#to option")]
    assert offered == ["", str(other.pk)]
    assert press(desk, "assign", to=str(other.pk)) == f"rob reviews {desk.number} now."
    assert holder(desk) == "rob"
    assert "Assigned · rhea to rob" in desk.text()


def test_only_who_may_review_it_is_offered(desk: Reviewer) -> None:
    own = rob()
    Membership.objects.create(practice=people.practice(), user=own)
    paula()
    assert [option["value"] for option in desk.soup().select("#to option")] == ["", str(rhea().pk)]
    for to in (own.pk, paula().pk, people.prescriber().pk, "", "x", "9" * 30):
        assert press(desk, "assign", to=str(to)) == "Choose who shall review it."
    assert holder(desk) == ""


def test_a_closed_request_is_left_alone(desk: Reviewer) -> None:
    AuthorizationRequest.objects.filter(number=desk.number).update(
        status="withdrawn", withdrawn_at=timezone.now(), withdrawn_by=people.prescriber()
    )
    for name in ("take", "release", "assign"):
        assert "withdrawn" in press(desk, name, to=str(rob().pk))
    assert holder(desk) == ""


@pytest.mark.parametrize("name", ["take", "release", "assign"])
def test_only_reviewers_press(desk: Reviewer, name: str) -> None:
    assert desk.client.get(desk.url(name)).status_code == 405
    for who in (people.prescriber(), people.ben(), paula()):
        desk.client.force_login(who)
        assert desk.client.post(desk.url(name)).status_code == 403
    desk.client.logout()
    assert desk.client.post(desk.url(name)).status_code == 302
    assert holder(desk) == ""


def asked(number: str) -> AuthorizationRequest:
    """Held by Rhea, and the practice is asked for information."""
    held(number)
    found = AuthorizationRequest.objects.get(number=number)
    found.status, found.asked_at = RequestStatus.INFORMATION_REQUESTED, timezone.now()
    found.save()
    return found


def test_without_an_answer_the_request_can_be_decided_after_all(desk: Reviewer) -> None:
    found = asked(desk.number)
    assert "Go on without the answer" in desk.text()
    assert "Do not approve" not in desk.text()
    assert "can be decided as it was last submitted" in press(desk, "go-on")
    found.refresh_from_db()
    assert found.status == RequestStatus.SUBMITTED
    assert "Do not approve" in desk.text()
    assert "has answered meanwhile" in press(desk, "go-on")


def test_only_who_holds_it_sees_the_button_to_go_on(desk: Reviewer) -> None:
    asked(desk.number)
    other = Reviewer(Client(), desk.number, rob())
    assert "Go on without the answer" not in other.text()
    assert press(other, "go-on") == "rhea reviews this request."
