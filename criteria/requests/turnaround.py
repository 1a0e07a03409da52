"""When a decision is due. Plain Python: hours are elapsed, calendar days end at the same time."""

from datetime import UTC, datetime, timedelta, tzinfo

# Less of a clock than this is nearly overdue: who looks at the list once a day then sees each such
# request while there is still time. A clock that is no longer than a day is so from its start.
NEARLY_OVERDUE = timedelta(hours=24)


def due_after_hours(received: datetime, hours: int) -> datetime:
    """That many hours later, whatever the clocks on the wall did meanwhile."""
    return received.astimezone(UTC) + timedelta(hours=hours)


def due_after_days(received: datetime, days: int, zone: tzinfo) -> datetime:
    """The same time of day that many calendar days later, in ``zone``.

    A time that daylight saving leaves out is moved on by an hour, as the clocks are; of a time that
    comes twice the first one counts: a decision is never due later than the day allows.
    """
    local = received.astimezone(zone)
    same_time = (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone, fold=0)
    return same_time.astimezone(UTC)
