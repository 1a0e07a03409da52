"""The approvals that a continuing request is held against, as they were submitted."""

from decimal import Decimal

from django.utils import timezone

from criteria.models import AuthorizationRequest, Determination, Submission
from criteria.requests.record import submitted_draft
from criteria.requests.renewal import Baseline, Snapshot
from criteria.requests.stated_content import dose_text, product_text
from criteria.requests.stated_snapshot import snapshot_of


def baseline_of(request: AuthorizationRequest) -> Baseline | None:
    """The first approved request of the chain and the last one; None for any but a renewal.

    One query, and none for a request that continues no other.
    """
    if request.renewal_of_id is None or request.first_approved_id is None:
        return None
    chain = (request.first_approved_id, request.renewal_of_id)
    rows = Submission.objects.filter(request__in=chain).order_by("number")
    rows = rows.select_related("request__determination", "version__policy")
    approved = {row.request_id: row for row in rows.defer("assessment", "content")}
    if not approved.keys() >= set(chain):
        return None
    snapshots = {pk: _approved(submission) for pk, submission in approved.items()}
    return Baseline(*(snapshots[pk] for pk in chain))


def _approved(submission: Submission) -> Snapshot:
    """A request as it was approved: what was stated, and the dose that was granted."""
    request, draft = submission.request, submitted_draft(submission)
    decision = getattr(request, "determination", None)
    decided = request.decided_at or submission.attested_at
    return snapshot_of(
        draft,
        day=timezone.localdate(decided),
        product=product_text(draft),
        schedule=dose_text(draft),
        approved_g=_granted(decision),
        is_one_part=_is_one_part(decision),
    )


def _is_one_part(decision: Determination | None) -> bool:
    """Whether another dose than the one asked for was granted, without a second part."""
    if decision is None or decision.is_as_asked:
        return False
    return decision.then_grams_per_course is None


def _granted(decision: Determination | None) -> Decimal | None:
    """Grams of a course that were granted; None where that is the dose asked for."""
    return None if decision is None or decision.is_as_asked else decision.grams_per_course
