"""One page of a request: shown, and saved by every button and while someone types."""

from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from criteria.accounts.permissions import get_editable_request, get_own_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_view
from criteria.actions.requests.edit import StaleSaveError
from criteria.models import RequestPage
from criteria.policies.codes.spelling import normalized_icd10
from criteria.requests.answers.readings import names_of
from criteria.requests.answers.typed import is_too_long, kept_signs, number_sent, one
from criteria.requests.dose.second_part import BUTTON, OPEN, opened
from criteria.requests.renewal_words import stated_again
from criteria.requests.stated_request import StatedRequest
from criteria.screens.access import is_htmx, signed_in
from criteria.screens.wizard.conflict import conflict_of
from criteria.screens.wizard.dose.offer_button import fields_of_regimen
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.forms.save import SaveForm
from criteria.screens.wizard.forms.search import SearchedFor
from criteria.screens.wizard.page_store import (
    NotKeptError,
    PageStore,
    RequestPageStore,
    SaveAttempt,
)
from criteria.screens.wizard.screen import Screen
from criteria.screens.wizard.search.code_search import (
    CODE_FIELDS,
    NOT_LISTED,
    code_results,
    named_by,
    with_code,
)

# Buttons that come back to the same page, and where on it.
STAY = {"choose": "chosen", "use": "id_dose", "add-row": "", "again": "", BUTTON: "id_then"} | {
    f"take-{name}": f"id_{name}" for name in CODE_FIELDS
}
TOO_LONG = "it holds too much text. Shorten it and save again."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, number: str, slug: str) -> HttpResponse:
    """Show a page, or save it."""
    if request.method == "POST":
        found = get_editable_request(request.user, number)
        return save_page(request, RequestPageStore(request.user, found), slug)
    found = get_own_request(request.user, number)
    if not found.is_editable:
        return redirect("wizard:tasks", number)
    record_view(found, "the request", request.user)
    return show_page(request, RequestPageStore(request.user, found), slug)


def show_page(request: HttpRequest, store: PageStore, slug: str) -> HttpResponse:
    """A page of a request; for htmx what a search on it finds."""
    walk = store.walk
    shown = walk.page(slug)
    if shown is None or not shown.is_form:
        return store.no_page(request)
    if is_htmx(request) and (name := next((n for n in CODE_FIELDS if n in request.GET), "")):
        results = code_results(walk.draft, name, request.GET[name])
        return render(request, "criteria/wizard/_code_results.html", {"results": results})
    screen = Screen(walk, shown, tab=token_hex(8), searched=request.GET.get("q", ""))
    if is_htmx(request):
        return render(request, "criteria/wizard/_results.html", {"screen": screen})
    return _show(request, store, screen, status=200)


def save_page(request: HttpRequest, store: PageStore, slug: str) -> HttpResponse:
    """Keep what was typed into a page, and answer the button."""
    before = store.walk
    shown = before.page(slug)
    if shown is None and slug in before.draft.rows:
        return _gone(request, store, slug)
    if shown is None or not shown.is_form:
        return store.no_page(request)
    sent = _stood_for(request, before.draft, form_of(before, shown).taken_from(request.POST))
    after, press = before.with_typed(sent), _press(request)
    try:
        if is_too_long(sent):
            raise NotKeptError(TOO_LONG)
        row = store.save(after, shown, sent, press)
    except NotKeptError as problem:
        screen = Screen(after, shown, tab=press.tab, not_saved=str(problem))
        return _show(request, store, screen, status=422)
    except StaleSaveError:
        saved = store.stored(slug)
        if press.tab and saved.tab == press.tab:
            return _once_more(request, store.again(), slug, saved)
        conflict = conflict_of(after, shown, saved, sent)
        words = "the page was changed in another window."
        screen = Screen(after, shown, tab=press.tab, conflict=conflict, not_saved=words)
        return _show(request, store, screen, status=409)
    return _go_on(request, store, Screen(after, after.page(slug) or shown, tab=press.tab, row=row))


