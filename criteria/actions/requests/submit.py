"""Submits requests: from then on reviewers read what was submitted."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import check_may_edit
from criteria.actions.clocks import due_columns
from criteria.actions.events import record_event
from criteria.actions.requests.missed import note_missed
from criteria.actions.requests.search_words import group_of, listed_of, note_words
from criteria.models import AuthorizationRequest, PolicyVersion, RequestStatus, Submission
from criteria.models.request import EDITABLE
from criteria.requests.submitted import SubmissionRecord


class ChangedSinceError(Exception):
    """The request was changed since it was shown; it was not submitted."""


@transaction.atomic
def submit_request(
    *, request: AuthorizationRequest, revision: int, record: SubmissionRecord, by: User
) -> Submission:
    """Submit a request as it was shown. Raises ChangedSinceError if it was changed since."""
    check_may_edit(by, request)
    if request.is_quick_check or request.version is None:
        raise PermissionDenied("Only a request with an edition is submitted.")
    now = timezone.now()
    _take_in(request, revision, record, now, by)
    request.refresh_from_db()
    submission = _submission(request, request.version, record, now, by)
    note_missed(submission)
    note_words(request)
    record_event(verb="submit", obj=request, summary=f"Submission {submission.number}", by=by)
    return submission


def _take_in(
    request: AuthorizationRequest, revision: int, record: SubmissionRecord, now: datetime, by: User
) -> None:
    """Let the clock run and the desk have it, unless it was changed since it was shown."""
    unchanged = AuthorizationRequest.objects.filter(
        pk=request.pk, revision=revision, status__in=EDITABLE
    )
    if not unchanged.update(
        status=RequestStatus.SUBMITTED,
        submitted_at=request.submitted_at or now,
        submitted_by=request.submitted_by or by,
        **due_columns(request, now),
        asked_at=None,
        answered_at=None if request.submitted_at is None else now,
        worklist_group=group_of(request, record.overall),
        updated_at=now,
        updated_by=by,
        revision=revision + 1,
    ):
        raise ChangedSinceError


def _submission(
    request: AuthorizationRequest,
    version: PolicyVersion,
    record: SubmissionRecord,
    now: datetime,
    by: User,
) -> Submission:
    return Submission.objects.create(
        request=request,
        version=version,
        number=request.submissions.count() + 1,
        case=record.case,
        assessment=record.assessment,
        content=record.content,
        content_hash=record.content_hash,
        overall=record.overall,
        listed=listed_of(request, record.overall),
        attested_name=record.attested_name,
        attested_at=now,
        attested_by=by,
    )
