"""What is overdue now is counted, decided or not, and whoever is waited for."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from criteria.models import AuthorizationRequest, Outcome, RequestStatus, WorklistGroup
from criteria.screens.figures.desk import DeskFigures as Figures
from criteria.screens.figures.running import CELLS, LATER, NEAR, OVERDUE, STILL, open_by_clock
from criteria.screens.figures.scope import FigureScope
from tests.screens.figures.desk import Desk

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(hours=24)
LONG_AGO = "2026-01-05 08:00"
SUBMITTED, ASKED = RequestStatus.SUBMITTED, RequestStatus.INFORMATION_REQUESTED


@pytest.mark.parametrize(
    ("left", "clock"),
    [
        (-SECOND, OVERDUE),
        (timedelta(0), NEAR),
        (DAY - SECOND, NEAR),
        (DAY, LATER),
        (9 * DAY, LATER),
    ],
)
@pytest.mark.parametrize("status", [SUBMITTED, ASKED])
@pytest.mark.parametrize("stops", [False, True])
def test_each_clock_at_its_edges(left: timedelta, clock: str, status: str, stops: bool) -> None:
    now, desk = timezone.now(), Desk()
    columns: dict[str, Any] = {"due_at": now + left, "clock_stops": stops, "status": status}
    if status == ASKED:
        columns["asked_at"] = now - 9 * DAY
    AuthorizationRequest.objects.filter(pk=desk.received(LONG_AGO).pk).update(**columns)
    is_waiting = status == ASKED
    wanted = STILL if stops and is_waiting else clock
    (counted,) = open_by_clock(FigureScope(), now).values()
    assert dict(counted) == {(wanted, is_waiting): 1}


@pytest.mark.parametrize(("before", "clock"), [(-SECOND, OVERDUE), (timedelta(0), STILL)])
def test_clock_that_stands_still_is_overdue_if_it_was_when_it_stopped(
    before: timedelta, clock: str
) -> None:
    now, desk = timezone.now(), Desk()
    asked = now - 3 * DAY
    AuthorizationRequest.objects.filter(pk=desk.received(LONG_AGO).pk).update(
        status=ASKED, asked_at=asked, due_at=asked + before, clock_stops=True
    )
    (counted,) = open_by_clock(FigureScope(), now).values()
    assert dict(counted) == {(clock, True): 1}


def test_what_is_closed_is_not_counted() -> None:
    desk = Desk()
    desk.decided(desk.received(LONG_AGO), "2026-02-05 08:00")
    desk.decided(desk.received(LONG_AGO), "2026-02-05 08:00", Outcome.DENIED, "Two nerves")
    assert open_by_clock(FigureScope(), timezone.now()) == {}


def figures(**scope: Any) -> Figures:
    groups = WorklistGroup.objects.in_bulk()
    return Figures(FigureScope(groups=groups, **scope), timezone.localdate(), {}, {})


def test_days_hide_nothing_that_is_overdue_now() -> None:
    desk, today = Desk(), timezone.localdate()
    desk.received(LONG_AGO)
    waiting = desk.received(LONG_AGO, urgency="expedited")
    desk.asked(waiting, "2026-01-06 08:00", "Two nerves")
    desk.received(LONG_AGO, line_of_business="medicare")
    decided = desk.received(LONG_AGO)
    desk.decided(decided, "2026-01-06 08:00")
    figure = figures(first=today, last=today).overdue()
    assert figure.said.startswith(
        "3 open requests are overdue, 1 of them waiting for the practice. 0 more"
    )
    assert figure.rows == (
        ("Commercial, expedited", 0, 1, 0, 0, 0, 0, 0, 1),
        ("Commercial, standard", 1, 0, 0, 0, 0, 0, 0, 1),
        ("Medicare, standard", 1, 0, 0, 0, 0, 0, 0, 1),
        ("All together", 2, 1, 0, 0, 0, 0, 0, 3),
    )
    narrowed = figures(line_of_business="medicare").overdue()
    assert narrowed.rows == (("Medicare, standard", 1, 0, 0, 0, 0, 0, 0, 1),)


def test_a_single_one_that_waits_is_said_plainly() -> None:
    desk = Desk()
    desk.asked(desk.received(LONG_AGO), "2026-01-06 08:00", "Two nerves")
    said = "1 open request is overdue, waiting for the practice. 0 more with under 24 hours left."
    assert figures().overdue().said == said


def test_times_say_what_they_do_not_count() -> None:
    desk = Desk()
    desk.decided(desk.received(LONG_AGO), "2026-01-06 08:00")
    assert figures().times().said.endswith("100% came within the clock.")
    desk.received(LONG_AGO)
    assert (
        figures()
        .times()
        .said.endswith("100% came within the clock. Not counted: 1 open request, overdue by now.")
    )


def test_nothing_is_open_and_nothing_is_overdue() -> None:
    desk = Desk()
    assert figures().overdue().said == "No request is open."
    AuthorizationRequest.objects.filter(pk=desk.received(LONG_AGO).pk).update(
        due_at=timezone.now() + timedelta(hours=3)
    )
    assert figures().overdue().said == "No open request is overdue. 1 with under 24 hours left."


def test_every_open_request_is_in_one_cell() -> None:
    desk, now = Desk(), timezone.now()
    cases = list(product((SUBMITTED, ASKED), (False, True), (-1, 3, 30)))
    for status, stops, hours in cases:
        AuthorizationRequest.objects.filter(pk=desk.received(LONG_AGO).pk).update(
            status=status,
            clock_stops=stops,
            due_at=now + timedelta(hours=hours),
            asked_at=now - timedelta(hours=40) if status == ASKED else None,
        )
    (counted,) = open_by_clock(FigureScope(), now).values()
    assert sum(counted[cell] for cell in CELLS) == counted.total() == len(cases)
