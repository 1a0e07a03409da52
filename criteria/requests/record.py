"""A request as it is submitted: what was typed, what was found, and what it says, as JSON."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.utils import timezone

from criteria.models import PolicyVersion, RequestPage, Submission
from criteria.policies.codes.stored_codebook import CODEBOOK
from criteria.policies.stored.load import edition_of
from criteria.requests.approvals import (
    approvals_held,
    approved_from_json,
    approved_to_json,
    courses_of,
)
from criteria.requests.asking import REPLY
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.case_files.parse import ParsedCase
from criteria.requests.case_files.report import report
from criteria.requests.content import RequestContent, content_from_json, content_to_json
from criteria.requests.stated_request import StatedRequest
from criteria.requests.submitted import SubmissionRecord


def record_of(draft: StatedRequest, content: RequestContent) -> SubmissionRecord:
    """Everything of a draft that is kept when it is submitted. ``content``: with who attests."""
    assert content.attestation is not None  # noqa: S101
    return SubmissionRecord(
        case={
            "typed": dict(draft.typed),
            "age_years": draft.age_years,
            "approved": approved_to_json(draft.approved),
        },
        assessment=_found(draft),
        content=content_to_json(content),
        overall=draft.overall,
        attested_name=content.attestation.name,
    )


def _found(draft: StatedRequest) -> dict[str, Any]:
    found = draft.assessment
    return (
        {} if found is None else report(ParsedCase(case=draft.case, edition=found.edition), found)
    )


def submitted_draft(submission: Submission, version: PolicyVersion | None = None) -> StatedRequest:
    """The request as it was submitted, to be judged and printed again as it was then.

    ``version``: another edition to judge the same by.
    """
    row = RequestPage(slug="submitted", data=submission.case["typed"])
    day = timezone.localdate(submission.attested_at)
    judged_by = edition_of(version or submission.version)
    draft = StatedRequest(submission.request, judged_by, [row], today=day)
    draft.approved = approved_from_json(submission.case["approved"])
    return draft


def reviewed_draft(submission: Submission, version: PolicyVersion | None = None) -> StatedRequest:
    """The same as a reviewer judges it: with every approval held here until it is decided.

    Those of another practice are among the courses stated as given elsewhere.
    """
    draft, request = submitted_draft(submission, version), submission.request
    held = approvals_held(draft, by_any_practice=True, until=request.decided_at)
    own = [row for row in held if row.practice_id == request.practice_id]
    draft.approved = courses_of(own)
    draft.approved_for_others = courses_of(row for row in held if row not in own)
    return draft


def rejudged_record(
    submission: Submission, draft: StatedRequest, content: RequestContent
) -> SubmissionRecord:
    """What was submitted, as another edition judges it: ``draft``, which says ``content``.

    Documents, attestation, answers to letters and earlier approvals are those of the submission,
    whatever the practice typed since.
    """
    said = content_from_json(submission.content)
    content = replace(
        content,
        sections=(*content.sections, *(s for s in said.sections if s.key == REPLY)),
        status=said.status,
        attestation=said.attestation,
        enclosures=said.enclosures,
        baseline=said.baseline,
    )
    return SubmissionRecord(
        case=submission.case,
        assessment=_found(draft),
        content=content_to_json(content),
        overall=draft.overall,
        attested_name=submission.attested_name,
    )


def assessment_of(draft: StatedRequest) -> Assessment:
    """What is found; the general requirements alone while there is no diagnosis.

    Raises Http404 while no policy is chosen.
    """
    if draft.edition is None:
        raise Http404("There is no packet before a policy is chosen.")
    found = draft.assessment or assess(draft.edition, draft.case, CODEBOOK)
    return replace(found, overall=draft.overall)
