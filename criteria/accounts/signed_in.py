"""Who is at the other end of a request."""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

Visitor = User | AnonymousUser


class SignedInRequest(HttpRequest):
    """What a view behind the sign-in is handed: its user is a person, never anonymous."""

    user: User


def signed_in_user(request: HttpRequest) -> User:
    """Who is signed in, where Django's own signature says no more than HttpRequest.

    Raises PermissionDenied for a visitor.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
