"""Buttons that say who works on a request."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from criteria.accounts.people import name_of
from criteria.accounts.permissions import HeldByOtherError, get_reviewed_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.reviews.hold import (
    ClosedRequestError,
    assign_request,
    release_request,
    take_over_request,
    take_request,
)
from criteria.actions.reviews.waiting import NotWaitingError, go_on_without_answer
from criteria.models import AuthorizationRequest
from criteria.screens.access import signed_in
from criteria.screens.review.desk.holding import Holding


@signed_in
@require_POST
def take(request: SignedInRequest, number: str) -> HttpResponse:
    """Take a request; with ``over``, the id of who holds it, take it over from them."""

    def act(found: AuthorizationRequest) -> str:
        over = request.POST.get("over", "")
        if _is_id(over):
            take_over_request(request=found, holder_id=int(over), by=request.user)
        else:
            take_request(request=found, by=request.user)
        return f"You review {number} now."

    return _done(request, number, act)


@signed_in
@require_POST
def release(request: SignedInRequest, number: str) -> HttpResponse:
    """Give a request back."""

    def act(found: AuthorizationRequest) -> str:
        release_request(request=found, by=request.user)
        return f"{number} is given back. What you said of its criteria stays."

    return _done(request, number, act)


@signed_in
@require_POST
def assign(request: SignedInRequest, number: str) -> HttpResponse:
    """Hand a request to a colleague."""

    def act(found: AuthorizationRequest) -> str:
        able = Holding(found, request.user, timezone.now()).colleagues
        to = request.POST.get("to", "")
        colleague = able.filter(pk=int(to)).first() if _is_id(to) else None
        if colleague is None:
            raise HeldByOtherError("Choose who shall review it.")
        assign_request(request=found, to=colleague, by=request.user)
        return f"{name_of(colleague)} reviews {number} now."

    return _done(request, number, act)


@signed_in
@require_POST
def go_on(request: SignedInRequest, number: str) -> HttpResponse:
    """Go on with what was last submitted, though the practice has not answered."""

    def act(found: AuthorizationRequest) -> str:
        go_on_without_answer(request=found, by=request.user)
        return f"{number} can be decided as it was last submitted. The practice is not asked now."

    return _done(request, number, act)


def _done(
    request: SignedInRequest, number: str, act: Callable[[AuthorizationRequest], str]
) -> HttpResponse:
    """Do it and say so; or say why not."""
    found = get_reviewed_request(request.user, number)
    try:
        messages.success(request, act(found))
    except (ClosedRequestError, HeldByOtherError, NotWaitingError) as problem:
        messages.error(request, str(problem))
    return redirect("review:request", number)


def _is_id(text: str) -> bool:
    """Whether it can be the id of an account."""
    return text.isascii() and text.isdecimal() and len(text) < 10
