"""A small submitted request that Rhea holds, and letters as if they were printed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from criteria.actions.reviews.decisions import Approved, FinishedLetter, send_letter
from criteria.actions.reviews.hold import take_request
from criteria.actions.reviews.letters import Written, save_letter
from criteria.models import (
    AuthorizationRequest,
    Letter,
    LetterDraft,
    LetterKind,
    Submission,
    Verdict,
)
from criteria.requests.assessment.assess import Assessment
from criteria.requests.record import assessment_of, submitted_draft
from tests.factories.people import rhea
from tests.factories.review import view_all
from tests.papers.packet.stored import submitted

INFORMATION, APPROVAL, DENIAL = LetterKind.INFORMATION, LetterKind.APPROVAL, LetterKind.DENIAL
ITEM = {"block": "general", "key": "stated", "number": "1", "title": "Stated", "note": ""}
GIVEN = Approved(
    is_as_asked=True,
    gives_less=False,
    product="Gamma",
    dose_text="120 g",
    grams_per_course=Decimal(120),
    days=2,
    interval_days=28,
    courses=6,
    months=6,
    starts_on=date(2026, 11, 20),
    ends_on=date(2027, 5, 19),
)
NEEDS: dict[LetterKind, dict[str, Any]] = {
    INFORMATION: {},
    APPROVAL: {"reason": "All is met.", "approved": GIVEN},
    DENIAL: {"reason": "One thing is not met."},
}


def found_of(request: AuthorizationRequest) -> Assessment:
    """What the software finds of the last submission."""
    submission = Submission.objects.filter(request=request).latest("number")
    return assessment_of(submitted_draft(submission))


VIEWS = {INFORMATION: Verdict.ASK, APPROVAL: Verdict.ACCEPTED, DENIAL: Verdict.NOT_ACCEPTED}


def held() -> AuthorizationRequest:
    """Submitted, and taken by Rhea."""
    return take_request(request=submitted(), by=rhea())


def write(request: AuthorizationRequest, kind: LetterKind, **changes: Any) -> LetterDraft:
    """Save a letter as Rhea typed it, with the views it rests on."""
    view_all(request, VIEWS[kind])
    said: dict[str, Any] = {
        "written": Written(text="A letter.", composed="A letter."),
        "submission_number": 1,
        "revision": 0,
        "by": rhea(),
    }
    return save_letter(request=request, kind=kind, **(said | changes))


def finished(kind: LetterKind, **changes: Any) -> FinishedLetter:
    """A letter as if it were printed."""
    items = () if kind == APPROVAL else (ITEM,)
    said: dict[str, Any] = {
        "kind": kind,
        "text": "A letter.",
        "items": items,
        "code": "7F3K-94QX",
        "pdf": b"%PDF-1.7",
        "page_count": 1,
        "issued_at": timezone.now(),
    }
    return FinishedLetter(**(said | changes))


def send(request: AuthorizationRequest, kind: LetterKind, **changes: Any) -> Letter:
    """Send a letter that was saved once."""
    said: dict[str, Any] = {
        "submission_number": 1,
        "revision": 1,
        "letter": finished(kind),
        "by": rhea(),
        "found": found_of(request),
    }
    return send_letter(request=request, **(said | NEEDS[kind] | changes))
