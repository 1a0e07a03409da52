"""Adds, removes and hands out the documents of a request."""

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from criteria.actions.requests_enclosures import add_enclosure, remove_enclosure
from criteria.models import Enclosure
from criteria.permissions import get_editable_request, get_request
from criteria.wizard.case import draft_of
from criteria.wizard.documents import document_of
from criteria.wizard.forms_send import EnclosureForm
from criteria.wizard.screen import Screen
from criteria.wizard.views.access import signed_in


@signed_in
@require_POST
def add(request: HttpRequest, number: str) -> HttpResponse:
    """One more document; its file may follow."""
    found = get_editable_request(request.user, number)
    draft = draft_of(found)
    form = EnclosureForm(request.POST, request.FILES)
    document = None
    if form.is_valid() and form.cleaned_data["file"]:
        try:
            document = document_of(form.cleaned_data["file"])
        except ValidationError as problem:
            form.add_error("file", problem)
    if not form.errors and not form.cleaned_data["title"]:
        form.add_error("title", "Say what it is, such as EMG report.")
    if form.errors:
        page = draft.page("enclosures")
        if page is None:
            raise Http404("The request has no such page.")
        screen = Screen(draft, page, tab="", adding=form)
        return render(request, screen.template, {"screen": screen}, status=422)
    add_enclosure(
        request=found,
        title=form.cleaned_data["title"],
        dated=form.cleaned_data["dated"],
        document=document,
        by=request.user,
    )
    return redirect(reverse("wizard:page", args=[number, "enclosures"]) + "#enclosures")


@signed_in
@require_POST
def remove(request: HttpRequest, number: str, letter: str) -> HttpResponse:
    """Take a document out."""
    found = get_editable_request(request.user, number)
    enclosure = Enclosure.objects.filter(request=found, letter=letter, removed_at=None).first()
    if enclosure is None:
        raise Http404("The request has no such enclosure.")
    enclosure.request = found
    remove_enclosure(enclosure=enclosure, by=request.user)
    return redirect(reverse("wizard:page", args=[number, "enclosures"]) + "#enclosures")


@signed_in
@require_GET
def document(request: HttpRequest, number: str, letter: str) -> HttpResponse | FileResponse:
    """The document itself, for the practice and, once submitted, for reviewers."""
    found = get_request(request.user, number)
    enclosure = Enclosure.objects.filter(request=found, letter=letter, removed_at=None).first()
    if enclosure is None or not enclosure.file:
        raise Http404("The request has no such document.")
    response = FileResponse(
        enclosure.file.open("rb"),
        content_type=enclosure.media_type,
        filename=f"{found.number}-{enclosure.letter}",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
