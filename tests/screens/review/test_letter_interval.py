"""How often is given: a month or four weeks, and the page says what the letter says."""

import pytest
from django.test import Client

from tests.factories.commercial import publish_commercial_policy
from tests.factories.people import rhea
from tests.helpers.review.letter_page import WHY, problems_of
from tests.screens.review.reviewed import APPROVAL, Desk, accept_all, held

MONTH = {"interval": "1", "interval_unit": "months"}
WEEKS = {"interval": "4", "interval_unit": "weeks"}
OTHER = WHY | {"as_asked": "no", "courses": "5"}


def at_letters(client: Client, asked: dict[str, str]) -> Desk:
    request = held(publish_commercial_policy(), months="6", **asked)
    accept_all(request)
    client.force_login(rhea())
    return Desk(client, request)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked,box,tick", [(MONTH, [""], ["yes"]), (WEEKS, ["28"], None)], ids=["month", "weeks"]
)
def test_either_is_given_and_said(
    client: Client, asked: dict[str, str], box: list[str], tick: list[str] | None
) -> None:
    desk = at_letters(client, asked)
    fields = desk.fields(APPROVAL)
    assert (fields["interval_days"], fields.get("monthly")) == (box, tick)
    said = "every month" if tick else "every 28 days (4 weeks)"
    desk.post(APPROVAL, **OTHER)
    text = desk.fields(APPROVAL)["text"][0]
    assert f", {said}, 5 courses" in text
    assert "From one course to the next" not in text
    for days, monthly, words, differs in (
        ("28", [], "every 28 days (4 weeks)", bool(tick)),
        ("30", [], "every 30 days", True),
        ("", ["yes"], "every month", not tick),
    ):
        desk.post(APPROVAL, "compose", **OTHER, interval_days=days, monthly=monthly)
        fields = desk.fields(APPROVAL)
        assert fields.get("monthly", []) == monthly
        assert f", {words}, 5 courses" in fields["text"][0]
        assert ("- From one course to the next: " in fields["text"][0]) is differs
    both = desk.post(APPROVAL, "send", **OTHER, interval_days="28", monthly=["yes"])
    assert "“Every month” is ticked as well" in problems_of(both)
    none = desk.post(APPROVAL, "send", **OTHER, interval_days="", monthly=[])
    assert "or tick every month" in problems_of(none)
