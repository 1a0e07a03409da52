"""What the menu has to know of a reviewer, on every page."""

from collections.abc import Mapping
from functools import cached_property

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from criteria.accounts.signed_in import Visitor
from criteria.models import AuthorizationRequest, Membership
from criteria.models.request import ANSWERED


class ReviewMenu:
    """Of a signed-in reviewer: one query, and none where the menu does not ask."""

    def __init__(self, user: Visitor | None) -> None:
        """``user``: whoever asks for the page; None on a page that knows nobody."""
        self._user = user

    @property
    def answered(self) -> int:
        """How many of the requests they hold the practice has answered."""
        return self._found[0]

    @property
    def is_of_practice(self) -> bool:
        """Whether they work in a practice too, and so have requests of their own."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[int, bool]:
        if self._user is None or not self._user.is_authenticated:
            return 0, False
        held = AuthorizationRequest.objects.filter(ANSWERED, assigned_to=OuterRef("pk")).order_by()
        counted = held.values("assigned_to").annotate(n=Count("pk")).values("n")
        works = Exists(Membership.objects.filter(user=OuterRef("pk")))
        rows = User.objects.filter(pk=self._user.pk).values_list(
            Coalesce(Subquery(counted), 0), works
        )
        return rows.first() or (0, False)


def menu(request: HttpRequest) -> Mapping[str, ReviewMenu]:
    """The context processor."""
    return {"menu": ReviewMenu(getattr(request, "user", None))}
