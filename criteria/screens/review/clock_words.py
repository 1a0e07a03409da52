"""Where a request is and how much time is left, in words: the same on worklist and desk."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from criteria.models import AuthorizationRequest, RequestStatus
from criteria.papers.packet.content import moment_text
from criteria.requests.marks import (
    ANSWERED,
    NOT_ANSWERED,
    NOT_APPLICABLE,
    PROBLEM,
    SOON,
    STANDS_STILL,
    STATUS,
    StateMark,
)
from criteria.requests.turnaround import NEARLY_OVERDUE

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# From here on whole days are exact enough.
LONG = timedelta(hours=48)


def clock_mark(request: AuthorizationRequest, now: datetime) -> StateMark:
    """Where the clock of a submitted request stands at ``now``, with sign and colour.

    "due in 2 h", "overdue by 3 h", and the same while the practice is waited for, since when, and
    whether the clock stands still; of a closed request when it was closed. Reads nothing but the
    request's own columns.
    """
    if request.status == RequestStatus.WITHDRAWN:
        return NOT_APPLICABLE.saying(_since("withdrawn", request.withdrawn_at))
    if request.decided_at is not None:
        return NOT_APPLICABLE.saying(_since("decided", request.decided_at))
    if request.asked_at is not None:
        return _waiting_mark(request, request.asked_at, now)
    return due_mark(request.due_at, now)


def _waiting_mark(request: AuthorizationRequest, asked_at: datetime, now: datetime) -> StateMark:
    """A clock that runs on is shown like any other; one that stands still, with what is left."""
    waiting = f"waiting for the practice since {moment(asked_at)}"
    if not request.clock_stops:
        due = due_mark(request.due_at, now)
        return replace(due, word=f"{due.word}, {waiting}")
    due = due_mark(request.due_at, asked_at)
    if request.due_at is not None and request.due_at < asked_at:
        return replace(due, word=f"{due.word} when the practice was asked, {waiting}")
    left = "" if request.due_at is None else f" with {length_text(request.due_at - asked_at)} left"
    return STANDS_STILL.saying(f"{waiting}, the clock stands still{left}")


def status_mark(request: AuthorizationRequest) -> StateMark:
    """Where a submitted request is; one that the practice answered says so, and when."""
    if request.is_answered and request.answered_at is not None:
        return ANSWERED.saying(f"Answered {moment(request.answered_at)}")
    return STATUS[RequestStatus(request.status)]


def due_mark(due_at: datetime | None, now: datetime) -> StateMark:
    """How long until a due time, or since it, whoever is waited for."""
    if due_at is None:
        return NOT_ANSWERED.saying("no due time")
    left = due_at - now
    if left < timedelta(0):
        return PROBLEM.saying(f"overdue by {length_text(-left)}")
    words = f"due in {length_text(left)}"
    return SOON.saying(words) if left < NEARLY_OVERDUE else NOT_ANSWERED.saying(words)


def length_text(length: timedelta) -> str:
    """Whole minutes below an hour, whole hours below two days, then whole days: "45 min", "3 h".

    Cut off, never rounded up: nobody is promised more time than is left.
    """
    if length < HOUR:
        return f"{max(length // MINUTE, 1)} min"
    if length < LONG:
        return f"{length // HOUR} h"
    return f"{length // DAY} days"


def moment(at: datetime) -> str:
    """A moment in the zone dates are shown in: 20 Nov 2026 10:44 EST."""
    return moment_text(timezone.localtime(at))


def _since(words: str, at: datetime | None) -> str:
    return words if at is None else f"{words} {moment(at)}"
