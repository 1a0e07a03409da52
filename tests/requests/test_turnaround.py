"""Due times, exactly: across both changes of the clocks, in several zones."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.requests.turnaround import due_after_days, due_after_hours

NEW_YORK, LONDON, SYDNEY = (
    ZoneInfo(name) for name in ("America/New_York", "Europe/London", "Australia/Sydney")
)
# Lord Howe moves by half an hour; Kathmandu lies three quarters off; Phoenix never changes.
ZONES = [
    NEW_YORK,
    LONDON,
    SYDNEY,
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("America/Phoenix"),
    ZoneInfo("America/St_Johns"),
    ZoneInfo("UTC"),
]
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
# Twenty years, to the minute.
MOMENTS = st.integers(0, 20 * 366 * 1440).map(lambda minutes: FIRST + timedelta(minutes=minutes))
unhurried = settings(deadline=None)


def at(text: str, zone: tzinfo = NEW_YORK, fold: int = 0) -> datetime:
    """In UTC: Python takes a time that comes twice in one zone for unequal to any in another."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        # An ordinary week.
        ("2026-11-10T10:00", 72, "2026-11-13T10:00"),
        # Spring: the clocks go from 2:00 to 3:00 on 8 March 2026, and show an hour more.
        ("2026-03-07T10:00", 72, "2026-03-10T11:00"),
        ("2026-03-08T01:59", 1, "2026-03-08T03:59"),
        # Autumn: from 2:00 back to 1:00 on 1 November 2026, an hour less.
        ("2026-10-31T10:00", 72, "2026-11-03T09:00"),
        ("2026-11-01T00:30", 3, "2026-11-01T02:30"),
    ],
)
def test_hours_are_elapsed(received: str, hours: int, due: str) -> None:
    assert due_after_hours(at(received), hours) == at(due)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-11-10T10:00", 7, "2026-11-17T10:00"),
        # Over either change the time of day is the same: 167 and 169 hours.
        ("2026-03-04T10:00", 7, "2026-03-11T10:00"),
        ("2026-10-28T10:00", 7, "2026-11-04T10:00"),
        # Up to the change, on it, and after it.
        ("2026-03-01T01:59", 7, "2026-03-08T01:59"),
        ("2026-03-01T03:00", 7, "2026-03-08T03:00"),
        # Over the end of a month, a year and a leap day.
        ("2027-12-28T23:59", 7, "2028-01-04T23:59"),
        ("2028-02-25T08:00", 7, "2028-03-03T08:00"),
    ],
)
def test_days_end_at_the_same_time_of_day(received: str, days: int, due: str) -> None:
    assert due_after_days(at(received), days, NEW_YORK) == at(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-01T02:00", "2026-03-08T03:00"),
        ("2026-03-01T02:30", "2026-03-08T03:30"),
        ("2026-03-01T02:59", "2026-03-08T03:59"),
    ],
)
def test_a_time_that_is_left_out_moves_on_by_an_hour(received: str, due: str) -> None:
    assert due_after_days(at(received), 7, NEW_YORK) == at(due)


@pytest.mark.parametrize("time", ["01:00", "01:30", "01:59"])
def test_of_a_time_that_comes_twice_the_first_counts(time: str) -> None:
    due = due_after_days(at(f"2026-10-25T{time}"), 7, NEW_YORK)
    assert due == at(f"2026-11-01T{time}", fold=0)
    assert due == at(f"2026-11-01T{time}", fold=1) - timedelta(hours=1)


def test_received_in_the_hour_that_came_twice() -> None:
    first, second = (at("2026-11-01T01:30", fold=fold) for fold in (0, 1))
    assert due_after_days(first, 7, NEW_YORK) == due_after_days(second, 7, NEW_YORK)
    assert due_after_hours(second, 72) - due_after_hours(first, 72) == timedelta(hours=1)


def test_other_zones_and_the_southern_half() -> None:
    # London changes on 29 March 2026; Sydney goes back on 5 April, forward on 4 October.
    assert due_after_days(at("2026-03-22T01:30", LONDON), 7, LONDON) == at(
        "2026-03-29T02:30", LONDON
    )
    assert due_after_days(at("2026-04-01T12:00", SYDNEY), 7, SYDNEY) == at(
        "2026-04-08T12:00", SYDNEY
    )
    assert due_after_days(at("2026-09-27T02:30", SYDNEY), 7, SYDNEY) == at(
        "2026-10-04T03:30", SYDNEY
    )


def test_half_an_hour_is_moved_on_by_half_an_hour() -> None:
    lord_howe = ZoneInfo("Australia/Lord_Howe")
    received = at("2026-09-27T02:15", lord_howe)
    assert due_after_days(received, 7, lord_howe) == at("2026-10-04T02:45", lord_howe)


def test_the_zone_of_the_reader_does_not_matter() -> None:
    received = at("2026-03-04T10:00")
    elsewhere = received.astimezone(SYDNEY)
    assert due_after_days(elsewhere, 7, NEW_YORK) == due_after_days(received, 7, NEW_YORK)
    assert due_after_hours(elsewhere, 72) == due_after_hours(received, 72)


@unhurried
@given(received=MOMENTS, hours=st.integers(0, 9_000))
def test_any_hours_are_elapsed(received: datetime, hours: int) -> None:
    for zone in ZONES:
        due = due_after_hours(received.astimezone(zone), hours)
        assert due.astimezone(UTC) - received == timedelta(hours=hours)


@unhurried
@given(received=MOMENTS, days=st.integers(0, 366), zone=st.sampled_from(ZONES))
def test_any_days(received: datetime, days: int, zone: tzinfo) -> None:
    due = due_after_days(received, days, zone)
    local = received.astimezone(zone)
    wished = local.replace(tzinfo=None, fold=0) + timedelta(days=days)
    assert due.utcoffset() == timedelta(0)
    shown = due.astimezone(zone)
    if tz.datetime_exists(wished, zone):
        assert shown.replace(tzinfo=None, fold=0) == wished
        # The first of two: an hour before it, the clocks do not show the same.
        assert shown.fold == 0
    else:
        moved = shown.replace(tzinfo=None, fold=0) - wished
        assert timedelta(0) < moved <= timedelta(hours=1)
    # Never off the calendar days by more than the clocks move.
    assert abs(due - received - timedelta(days=days)) <= timedelta(hours=1)


@unhurried
@given(received=MOMENTS, days=st.integers(0, 365), zone=st.sampled_from(ZONES))
def test_a_longer_clock_is_never_due_earlier(received: datetime, days: int, zone: tzinfo) -> None:
    assert due_after_days(received, days, zone) < due_after_days(received, days + 1, zone)


@unhurried
@given(received=MOMENTS, later=st.integers(1, 86_400), zone=st.sampled_from(ZONES))
def test_who_comes_later_is_not_due_before_by_more_than_the_clocks_move(
    received: datetime, later: int, zone: tzinfo
) -> None:
    first = due_after_days(received, 7, zone)
    second = due_after_days(received + timedelta(seconds=later), 7, zone)
    assert second >= first - timedelta(hours=1)
