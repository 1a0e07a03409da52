"""Which approvals wait to be continued."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from criteria.actions.requests.renew import standing_renewals
from criteria.models import AuthorizationRequest, RequestStatus
from criteria.requests.renewal import RENEWABLE_DAYS

USUAL_DAYS = 60
Requests = QuerySet[AuthorizationRequest]


def ended_unrenewed(requests: Requests, renewals: Requests, today: date) -> Requests:
    """Approvals that ended lately enough to be continued, and are not by one of ``renewals``."""
    first = today - timedelta(days=RENEWABLE_DAYS)
    lately = Q(status=RequestStatus.APPROVED, approved_until__gte=first, approved_until__lt=today)
    return requests.filter(lately, ~Exists(renewals.filter(renewal_of=OuterRef("pk"))))


def waiting_count(requests: Requests, today: date) -> int:
    """How many approvals end within the usual days, or ended, and are not continued yet."""
    first = today - timedelta(days=RENEWABLE_DAYS)
    near = Q(approved_until__range=(first, today + timedelta(days=USUAL_DAYS)))
    renewed = Exists(standing_renewals().filter(renewal_of=OuterRef("pk")))
    return requests.filter(near, ~renewed, status=RequestStatus.APPROVED).count()
