"""Which requests belong to a list: by where they are, and by how much of their clock is left.

Whatever runs towards its due time is in sight where it can still be helped: what is waited for
joins what is to be decided as soon as it is nearly overdue, unless its clock stands still.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from criteria.models import RequestStatus
from criteria.models.request import ANSWERED, WAITING_RUNS
from criteria.requests.turnaround import NEARLY_OVERDUE

DECIDED = (RequestStatus.APPROVED, RequestStatus.DENIED)
UNDECIDED = (RequestStatus.SUBMITTED, RequestStatus.INFORMATION_REQUESTED)
HOURS = {"day": 24, "three-days": 72}


class ListState(models.TextChoices):
    """Where the requests of a list are."""

    TO_DECIDE = "to-decide", "To decide"
    ANSWERED = "answered", "Answered by the practice"
    WAITING = "waiting", "Waiting for the practice"
    DECIDED = "decided", "Decided"
    APPROVED = "approved", "Approved"
    DENIED = "denied", "Not approved"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ALL = "all", "All"


STATUSES: dict[str, tuple[RequestStatus, ...]] = {
    ListState.TO_DECIDE: UNDECIDED,
    ListState.ANSWERED: (RequestStatus.SUBMITTED,),
    ListState.WAITING: (RequestStatus.INFORMATION_REQUESTED,),
    ListState.DECIDED: DECIDED,
    ListState.APPROVED: (RequestStatus.APPROVED,),
    ListState.DENIED: (RequestStatus.DENIED,),
    ListState.WITHDRAWN: (RequestStatus.WITHDRAWN,),
    ListState.ALL: (*UNDECIDED, *DECIDED, RequestStatus.WITHDRAWN),
}


@dataclass(frozen=True, slots=True)
class Lanes:
    """Statuses whose requests are looked for, and what is asked of each of them."""

    statuses: tuple[str, ...]
    when: Q = Q()


def lanes_of(state: str, due: str, now: datetime) -> tuple[Lanes, ...]:
    """What a list holds at ``now``. ``due``: overdue, due in some hours, or empty for any time."""
    statuses = STATUSES[state]
    if state == ListState.ANSWERED:
        return (Lanes(statuses, ANSWERED & due_condition(due, now)),)
    if state == ListState.TO_DECIDE:
        pressing = WAITING_RUNS & Q(due_at__lt=now + NEARLY_OVERDUE)
        return (
            Lanes((RequestStatus.SUBMITTED,), due_condition(due, now)),
            Lanes((RequestStatus.INFORMATION_REQUESTED,), pressing & due_condition(due, now)),
        )
    if not due:
        return (Lanes(statuses),)
    when = {
        RequestStatus.SUBMITTED: due_condition(due, now),
        RequestStatus.INFORMATION_REQUESTED: _due_while_waiting(due, now),
    }
    return tuple(Lanes((status,), when[status]) for status in statuses if status in when)


def due_condition(due: str, now: datetime) -> Q:
    """The requests that are overdue at ``now``, or due in the hours that follow."""
    if not due:
        return Q()
    if due == "overdue":
        return Q(due_at__lt=now)
    return Q(due_at__gte=now, due_at__lte=now + timedelta(hours=HOURS[due]))


def _due_while_waiting(due: str, now: datetime) -> Q:
    """The same of requests that are waited for: a clock that stands still does not run out.

    What was overdue already when the practice was asked stays overdue.
    """
    runs = WAITING_RUNS if due != "overdue" else WAITING_RUNS | Q(due_at__lt=F("asked_at"))
    return due_condition(due, now) & runs
