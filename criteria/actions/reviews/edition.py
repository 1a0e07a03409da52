"""Has a submitted request judged by another edition, because a reviewer chose so."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.actions.events import record_event
from criteria.actions.requests.edit import mark_pages
from criteria.actions.requests.missed import note_missed
from criteria.actions.reviews.letters import open_for_letters
from criteria.models import (
    AuthorizationRequest,
    PolicyVersion,
    Submission,
    WorklistGroup,
)
from criteria.requests.submitted import SubmissionRecord
from criteria.rules.formats import says_something

LONGEST_REASON = 4000
NOTHING: Mapping[str, str] = MappingProxyType({})


class RefusedEditionError(Exception):
    """The request is not judged by that edition; the message says why."""


@transaction.atomic
def judge_by_edition(
    *,
    request: AuthorizationRequest,
    submission_number: int,
    version: PolicyVersion,
    record: SubmissionRecord,
    reason: str,
    please_check: Mapping[str, str] = NOTHING,
    by: User,
) -> Submission:
    """Keep what the practice submitted as it is judged by ``version``: a submission of its own.

    ``record``: the same request under that edition. What was said of the criteria so far stays
    with the submission before. ``please_check``: pages the practice looks at again if it is asked,
    each with why.
    Raises RefusedEditionError, PermissionDenied, ClosedRequestError, HeldByOtherError,
    SubmittedAgainError and AwaitingAnswerError; then nothing is written.
    """
    found, last = open_for_letters(request, submission_number, by)
    now, reason = timezone.now(), reason.strip()
    _refuse(last, version, reason)
    judged = _judged(last, version, record, reason, now, by)
    note_missed(judged)
    _move(found, judged, record, now, by)
    mark_pages(found, please_check)
    summary = f"From {last.version.number} to {version.number}"
    record_event(verb="judge_by_edition", obj=found, summary=summary, by=by)
    return judged


def _refuse(last: Submission, version: PolicyVersion, reason: str) -> None:
    """Only another edition of today for the same line of business, and only with a reason."""
    if not says_something(reason):
        raise RefusedEditionError("Say why it is judged by another edition.")
    if len(reason) > LONGEST_REASON or "\0" in reason:
        raise RefusedEditionError(
            f"The reason has {len(reason):,} letters, {LONGEST_REASON:,} fit. Shorten it."
        )
    if version.pk == last.version_id:
        raise RefusedEditionError("It is judged by this edition already.")
    today = PolicyVersion.objects.in_force_on(timezone.localdate()).filter(
        pk=version.pk, policy__line_of_business=last.version.policy.line_of_business
    )
    if not today.exists():
        raise RefusedEditionError(f"Edition {version.number} is not in force for this request.")


def _judged(
    last: Submission,
    version: PolicyVersion,
    record: SubmissionRecord,
    reason: str,
    now: datetime,
    by: User,
) -> Submission:
    return Submission.objects.create(
        request=last.request,
        version=version,
        number=last.number + 1,
        case=record.case,
        assessment=record.assessment,
        content=record.content,
        content_hash=record.content_hash,
        overall=record.overall,
        listed=last.listed | {"overall": record.overall},
        attested_name=last.attested_name,
        attested_at=last.attested_at,
        attested_by=last.attested_by,
        rejudged_at=now,
        rejudged_by=by,
        rejudged_for=reason,
    )


def _move(
    found: AuthorizationRequest,
    judged: Submission,
    record: SubmissionRecord,
    now: datetime,
    by: User,
) -> None:
    """The request follows: what the practice answers next is asked by the same edition."""
    group = found.worklist_group
    if group is not None:
        found.worklist_group, _ = WorklistGroup.objects.get_or_create(
            line_of_business=group.line_of_business,
            urgency=group.urgency,
            indication_key=group.indication_key,
            overall=record.overall,
        )
    found.version = judged.version
    found.revision += 1
    found.updated_at, found.updated_by = now, by
    found.save(update_fields=["version", "worklist_group", "revision", "updated_at", "updated_by"])
