"""The page on which a reviewer has a submitted request judged by a newer edition."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from criteria.accounts.permissions import get_reviewed_request
from criteria.accounts.signed_in import SignedInRequest
from criteria.actions.reviews.edition import LONGEST_REASON, RefusedEditionError, judge_by_edition
from criteria.models import AuthorizationRequest, Submission
from criteria.requests.record import rejudged_record, submitted_draft
from criteria.rules.formats import says_something
from criteria.screens.access import signed_in
from criteria.screens.forms import DrawnForm
from criteria.screens.review.letters.views import REFUSED, refused_text, why_closed
from criteria.screens.review.newer_edition import NewerEdition, newer_of
from criteria.screens.review.unseen_forms import EditionSentForm
from criteria.screens.wizard.moved_pages import pages_to_check
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.walkthrough import Walkthrough

CHANGED = "Another edition came into force since this page was opened. Read it again."


class EditionForm(DrawnForm):
    """Why it is judged by the newer edition. The practice reads it."""

    reason = forms.CharField(
        label="Why it is judged by the newer edition",
        help_text="The practice reads it beside the request.",
        widget=forms.Textarea({"rows": 3, "cols": False}),
        max_length=LONGEST_REASON,
        error_messages={"required": "Say why.", "max_length": "Shorten it to 4,000 letters."},
    )

    def clean_reason(self) -> str:
        """Dots and blanks are no reason."""
        reason = str(self.cleaned_data["reason"])
        if not says_something(reason):
            raise forms.ValidationError("Say why.")
        return reason


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: SignedInRequest, number: str) -> HttpResponse:
    """Old and new words side by side; with a reason the newer edition judges the request."""
    found = get_reviewed_request(request.user, number)
    newer = newer_edition(found)
    if newer is None:
        return redirect("review:request", number)
    form = EditionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _shown(request, found, newer, form)
    if not form.is_valid():
        return _shown(request, found, newer, form, status=422)
    if EditionSentForm(request.POST).values["version"] != newer.version.pk:
        return _shown(request, found, newer, form, problem=CHANGED, status=409)
    try:
        _judge(request, found, newer, form.cleaned_data["reason"])
    except RefusedEditionError as problem:
        return _shown(request, found, newer, form, problem=str(problem), status=409)
    except REFUSED as problem:
        return _shown(request, found, newer, form, problem=refused_text(problem), status=409)
    words = f"{number} is judged by {newer.version.number} now. Look at each criterion again."
    messages.success(request, words)
    return redirect("review:request", number)


def newer_edition(found: AuthorizationRequest) -> NewerEdition | None:
    """A newer edition than the one an open request is judged by."""
    if not (found.is_open and found.submitted_at):
        return None
    submissions = Submission.objects.filter(request=found).select_related("version__policy")
    last = submissions.order_by("number").last()
    if last is None:
        return None
    last.request = found
    return newer_of(last, timezone.localdate())


def _judge(
    request: SignedInRequest, found: AuthorizationRequest, newer: NewerEdition, reason: str
) -> None:
    if newer.gone:
        raise RefusedEditionError(f"{newer.gone} It cannot be judged by it.")
    after = submitted_draft(newer.submission, newer.version)
    judge_by_edition(
        request=found,
        submission_number=EditionSentForm(request.POST).values["submission"],
        version=newer.version,
        record=rejudged_record(newer.submission, after, stated_content(Walkthrough(after), [])),
        reason=reason,
        please_check=pages_to_check(newer, newer.after),
        by=request.user,
    )


def _shown(
    request: SignedInRequest,
    found: AuthorizationRequest,
    newer: NewerEdition,
    form: EditionForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "found": found,
        "move": newer,
        "form": form,
        "sent_form": EditionSentForm(
            initial={"submission": newer.submission.number, "version": newer.version.pk}
        ),
        "problem": problem,
        "why": why_closed(request.user, found),
    }
    return render(request, "criteria/review/edition.html", context, status=status)
