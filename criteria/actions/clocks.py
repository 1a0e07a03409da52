"""The decision clocks: kept by policy staff, asked when a request comes in."""

from datetime import datetime

from django.utils import timezone

from criteria.clocks import due_after_days, due_after_hours
from criteria.models import AuthorizationRequest, ClockUnit, DecisionClock, Urgency

# Where the table names no clock at all, as on an empty database.
DEFAULTS = {
    Urgency.EXPEDITED: (72, ClockUnit.HOURS),
    Urgency.STANDARD: (7, ClockUnit.CALENDAR_DAYS),
}


def clock_of(request: AuthorizationRequest) -> DecisionClock:
    """The clock a request runs on: that of its line of business, else the general one."""
    urgency = Urgency(request.urgency)
    found = DecisionClock.objects.for_request(request.line_of_business, urgency).first()
    amount, unit = DEFAULTS[urgency]
    return found or DecisionClock(urgency=urgency, amount=amount, unit=unit)


def due_time(request: AuthorizationRequest, received: datetime) -> datetime:
    """When a request received now must be decided."""
    clock = clock_of(request)
    if clock.unit == ClockUnit.HOURS:
        return due_after_hours(received, clock.amount)
    return due_after_days(received, clock.amount, timezone.get_default_timezone())


def due_time_again(request: AuthorizationRequest, answered: datetime) -> datetime:
    """When a request is due once the practice answered: a clock that stood still runs on."""
    assert request.due_at is not None  # noqa: S101  (the database says so of a submitted one)
    if request.asked_at is None or not clock_of(request).stops_while_waiting:
        return request.due_at
    return request.due_at + (answered - request.asked_at)
