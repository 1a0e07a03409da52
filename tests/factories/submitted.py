"""What is written of a request when it is submitted."""

from criteria.models import AuthorizationRequest, PolicyVersion, Submission
from criteria.requests.content import StatedAttestation
from criteria.requests.loading import draft_of
from criteria.requests.record import record_of, rejudged_record, submitted_draft
from criteria.requests.submitted import SubmissionRecord
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.walkthrough import Walkthrough


def record_now(request: AuthorizationRequest, attestation: StatedAttestation) -> SubmissionRecord:
    """A request as it stands, as it would be submitted."""
    draft = draft_of(request)
    return record_of(draft, stated_content(Walkthrough(draft), attestation=attestation))


def record_by(submission: Submission, version: PolicyVersion) -> SubmissionRecord:
    """What was submitted, as another edition judges it."""
    draft = submitted_draft(submission, version)
    return rejudged_record(submission, draft, stated_content(Walkthrough(draft), []))
