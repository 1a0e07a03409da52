"""One page of a request: shown, and saved by every button and while someone types."""

from secrets import token_hex

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from criteria.actions.requests import StaleSaveError, keep_page
from criteria.models import RequestPage
from criteria.permissions import get_editable_request, get_own_request
from criteria.wizard.addresses import page_url
from criteria.wizard.case import draft_of
from criteria.wizard.code_search import CODE_FIELDS, NOT_LISTED, code_results, named_by, with_code
from criteria.wizard.conflict import conflict_of
from criteria.wizard.draft import Draft
from criteria.wizard.readings import names_of
from criteria.wizard.saving import save_typed
from criteria.wizard.screen import Screen
from criteria.wizard.typed import is_too_long, one
from criteria.wizard.views.access import is_htmx, signed_in

# Buttons that come back to the same page, and where on it.
STAY = {"choose": "chosen", "use": "id_dose", "add-row": ""} | {
    f"take-{name}": f"id_{name}" for name in CODE_FIELDS
}


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
    if is_htmx(request) and (name := next((n for n in CODE_FIELDS if n in request.GET), "")):
        results = code_results(draft, name, request.GET[name])
        return render(request, "criteria/wizard/_code_results.html", {"results": results})
    screen = Screen(draft, shown, tab=token_hex(8), searched=request.GET.get("q", ""))
    template = "criteria/wizard/_results.html" if is_htmx(request) else screen.template
    return render(request, template, {"screen": screen})


def _save(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    found = get_editable_request(request.user, number)
    before = draft_of(found)
    shown = before.page(slug)
    if shown is None and slug in before.rows:
        return _gone(request, before, slug)
    if shown is None or shown.form is None:
        raise Http404("The request has no such page.")
    sent = _stood_for(request, before.form(shown).taken_from(request.POST))
    after, tab = before.with_typed(sent), request.POST.get("tab", "")[:32]
    if is_too_long(sent):
        words = "it holds too much text. Shorten it and save again."
        return _show(request, Screen(after, shown, tab=tab, not_saved=words), status=422)
    try:
        row = save_typed(
            before,
            after,
            shown,
            sent,
            tab=tab,
            press=_number(request.POST.get("press")),
            revision=_number(_pressed(request, "overwrite") or request.POST.get("revision")),
            by_button=not is_htmx(request),
            by=request.user,
        )
    except StaleSaveError:
        saved = RequestPage.objects.select_related("saved_by").get(request=found, slug=slug)
        if tab and saved.tab == tab:
            return _once_more(request, number, slug, saved)
        conflict = conflict_of(after, shown, saved, sent)
        words = "the page was changed in another window."
        screen = Screen(after, shown, tab=tab, conflict=conflict, not_saved=words)
        return _show(request, screen, status=409)
    return _go_on(request, Screen(after, after.page(slug) or shown, tab=tab, row=row))


def _gone(request: HttpRequest, before: Draft, slug: str) -> HttpResponse:
    """A page that an earlier answer took out of the request meanwhile: its answers are kept."""
    names = {n for q in before.questions.values() for n in names_of(q)}
    sent = {name: request.POST.getlist(name) for name in request.POST if name in names}
    row = before.rows[slug]
    keep_page(request=before.request, page=row, data={**row.data, **sent}, by=request.user)
    text = "That page is no longer part of the request. What was typed there is kept."
    if is_htmx(request):
        return HttpResponse(status=204)
    messages.warning(request, text)
    return redirect("wizard:tasks", before.request.number)


def _once_more(request: HttpRequest, number: str, slug: str, saved: RequestPage) -> HttpResponse:
    """Two saves of one window met: the later one counts, whichever arrives first."""
    if is_htmx(request) and saved.press > _number(request.POST.get("press")):
        return HttpResponse(status=204)
    return _save(request, number, slug)


def _pressed(request: HttpRequest, button: str) -> str:
    """The value of a button that was pressed. htmx also sends one that only has the focus."""
    return "" if is_htmx(request) else request.POST.get(button, "")


def _stood_for(request: HttpRequest, sent: dict[str, list[str]]) -> dict[str, list[str]]:
    """What a button of its own stands for: a diagnosis chosen, a code or a dose taken over."""
    if choice := _pressed(request, "choose"):
        key, _, code = choice.partition(" ")
        name = named_by(code) if key == NOT_LISTED and not one(sent, "other_diagnosis") else ""
        found = {"indication": key, "icd10": code, "other_diagnosis": name}
        return sent | {field: [v] for field, v in found.items() if v or field == "indication"}
    for name in CODE_FIELDS:
        if code := _pressed(request, f"take-{name}"):
            return sent | {name: [with_code(name, one(sent, name), code)]}
    if grams := _pressed(request, "use"):
        return sent | {"dose": [grams], "dose_unit": ["g"], "basis": ["total"]}
    return sent


def _number(text: str | None) -> int:
    """A hidden number; 0 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _go_on(request: HttpRequest, screen: Screen) -> HttpResponse:
    """Where the button leads. A page with something wrong stays, with everything typed."""
    wrong = bool(screen.form.problems)
    if is_htmx(request):
        return _show(request, screen, status=422 if wrong else 200)
    button = next((name for name in STAY if name in request.POST), None)
    if button is not None:
        return redirect(f"{screen.url}#{STAY[button] or _last_row(screen, request.POST[button])}")
    if "leave" in request.POST:
        return redirect(screen.tasks_url)
    if wrong:
        screen.with_summary = True
        return _show(request, screen, status=422)
    back = request.POST.get("back", "")
    is_known = screen.draft.page(back) is not None
    return redirect(page_url(screen.draft, back) if is_known else screen.next_url)


def _last_row(screen: Screen, name: str) -> str:
    """The question a row was added to; anything else is the top of the page."""
    return f"id_{name}" if name in screen.form.fields else "main"


def _show(request: HttpRequest, screen: Screen, *, status: int) -> HttpResponse:
    template = "criteria/wizard/_fragments.html" if is_htmx(request) else screen.template
    return render(request, template, {"screen": screen}, status=status)
