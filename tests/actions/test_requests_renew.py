from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from criteria.actions.requests.edit import withdraw_request
from criteria.actions.requests.renew import NOT_APPROVED, NotRenewableError, standing_renewals
from criteria.models import AuthorizationRequest, Event, RequestStatus
from criteria.requests.renewal import RENEWABLE_DAYS
from criteria.screens.wizard.renewal.start import Renewal
from tests.factories.people import ben, prescriber
from tests.factories.renewal import renewed, submitted_renewal
from tests.factories.request import cidp
from tests.factories.review import approved, denied, submitted_cidp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def lasting(first: int, last: int) -> AuthorizationRequest:
    """An approval from and to so many days from today."""
    return approved(submitted_cidp(), starts_on=today(first), ends_on=today(last))


def test_a_renewal_is_a_draft_that_names_what_it_continues() -> None:
    request = lasting(-100, 20)
    made = renewed(request)
    assert made.status == RequestStatus.DRAFT
    assert (made.renewal_of, made.first_approved) == (request, request)
    assert (made.practice, made.owner, made.phase) == (
        request.practice,
        prescriber(),
        "continuation",
    )
    assert made.number != request.number
    assert not made.is_quick_check


def test_what_is_continued_is_not_touched() -> None:
    request = lasting(-100, 20)
    before = AuthorizationRequest.objects.filter(pk=request.pk).values().get()
    pages = list(request.pages.values())
    renewed(request)
    assert AuthorizationRequest.objects.filter(pk=request.pk).values().get() == before
    assert list(request.pages.values()) == pages


def test_both_say_what_was_done_without_a_name() -> None:
    request = lasting(-100, 20)
    made = renewed(request)
    start = Event.objects.get(verb="start", object_id=str(made.pk))
    renew = Event.objects.get(verb="renew", object_id=str(request.pk))
    assert start.summary.startswith(f"Continues {request.number}, ")
    assert renew.summary.startswith(f"By {made.number}, ")
    assert "Doe" not in start.summary + renew.summary


def test_pressed_twice_it_makes_one() -> None:
    request = lasting(-100, 20)
    assert renewed(request) == renewed(request)
    assert request.renewals.count() == 1


def test_one_that_was_withdrawn_gives_room_for_another() -> None:
    request = lasting(-100, 20)
    first = renewed(request)
    withdraw_request(request=first, by=prescriber())
    second = renewed(request)
    assert second != first
    assert list(standing_renewals()) == [second]


def test_one_that_was_not_approved_gives_room_for_another() -> None:
    request = lasting(-100, 20)
    first = denied(submitted_renewal(request))
    assert renewed(request) != first


@pytest.mark.parametrize("approve", [False, True])
def test_one_that_is_submitted_or_approved_is_the_one(approve: bool) -> None:
    request = lasting(-100, 20)
    first = submitted_renewal(request)
    if approve:
        approved(first)
    assert renewed(request) == first


def test_a_chain_names_its_first_approval() -> None:
    first = lasting(-100, 20)
    second = approved(submitted_renewal(first))
    third = renewed(second)
    assert (third.renewal_of, third.first_approved) == (second, first)


@pytest.mark.parametrize(
    ("first", "last"), [(0, 0), (-10, 0), (-10, -1), (-200, -RENEWABLE_DAYS), (0, 365)]
)
def test_an_approval_is_renewed_on_its_first_day_its_last_and_ninety_days_after(
    first: int, last: int
) -> None:
    assert renewed(lasting(first, last)).renewal_of_id


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(1, 30, "starts on"), (-200, -RENEWABLE_DAYS - 1, "start a new request")],
)
def test_one_that_starts_later_or_ended_long_ago_is_not(first: int, last: int, words: str) -> None:
    request = lasting(first, last)
    with pytest.raises(NotRenewableError, match=words):
        renewed(request)
    assert not request.renewals.exists()


@pytest.mark.parametrize("how", ["draft", "submitted", "denied", "withdrawn"])
def test_only_an_approved_request_is_renewed(how: str, uhc_version: Any) -> None:
    request = cidp(uhc_version) if how == "draft" else submitted_cidp()
    if how == "denied":
        denied(request)
    elif how == "withdrawn":
        withdraw_request(request=request, by=prescriber())
    with pytest.raises(NotRenewableError) as refused:
        renewed(request)
    assert str(refused.value) == NOT_APPROVED


def test_nobody_outside_the_practice_renews_it() -> None:
    request = lasting(-100, 20)
    with pytest.raises(PermissionDenied):
        Renewal(request).start(by=ben())
    assert not request.renewals.exists()


def test_what_changed_since_it_was_shown_is_read_anew() -> None:
    request = lasting(-100, 20)
    shown = Renewal(AuthorizationRequest.objects.get(pk=request.pk))
    old = today(-RENEWABLE_DAYS - 1)
    AuthorizationRequest.objects.filter(pk=request.pk).update(approved_from=old, approved_until=old)
    with pytest.raises(NotRenewableError):
        shown.start(by=prescriber())
