from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from criteria.models import DecisionClock, Event
from tests.factories.people import paula, peter, rhea
from tests.factories.policy import published
from tests.papers.packet.stored import ann

pytestmark = pytest.mark.django_db
ADD = "/admin/criteria/decisionclock/add/"
LIST = "/admin/criteria/decisionclock/"


def change_url(clock: DecisionClock) -> str:
    return reverse("admin:criteria_decisionclock_change", args=[clock.pk])


def form(**values: str) -> dict[str, str]:
    typed = {"line_of_business": "commercial", "urgency": "standard", "amount": "5"}
    return typed | {"unit": "calendar_days"} | values


@pytest.fixture
def editor(client: Client) -> Client:
    published()
    client.force_login(paula())
    return client


def text(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_editor_gives_a_line_its_own_clock(editor: Client) -> None:
    assert "A changed clock binds requests that come in afterwards" in text(editor.get(ADD))
    response = editor.post(ADD, form(stops_while_waiting="on"))
    assert (response.status_code, response.headers["Location"]) == (302, f"{LIST}?")
    made = DecisionClock.objects.get(line_of_business="commercial")
    assert (made.amount, made.unit, made.stops_while_waiting) == (5, "calendar_days", True)
    assert "5 calendar days, standing still" in text(editor.get(LIST))
    assert Event.objects.get(object_type="decisionclock").actor_name == "paula"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"amount": "0"}, "The time must be more than 0."),
        ({"amount": "367"}, "At most 366 calendar days, a year. Is the number right?"),
        ({"amount": "-1"}, "greater than or equal to 0"),
        ({"amount": "seven"}, "Enter a whole number."),
        ({"amount": ""}, "This field is required."),
        ({"amount": "9" * 30}, "At most 366 calendar days"),
        ({"unit": "weeks"}, "Select a valid choice."),
        ({"urgency": "now"}, "Select a valid choice."),
        ({"line_of_business": "comercial"}, "Select a valid choice."),
        ({"line_of_business": ""}, "This line of business has a clock for that urgency."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    editor: Client, values: dict[str, str], said: str
) -> None:
    response = editor.post(ADD, form(**values))
    assert response.status_code == 200
    assert said in text(response)
    assert DecisionClock.objects.count() == 2
    amount = BeautifulSoup(response.content, "html.parser").select_one("[name=amount]")
    assert amount is not None
    assert amount.get("value", "") == form(**values)["amount"]


def test_the_general_clock_is_changed_and_stays_general(editor: Client) -> None:
    clock = DecisionClock.objects.get(urgency="standard")
    response = editor.get(change_url(clock))
    assert "Every other line" in text(response)
    assert BeautifulSoup(response.content, "html.parser").select_one("select[name=urgency]") is None
    typed = form(amount="10", line_of_business="medicare", urgency="expedited")
    assert editor.post(change_url(clock), typed).status_code == 302
    clock.refresh_from_db()
    assert (clock.amount, clock.line_of_business, clock.urgency) == (10, "", "standard")
    delete = reverse("admin:criteria_decisionclock_delete", args=[clock.pk])
    assert editor.post(delete, {"post": "yes"}).status_code == 403
    assert DecisionClock.objects.count() == 2


def test_a_clock_of_a_line_is_deleted(editor: Client) -> None:
    editor.post(ADD, form())
    clock = DecisionClock.objects.get(line_of_business="commercial")
    delete = reverse("admin:criteria_decisionclock_delete", args=[clock.pk])
    assert editor.post(delete, {"post": "yes"}).status_code == 302
    assert DecisionClock.objects.count() == 2


def test_two_editors_do_not_overwrite_each_other(editor: Client) -> None:
    clock = DecisionClock.objects.get(urgency="standard")
    seen = BeautifulSoup(editor.get(change_url(clock)).content, "html.parser").select_one(
        "[name=seen]"
    )
    assert seen is not None
    editor.post(change_url(clock), form(amount="10"))
    second = editor.post(change_url(clock), form(amount="12", seen=str(seen["value"])))
    assert "changed this after you opened it" in text(second)
    assert DecisionClock.objects.get(pk=clock.pk).amount == 10


def test_history_leads_to_what_was_done(editor: Client) -> None:
    editor.post(ADD, form())
    clock = DecisionClock.objects.get(line_of_business="commercial")
    history = reverse("admin:criteria_decisionclock_history", args=[clock.pk])
    assert "Commercial, standard: 5 calendar days." in text(editor.get(history, follow=True))


def test_publisher_reads_and_does_not_change(client: Client) -> None:
    client.force_login(peter())
    clock = DecisionClock.objects.get(urgency="standard")
    assert client.get(LIST).status_code == 200
    assert client.get(change_url(clock)).status_code == 200
    assert client.post(change_url(clock), form()).status_code == 403
    assert client.get(ADD).status_code == 403


def test_a_prescriber_does_not_come_in(client: Client) -> None:
    client.force_login(ann())
    assert client.get(LIST).status_code in (302, 403)
    assert client.post(ADD, form()).status_code in (302, 403)
    assert DecisionClock.objects.count() == 2


def test_a_reviewer_changes_nothing(client: Client) -> None:
    client.force_login(rhea())
    clock = DecisionClock.objects.get(urgency="standard")
    assert client.post(ADD, form()).status_code in (302, 403)
    assert client.post(change_url(clock), form()).status_code in (302, 403)
    assert DecisionClock.objects.get(pk=clock.pk).amount == 7
