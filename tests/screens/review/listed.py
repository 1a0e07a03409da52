"""Submitted requests in any number and any state, as rows: for tests of lists."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from criteria.actions.requests.search_words import note_words
from criteria.models import AuthorizationRequest, RequestStatus, WorklistGroup
from tests.papers.packet.stored import submitted

DECIDED = (RequestStatus.APPROVED, RequestStatus.DENIED)
GROUP = {
    "line_of_business": "commercial",
    "urgency": "standard",
    "indication_key": "immune",
    "overall": "incomplete",
}


def group(**values: str) -> WorklistGroup:
    """Commercial, standard, immune deficiency, incomplete; changed by ``values``."""
    return WorklistGroup.objects.get_or_create(**GROUP | values)[0]


def line_up(count: int, **values: Any) -> list[AuthorizationRequest]:
    """``count`` requests, the first due first and submitted first, an hour between them.

    ``values``: columns of all of them, beside those a group has.
    """
    now = timezone.now()
    return [listed(f"R-2030-{n:05}", now + timedelta(hours=n), **values) for n in range(count)]


def listed(number: str, at: datetime, **values: Any) -> AuthorizationRequest:
    """A request due at a moment and submitted a month before; ``values``: columns or of a group."""
    of_group = {name: values.pop(name) for name in GROUP if name in values}
    model = submitted_once()
    columns = {f.attname: getattr(model, f.attname) for f in model._meta.concrete_fields}
    sent = {"number": number, "due_at": at, "submitted_at": at - timedelta(days=30)}
    kept = columns | sent | {"worklist_group_id": group(**of_group).pk, "id": None}
    if values.get("status") in DECIDED:
        kept |= {"decided_at": at, "decided_by_id": model.owner_id}
    if values.get("status") == RequestStatus.APPROVED:
        kept |= {"approved_from": at.date(), "approved_until": at.date()}
    made = AuthorizationRequest(**kept | values)
    made.save(force_insert=True)
    note_words(made)
    return made


def submitted_once() -> AuthorizationRequest:
    """The request the others are copies of; it is withdrawn, and so in none of their lists."""
    found = AuthorizationRequest.objects.filter(withdrawn_at__isnull=False).first()
    if found is None:
        found = submitted()
        found.status, found.withdrawn_at = RequestStatus.WITHDRAWN, timezone.now()
        found.withdrawn_by = found.owner
        found.save()
    found.status, found.withdrawn_at, found.withdrawn_by = RequestStatus.SUBMITTED, None, None
    return found
