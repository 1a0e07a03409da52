"""One page of a request: shown, and saved by every button and while someone types."""

from secrets import token_hex
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from criteria.actions.requests import StaleSaveError, save_page
from criteria.models import RequestPage
from criteria.permissions import get_editable_request, get_own_request
from criteria.policyfile.load import edition_of
from criteria.wizard.addresses import page_url
from criteria.wizard.case import draft_of
from criteria.wizard.draft import Draft
from criteria.wizard.forms_start import StartForm
from criteria.wizard.pages import Page
from criteria.wizard.saving import pages_to_check, summary_of
from criteria.wizard.screen import Screen, conflict_of
from criteria.wizard.typed import Typed, is_too_long
from criteria.wizard.views.access import is_htmx, signed_in

# Buttons that come back to the same page.
STAY = ("choose", "use", "add-row")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Show a page, or save it."""
    if request.method == "POST":
        return _save(request, number, slug)
    found = get_own_request(request.user, number)
    if not found.is_editable:
        return redirect("wizard:tasks", number)
    draft = draft_of(found)
    shown = draft.page(slug)
    if shown is None or shown.form is None:
        raise Http404("The request has no such page.")
    screen = Screen(draft, shown, tab=token_hex(8), searched=request.GET.get("q", ""))
    template = "criteria/wizard/_results.html" if is_htmx(request) else screen.template
    return render(request, template, {"screen": screen})


def _save(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    found = get_editable_request(request.user, number)
    before = draft_of(found)
    shown = before.page(slug)
    if shown is None or shown.form is None:
        raise Http404("The request has no such page.")
    sent = _pressed(request, before.form(shown).taken_from(request.POST))
    after, tab = before.with_typed(sent), request.POST.get("tab", "")[:32]
    if is_too_long(sent):
        words = "it holds too much text. Shorten it and save again."
        return _show(request, Screen(after, shown, tab=tab, not_saved=words), status=422)
    try:
        after, row = _write(request, before, after, shown, sent, tab)
    except StaleSaveError:
        saved = RequestPage.objects.select_related("saved_by").get(request=found, slug=slug)
        conflict = conflict_of(after, shown, saved, sent)
        words = "the page was changed in another window."
        screen = Screen(after, shown, tab=tab, conflict=conflict, not_saved=words)
        return _show(request, screen, status=409)
    return _go_on(request, Screen(after, after.page(slug) or shown, tab=tab, row=row))


def _pressed(request: HttpRequest, sent: dict[str, list[str]]) -> dict[str, list[str]]:
    """What a button of its own stands for: a diagnosis chosen, a dose taken over."""
    if "choose" in request.POST:
        key, _, code = request.POST["choose"].partition(" ")
        return sent | {"indication": [key]} | ({"icd10": [code]} if code else {})
    if "use" in request.POST:
        return sent | {"dose": [request.POST["use"]], "dose_unit": ["g"], "basis": ["total"]}
    return sent


def _write(
    request: HttpRequest, before: Draft, after: Draft, shown: Page, sent: Typed, tab: str
) -> tuple[Draft, RequestPage]:
    """Save, unless nothing was changed since the last save."""
    found, row = before.request, before.rows.get(shown.slug)
    if row is not None and row.data == sent and not row.please_check:
        return after, row
    version, line = found.version, found.line_of_business
    form = after.form(shown)
    if isinstance(form, StartForm) and form.version is not None:
        version, line = form.version, form.values["line_of_business"]
        if version != found.version:
            after.edition = edition_of(version)
    row = save_page(
        request=found,
        page=row,
        slug=shown.slug,
        data=sent,
        tab=tab,
        revision=_revision(request),
        summary=summary_of(after, line),
        version=version,
        please_check=pages_to_check(before, after),
        by_button=not is_htmx(request),
        by=request.user,
    )
    return after, row


def _revision(request: HttpRequest) -> int:
    """The revision the form was drawn from, or the one the person chose to replace."""
    text: Any = request.POST.get("overwrite") or request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _go_on(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Where the button leads. A page with something wrong stays, with everything typed."""
    wrong = bool(screen.form.problems)
    if is_htmx(request):
        return _show(request, screen, status=422 if wrong else 200)
    if any(button in request.POST for button in STAY):
        return redirect(screen.url)
    if "leave" in request.POST:
        return redirect(screen.tasks_url)
    if wrong:
        screen.with_summary = True
        return _show(request, screen, status=422)
    back = request.POST.get("back", "")
    is_known = screen.draft.page(back) is not None
    return redirect(page_url(screen.draft, back) if is_known else screen.next_url)


def _show(request: HttpRequest, screen: Screen, *, status: int) -> HttpResponse:
    template = "criteria/wizard/_fragments.html" if is_htmx(request) else screen.template
    return render(request, template, {"screen": screen}, status=status)
