"""The page before a letter is sent: what it says, what happens then, and the one button."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from criteria.accounts.permissions import get_reviewed_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.reviews.decisions import RefusedLetterError, UngroundedError
from criteria.actions.reviews.letters import StaleLetterError
from criteria.models import AuthorizationRequest, Letter, LetterKind
from criteria.papers.letters.code import letter_code
from criteria.papers.letters.html import context_of
from criteria.papers.letters.issue import send
from criteria.screens.forms import SeenForm
from criteria.screens.review.letters.page import LetterPage
from criteria.screens.review.letters.views import (
    REFUSED,
    closed_page,
    kind_of,
    page_of,
    refused_text,
    show,
)

CHANGED = "The letter was changed since this page was opened. It was not sent: read it again."
HAPPENS = {
    LetterKind.INFORMATION: (
        "The practice sees what is asked at the top of the request, may change its answers and "
        "submits again. Until then, or until a reviewer goes on without the answer, nobody "
        "decides it.",
        "Ask for information",
    ),
    LetterKind.APPROVAL: (
        "The request is approved in your name for the dose and the days above. "
        "That cannot be taken back here.",
        "Approve and send",
    ),
    LetterKind.DENIAL: (
        "The request is closed as not approved, in your name and with this reason. "
        "That cannot be taken back here.",
        "Do not approve, and send",
    ),
}
SENT = {
    LetterKind.INFORMATION: "The practice is asked for information.",
    LetterKind.APPROVAL: "The request is approved.",
    LetterKind.DENIAL: "The request is closed as not approved.",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def letter_send(request: SignedInRequest, number: str, kind: str) -> HttpResponse:
    """Show the letter once more, then send it."""
    found, which = get_reviewed_request(request.user, number), kind_of(kind)
    if closed := closed_page(request, found, which):
        return closed
    page = page_of(found, which, is_sent=True)
    if page.needs or page.row is None:
        return show(request, found, page, status=422)
    if request.method != "POST":
        return _ask(request, found, page)
    if SeenForm(request.POST).values["seen"] != letter_code(page.content(by=request.user)):
        return _ask(request, found, page, problem=CHANGED)
    return _send(request, found, page)


def _ask(
    request: SignedInRequest, found: AuthorizationRequest, page: LetterPage, problem: str = ""
) -> HttpResponse:
    content = page.content(by=request.user)
    happens, button = HAPPENS[page.kind]
    context = context_of(content) | {
        "found": found,
        "page": page,
        "happens": happens,
        "button": button,
        "problem": problem,
        "seen_form": SeenForm(initial={"seen": letter_code(content)}),
    }
    status = 409 if problem else 200
    return render(request, "criteria/review/letter_send.html", context, status=status)


def _send(request: SignedInRequest, found: AuthorizationRequest, page: LetterPage) -> HttpResponse:
    """Send it; what is refused stays as it was written."""
    try:
        sent = send(
            found,
            page.read,
            page.kind,
            text=page.text,
            items=page.items,
            reason=page.reason,
            terms=page.terms,
            revision=page.revision,
            by=request.user,
        )
    except StaleLetterError:
        return _ask(request, found, page, problem=CHANGED)
    except (*REFUSED, RefusedLetterError, UngroundedError) as problem:
        return _ask(request, found, page, problem=f"It was not sent. {refused_text(problem)}")
    return _sent(request, found, sent)


def _sent(request: HttpRequest, found: AuthorizationRequest, sent: Letter) -> HttpResponse:
    kind = LetterKind(sent.kind)
    messages.success(request, f"{found.number}: {SENT[kind]} Letter {sent.sequence} is kept.")
    return redirect("review:request", found.number)
