"""A stored request, for whoever is not a page of the wizard: reviewer, packet, commands."""

from collections import OrderedDict
from datetime import date
from typing import Any

from django.utils import timezone

from criteria.models import AuthorizationRequest
from criteria.policies.stored.load import edition_of
from criteria.requests.renewal_baseline import baseline_of
from criteria.requests.stated_request import StatedRequest

MOST_DRAFTS = 64
# What was worked out lately, by everything it was worked out from. A save makes a new revision.
_recent: OrderedDict[tuple[Any, ...], StatedRequest] = OrderedDict()


def draft_of(request: AuthorizationRequest, *, today: date | None = None) -> StatedRequest:
    """The request with everything typed: two queries, or none for a revision seen lately.

    A renewal takes one more, for the approvals it continues; so does one whose limit counts the
    courses of earlier approvals, each time: another request may have been approved meanwhile.
    """
    day = today or timezone.localdate()
    stored = (request.pk, request.revision, request.updated_at, request.version_id)
    key = (*stored, request.status, request.is_quick_check, day)
    found = _recent.get(key)
    if found is None:
        edition = None if request.version is None else edition_of(request.version)
        found = _recent[key] = StatedRequest(request, edition, request.pages.all(), today=day)
        found.baseline = baseline_of(request)
        while len(_recent) > MOST_DRAFTS:
            _recent.popitem(last=False)
    elif found.counts_courses_before:
        found = _recent[key] = _recounted(found)
    return found.as_found()


def _recounted(found: StatedRequest) -> StatedRequest:
    """The same draft, or one judged anew where other approvals are held by now."""
    newer = StatedRequest(found.request, found.edition, found.rows.values(), today=found.today)
    if newer.approved == found.approved:
        return found
    newer.baseline = found.baseline
    return newer
