"""Requests that continue an approved one."""

from datetime import timedelta

from django.utils import timezone

from criteria.models import AuthorizationRequest
from criteria.screens.wizard.renewal.start import Renewal
from tests.factories.request import CIDP, PEOPLE, saved
from tests.factories.review import announced, submitted

STARTED_ON = (timezone.localdate() - timedelta(days=170)).isoformat()
CONTINUED = {
    "general-response_documented": {
        "q-therapy_start_date": STARTED_ON,
        "q-response_documented": "yes",
        "q-frequency_duration_stated": "yes",
        "q-long_term": "no",
    },
    "criteria-objective_scale_response": {
        "q-objective_scale_response": "yes",
        "q-neurologist_involved": "yes",
    },
}
Pages = dict[str, dict[str, str]]


def renewed(request: AuthorizationRequest) -> AuthorizationRequest:
    """The draft that continues an approved request, as its practice has just begun it."""
    return Renewal(AuthorizationRequest.objects.get(pk=request.pk)).start(by=request.owner)


def continued(request: AuthorizationRequest, pages: Pages | None = None) -> AuthorizationRequest:
    """The same, with everything asked afresh answered and what came along checked.

    ``pages``: fields typed over the usual ones.
    """
    more, first = pages or {}, {slug: CIDP[slug] for slug in ("diagnosis", "dose")}
    typed = first | CONTINUED | PEOPLE
    return saved(renewed(request), {s: f | more.get(s, {}) for s, f in typed.items()})


def submitted_renewal(
    request: AuthorizationRequest, pages: Pages | None = None
) -> AuthorizationRequest:
    """The same, submitted."""
    return submitted(announced(continued(request, pages)))
