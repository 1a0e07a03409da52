"""The decision clocks: kept by policy staff, asked when a request comes in."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import Permission, require
from criteria.actions.events import record_event
from criteria.models import AuthorizationRequest, ClockUnit, DecisionClock, Urgency
from criteria.requests.turnaround import due_after_days, due_after_hours

# Where the table names no clock at all, as on an empty database.
DEFAULTS = {
    Urgency.EXPEDITED: (72, ClockUnit.HOURS),
    Urgency.STANDARD: (7, ClockUnit.CALENDAR_DAYS),
}
GENERAL = "This clock serves every line of business without its own: change it, but keep it."


def clock_of(request: AuthorizationRequest) -> DecisionClock:
    """The clock a request received now runs on: of its line of business, else the general one."""
    urgency = Urgency(request.urgency)
    found = DecisionClock.objects.for_request(request.line_of_business, urgency).first()
    amount, unit = DEFAULTS[urgency]
    return found or DecisionClock(urgency=urgency, amount=amount, unit=unit)


def due_columns(request: AuthorizationRequest, received: datetime) -> dict[str, Any]:
    """When a request submitted at ``received`` is due, and whether its clock stands still.

    A request keeps the clock of the day it came in. Answered, it runs on from where it stood; only
    one that has become expedited meanwhile is due no later than expedited ones received now.
    """
    clock = clock_of(request)
    if request.due_at is None:
        return {"due_at": due_by(clock, received), "clock_stops": clock.stops_while_waiting}
    due = due_after_waiting(request, request.due_at, received)
    if request.urgency == Urgency.EXPEDITED:
        due = min(due, due_by(clock, received))
    return {"due_at": due}


def due_after_waiting(request: AuthorizationRequest, due: datetime, until: datetime) -> datetime:
    """When a request is due once nobody is waited for: a clock that stood still runs on."""
    if request.asked_at is None or not request.clock_stops:
        return due
    return due + (until - request.asked_at)


def due_by(clock: DecisionClock, received: datetime) -> datetime:
    """When a clock that starts at ``received`` has run down; in UTC."""
    if clock.unit == ClockUnit.HOURS:
        return due_after_hours(received, clock.amount)
    return due_after_days(received, clock.amount, timezone.get_default_timezone())


@transaction.atomic
def save_clock(*, clock: DecisionClock, by: User) -> None:
    """Keep a clock, for what comes in from now on. Raises PermissionDenied, and ValidationError."""
    require(by, Permission.EDIT_POLICY)
    old = DecisionClock.objects.select_for_update().filter(pk=clock.pk).first()
    if old is not None and not old.line_of_business and _moved(old, clock):
        raise ValidationError(GENERAL)
    clock.full_clean()
    clock.save()
    before = "" if old is None else f" Before: {old}."
    record_event(verb="save", obj=clock, summary=f"{clock}.{before}", by=by)


def _moved(old: DecisionClock, clock: DecisionClock) -> bool:
    return (old.line_of_business, old.urgency) != (clock.line_of_business, clock.urgency)


@transaction.atomic
def delete_clock(*, clock: DecisionClock, by: User) -> None:
    """Let the general clock serve this line again. Raises PermissionDenied, and ValidationError."""
    require(by, Permission.EDIT_POLICY)
    if not clock.line_of_business:
        raise ValidationError(GENERAL)
    record_event(verb="delete", obj=clock, summary=f"{clock}.", by=by)
    clock.delete()
