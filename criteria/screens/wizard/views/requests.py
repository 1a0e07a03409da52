"""The list of requests, a new one, its task list, and what ends it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from criteria.accounts.permissions import (
    can_review,
    check_may_move,
    get_editable_request,
    get_own_request,
    practice_of,
)
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_view
from criteria.actions.requests.edit import change_edition, make_request, withdraw_request
from criteria.models import AuthorizationRequest, Practice
from criteria.requests.loading import draft_of
from criteria.requests.moving import move_of
from criteria.requests.stated_request import StatedRequest
from criteria.screens.access import signed_in
from criteria.screens.wizard.addresses import Addresses
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.forms.start import RequestStartForm
from criteria.screens.wizard.listing import RequestList
from criteria.screens.wizard.moved_pages import pages_to_check
from criteria.screens.wizard.pages import BEFORE
from criteria.screens.wizard.saving import start_typed
from criteria.screens.wizard.screen import Screen
from criteria.screens.wizard.tasks.list import TaskList
from criteria.screens.wizard.walkthrough import Walkthrough


@signed_in
@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """Where each person's work is."""
    is_prescriber = AuthorizationRequest.objects.of_practices_of(request.user).exists()
    if not is_prescriber and can_review(request.user):
        return redirect("review:worklist")
    return redirect("wizard:requests")


@signed_in
@require_GET
def requests(request: SignedInRequest) -> HttpResponse:
    """The requests of the practice, the latest first."""
    listing = RequestList(request.user, request.GET.get("q", ""), request.GET.get("page", ""))
    return render(request, "criteria/wizard/requests.html", {"listing": listing})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, is_quick_check: bool = False) -> HttpResponse:
    """The first page of a request that does not exist yet: written once a policy is found."""
    practice = practice_of(request.user)
    start, blank = BEFORE[0], _blank(practice, is_quick_check)
    if request.method != "POST":
        blank.draft.typed = {"request_date": [blank.draft.today.isoformat()]}
        screen = Screen(blank, start, tab="")
        return render(request, "criteria/wizard/new.html", {"screen": screen})
    sent = form_of(blank, start).taken_from(request.POST)
    walk = blank.with_typed(sent)
    screen = Screen(walk, start, tab="", with_summary=True)
    form = screen.form
    assert isinstance(form, RequestStartForm)  # noqa: S101
    if form.problems or form.version is None:
        return render(request, "criteria/wizard/new.html", {"screen": screen}, status=422)
    found = start_typed(walk, form, sent, by=request.user)
    return redirect("wizard:page", found.number, "diagnosis")


def _blank(practice: Practice, is_quick_check: bool) -> Walkthrough:
    """A request that does not exist yet."""
    unsaved = AuthorizationRequest(practice=practice, is_quick_check=is_quick_check)
    return Walkthrough(StatedRequest(unsaved, None, (), today=timezone.localdate()))


@signed_in
@require_GET
def tasks(request: SignedInRequest, number: str) -> HttpResponse:
    """What is done and what is open."""
    found = get_own_request(request.user, number)
    record_view(found, "the request", request.user)
    return render(
        request, "criteria/wizard/tasks.html", {"tasks": TaskList(Walkthrough(draft_of(found)))}
    )


@signed_in
@require_POST
def to_request(request: SignedInRequest, number: str) -> HttpResponse:
    """A quick check becomes a request with everything typed."""
    found = get_editable_request(request.user, number)
    make_request(request=found, by=request.user)
    return redirect(Addresses(found.number).page("patient"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: SignedInRequest, number: str) -> HttpResponse:
    """Old and new words side by side; the person chooses which edition judges the draft."""
    found = get_editable_request(request.user, number)
    draft = draft_of(found)
    move = move_of(draft)
    if request.method == "POST":
        check_may_move(request.user, found)
    if move is None:
        return redirect("wizard:tasks", number)
    if request.method != "POST":
        return render(request, "criteria/wizard/edition.html", {"move": move})
    change_edition(
        request=found,
        version=move.version,
        please_check=pages_to_check(move, move.after),
        by=request.user,
    )
    return redirect("wizard:tasks", number)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, number: str) -> HttpResponse:
    """Ask, then withdraw."""
    found = get_own_request(request.user, number)
    if request.method != "POST" or not found.is_open:
        status = 200 if request.method != "POST" else 409
        return render(request, "criteria/wizard/withdraw.html", {"found": found}, status=status)
    withdraw_request(request=found, by=request.user)
    messages.success(request, f"{found.number} is withdrawn. Nothing of it was deleted.")
    return redirect("wizard:requests")
