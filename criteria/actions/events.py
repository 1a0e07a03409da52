"""Records what was done, and of requests what was read. Called by every action.

What is done to a request and what is read of it become events of that request; together they are
its trail. A practice and its reviewers read under different verbs, so that each row keeps the side
it was on then, whoever joins or leaves a practice later.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from criteria.actions.changes import has_history, told
from criteria.models import AuthorizationRequest, Change, Event
from criteria.models.change import name_of
from criteria.models.event import IN_COLUMNS

logger = logging.getLogger(__name__)

# Opening the same thing again within this time is the same reading.
ONE_READING = timedelta(minutes=10)


def record_event(
    *,
    verb: str,
    obj: models.Model,
    summary: str = "",
    changes: Iterable[Change] = (),
    by: User | None,
) -> Event:
    """Write down that ``by`` did ``verb`` to ``obj``. No patient details in the summary.

    ``changes``: what became of rows of a policy, as ``actions/changes.py`` takes it down.
    """
    event = Event.objects.create(
        actor=by,
        actor_name="" if by is None else by.get_username(),
        verb=verb,
        object_type=obj._meta.model_name or "",
        object_id=str(obj.pk),
        summary=summary,
    )
    _keep_changes(event, obj, list(changes))
    return event


def _keep_changes(event: Event, obj: models.Model, changes: list[Change]) -> None:
    """The row the event is told of comes last: a history shows the newest first."""
    own = name_of(type(obj), obj.pk)
    changes.sort(key=lambda change: change.own_name == own)
    is_told = any(change.own_name == own for change in changes)
    if has_history(obj) and event.verb not in IN_COLUMNS and not is_told:
        changes.append(told(obj))
    for change in changes:
        change.event = event
    Change.objects.bulk_create(changes, batch_size=500)


def record_view(request: AuthorizationRequest, what: str, by: User) -> None:
    """Write down that a reviewer or a colleague opened ``what`` of a request.

    ``what`` in words, without patient details: "the result", "letter 2". A page that is only read
    writes here, because who saw a patient's data has to be known afterwards. The owner is not
    noted: what they open they wrote. The same thing counts once in ten minutes for a person. A
    failed write is logged and the page is shown all the same.
    """
    if by.pk == request.owner_id:
        return
    try:
        verb = _of_side("view", request, by)
        if not _has_just_read(request, what, verb, by):
            with transaction.atomic():
                record_event(verb=verb, obj=request, summary=what, by=by)
    except DatabaseError:
        logger.exception("That a request was read could not be written down")


def record_download(request: AuthorizationRequest, what: str, by: User) -> None:
    """Write down that a file of a request goes to ``by``: each time, whoever asks.

    Call it before the file is handed out: if this cannot be written, the file stays here.
    """
    record_event(verb=_of_side("download", request, by), obj=request, summary=what, by=by)


def _of_side(verb: str, request: AuthorizationRequest, by: User) -> str:
    """The verb as the practice's people do it, or as a reviewer does."""
    is_own = request.practice.membership_set.filter(user_id=by.pk).exists()
    return verb if is_own else f"review_{verb}"


def _has_just_read(request: AuthorizationRequest, what: str, verb: str, by: User) -> bool:
    same = Event.objects.filter(
        object_type=request._meta.model_name, object_id=str(request.pk), actor=by
    )
    since = timezone.now() - ONE_READING
    return same.filter(verb=verb, summary=what, at__gt=since).exists()
