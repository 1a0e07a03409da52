"""Two who act on one request at the same moment: one wins, the other is told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from criteria.accounts.permissions import HeldByOtherError
from criteria.actions.requests.edit import withdraw_request
from criteria.actions.reviews.decisions import send_letter
from criteria.actions.reviews.hold import ClosedRequestError
from criteria.actions.reviews.letters import StaleLetterError
from criteria.models import AuthorizationRequest, Determination, Letter, LetterKind
from tests.actions.letters import APPROVAL, DENIAL, GIVEN, NEEDS, finished, found_of, held, write
from tests.factories.people import rhea, rob
from tests.helpers.actions.at_once import at_once
from tests.papers.packet.stored import ann

pytestmark = pytest.mark.django_db(transaction=True)


def pressing(kind: LetterKind, by: object, **more: Any) -> Callable[[], str]:
    """Sends on a connection of its own; what is said if it is refused."""

    def press() -> str:
        own = AuthorizationRequest.objects.get()
        try:
            send_letter(
                request=own,
                submission_number=1,
                revision=1,
                letter=finished(kind),
                by=by,
                found=found_of(own),
                **(NEEDS[kind] | more),
            )
        except (ClosedRequestError, HeldByOtherError, StaleLetterError) as error:
            return str(error) or "changed"
        return ""

    return press


def test_of_two_windows_one_decides() -> None:
    request = held()
    write(request, APPROVAL)
    write(request, DENIAL)
    # What is not accepted carries both: a denial, and an approval of less than was asked.
    less = pressing(APPROVAL, rhea(), approved=replace(GIVEN, gives_less=True))
    won, lost = at_once(less, pressing(DENIAL, rhea()))
    assert (won, "decided" in lost) == ("", True)
    assert Determination.objects.count() == Letter.objects.count() == 1


def test_of_two_reviewers_the_one_who_holds_it_decides() -> None:
    request = held()
    write(request, APPROVAL)
    won, lost = at_once(pressing(APPROVAL, rhea()), pressing(APPROVAL, rob()))
    assert won == ""
    assert "rhea" in lost or "decided" in lost
    assert Determination.objects.get().decided_by == rhea()


def test_a_decision_and_a_withdrawal() -> None:
    request = held()
    write(request, APPROVAL)

    def withdraw() -> str:
        try:
            withdraw_request(request=AuthorizationRequest.objects.get(), by=ann())
        except PermissionDenied as error:
            return str(error)
        return ""

    won, lost = at_once(pressing(APPROVAL, rhea()), withdraw)
    assert won == ""
    assert "decided" in lost or "withdrawn" in lost
    status = AuthorizationRequest.objects.get().status
    assert Determination.objects.count() == (1 if status == "approved" else 0)
