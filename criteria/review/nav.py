"""What the menu tells a reviewer on every page."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest

from criteria.models import AuthorizationRequest
from criteria.models.request import ANSWERED
from criteria.permissions import can_review


def answered(request: HttpRequest) -> Mapping[str, Callable[[], int]]:
    """How many of the requests this reviewer holds were answered: asked where it is shown."""

    def count() -> int:
        user = getattr(request, "user", None)
        if user is None or not can_review(user):
            return 0
        return AuthorizationRequest.objects.filter(ANSWERED, assigned_to=user).count()

    return {"answered_count": count}
