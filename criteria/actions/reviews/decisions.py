"""Sends letters: asks for information, approves, or does not approve. Nothing is sent twice."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from criteria.actions.events import record_event
from criteria.actions.reviews.dispositions import views_of
from criteria.actions.reviews.letters import StaleLetterError, open_for_letters
from criteria.models import (
    AuthorizationRequest,
    Determination,
    Letter,
    LetterDraft,
    LetterKind,
    Outcome,
    RequestStatus,
    Submission,
)
from criteria.requests.assessment.assess import Assessment
from criteria.requests.dispositions.criterion_views import CriterionView, Place
from criteria.requests.dispositions.gaps import ViewGap
from criteria.requests.dispositions.grounds import approval_gaps, denial_gaps, question_gaps
from criteria.rules.formats import date_text, says_something

OUTCOMES = {LetterKind.APPROVAL: Outcome.APPROVED, LetterKind.DENIAL: Outcome.DENIED}
STATUSES = {Outcome.APPROVED: RequestStatus.APPROVED, Outcome.DENIED: RequestStatus.DENIED}
Items = Sequence[Mapping[str, Any]]


class RefusedLetterError(Exception):
    """The letter says too little to be sent; the message says what is missing."""


class UngroundedError(Exception):
    """The decision rests on what was not said of its criteria; ``gaps`` names each."""

    def __init__(self, gaps: Sequence[ViewGap]) -> None:
        super().__init__(" ".join(gap.said for gap in gaps))
        self.gaps = tuple(gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedLetter:
    """A printed letter: its bytes, what they say, and the criteria it speaks of."""

    kind: LetterKind
    text: str
    items: Items
    code: str
    pdf: bytes
    page_count: int
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What an approval gives, from its first to its last day; grams of one course.

    ``then_*``: of the part that follows the first one, if there are two.

    ``gives_less``: less than was asked, not because the policy authorizes no more at a time.
    """

    is_as_asked: bool
    gives_less: bool
    product: str
    dose_text: str
    grams_per_course: Decimal | None
    days: int | None
    interval_days: int | None
    courses: int | None
    then_grams_per_course: Decimal | None = None
    then_interval_days: int | None = None
    then_courses: int | None = None
    months: int
    starts_on: date
    ends_on: date


@transaction.atomic
def send_letter(
    *,
    request: AuthorizationRequest,
    found: Assessment,
    submission_number: int,
    revision: int,
    letter: FinishedLetter,
    reason: str = "",
    approved: Approved | None = None,
    by: User,
) -> Letter:
    """Keep a letter as it is sent, with the decision it tells, and move the request on.

    ``revision``: of the letter as it was shown before it was sent; ``found``: what the software
    finds of the submission. Raises RefusedLetterError, UngroundedError, StaleLetterError,
    PermissionDenied, ClosedRequestError, HeldByOtherError, SubmittedAgainError and
    AwaitingAnswerError; then nothing is written.
    """
    _refuse_incomplete(letter, reason, approved)
    kept_request, submission = open_for_letters(request, submission_number, by)
    drafts = LetterDraft.objects.filter(request=kept_request)
    if not drafts.filter(kind=letter.kind, revision=revision, submission=submission).exists():
        raise StaleLetterError
    _refuse_ungrounded(found, views_of(submission), letter, approved)
    kept = _keep(kept_request, submission, letter, by)
    if letter.kind == LetterKind.INFORMATION:
        _ask(kept_request, letter.issued_at, by)
        drafts.filter(kind=letter.kind).delete()
    else:
        _decide(kept_request, kept, reason.strip(), approved, by)
        drafts.delete()
    return kept


def _refuse_ungrounded(
    found: Assessment,
    views: Mapping[Place, CriterionView],
    letter: FinishedLetter,
    approved: Approved | None,
) -> None:
    """A decision needs a view on each criterion it rests on, a question words."""
    places = [(item["block"], item["key"]) for item in letter.items]
    if approved is not None:
        gaps = approval_gaps(found, views, gives_less=approved.gives_less)
        gaps += denial_gaps(found, views, places)
    elif letter.kind == LetterKind.DENIAL:
        gaps = denial_gaps(found, views, places)
    else:
        gaps = question_gaps(found, views, places)
    if gaps:
        raise UngroundedError(gaps)


def _refuse_incomplete(letter: FinishedLetter, reason: str, approved: Approved | None) -> None:
    """A decision needs a reason, a denial what it rests on, a question something that is asked."""
    if not says_something(letter.text):
        raise RefusedLetterError("The letter is empty.")
    if letter.kind == LetterKind.INFORMATION:
        if not letter.items:
            raise RefusedLetterError("Nothing is asked for.")
        return
    if not says_something(reason):
        raise RefusedLetterError("A decision needs a reason.")
    if letter.kind == LetterKind.DENIAL and not letter.items:
        raise RefusedLetterError("Name at least one criterion the decision rests on.")
    if (approved is None) == (letter.kind == LetterKind.APPROVAL):
        raise RefusedLetterError("An approval, and nothing else, gives a dose and days.")
    if approved is not None and approved.ends_on < approved.starts_on:
        raise RefusedLetterError("The last day is before the first.")


def _keep(
    found: AuthorizationRequest, submission: Submission, letter: FinishedLetter, by: User
) -> Letter:
    """The letter with the next number of the request, which is locked."""
    kept = Letter.objects.create(
        request=found,
        submission=submission,
        sequence=found.letters.count() + 1,
        kind=letter.kind,
        text=letter.text,
        items=list(letter.items),
        code=letter.code,
        pdf=letter.pdf,
        sha256=sha256(letter.pdf).hexdigest(),
        page_count=letter.page_count,
        issued_at=letter.issued_at,
        issued_by=by,
    )
    summary = f"Letter {kept.sequence}: {LetterKind(kept.kind).label}, {kept.code}"
    record_event(verb="send_letter", obj=found, summary=summary, by=by)
    return kept


def _ask(found: AuthorizationRequest, at: datetime, by: User) -> None:
    found.status, found.asked_at = RequestStatus.INFORMATION_REQUESTED, at
    found.answered_at = None
    _save(found, ("status", "asked_at", "answered_at"), at, by)
    record_event(verb="ask", obj=found, by=by)


def _decide(
    found: AuthorizationRequest, letter: Letter, reason: str, approved: Approved | None, by: User
) -> None:
    """Write the determination and close the request."""
    outcome, at = OUTCOMES[LetterKind(letter.kind)], letter.issued_at
    given = {} if approved is None else asdict(approved)
    given.pop("gives_less", None)
    Determination.objects.create(
        request=found,
        submission=letter.submission,
        letter=letter,
        outcome=outcome,
        reason=reason,
        rests_on=letter.items,
        decided_at=at,
        decided_by=by,
        **given,
    )
    found.status, found.decided_at, found.decided_by = STATUSES[outcome], at, by
    if approved is not None:
        found.approved_from, found.approved_until = approved.starts_on, approved.ends_on
    fields = ("status", "decided_at", "decided_by", "approved_from", "approved_until")
    _save(found, fields, at, by)
    record_event(verb="approve" if approved else "deny", obj=found, summary=_days(approved), by=by)


def _save(found: AuthorizationRequest, fields: tuple[str, ...], at: datetime, by: User) -> None:
    found.updated_at, found.updated_by = at, by
    found.save(update_fields=[*fields, "updated_at", "updated_by"])


def _days(approved: Approved | None) -> str:
    if approved is None:
        return ""
    return f"{date_text(approved.starts_on)} to {date_text(approved.ends_on)}"
