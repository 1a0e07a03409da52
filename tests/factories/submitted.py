"""What is written of a request when it is submitted."""

from criteria.models import AuthorizationRequest, PolicyVersion, Submission
from criteria.requestdata import Attestation
from criteria.requests.submitted import Record
from criteria.wizard.case import draft_of
from criteria.wizard.record import record_of, rejudged_record, submitted_draft
from criteria.wizard.sections import stated_content
from criteria.wizard.walkthrough import Walkthrough


def record_now(request: AuthorizationRequest, attestation: Attestation) -> Record:
    """A request as it stands, as it would be submitted."""
    draft = draft_of(request)
    return record_of(draft, stated_content(Walkthrough(draft), attestation=attestation))


def record_by(submission: Submission, version: PolicyVersion) -> Record:
    """What was submitted, as another edition judges it."""
    draft = submitted_draft(submission, version)
    return rejudged_record(submission, draft, stated_content(Walkthrough(draft), []))
