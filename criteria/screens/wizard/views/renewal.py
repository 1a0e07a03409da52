"""Approvals that end, and the request that continues one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from criteria.accounts.permissions import get_own_request, practice_of
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.requests.renew import NotRenewableError
from criteria.models import AuthorizationRequest
from criteria.screens.access import signed_in
from criteria.screens.wizard.renewal.ending import EndingList
from criteria.screens.wizard.renewal.start import Renewal

STARTED = (
    "{} continues {}. Diagnosis, patient, insurance, prescriber and place came along: please check "
    "them. Everything clinical is asked afresh."
)


@signed_in
@require_safe
def ending(request: SignedInRequest) -> HttpResponse:
    """The approvals of the practice that end soon."""
    practice_of(request.user)
    own = AuthorizationRequest.objects.of_practices_of(request.user)
    asked, page = request.GET.get("days", ""), request.GET.get("page", "")
    listing = EndingList(own, asked, page, only_sent=False)
    return render(request, "criteria/wizard/renewals.html", {"listing": listing})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: SignedInRequest, number: str) -> HttpResponse:
    """Continue an approved request: say what that is, then start it with one press."""
    renewal = Renewal(get_own_request(request.user, number))
    if request.method != "POST":
        return _show(request, renewal)
    if renewal.existing is not None:
        return _go_on(request, renewal, renewal.existing)
    if renewal.problem or (renewal.warning and "all_the_same" not in request.POST):
        return _show(request, renewal, status=422)
    try:
        made = renewal.start(by=request.user)
    except NotRenewableError as problem:
        renewal.problem = str(problem)
        return _show(request, renewal, status=422)
    messages.success(request, STARTED.format(made.number, number))
    return redirect("wizard:tasks", made.number)


def _go_on(request: HttpRequest, renewal: Renewal, made: AuthorizationRequest) -> HttpResponse:
    """To the request that continues it already."""
    messages.info(request, f"{made.number} continues {renewal.request.number} already.")
    return redirect("wizard:tasks", made.number)


def _show(request: HttpRequest, renewal: Renewal, *, status: int = 200) -> HttpResponse:
    return render(request, "criteria/wizard/renew.html", {"renewal": renewal}, status=status)