def _press(request: HttpRequest) -> SaveAttempt:
    sent = SaveForm(request.POST).values
    over = _pressed(request, "overwrite")
    return SaveAttempt(
        tab=sent["tab"],
        number=sent["press"],
        revision=number_sent(over) if over else sent["revision"],
        by_button=not is_htmx(request),
    )


def _gone(request: HttpRequest, store: PageStore, slug: str) -> HttpResponse:
    """A page that an earlier answer took out of the request meanwhile: its answers are kept."""
    names = {n for q in store.walk.draft.questions.values() for n in names_of(q)}
    store.keep(slug, {n: kept_signs(request.POST.getlist(n)) for n in request.POST if n in names})
    return HttpResponse(status=204) if is_htmx(request) else store.gone(request)


def _once_more(
    request: HttpRequest, store: PageStore, slug: str, saved: RequestPage
) -> HttpResponse:
    """Two saves of one window met: the later one counts, whichever arrives first."""
    if is_htmx(request) and saved.press > _press(request).number:
        return HttpResponse(status=204)
    return save_page(request, store, slug)


def _pressed(request: HttpRequest, button: str) -> str:
    """The value of a button that was pressed. htmx also sends one that only has the focus."""
    return "" if is_htmx(request) else request.POST.get(button, "")


def _stood_for(
    request: HttpRequest, draft: StatedRequest, sent: dict[str, list[str]]
) -> dict[str, list[str]]:
    """What a button of its own stands for: a diagnosis chosen, a code or a dose taken over, or
    what was stated at an approval stated again.
    """
    if choice := _pressed(request, "choose"):
        key, _, code = choice.partition(" ")
        is_named = key != NOT_LISTED or bool(one(sent, "other_diagnosis"))
        name = "" if is_named else named_by(code) or _searched(request)
        found = {"indication": key, "icd10": code, "other_diagnosis": name}
        return sent | {field: [v] for field, v in found.items() if v or field == "indication"}
    for name in CODE_FIELDS:
        if code := _pressed(request, f"take-{name}"):
            return sent | {name: [with_code(name, one(sent, name), code)]}
    if button := _pressed(request, BUTTON):
        return sent | (opened(button) if OPEN in sent else {})
    if regimen := _pressed(request, "use"):
        return sent | fields_of_regimen(regimen)
    if (button := _pressed(request, "again")) and draft.baseline and draft.edition:
        policy, questions = draft.edition.policy_key, draft.questions
        again = stated_again(draft.baseline, button, questions, policy, draft.known)
        return sent | {name: values for name, values in again.items() if name in sent}
    return sent


def _searched(request: HttpRequest) -> str:
    """What was searched for before a diagnosis was said not to be in the list: its name."""
    (typed,) = kept_signs([SearchedFor(request.POST).values["searched"]])
    return named_by(normalized_icd10(typed) or "") or typed.strip()


def _go_on(request: HttpRequest, store: PageStore, screen: Screen) -> HttpResponse:
    """Where the button leads. A page with something wrong stays, with everything typed."""
    wrong = bool(screen.form.problems)
    if is_htmx(request):
        return _show(request, store, screen, status=422 if wrong else 200)
    button = next((name for name in STAY if name in request.POST), None)
    if button is not None:
        return redirect(f"{screen.url}#{STAY[button] or _last_row(screen, request.POST[button])}")
    if "leave" in request.POST:
        return redirect(screen.tasks_url)
    if wrong:
        screen.with_summary = True
        return _show(request, store, screen, status=422)
    back = request.POST.get("back", "")
    is_known = screen.walk.page(back) is not None
    return redirect(screen.walk.addresses.page(back) if is_known else screen.next_url)


def _last_row(screen: Screen, button: str) -> str:
    """The question a row was added to, or that was answered again; else the top of the page."""
    name = f"q-{button.partition(' ')[2]}" if " " in button else button
    return f"id_{name}" if name in screen.form.fields else "main"


def _show(request: HttpRequest, store: PageStore, screen: Screen, *, status: int) -> HttpResponse:
    context: dict[str, object] = {"screen": screen}
    if is_htmx(request):
        return render(request, "criteria/wizard/_fragments.html", context, status=status)
    context |= store.context(screen)
    return render(request, store.template(screen), context, status=status)
