"""Submitted requests as a reviewer finds them, and what is decided of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.accounts.permissions import Role
from criteria.actions.requests.enclosures import add_enclosure
from criteria.actions.requests.submit import submit_request
from criteria.actions.reviews.decisions import Approved, FinishedLetter, send_letter
from criteria.actions.reviews.dispositions import lines_of
from criteria.actions.reviews.hold import take_request
from criteria.actions.reviews.letters import Written, save_letter
from criteria.models import (
    AuthorizationRequest,
    Disposition,
    LetterKind,
    Submission,
    Verdict,
)
from criteria.requests.content import StatedAttestation
from criteria.requests.loading import draft_of
from criteria.requests.record import assessment_of, record_of, submitted_draft
from criteria.screens.wizard.forms.send import STATEMENT, SubmitForm
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.tasks.list import TaskList
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories.commercial import publish_commercial_policy
from tests.factories.people import person
from tests.factories.request import CIDP, PEOPLE, saved, started

PDF = b"%PDF-1.7 a letter"
SINGLE = ("question", "dose", "gate")


def reviewer(name: str = "rhea") -> User:
    """Someone who decides requests and works in no practice: Rhea, or another one."""
    return person(name, Role.REVIEWERS)


def submitted(request: AuthorizationRequest, *, by: User | None = None) -> AuthorizationRequest:
    """A request with every page typed, attested by its prescriber and submitted by its owner."""
    request, by = AuthorizationRequest.objects.get(pk=request.pk), by or request.owner
    before = draft_of(request)
    walk = Walkthrough(before).with_typed({"attest": ["yes"], "signer": [before.prescriber_name]})
    form = SubmitForm(walk, walk.pages[-1])
    missing = [*(p.text for p in form.unmet), *(gap.text for gap in TaskList(walk).gaps)]
    assert not missing, missing
    attestation = StatedAttestation(
        name=before.prescriber_name,
        statement=STATEMENT,
        attested_at=timezone.now(),
        attested_by=by.get_full_name() or by.get_username(),
    )
    record = record_of(walk.draft, stated_content(walk, attestation=attestation))
    submit_request(request=request, revision=request.revision, record=record, by=by)
    return AuthorizationRequest.objects.get(pk=request.pk)


def submitted_cidp(
    *, by: User | None = None, pages: dict[str, dict[str, str]] | None = None
) -> AuthorizationRequest:
    """A first CIDP request under the commercial policy, submitted by Ann; enclosure A is announced.

    ``pages``: fields typed over those of ``tests.factories.request``.
    """
    more = pages or {}
    typed = {slug: fields | more.get(slug, {}) for slug, fields in (CIDP | PEOPLE).items()}
    start: Any = more.get("start", {})
    first = started(publish_commercial_policy(), by=by, **start)
    return submitted(announced(saved(first, typed)))


def announced(request: AuthorizationRequest) -> AuthorizationRequest:
    """The same request with an enclosure that has no file yet."""
    title = "EMG report"
    add_enclosure(request=request, title=title, dated=None, document=None, by=request.owner)
    return request


def held(request: AuthorizationRequest, by: User) -> AuthorizationRequest:
    """The same request, taken by a reviewer."""
    return take_request(request=request, by=by)


def approved(
    request: AuthorizationRequest,
    *,
    by: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    **terms: Any,
) -> AuthorizationRequest:
    """A submitted request approved as asked, with its letter: from today for 180 days.

    ``terms``: other terms of the approval.
    """
    first = starts_on or timezone.localdate()
    content = last_submission(request).content
    said = {
        "is_as_asked": True,
        "gives_less": False,
        "product": content["product"],
        "grams_per_course": Decimal(135),
        "days": 5,
        "interval_days": 28,
        "courses": 6,
        "months": 6,
        "dose_text": content["dose"],
        "starts_on": first,
        "ends_on": ends_on or first + timedelta(days=179),
    }
    return _decided(
        request,
        Verdict.ACCEPTED,
        LetterKind.APPROVAL,
        by=by or reviewer(),
        reason="The criteria are accepted.",
        approved=Approved(**(said | terms)),
    )


def denied(request: AuthorizationRequest, *, by: User | None = None) -> AuthorizationRequest:
    """A submitted request that was not approved, with its letter."""
    return _decided(
        request,
        Verdict.NOT_ACCEPTED,
        LetterKind.DENIAL,
        by=by or reviewer(),
        reason="The criteria are not met.",
    )


def _decided(
    request: AuthorizationRequest, verdict: Verdict, kind: LetterKind, *, by: User, **decision: Any
) -> AuthorizationRequest:
    """Taken, viewed, written and sent, as a reviewer does it."""
    request = held(request, by)
    view_all(request, verdict, by=by)
    submission = last_submission(request)
    written = Written(text="The letter.", composed="The letter.")
    at = {"request": request, "submission_number": submission.number, "by": by}
    draft = save_letter(kind=kind, written=written, revision=0, **at)
    letter = FinishedLetter(
        kind=kind,
        text="The letter.",
        items=() if kind is LetterKind.APPROVAL else items_of(submission)[:1],
        code="7F3K-92QX",
        pdf=PDF,
        page_count=1,
        issued_at=timezone.now(),
    )
    found = assessment_of(submitted_draft(submission))
    send_letter(found=found, letter=letter, revision=draft.revision, **at, **decision)
    return AuthorizationRequest.objects.get(pk=request.pk)


def view_all(
    request: AuthorizationRequest, verdict: str, *, note: str = "So it is.", by: User | None = None
) -> None:
    """The same view of every single criterion of the last submission, as the action keeps it."""
    submission = last_submission(request)
    for item in items_of(submission):
        Disposition.objects.update_or_create(
            submission=submission,
            block=item["block"],
            key=item["key"],
            defaults={
                "number": item["number"],
                "title": item["title"],
                "verdict": verdict,
                "note": note,
                "at": timezone.now(),
                "by": by or reviewer(),
            },
        )


def items_of(submission: Submission) -> tuple[dict[str, Any], ...]:
    """Every single criterion a reviewer says something of, as a letter names it."""
    return tuple(
        {
            "block": block,
            "key": key,
            "number": line["number"],
            "title": line["title"],
            "note": "",
        }
        for (block, key), line in lines_of(submission).items()
        if line["kind"] in SINGLE
    )


def last_submission(request: AuthorizationRequest) -> Submission:
    """What a reviewer reads of it."""
    found = request.submissions.order_by("number").last()
    assert found is not None
    return found
