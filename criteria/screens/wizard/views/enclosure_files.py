"""Hands out documents: the original as a download, its pages as pictures made here."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from criteria.accounts.enclosures import get_enclosure
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_download, record_view
from criteria.requests.enclosures.content import MediaType
from criteria.requests.enclosures.pictures import NORMAL, THUMBNAIL, WIDTHS, page_picture
from criteria.requests.enclosures.refusal import RefusedError
from criteria.screens.access import signed_in

# A browser that opens it all the same runs nothing of it, and asks for nothing.
SANDBOX = "sandbox; default-src 'none'"
PICTURE_SECONDS = 3600


@signed_in
@require_safe
def document(request: SignedInRequest, number: str, letter: str) -> FileResponse:
    """The document itself, to be saved and never shown from here."""
    enclosure = get_enclosure(request.user, number, letter)
    try:
        file = enclosure.file.open("rb")
    except FileNotFoundError:
        raise Http404("The file of this document is missing.") from None
    record_download(enclosure.request, f"enclosure {enclosure.letter}", request.user)
    ending = MediaType(enclosure.media_type).ending
    # Nothing of the patient stands in the name.
    name = f"{enclosure.request.number}-{enclosure.letter}{ending}"
    response = FileResponse(
        file, as_attachment=True, content_type=enclosure.media_type, filename=name
    )
    response["Cache-Control"] = "private, no-store"
    return _guarded(response)


@signed_in
@require_safe
def page_png(
    request: SignedInRequest, number: str, letter: str, page: int
) -> FileResponse | HttpResponse:
    """A page as a picture; ``?width=`` one of WIDTHS."""
    enclosure = get_enclosure(request.user, number, letter)
    width = _width(request)
    if not 1 <= page <= (enclosure.pages or 1):
        raise Http404("The document has no such page.")
    try:
        picture = page_picture(enclosure, page, width).open("rb")
    except FileNotFoundError:
        raise Http404("The file of this document is missing.") from None
    except RefusedError:
        words = "This page cannot be shown as a picture. Download the document."
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=422)
    if width > THUMBNAIL:
        record_view(enclosure.request, f"enclosure {enclosure.letter}", request.user)
    response = FileResponse(picture, content_type="image/png")
    response["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    return _guarded(response)


def _width(request: HttpRequest) -> int:
    """Pixels. Only a few widths are drawn, so that pictures cannot fill the disk."""
    asked = request.GET.get("width", str(NORMAL))
    found = next((width for width in WIDTHS if str(width) == asked), None)
    if found is None:
        raise Http404(f"Pictures are {', '.join(map(str, WIDTHS))} pixels wide.")
    return found


def _guarded(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response
