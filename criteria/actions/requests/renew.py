"""Starts a request that continues an approved one."""

from collections.abc import Sequence
from dataclasses import asdict

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from criteria.actions.events import record_event
from criteria.actions.requests.copy import CopiedPage
from criteria.actions.requests.start import RequestSummary, new_request
from criteria.models import AuthorizationRequest, PolicyVersion, RequestPage, RequestStatus
from criteria.requests.renewal import why_not_renewable

# A renewal that came to nothing: the approval may be continued by another one.
CAME_TO_NOTHING = (RequestStatus.WITHDRAWN, RequestStatus.DENIED)
NOT_APPROVED = "Only an approved request is renewed. Start a new request instead."


class NotRenewableError(Exception):
    """The request is not continued; the message says why, and what to do."""


def standing_renewals() -> QuerySet[AuthorizationRequest]:
    """Requests that continue another one and still count."""
    found = AuthorizationRequest.objects.filter(renewal_of__isnull=False)
    return found.exclude(status__in=CAME_TO_NOTHING).order_by("created_at", "id")


def why_not_renewed(request: AuthorizationRequest) -> str:
    """Why a request is not continued today; empty if it may be."""
    first, last = request.approved_from, request.approved_until
    if request.status != RequestStatus.APPROVED or first is None or last is None:
        return NOT_APPROVED
    return why_not_renewable(first, last, timezone.localdate())


@transaction.atomic
def renew_request(
    *,
    request: AuthorizationRequest,
    version: PolicyVersion,
    pages: Sequence[CopiedPage],
    summary: RequestSummary,
    by: User,
) -> AuthorizationRequest:
    """A new draft that continues ``request``, judged by ``version``; ``request`` is not touched.

    ``pages``: what is carried along. Pressed twice, it gives the draft it made the first time.
    Raises PermissionDenied for anybody outside the practice, and NotRenewableError.
    """
    if not request.practice.membership_set.filter(user_id=by.pk).exists():
        raise PermissionDenied("Only members of a practice renew its requests.")
    # The row stays locked until the draft is written: a double press makes one.
    request = AuthorizationRequest.objects.select_for_update().get(pk=request.pk)
    if found := standing_renewals().filter(renewal_of=request).first():
        return found
    if why := why_not_renewed(request):
        raise NotRenewableError(why)
    now = timezone.now()
    renewal = new_request(
        summary,
        now,
        by,
        practice_id=request.practice_id,
        version=version,
        renewal_of=request,
        first_approved_id=request.first_approved_id or request.pk,
    )
    RequestPage.objects.bulk_create(
        RequestPage(request=renewal, saved_at=now, saved_by=by, **asdict(page)) for page in pages
    )
    under = f"{version.policy.name}, edition {version.number}"
    record_event(verb="start", obj=renewal, summary=f"Continues {request.number}, {under}", by=by)
    record_event(verb="renew", obj=request, summary=f"By {renewal.number}, {under}", by=by)
    return renewal
