"""Keeps letters while reviewers write them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import check_holds
from criteria.actions.events import record_event
from criteria.actions.reviews.dispositions import SubmittedAgainError
from criteria.actions.reviews.hold import locked_for_review
from criteria.models import (
    AuthorizationRequest,
    LetterDraft,
    LetterKind,
    RequestStatus,
    Submission,
)


class StaleLetterError(Exception):
    """The letter was saved from somewhere else since it was opened; nothing was written."""


class AwaitingAnswerError(Exception):
    """The practice is asked for information; no letter is written until it submits again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter as it is typed. ``terms``: what was typed beside the text, by field."""

    text: str
    composed: str
    terms: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def save_letter(
    *,
    request: AuthorizationRequest,
    submission_number: int,
    kind: LetterKind,
    written: Written,
    revision: int,
    by: User,
) -> LetterDraft:
    """Keep a letter that is being written. ``revision``: of the letter as it was opened, or 0.

    Raises StaleLetterError, PermissionDenied, ClosedRequestError, HeldByOtherError,
    SubmittedAgainError and AwaitingAnswerError; then nothing is written.
    """
    found, submission = open_for_letters(request, submission_number, by)
    row = LetterDraft.objects.filter(request=found, kind=kind).first()
    if row is not None and row.revision != revision:
        raise StaleLetterError
    row = row or LetterDraft(request=found, kind=kind, revision=0)
    said = asdict(written)
    if row.pk and row.submission_id == submission.pk and said == _said(row):
        return row
    row.submission, row.revision = submission, row.revision + 1
    row.text, row.composed, row.terms = written.text, written.composed, dict(written.terms)
    row.updated_at, row.updated_by = timezone.now(), by
    row.save()
    record_event(verb="write_letter", obj=found, summary=LetterKind(kind).label, by=by)
    return row


def _said(row: LetterDraft) -> dict[str, Any]:
    return {"text": row.text, "composed": row.composed, "terms": row.terms}


def open_for_letters(
    request: AuthorizationRequest, submission_number: int, by: User
) -> tuple[AuthorizationRequest, Submission]:
    """A request that ``by`` holds and that waits for a letter, locked, with its last submission.

    Raises PermissionDenied, ClosedRequestError, HeldByOtherError, SubmittedAgainError and
    AwaitingAnswerError.
    """
    found = locked_for_review(request, by)
    check_holds(by, found)
    if found.status != RequestStatus.SUBMITTED:
        raise AwaitingAnswerError
    last = Submission.objects.filter(request=found).order_by("number").last()
    if last is None or last.number != submission_number:
        raise SubmittedAgainError
    return found, last
