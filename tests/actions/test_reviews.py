"""Who reviews a request: each way in and out, allowed and refused."""

from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone

from criteria.accounts.permissions import HeldByOtherError, Role
from criteria.actions.reviews.hold import (
    ClosedRequestError,
    assign_request,
    release_request,
    take_over_request,
    take_request,
)
from criteria.models import AuthorizationRequest, Event, Membership, RequestStatus
from tests.factories.people import paula, person, rhea, rob
from tests.helpers.actions.closing import close
from tests.papers.packet.stored import ann, drafted, submitted

pytestmark = pytest.mark.django_db


def now(request: AuthorizationRequest) -> AuthorizationRequest:
    return AuthorizationRequest.objects.get(pk=request.pk)


def events(request: AuthorizationRequest) -> list[tuple[str, str, str]]:
    verbs = ("take", "take_over", "release", "assign")
    found = Event.objects.filter(object_id=str(request.pk), verb__in=verbs).order_by("pk")
    return list(found.values_list("verb", "actor_name", "summary"))


def test_a_reviewer_takes_a_request_once() -> None:
    request = submitted()
    taken = take_request(request=request, by=rhea())
    assert taken.assigned_to == rhea()
    at = now(request).assigned_at
    take_request(request=request, by=rhea())
    assert now(request).assigned_at == at
    assert events(request) == [("take", "rhea", "")]


def test_the_second_one_is_told_who_was_first() -> None:
    request = submitted()
    take_request(request=request, by=rhea())
    with pytest.raises(HeldByOtherError, match="rhea took this request already"):
        take_request(request=request, by=rob())
    assert now(request).assigned_to == rhea()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    request, people = submitted(), (rhea(), rob())
    start, told = Barrier(2), list[str]()

    def press(by: User) -> None:
        try:
            start.wait()
            take_request(request=request, by=by)
        except HeldByOtherError as problem:
            told.append(str(problem))
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    holder = now(request).assigned_to
    assert holder is not None
    assert told == [f"{holder.username} took this request already."]
    assert events(request) == [("take", holder.username, "")]


def test_taking_over_is_a_press_of_its_own() -> None:
    request = submitted()
    take_request(request=request, by=rhea())
    take_over_request(request=request, holder_id=rhea().pk, by=rob())
    assert now(request).assigned_to == rob()
    assert events(request)[1:] == [("take_over", "rob", "From rhea")]


def test_nobody_is_overtaken_whom_the_person_did_not_see() -> None:
    request, sam = submitted(), person("sam", Role.REVIEWERS)
    take_request(request=request, by=rhea())
    with pytest.raises(HeldByOtherError, match="rhea took this request meanwhile"):
        take_over_request(request=request, holder_id=sam.pk, by=rob())
    assert now(request).assigned_to == rhea()


def test_taking_over_what_was_given_back_or_is_held_is_plain_taking() -> None:
    request = submitted()
    take_over_request(request=request, holder_id=rhea().pk, by=rob())
    take_over_request(request=request, holder_id=rhea().pk, by=rob())
    assert events(request) == [("take", "rob", "")]


def test_only_the_holder_gives_back() -> None:
    request = submitted()
    with pytest.raises(HeldByOtherError, match="Take the request first"):
        release_request(request=request, by=rhea())
    take_request(request=request, by=rhea())
    with pytest.raises(HeldByOtherError, match="rhea reviews"):
        release_request(request=request, by=rob())
    release_request(request=request, by=rhea())
    assert (now(request).assigned_to, now(request).assigned_at) == (None, None)
    assert events(request)[1:] == [("release", "rhea", "")]


def test_a_free_request_or_an_own_one_is_handed_on() -> None:
    request = submitted()
    assign_request(request=request, to=rob(), by=rhea())
    with pytest.raises(HeldByOtherError, match="rob reviews"):
        assign_request(request=request, to=rhea(), by=rhea())
    assign_request(request=request, to=rhea(), by=rob())
    assign_request(request=request, to=rhea(), by=rhea())
    assert now(request).assigned_to == rhea()
    assert events(request) == [("assign", "rhea", "To rob"), ("assign", "rob", "To rhea")]


@pytest.mark.parametrize("to", [ann, paula])
def test_nobody_gets_what_they_may_not_review(to: object) -> None:
    request = submitted()
    with pytest.raises(PermissionDenied):
        assign_request(request=request, to=to(), by=rhea())  # type: ignore[operator]
    assert now(request).assigned_to is None


def test_a_member_of_the_practice_neither_takes_nor_gets_it() -> None:
    request = submitted()
    Membership.objects.create(practice=request.practice, user=rob())
    for act in (
        lambda: take_request(request=request, by=rob()),
        lambda: take_over_request(request=request, holder_id=rhea().pk, by=rob()),
        lambda: assign_request(request=request, to=rob(), by=rhea()),
    ):
        with pytest.raises(PermissionDenied, match="own practice"):
            act()
    assert events(request) == []


@pytest.mark.parametrize("who", [ann, paula])
def test_only_reviewers_act(who: object) -> None:
    request, by = submitted(), who()  # type: ignore[operator]
    for act in (
        lambda: take_request(request=request, by=by),
        lambda: release_request(request=request, by=by),
        lambda: assign_request(request=request, to=rhea(), by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_draft_is_not_taken() -> None:
    with pytest.raises(PermissionDenied, match="submitted"):
        take_request(request=drafted(), by=rhea())


@pytest.mark.parametrize(
    ("status", "word"), [("approved", "decided"), ("denied", "decided"), ("withdrawn", "withdrawn")]
)
def test_a_closed_request_stays_with_whom_it_was(status: str, word: str) -> None:
    request = submitted()
    take_request(request=request, by=rhea())
    close(request, status)
    for act in (
        lambda: take_request(request=request, by=rob()),
        lambda: take_over_request(request=request, holder_id=rhea().pk, by=rob()),
        lambda: release_request(request=request, by=rhea()),
        lambda: assign_request(request=request, to=rob(), by=rhea()),
    ):
        with pytest.raises(ClosedRequestError, match=word):
            act()
    assert now(request).assigned_to == rhea()


def test_it_is_taken_while_the_practice_is_asked() -> None:
    request = submitted()
    asked = {"status": RequestStatus.INFORMATION_REQUESTED, "asked_at": timezone.now()}
    AuthorizationRequest.objects.filter(pk=request.pk).update(**asked)
    assert take_request(request=request, by=rhea()).assigned_to == rhea()
