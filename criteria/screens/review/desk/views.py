"""The page of one request on the reviewer's desk, and what is said of its criteria."""

from collections.abc import Collection, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from criteria.accounts.permissions import HeldByOtherError, get_reviewed_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_view
from criteria.actions.reviews.dispositions import (
    Place,
    RefusedDispositionError,
    SubmittedAgainError,
    accept_met,
    save_dispositions,
)
from criteria.actions.reviews.hold import ClosedRequestError
from criteria.models import AuthorizationRequest
from criteria.screens.access import is_htmx, signed_in
from criteria.screens.review.desk.desk import NotSaved, ReviewDesk
from criteria.screens.review.desk.form import SentView, field_id, sent_of
from criteria.screens.review.desk.viewer import ShownPage
from criteria.screens.review.unseen_forms import SubmissionForm

STALE = "another window saved some of these criteria meanwhile. They are marked below."
SUBMITTED_AGAIN = (
    "The practice submitted again meanwhile. Below is the new submission; what you had typed"
    " stands in it and is not saved yet. Read what changed, then save."
)


@signed_in
@require_safe
@never_cache
def desk(request: SignedInRequest, number: str) -> HttpResponse:
    """The whole page; for htmx the enclosure that was chosen."""
    found = get_reviewed_request(request.user, number)
    record_view(found, "the desk", request.user)
    shown = ReviewDesk(found, request.user, now=timezone.now(), shown=ShownPage.of(request.GET))
    name = "_enclosure.html" if is_htmx(request) else "request.html"
    return render(request, f"criteria/review/{name}", {"desk": shown})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispositions(request: SignedInRequest, number: str) -> HttpResponse:
    """Save what was said of the criteria: by a button, or while it is typed.

    Opened by its address, as after a sign-in, it leads back to the page.
    """
    found = get_reviewed_request(request.user, number)
    if request.method != "POST":
        return redirect("review:request", number)
    sent = {place: one for place, one in sent_of(request.POST).items() if one.is_touched}
    left = request.POST.get("leave", "")
    sent = {place: one for place, one in sent.items() if field_id(place) != left}
    try:
        return _save(request, found, sent)
    except (ClosedRequestError, HeldByOtherError) as problem:
        return _refused(request, number, NotSaved(words=str(problem), sent=sent), status=409)
    except SubmittedAgainError:
        newer = {place: one.for_newer() for place, one in sent.items()}
        return _refused(request, number, NotSaved(words=SUBMITTED_AGAIN, sent=newer), status=409)
    except RefusedDispositionError as problem:
        return _refused(request, number, NotSaved(words=str(problem), sent=sent), status=422)


def _save(
    request: SignedInRequest, found: AuthorizationRequest, sent: Mapping[Place, SentView]
) -> HttpResponse:
    """Save what was touched, then what the button adds to it, and answer."""
    submission = SubmissionForm(request.POST).values["submission"]
    said = [one.said for one in sent.values()]
    stale = save_dispositions(
        request=found, submission_number=submission, said=said, by=request.user
    )
    if stale:
        kept = {one.said.place: sent[one.said.place] for one in stale}
        problem = NotSaved(words=STALE, sent=kept, stale=stale)
        return _refused(request, found.number, problem, sent, status=409)
    if is_htmx(request):
        return _fragments(request, _desk(request, found.number), sent, status=200)
    if "accept-met" in request.POST:
        lines = _desk(request, found.number).lines
        accepted = accept_met(
            request=found,
            submission_number=submission,
            places=[line.place for line in lines if line.can_be_accepted_with_others],
            by=request.user,
        )
        messages.success(request, f"Saved. Criteria that are met and now accepted: {accepted}.")
    else:
        messages.success(request, "Saved.")
    return _back(request, found.number)


def _back(request: HttpRequest, number: str) -> HttpResponse:
    """To the page as it was left: the same enclosure open."""
    response = redirect("review:request", number)
    response["Location"] += f"{ShownPage.of(request.POST).query}#criteria"
    return response


def _desk(request: SignedInRequest, number: str, not_saved: NotSaved | None = None) -> ReviewDesk:
    """The page anew: who holds it and what was submitted may have changed."""
    return ReviewDesk(
        get_reviewed_request(request.user, number),
        request.user,
        now=timezone.now(),
        shown=ShownPage.of(request.POST),
        not_saved=not_saved,
    )


def _refused(
    request: SignedInRequest,
    number: str,
    problem: NotSaved,
    touched: Collection[Place] = (),
    *,
    status: int,
) -> HttpResponse:
    """The page with what was typed still on it, and why it was not saved."""
    desk = _desk(request, number, problem)
    if is_htmx(request):
        return _fragments(request, desk, touched, status=status)
    return render(request, "criteria/review/request.html", {"desk": desk}, status=status)


def _fragments(
    request: HttpRequest, desk: ReviewDesk, touched: Collection[Place], *, status: int
) -> HttpResponse:
    """The parts of the page that a save changes.

    Only the lines that were sent anew: the others may have been saved by another window, which
    this one has not shown yet and must not write over.
    """
    lines = [line for line in desk.lines if line.place in touched]
    context = {"desk": desk, "lines": lines, "saved_at": timezone.now()}
    return render(request, "criteria/review/_saved_fragments.html", context, status=status)
