"""Letters as they were sent, handed out as files."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from criteria.accounts.permissions import get_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_download
from criteria.models import Letter


@login_required
@require_safe
@never_cache
def letter(request: SignedInRequest, number: str, sequence: int) -> HttpResponse:
    """The bytes of a letter, for the practice it went to and for reviewers."""
    found = get_request(request.user, number)
    sent = Letter.objects.filter(request=found, sequence=sequence).first()
    if sent is None:
        raise Http404("No such letter of this request was sent.")
    sent.request = found
    record_download(found, f"letter {sent.sequence}", request.user)
    response = HttpResponse(bytes(sent.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{sent.file_name}"'
    response["ETag"] = f'"{sent.sha256}"'
    return response
