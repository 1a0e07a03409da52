"""The trail of a request as a page and a file, for reviewers and for its practice."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from criteria.accounts.permissions import get_own_request, get_reviewed_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_download, record_view
from criteria.papers.csvfile import csv_response
from criteria.screens.activity.entries import Trail


@login_required
@require_safe
@never_cache
def trail(request: SignedInRequest, number: str, *, is_of_practice: bool) -> HttpResponse:
    """Who did and read what, and when. Opening it is itself an entry (see ``record_view``)."""
    found = _trail(request, number, is_of_practice)
    record_view(found.request, "the trail", request.user)
    side = "wizard" if is_of_practice else "review"
    context = {"trail": found, "csv_url": reverse(f"{side}:trail-csv", args=[number])}
    return render(request, "criteria/review/trail.html", context)


@login_required
@require_GET
@never_cache
def trail_csv(
    request: SignedInRequest, number: str, *, is_of_practice: bool
) -> StreamingHttpResponse:
    """The same as a file, whole."""
    found = _trail(request, number, is_of_practice)
    record_download(found.request, "the trail", request.user)
    return csv_response(found.table(), f"{found.request.number}-trail")


def _trail(request: SignedInRequest, number: str, is_of_practice: bool) -> Trail:
    """Loading the request is the check: its practice, or whoever may review it."""
    get = get_own_request if is_of_practice else get_reviewed_request
    before = request.GET.get("before", "")
    return Trail(get(request.user, number), is_of_practice=is_of_practice, before=before)
