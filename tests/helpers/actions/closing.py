"""A request that is decided."""

from django.utils import timezone

from criteria.models import AuthorizationRequest
from tests.factories.people import rhea
from tests.papers.packet.stored import ann


def close(request: AuthorizationRequest, status: str) -> None:
    at = timezone.now()
    columns = {
        "approved": {
            "decided_at": at,
            "decided_by": rhea(),
            "approved_from": at.date(),
            "approved_until": at.date(),
        },
        "denied": {"decided_at": at, "decided_by": rhea()},
        "withdrawn": {"withdrawn_at": at, "withdrawn_by": ann()},
    }[status]
    AuthorizationRequest.objects.filter(pk=request.pk).update(status=status, **columns)
