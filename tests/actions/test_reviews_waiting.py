"""Going on without the answer of a practice: what changes, and who may."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from criteria.accounts.permissions import HeldByOtherError
from criteria.actions.requests.submit import ChangedSinceError, submit_request
from criteria.actions.reviews.hold import ClosedRequestError
from criteria.actions.reviews.waiting import NotWaitingError, go_on_without_answer
from criteria.models import AuthorizationRequest, Event, RequestStatus
from tests.factories.people import paula, rhea
from tests.factories.review import held
from tests.factories.submitted import record_now
from tests.papers.packet.contents import DATA
from tests.papers.packet.stored import ann, submitted

pytestmark = pytest.mark.django_db
ASKED = RequestStatus.INFORMATION_REQUESTED


def asked(*, clock_stops: bool = False) -> AuthorizationRequest:
    """Asked for information three hours ago, held by Rhea."""
    request = held(submitted(), rhea())
    request.status, request.asked_at = ASKED, timezone.now() - timedelta(hours=3)
    request.clock_stops = clock_stops
    request.save()
    return request


def stored(request: AuthorizationRequest) -> AuthorizationRequest:
    return AuthorizationRequest.objects.get(pk=request.pk)


def test_request_stands_as_it_was_submitted_and_may_be_decided() -> None:
    request = asked()
    due = request.due_at
    go_on_without_answer(request=request, by=rhea())
    found = stored(request)
    assert (found.status, found.asked_at, found.due_at) == (RequestStatus.SUBMITTED, None, due)
    assert Event.objects.filter(verb="go_on", object_id=str(found.pk), actor=rhea()).count() == 1


def test_clock_that_stood_still_runs_on() -> None:
    request = asked(clock_stops=True)
    assert request.due_at is not None
    go_on_without_answer(request=request, by=rhea())
    moved = stored(request).due_at
    assert moved is not None
    assert timedelta(hours=3) <= moved - request.due_at < timedelta(hours=3, minutes=5)


def test_practice_can_no_longer_submit_what_it_was_typing() -> None:
    request = asked()
    record, revision = record_now(request, DATA.attestation), request.revision
    go_on_without_answer(request=request, by=rhea())
    with pytest.raises((PermissionDenied, ChangedSinceError)):
        submit_request(request=request, revision=revision, record=record, by=ann())
    assert request.submissions.count() == 1


def test_only_who_holds_it_goes_on() -> None:
    request = asked()
    for other in (ann(), paula()):
        with pytest.raises(PermissionDenied):
            go_on_without_answer(request=request, by=other)
    request.assigned_to = request.assigned_at = None
    request.save()
    with pytest.raises(HeldByOtherError):
        go_on_without_answer(request=request, by=rhea())
    assert stored(request).status == ASKED


def test_nothing_to_go_on_without() -> None:
    request = held(submitted(), rhea())
    with pytest.raises(NotWaitingError):
        go_on_without_answer(request=request, by=rhea())


def test_withdrawn_request_stays_withdrawn() -> None:
    request = asked()
    request.status = RequestStatus.WITHDRAWN
    request.withdrawn_at, request.withdrawn_by = timezone.now(), ann()
    request.save()
    with pytest.raises(ClosedRequestError):
        go_on_without_answer(request=request, by=rhea())
