"""A request as it is submitted: what was typed, what was found, and what it says, as JSON."""

from typing import Any

from django.utils import timezone

from criteria.actions.requests_submit import Record
from criteria.casefile.parse import ParsedCase
from criteria.casefile.report import report
from criteria.models import RequestPage, Submission
from criteria.policyfile.load import edition_of
from criteria.requestdata import Attestation, content_to_json
from criteria.wizard.content import content_of
from criteria.wizard.draft import Draft


def record_of(draft: Draft, attestation: Attestation) -> Record:
    """Everything of a draft that is kept when it is submitted."""
    return Record(
        case={"typed": dict(draft.typed), "age_years": draft.age_years},
        assessment=_found(draft),
        content=content_to_json(content_of(draft, attestation=attestation)),
        overall=draft.overall,
        attested_name=attestation.name,
    )


def _found(draft: Draft) -> dict[str, Any]:
    found = draft.assessment
    return (
        {} if found is None else report(ParsedCase(case=draft.case, edition=found.edition), found)
    )


def submitted_draft(submission: Submission) -> Draft:
    """The request as it was submitted, to be judged and printed again as it was then."""
    row = RequestPage(slug="submitted", data=submission.case["typed"])
    day = timezone.localdate(submission.attested_at)
    return Draft(submission.request, edition_of(submission.version), [row], today=day)
