"""The packet of a request: shown as a draft, issued, and downloaded as it was issued."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from criteria.accounts.permissions import get_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_download, record_view
from criteria.models import Packet
from criteria.papers.packet.download import packet_response, shown_pdf
from criteria.papers.packet.issue import prints_submission
from criteria.screens.wizard.packets import draft_packet, issue


@login_required
@require_safe
@never_cache
def draft(request: SignedInRequest, number: str) -> HttpResponse:
    """The packet as it stands, marked as a draft. A submitted request shows the one issued."""
    found = get_request(request.user, number)
    if prints_submission(found, by=request.user):
        return redirect("packet:download", number)
    record_view(found, "the packet as a draft", request.user)
    return shown_pdf(draft_packet(found, by=request.user).pdf, f"{found.number}-draft.pdf")


@login_required
@require_POST
def issue_view(request: SignedInRequest, number: str) -> HttpResponse:
    """Print the packet, keep it, and go to it."""
    found = get_request(request.user, number)
    packet = issue(found, by=request.user)
    return redirect("packet:download", number, packet.sequence)


@login_required
@require_safe
@never_cache
def download(
    request: SignedInRequest, number: str, sequence: int | None = None
) -> HttpResponseBase:
    """The bytes that were issued: those of a sequence number, or the last ones."""
    found = get_request(request.user, number)
    packets = found.packets.select_related("request").order_by("sequence")
    chosen = packets if sequence is None else packets.filter(sequence=sequence)
    packet: Packet | None = chosen.last()
    if packet is None:
        raise Http404("No packet of this request was issued yet.")
    response = packet_response(request, packet)
    if request.method == "GET" and response.status_code == 200:
        record_download(found, f"packet {packet.sequence}", request.user)
    return response
