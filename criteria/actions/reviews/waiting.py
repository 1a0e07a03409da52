"""Ends the wait for a practice that does not answer a request for information."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import check_holds
from criteria.actions.clocks import due_after_waiting
from criteria.actions.events import record_event
from criteria.actions.reviews.hold import locked_for_review
from criteria.models import AuthorizationRequest, RequestStatus


class NotWaitingError(Exception):
    """The practice is not asked for anything: there is nothing to go on without."""


@transaction.atomic
def go_on_without_answer(*, request: AuthorizationRequest, by: User) -> AuthorizationRequest:
    """Let a request be decided as it was last submitted, though the practice has not answered.

    What the practice typed meanwhile stays kept, unseen by reviewers; it can no longer submit it.
    Raises NotWaitingError, PermissionDenied, ClosedRequestError and HeldByOtherError.
    """
    found = locked_for_review(request, by)
    check_holds(by, found)
    if found.status != RequestStatus.INFORMATION_REQUESTED:
        raise NotWaitingError("The practice has answered meanwhile.")
    now = timezone.now()
    if found.due_at is not None:
        found.due_at = due_after_waiting(found, found.due_at, now)
    found.status, found.asked_at = RequestStatus.SUBMITTED, None
    found.updated_at, found.updated_by = now, by
    # The revision moves on: a submit page that is open at the practice was drawn before.
    found.revision += 1
    found.save(
        update_fields=["due_at", "status", "asked_at", "revision", "updated_at", "updated_by"]
    )
    record_event(verb="go_on", obj=found, by=by)
    return found
