"""The requests an edition would have judged, or nobody has looked at: told before publishing."""

from collections.abc import Iterator

from criteria.models import (
    AuthorizationRequest,
    ImpactRun,
    ImpactState,
    PolicyVersion,
    RequestStatus,
)
from criteria.policies.checks.problem import EditionProblem, warning
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.drafts import compiled
from criteria.rules.formats import counted

DECIDED = (RequestStatus.APPROVED, RequestStatus.DENIED)


def requests_before(version: PolicyVersion) -> Iterator[EditionProblem]:
    """Requests that were submitted for a day of this edition: they keep their own edition."""
    sent = AuthorizationRequest.objects.sent().exclude(status=RequestStatus.WITHDRAWN)
    sent = sent.filter(
        line_of_business=version.policy.line_of_business,
        request_date__gte=version.effective_from,
    )
    if version.effective_until is not None:
        sent = sent.filter(request_date__lt=version.effective_until)
    number, decided = sent.count(), sent.filter(status__in=DECIDED).count()
    if number:
        message = (
            f"{counted(number, 'submitted request')}, {decided or 'none'} decided, dated "
            f"{version.effective_from:%-d %b %Y} or later, judged by another edition: each keeps "
            "its edition and its result"
        )
        yield warning("requests-before", "dates", message)


def impact_unseen(version: PolicyVersion) -> Iterator[EditionProblem]:
    """Nobody has looked at the requests this edition, as it is now, would change."""
    if latest_impact(version) is None:
        message = "nobody has looked at the requests it would change"
        yield warning("impact-unseen", "requests", message)


def latest_impact(version: PolicyVersion) -> ImpactRun | None:
    """The last finished run over the requests that judged by the edition as it is now."""
    try:
        now = compiled(version).content_hash
    except PolicyFileError:
        return None
    runs = ImpactRun.objects.filter(version=version, content_hash=now, state=ImpactState.DONE)
    return runs.first()
