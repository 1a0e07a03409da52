from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from criteria.actions.clocks import clock_of, delete_clock, due_by, due_columns, save_clock
from criteria.models import AuthorizationRequest, ClockUnit, DecisionClock, Event, Urgency
from tests.factories.people import paula, rhea
from tests.papers.packet.stored import ann

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 11, 10, 15, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def request(**columns: Any) -> AuthorizationRequest:
    return AuthorizationRequest(**{"line_of_business": "commercial"} | columns)


def clock(line: str = "commercial", urgency: str = "standard", **columns: Any) -> DecisionClock:
    values = {"amount": 48, "unit": ClockUnit.HOURS} | columns
    return DecisionClock(line_of_business=line, urgency=urgency, **values)


def test_what_every_line_starts_with() -> None:
    assert due_columns(request(), RECEIVED) == {"due_at": RECEIVED + WEEK, "clock_stops": False}
    expedited = due_columns(request(urgency=Urgency.EXPEDITED), RECEIVED)
    assert expedited["due_at"] == RECEIVED + timedelta(hours=72)


def test_an_empty_table_falls_back_to_the_same() -> None:
    DecisionClock.objects.all().delete()
    assert due_columns(request(), RECEIVED)["due_at"] == RECEIVED + WEEK
    assert str(clock_of(request(urgency="expedited"))) == "Every other line, expedited: 72 hours"


def test_a_line_has_its_own() -> None:
    save_clock(clock=clock(), by=paula())
    assert due_columns(request(), RECEIVED)["due_at"] == RECEIVED + timedelta(hours=48)
    assert due_columns(request(line_of_business="medicare"), RECEIVED)["due_at"] == RECEIVED + WEEK
    assert due_by(clock_of(request(urgency="expedited")), RECEIVED) == RECEIVED + timedelta(days=3)


def test_days_are_those_of_the_zone(settings: Any) -> None:
    settings.TIME_ZONE = "America/New_York"
    before = datetime(2026, 10, 28, 14, 0, tzinfo=UTC)
    assert due_columns(request(), before)["due_at"] == before + WEEK + timedelta(hours=1)


def asked(**columns: Any) -> AuthorizationRequest:
    """Received at RECEIVED for a week, asked for information a day later."""
    known = {"due_at": RECEIVED + WEEK, "asked_at": RECEIVED + timedelta(days=1)}
    return request(**known | columns)


ANSWERED = RECEIVED + timedelta(days=3)


def test_a_clock_runs_on_while_the_practice_answers() -> None:
    assert due_columns(asked(), ANSWERED) == {"due_at": RECEIVED + WEEK}


def test_a_clock_that_stood_still_is_moved_by_that_time() -> None:
    due = due_columns(asked(clock_stops=True), ANSWERED)["due_at"]
    assert due == RECEIVED + WEEK + timedelta(days=2)


@pytest.mark.parametrize("stops", [True, False])
def test_a_changed_clock_binds_only_what_comes_in_afterwards(stops: bool) -> None:
    before = due_columns(asked(clock_stops=stops), ANSWERED)
    save_clock(clock=clock(amount=1, stops_while_waiting=not stops), by=paula())
    assert due_columns(asked(clock_stops=stops), ANSWERED) == before
    later = due_columns(request(), ANSWERED)
    assert later == {"due_at": ANSWERED + timedelta(hours=1), "clock_stops": not stops}


def test_what_became_expedited_is_due_by_that_clock() -> None:
    due = due_columns(asked(urgency="expedited"), RECEIVED + timedelta(days=2))["due_at"]
    assert due == RECEIVED + timedelta(days=5)
    late = due_columns(asked(urgency="expedited"), RECEIVED + timedelta(days=6))["due_at"]
    assert late == RECEIVED + WEEK


def test_a_change_is_recorded_with_what_stood_there_before() -> None:
    found = DecisionClock.objects.get(urgency="standard")
    found.amount, found.stops_while_waiting = 10, True
    save_clock(clock=found, by=paula())
    event = Event.objects.get(object_type="decisionclock")
    assert (event.actor_name, event.verb) == ("paula", "save")
    assert event.summary == (
        "Every other line, standard: 10 calendar days, standing still while the practice answers. "
        "Before: Every other line, standard: 7 calendar days."
    )


@pytest.mark.parametrize("who", [ann, rhea])
def test_only_policy_editors_keep_clocks(who: Any) -> None:
    found = DecisionClock.objects.get(urgency="standard")
    for action in (save_clock, delete_clock):
        with pytest.raises(PermissionDenied):
            action(clock=found, by=who())
    assert not Event.objects.filter(object_type="decisionclock").exists()


@pytest.mark.parametrize(
    ("unit", "amount", "is_fine"),
    [
        ("hours", 0, False),
        ("hours", 1, True),
        ("hours", 366 * 24, True),
        ("hours", 366 * 24 + 1, False),
        ("calendar_days", 366, True),
        ("calendar_days", 367, False),
        ("weeks", 1, False),
    ],
)
def test_a_time_somebody_can_mean(unit: str, amount: int, is_fine: bool) -> None:
    new = clock(unit=unit, amount=amount)
    if is_fine:
        save_clock(clock=new, by=paula())
        assert DecisionClock.objects.filter(pk=new.pk).exists()
        return
    with pytest.raises(ValidationError):
        save_clock(clock=new, by=paula())


def test_one_clock_a_line_and_urgency() -> None:
    save_clock(clock=clock(), by=paula())
    with pytest.raises(ValidationError, match="This line of business has a clock"):
        save_clock(clock=clock(), by=paula())


def test_the_general_clocks_stay_what_they_are() -> None:
    found = DecisionClock.objects.get(urgency="standard")
    with pytest.raises(ValidationError, match="keep it"):
        delete_clock(clock=found, by=paula())
    found.line_of_business = "medicare"
    with pytest.raises(ValidationError, match="keep it"):
        save_clock(clock=found, by=paula())


def test_a_clock_of_a_line_goes_and_the_general_one_serves_it_again() -> None:
    own = clock()
    save_clock(clock=own, by=paula())
    delete_clock(clock=own, by=paula())
    assert due_columns(request(), RECEIVED)["due_at"] == RECEIVED + WEEK
    assert Event.objects.filter(object_type="decisionclock", verb="delete").count() == 1
