"""The same answers judged by every policy, and a new request under another one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from criteria.accounts.permissions import get_own_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_view
from criteria.requests.loading import draft_of
from criteria.screens.access import signed_in
from criteria.screens.wizard.compare.page import LONGEST_PRESS, ComparePage, StartForm
from criteria.screens.wizard.compare.start import start_under


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the policies side by side, or start the request anew under one of them."""
    found = get_own_request(request.user, number)
    draft = draft_of(found)
    if request.method != "POST":
        record_view(found, "the comparison of policies", request.user)
        return _show(request, ComparePage(draft, request.GET.dict()))
    page = ComparePage(draft, request.POST.dict())
    sent = StartForm(request.POST).values
    column = page.column_of(sent["policy"])
    if column is None or column.version is None:
        page.problem = "Choose one of the policies shown here that is in force."
        return _show(request, page, status=422)
    press = sent["press"][:LONGEST_PRESS]
    made = start_under(draft, column.column.carried, column.version, press=press, by=request.user)
    text = f"{made.number} is judged by {column.heading.label}, edition {column.heading.number}."
    messages.success(request, f"{text} Everything typed came along; {number} is unchanged.")
    return redirect("wizard:tasks", made.number)


def _show(request: HttpRequest, page: ComparePage, *, status: int = 200) -> HttpResponse:
    context = {"compare": page}
    return render(request, "criteria/wizard/compare.html", context, status=status)
