"""A letter: written, previewed as PDF, and sent on a page of its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from criteria.accounts.permissions import HeldByOtherError, check_holds, get_reviewed_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.events import record_view
from criteria.actions.reviews.dispositions import SubmittedAgainError
from criteria.actions.reviews.hold import ClosedRequestError
from criteria.actions.reviews.letters import AwaitingAnswerError, StaleLetterError
from criteria.models import (
    AuthorizationRequest,
    LetterDraft,
    LetterKind,
    RequestStatus,
    Submission,
)
from criteria.papers.letters.basis import read_submission
from criteria.papers.letters.pdf import printed_letter
from criteria.papers.packet.download import shown_pdf
from criteria.requests.answers.typed import is_too_long, number_sent
from criteria.screens.access import is_htmx
from criteria.screens.review.letters.page import LetterPage
from criteria.screens.review.letters.saving import save_page
from criteria.screens.review.unseen_forms import LetterSaveForm

REFUSED = (HeldByOtherError, ClosedRequestError, SubmittedAgainError, AwaitingAnswerError)
AGAIN = "The practice submitted the request again. Read the new submission first."
AWAITING = (
    "The practice is asked for information and may be answering. It comes back when it is "
    "submitted again."
)
TOO_LONG = "It holds too much text. Shorten it and save again."
SAVED = "Saved, not sent."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def letter(request: SignedInRequest, number: str, kind: str) -> HttpResponse:
    """Write a letter. Every button saves first."""
    found, which = get_reviewed_request(request.user, number), kind_of(kind)
    if request.method == "POST":
        return _save(request, found, which)
    if closed := closed_page(request, found, which):
        return closed
    return show(request, found, page_of(found, which))


@login_required
@require_safe
@never_cache
def preview(request: SignedInRequest, number: str, kind: str) -> HttpResponse:
    """The letter as it is kept, as PDF, marked as not sent. Nothing is kept of it."""
    found, which = get_reviewed_request(request.user, number), kind_of(kind)
    if closed := closed_page(request, found, which):
        return closed
    record_view(found, f"letter not sent: {which.label}", request.user)
    pdf = printed_letter(page_of(found, which).content(by=request.user)).pdf
    return shown_pdf(pdf, f"{found.number}-{which}-not-sent.pdf")


def kind_of(kind: str) -> LetterKind:
    """The kind of an address. Raises Http404."""
    if kind not in LetterKind.values:
        raise Http404("There is no such letter.")
    return LetterKind(kind)


def page_of(found: AuthorizationRequest, kind: LetterKind, *, is_sent: bool = False) -> LetterPage:
    """The letter to the last submission. A submitted request always has one."""
    last = Submission.objects.filter(request=found).select_related("version__policy")
    submission = last.order_by("number").last()
    if submission is None:
        raise Http404("This request was not submitted.")
    submission.request = found
    row = LetterDraft.objects.filter(request=found, kind=kind).select_related("updated_by").first()
    return LetterPage(read_submission(submission), kind, row, is_sent=is_sent)


def _save(request: SignedInRequest, found: AuthorizationRequest, kind: LetterKind) -> HttpResponse:
    """Keep what was typed, and go where the button leads. What is refused stays in the boxes."""
    button = request.POST.get("do", "save")
    page = page_of(found, kind)
    sent = type(page.form).taken_from(request.POST)
    page = LetterPage(page.read, kind, page.row, typed=sent, is_sent=button == "send")
    if is_htmx(request):
        return render(request, "criteria/review/_letter_figures.html", {"page": page})
    if is_too_long(sent):
        page.refused = TOO_LONG
        return show(request, found, page, status=422)
    over = LetterSaveForm(request.POST).values
    try:
        save_page(
            found,
            page,
            button=button,
            submission_number=over["submission"],
            revision=number_sent(request.POST.get("overwrite")) or over["revision"],
            by=request.user,
        )
    except StaleLetterError:
        page.conflict = page.row
        return show(request, found, page, status=409)
    except REFUSED as problem:
        page.refused = refused_text(problem)
        return show(request, found, page, status=409)
    return _go_on(request, found, kind, button)


def _go_on(
    request: HttpRequest, found: AuthorizationRequest, kind: LetterKind, button: str
) -> HttpResponse:
    """To the preview, to sending once nothing is missing, or back to the letter."""
    if button == "preview":
        return redirect("review:letter-preview", found.number, kind)
    if button != "send":
        messages.success(request, SAVED)
        return redirect("review:letter", found.number, kind)
    page = page_of(found, kind, is_sent=True)
    if page.needs:
        return show(request, found, page, status=422)
    return redirect("review:letter-send", found.number, kind)


def show(
    request: HttpRequest, found: AuthorizationRequest, page: LetterPage, *, status: int = 200
) -> HttpResponse:
    """The page of a letter."""
    context = {"found": found, "page": page}
    return render(request, "criteria/review/letter.html", context, status=status)


def closed_page(
    request: SignedInRequest, found: AuthorizationRequest, kind: LetterKind
) -> HttpResponse | None:
    """A page that says why no letter is written now, and what was written so far; else nothing."""
    why = why_closed(request.user, found)
    if not why:
        return None
    row = LetterDraft.objects.filter(request=found, kind=kind).first()
    context = {"found": found, "why": why, "row": row, "letters": found.letters.defer("pdf")}
    return render(request, "criteria/review/letter_closed.html", context, status=409)


def why_closed(user: User, found: AuthorizationRequest) -> str:
    """Why ``user`` cannot write a letter now; empty where they can."""
    if found.status == RequestStatus.INFORMATION_REQUESTED:
        return AWAITING
    if found.status != RequestStatus.SUBMITTED:
        return f"This request is closed: {found.get_status_display().lower()}."
    try:
        check_holds(user, found)
    except HeldByOtherError as problem:
        return str(problem)
    return ""


def refused_text(problem: Exception) -> str:
    """Why it was refused, in a sentence."""
    texts = {SubmittedAgainError: AGAIN, AwaitingAnswerError: AWAITING}
    return texts.get(type(problem), str(problem))
