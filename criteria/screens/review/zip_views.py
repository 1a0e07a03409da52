"""Many packets in one download: those ticked in a list, or all that a reviewer's list finds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from criteria.accounts.permissions import Permission, can_review, require
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.packets.bundle import BundledPacket, hand_out_found, hand_out_selected
from criteria.papers.packet.zip_stream import packets_zip
from criteria.screens.review.worklist.query import wanted_keys
from criteria.screens.review.worklist.views import worklist_search
from criteria.screens.review.worklist.worklist import Worklist
from criteria.screens.ticked import TickedForm

MOST = 10_000
NOTHING_TICKED = "Tick the requests whose packets you want first. Nothing was downloaded."
NOTHING_FITS = "No request fits, so there is nothing to download."
TOO_MANY = f"That is more than {MOST:,} packets at once. Narrow the list first."
TO_CORRECT = "Correct the filters first. Nothing was downloaded."


@login_required
@require_POST
@never_cache
def packets(request: SignedInRequest) -> HttpResponseBase:
    """The ZIP; or the list it was asked from again, with the reason why there is none."""
    if request.POST.get("all"):
        return _all_that_fit(request)
    ticked = TickedForm(request.POST)
    numbers = ticked.cleaned_data["number"] if ticked.is_valid() else []
    if not numbers:
        return _back(request, NOTHING_TICKED)
    if len(numbers) > MOST:
        return _back(request, TOO_MANY)
    return _sent(hand_out_selected(numbers=numbers, by=request.user))


def _all_that_fit(request: SignedInRequest) -> HttpResponseBase:
    require(request.user, Permission.REVIEW_REQUESTS)
    found = Worklist(request.user, request.POST, is_search="q" in request.POST)
    if not found.filters.is_valid() or found.problem:
        return _back(request, TO_CORRECT)
    pks = _pks(found)
    if not pks or len(pks) > MOST:
        return _back(request, TOO_MANY if pks else NOTHING_FITS)
    return _sent(hand_out_found(pks=pks, by=request.user))


def _pks(found: Worklist) -> list[int]:
    """The requests of a list, at most one more than is handed out."""
    if not found.is_search:
        return [pk for pk, _ in wanted_keys(found.asked, most=MOST + 1)]
    return [one.pk for one, _ in zip(found.every(), range(MOST + 1), strict=False)]


def _sent(wanted: list[BundledPacket]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(packets_zip(wanted), content_type="application/zip")
    name = f"packets-{timezone.localdate():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _back(request: SignedInRequest, why: str) -> HttpResponse:
    """The list once more, as it was narrowed or searched, with the reason."""
    messages.warning(request, why)
    if "state" not in request.POST or not can_review(request.user):
        return redirect("wizard:requests")
    if "q" in request.POST:
        return worklist_search(request)
    filters = Worklist(request.user, request.POST)
    chosen = f"?{filters.address}" if filters.filters.is_valid() else ""
    return redirect(reverse("review:worklist") + chosen)
