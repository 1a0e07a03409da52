"""Who reviews a request: taken, given back, taken over, handed to somebody else."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.accounts.people import name_of
from criteria.accounts.permissions import HeldByOtherError, check_holds, check_may_review
from criteria.actions.events import record_event
from criteria.models import AuthorizationRequest, RequestStatus

CLOSED = (RequestStatus.APPROVED, RequestStatus.DENIED, RequestStatus.WITHDRAWN)


class ClosedRequestError(Exception):
    """The request is decided or withdrawn: nobody works on it any more. The message says which."""


@transaction.atomic
def take_request(*, request: AuthorizationRequest, by: User) -> AuthorizationRequest:
    """Assign a request to ``by``, who then alone decides it; taking it twice changes nothing.

    Gives the request as it is then. Raises PermissionDenied, ClosedRequestError, and
    HeldByOtherError with the name of whoever was first.
    """
    found = locked_for_review(request, by)
    if found.assigned_to_id == by.pk:
        return found
    if found.assigned_to is not None:
        raise HeldByOtherError(f"{name_of(found.assigned_to)} took this request already.")
    return _hand(found, to=by, verb="take", by=by)


@transaction.atomic
def take_over_request(
    *, request: AuthorizationRequest, holder_id: int, by: User
) -> AuthorizationRequest:
    """Take a request from the reviewer who holds it.

    ``holder_id`` is whom the person saw holding it. Raises PermissionDenied, ClosedRequestError,
    and HeldByOtherError if it is somebody else by now.
    """
    found = locked_for_review(request, by)
    if found.assigned_to_id == by.pk:
        return found
    if found.assigned_to is not None and found.assigned_to_id != holder_id:
        raise HeldByOtherError(f"{name_of(found.assigned_to)} took this request meanwhile.")
    if found.assigned_to is None:
        return _hand(found, to=by, verb="take", by=by)
    before = found.assigned_to.get_username()
    return _hand(found, to=by, verb="take_over", summary=f"From {before}", by=by)


@transaction.atomic
def release_request(*, request: AuthorizationRequest, by: User) -> AuthorizationRequest:
    """Give a request back to all reviewers. What was said of its criteria stays.

    Raises PermissionDenied, ClosedRequestError, and HeldByOtherError for whoever does not hold it.
    """
    found = locked_for_review(request, by)
    check_holds(by, found)
    return _hand(found, to=None, verb="release", by=by)


@transaction.atomic
def assign_request(*, request: AuthorizationRequest, to: User, by: User) -> AuthorizationRequest:
    """Hand a request that nobody else holds to a reviewer who may review it.

    Raises PermissionDenied (also where ``to`` may not review it), ClosedRequestError, and
    HeldByOtherError while another reviewer than ``by`` holds it.
    """
    found = locked_for_review(request, by)
    if found.assigned_to is not None:
        check_holds(by, found)
    check_may_review(to, found)
    if found.assigned_to_id == to.pk:
        return found
    return _hand(found, to=to, verb="assign", summary=f"To {to.get_username()}", by=by)


def locked_for_review(request: AuthorizationRequest, by: User) -> AuthorizationRequest:
    """The request as it is now, locked until the transaction ends: two at once wait in line.

    Raises PermissionDenied for whoever may not review it, ClosedRequestError once it is closed.
    """
    # Nothing is joined: PostgreSQL reads the locked row anew once it has it, a joined one not, and
    # whoever was first would look like nobody.
    found = AuthorizationRequest.objects.select_for_update().get(pk=request.pk)
    check_may_review(by, found)
    if found.status in CLOSED:
        word = "withdrawn" if found.status == RequestStatus.WITHDRAWN else "decided"
        raise ClosedRequestError(f"This request is {word}: nothing about it changes any more.")
    return found


def _hand(
    found: AuthorizationRequest, *, to: User | None, verb: str, summary: str = "", by: User
) -> AuthorizationRequest:
    found.assigned_to, found.assigned_at = to, None if to is None else timezone.now()
    found.save(update_fields=["assigned_to", "assigned_at"])
    record_event(verb=verb, obj=found, summary=summary, by=by)
    return found
