"""What runs towards its due time is in the day's list, whoever is waited for."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from criteria.models import AuthorizationRequest
from criteria.screens.review.worklist.worklist import Worklist
from tests.factories.people import rhea
from tests.helpers.review.worklist import URL, numbers, text
from tests.screens.review.listed import listed

pytestmark = pytest.mark.django_db
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
# How far away the due time is.
LEFT = {
    "far": timedelta(hours=60),
    "a day": timedelta(hours=24),
    "near": timedelta(hours=24) - SECOND,
    "now": timedelta(0),
    "over": -SECOND,
    "long over": -timedelta(days=9),
}
# Where a request is; ``clock_stops`` and since when the practice is asked.
PLACES: dict[str, dict[str, Any]] = {
    "submitted": {"status": "submitted"},
    "submitted, clock that stops": {"status": "submitted", "clock_stops": True},
    "held": {"status": "submitted", "held": True},
    "answered": {"status": "submitted", "answered": True},
    "waiting": {"status": "information_requested", "asked": 10 * 24 * HOUR},
    "waiting, held": {"status": "information_requested", "asked": HOUR, "held": True},
    "standing": {"status": "information_requested", "asked": 10 * 24 * HOUR, "clock_stops": True},
    "standing since late": {
        "status": "information_requested",
        "asked": timedelta(0),
        "clock_stops": True,
    },
    "approved": {"status": "approved"},
    "denied": {"status": "denied"},
    "withdrawn": {"status": "withdrawn"},
}
DESK = {"submitted", "submitted, clock that stops", "held", "answered"}
RUNNING = {"waiting", "waiting, held"}
WAITING = {*RUNNING, "standing", "standing since late"}
OVER, NEAR = {"over", "long over"}, {"near", "now", "over", "long over"}
FILTERS: list[dict[str, str]] = [
    {name: value for name, value in (("state", state), ("due", due), ("held", held)) if value}
    for state, due, held in product(
        ("", "to-decide", "waiting", "answered", "all"),
        ("", "overdue", "day", "three-days"),
        ("", "me"),
    )
]


def belongs(place: str, left: str, asked: dict[str, str]) -> bool:
    """Whether the list shall hold it: literally, state by state."""
    if asked.get("held") and place not in ("held", "waiting, held"):
        return False
    state, due = asked.get("state", "to-decide"), asked.get("due", "")
    if state == "to-decide":
        is_there = place in DESK or (place in RUNNING and left in NEAR)
    elif state == "waiting":
        is_there = place in WAITING
    elif state == "answered":
        is_there = place == "answered"
    else:
        is_there = True
    if not is_there or not due:
        return is_there
    if place not in DESK | WAITING:
        return False
    if place in WAITING - RUNNING:
        # The clock stands still: it is overdue only if it was so when the practice was asked.
        return due == "overdue" and place == "standing since late" and left in OVER
    due_in = {
        "overdue": OVER,
        "day": {"a day", "near", "now"},
        "three-days": {"far", "a day", "near", "now"},
    }
    return left in due_in[due]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def every(now: datetime) -> dict[str, tuple[str, str]]:
    """One request of each place and each due time, by number."""
    made = {}
    for n, (place, left) in enumerate(product(PLACES, LEFT)):
        number = f"R-2031-{n:05}"
        listed(number, now + LEFT[left], **_columns(place, now))
        made[number] = (place, left)
    return made


def _columns(place: str, now: datetime) -> dict[str, Any]:
    said = PLACES[place]
    columns: dict[str, Any] = {
        "status": said["status"],
        "clock_stops": said.get("clock_stops", False),
    }
    if "asked" in said:
        columns["asked_at"] = now - said["asked"]
    if said.get("answered"):
        columns["answered_at"] = now
    if said.get("held"):
        columns |= {"assigned_to_id": rhea().pk, "assigned_at": now}
    if place == "withdrawn":
        columns |= {"withdrawn_at": now, "withdrawn_by_id": rhea().pk}
    return columns


def shown(now: datetime, asked: dict[str, str]) -> list[AuthorizationRequest]:
    """Every request of a list as it is at ``now``, page by page."""
    data = QueryDict(mutable=True)
    data.update(asked)
    found = Worklist(rhea(), data)
    found.now = now
    return list(found.every())


@pytest.mark.parametrize("narrowed", [{}, {"urgency": "standard"}, {"line": "commercial"}])
def test_every_state_clock_due_time_and_filter(
    now: datetime, every: dict[str, tuple[str, str]], narrowed: dict[str, str]
) -> None:
    for asked in FILTERS:
        rows = [one for one in shown(now, asked | narrowed) if one.number in every]
        wanted = {number for number, (place, left) in every.items() if belongs(place, left, asked)}
        assert {row.number for row in rows} == wanted, asked
        assert len(rows) == len(wanted), asked
        if asked.get("state") != "all" or asked.get("due"):
            order = [(row.due_at, row.pk) for row in rows]
            assert order == sorted(order), asked


def test_search_finds_by_the_same_rule(now: datetime, every: dict[str, tuple[str, str]]) -> None:
    for asked in FILTERS:
        data = QueryDict(mutable=True)
        data.update(asked | {"q": "R-2031"})
        found = Worklist(rhea(), data, is_search=True)
        found.now = now
        wanted = {number for number, (place, left) in every.items() if belongs(place, left, asked)}
        assert {one.number for one in found.every()} == wanted, asked


def test_page_shows_what_is_overdue_while_it_waits(client: Client) -> None:
    client.force_login(rhea())
    now = timezone.now()
    late = listed(
        "R-2031-00001",
        now - 30 * HOUR,
        status="information_requested",
        asked_at=now - 40 * HOUR,
    )
    fine = listed(
        "R-2031-00002", now + 50 * HOUR, status="information_requested", asked_at=now - HOUR
    )
    still = listed(
        "R-2031-00003",
        now - HOUR,
        status="information_requested",
        asked_at=now - 4 * HOUR,
        clock_stops=True,
    )
    for asked in ({}, {"state": "to-decide", "due": "overdue"}):
        response = client.get(URL, asked)
        assert numbers(response) == [late.number]
        assert "! overdue by 30 h, waiting for the practice since" in text(response)
        assert "Information asked for" in text(response)
    waiting = client.get(URL, {"state": "waiting"})
    assert numbers(waiting) == [late.number, still.number, fine.number]
    assert "due in 2 days, waiting for the practice since" in text(waiting)
    assert "the clock stands still with 3 h left" in text(waiting)
