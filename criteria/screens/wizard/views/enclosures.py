"""Adds and removes the documents of a request, and keeps what was typed beside them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from criteria.accounts.permissions import get_editable_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.requests.enclosures import remove_enclosure
from criteria.models import AuthorizationRequest, Enclosure
from criteria.requests.answers.typed import is_too_long
from criteria.requests.enclosures.uploading import stopped_of
from criteria.requests.loading import draft_of
from criteria.screens.access import is_htmx, signed_in
from criteria.screens.wizard.documents.uploads import AddedFiles, FileDetails, add_files
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.forms.save import SaveForm
from criteria.screens.wizard.forms.send import EnclosureForm
from criteria.screens.wizard.page_store import RequestPageStore
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.screen import Screen
from criteria.screens.wizard.views.page import save_page
from criteria.screens.wizard.walkthrough import Walkthrough

SLUG = "enclosures"


@signed_in
@require_POST
def add(request: SignedInRequest, number: str) -> HttpResponse:
    """Documents, or one that is announced: its file may follow."""
    unsaved = _save_page(request, number)
    if unsaved is not None:
        return unsaved
    found = get_editable_request(request.user, number)
    form = EnclosureForm(request.POST, request.FILES, stopped=stopped_of(request))
    if not form.is_valid():
        return _again(request, found, form)
    said = FileDetails(title=form.cleaned_data["title"], dated=form.cleaned_data["dated"])
    added = add_files(found, said, form.cleaned_data["file"], by=request.user)
    if not added.letters:
        for problem in added.problems:
            form.add_error("file", problem)
        return _again(request, found, form)
    return _go_on(request, number, added)


def _save_page(request: SignedInRequest, number: str) -> HttpResponse | None:
    """Keep the rest of the page, which this button sends too; an answer only if it was not kept."""
    # The last field of the page: without it an upload broke off before the others were sent.
    if "whole" not in request.POST:
        return None
    store = RequestPageStore(request.user, get_editable_request(request.user, number))
    sent = form_of(store.walk, _page(store.walk)).taken_from(request.POST)
    answer = save_page(request, store, SLUG)
    if answer.status_code != 409 and not is_too_long(sent):
        return None
    # What htmx is told lies outside the documents: they stay as they are.
    answer["HX-Reswap"] = "none"
    return answer


def _page(walk: Walkthrough) -> WizardPage:
    page = walk.page(SLUG)
    if page is None:
        raise Http404("The request has no such page.")
    return page


def _again(request: HttpRequest, found: AuthorizationRequest, form: EnclosureForm) -> HttpResponse:
    """The form with what is wrong, and everything typed; the browser keeps no chosen file."""
    walk = Walkthrough(draft_of(found))
    tab = SaveForm(request.POST).values["tab"]
    screen = Screen(walk, _page(walk), tab=tab, adding=form)
    template = "criteria/wizard/_documents.html" if is_htmx(request) else screen.template
    return render(request, template, {"screen": screen}, status=422)


def _go_on(request: HttpRequest, number: str, added: AddedFiles) -> HttpResponse:
    """Back to the page, at the new document; at its top when another file was refused."""
    for problem in added.problems:
        messages.error(request, problem)
    last = added.letters[-1]
    # The address differs from that of the page: a browser then loads it, and does not just scroll.
    url = f"{reverse('wizard:page', args=[number, SLUG])}?added={last}"
    url += "" if added.problems else f"#enclosure-{last}"
    return HttpResponseClientRedirect(url) if is_htmx(request) else redirect(url)


@signed_in
@require_POST
def remove(request: SignedInRequest, number: str, letter: str) -> HttpResponse:
    """Take a document out."""
    found = get_editable_request(request.user, number)
    enclosure = Enclosure.objects.current().filter(request=found, letter=letter).first()
    if enclosure is None:
        raise Http404("The request has no such enclosure.")
    unsaved = _save_page(request, number)
    if unsaved is not None:
        return unsaved
    enclosure.request = get_editable_request(request.user, number)
    remove_enclosure(enclosure=enclosure, by=request.user)
    return redirect(reverse("wizard:page", args=[number, SLUG]) + "#enclosures")
