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
from criteria.screens.review.desk.holding import CHOOSE, AssignForm, Holding
from criteria.screens.review.unseen_forms import OverForm


@signed_in
@require_POST
def take(request: SignedInRequest, number: str) -> HttpResponse:
    """Take a request; with ``over``, the id of who holds it, take it over from them."""

    def act(found: AuthorizationRequest) -> str:
        over = OverForm(request.POST).values["over"]
        if over:
            take_over_request(request=found, holder_id=over, by=request.user)
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
        form = AssignForm(able, request.user, request.POST)
        colleague = form.cleaned_data["to"] if form.is_valid() else None
        if colleague is None:
            raise HeldByOtherError(CHOOSE)
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
