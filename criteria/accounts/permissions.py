"""Who may do what. Loading an object is the permission check."""

from enum import StrEnum

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404

from criteria.accounts.people import name_of
from criteria.accounts.signed_in import Visitor
from criteria.models import AuthorizationRequest, Practice, RequestStatus

REVIEW = "criteria.review"
REVIEWERS_CHOOSE = "Once it was submitted, only a reviewer has a request judged by another edition."


class Permission(StrEnum):
    """What the role of a person lets them do, as Django keeps it."""

    VIEW_POLICY = "criteria.view_policyversion"
    EDIT_POLICY = "criteria.edit_policy"
    PUBLISH_POLICY = "criteria.publish_policy"
    REVIEW_REQUESTS = REVIEW

    @property
    def words(self) -> str:
        """What it allows, as an administrator reads it."""
        return {
            Permission.VIEW_POLICY: "Can read policies",
            Permission.EDIT_POLICY: "Can edit drafts of policies",
            Permission.PUBLISH_POLICY: "Can publish, close and retire editions",
            Permission.REVIEW_REQUESTS: "Can decide requests",
        }[self]


class Role(StrEnum):
    """The groups people work in."""

    PRESCRIBERS = "Prescribers"
    POLICY_EDITORS = "Policy editors"
    POLICY_PUBLISHERS = "Policy publishers"
    REVIEWERS = "Reviewers"


ROLES: dict[Role, frozenset[Permission]] = {
    Role.PRESCRIBERS: frozenset({Permission.VIEW_POLICY}),
    Role.POLICY_EDITORS: frozenset({Permission.VIEW_POLICY, Permission.EDIT_POLICY}),
    Role.POLICY_PUBLISHERS: frozenset({Permission.VIEW_POLICY, Permission.PUBLISH_POLICY}),
    Role.REVIEWERS: frozenset({Permission.VIEW_POLICY, Permission.REVIEW_REQUESTS}),
}


# Policies


def may(user: Visitor, permission: Permission) -> bool:
    """Whether the user's role allows it."""
    return bool(user.is_active and user.has_perm(permission.value))


def require(user: Visitor, permission: Permission) -> None:
    """Refuse, with PermissionDenied, whoever may not."""
    if not may(user, permission):
        raise PermissionDenied(f"This account may not do that: {permission.words.lower()}.")


def works_on_policies(user: Visitor) -> bool:
    """Whether the user edits or publishes policies, and so reads drafts and what was done."""
    return may(user, Permission.EDIT_POLICY) or may(user, Permission.PUBLISH_POLICY)


def require_figures(user: Visitor) -> None:
    """Refuse, with PermissionDenied, whoever neither decides requests nor works on policies."""
    if not (may(user, Permission.REVIEW_REQUESTS) or works_on_policies(user)):
        raise PermissionDenied("The figures are for reviewers and for those who work on policies.")


# Requests


def can_review(user: Visitor) -> bool:
    """Whether a user decides requests."""
    return bool(user.is_active and user.has_perm(REVIEW))


def practice_of(user: User) -> Practice:
    """The practice a user works in. Raises PermissionDenied for a user of none."""
    practice = Practice.objects.of(user).first()
    if practice is None:
        raise PermissionDenied("This account belongs to no practice.")
    return practice


def get_own_request(user: User, number: str) -> AuthorizationRequest:
    """A request of a practice of the user. Raises Http404 for any other one."""
    own = AuthorizationRequest.objects.of_practices_of(user)
    try:
        return own.get(number=number)
    except AuthorizationRequest.DoesNotExist:
        raise Http404("No request of this practice has that number.") from None


def get_request(user: User, number: str) -> AuthorizationRequest:
    """A request the user may read: of their practice, or, for reviewers, one that was submitted.

    Raises Http404 for any other one.
    """
    try:
        return get_own_request(user, number)
    except Http404:
        if not can_review(user):
            raise
    sent = AuthorizationRequest.objects.sent().filter(is_quick_check=False)
    found = sent.select_related("practice", "version__policy").filter(number=number).first()
    if found is None:
        raise Http404("No submitted request has that number.")
    return found


def get_editable_request(user: User, number: str) -> AuthorizationRequest:
    """A request the user may change. Raises Http404, or PermissionDenied once it was sent."""
    found = get_own_request(user, number)
    if not found.is_editable:
        raise PermissionDenied("A submitted request is no longer changed.")
    return found


def check_may_edit(user: User, request: AuthorizationRequest) -> None:
    """Refuse, with PermissionDenied, whoever may not change this request."""
    if not request.practice.membership_set.filter(user_id=user.pk).exists():
        raise PermissionDenied("Only the practice changes its requests.")
    if not request.is_editable:
        raise PermissionDenied("A submitted request is no longer changed.")


def check_may_move(user: User, request: AuthorizationRequest) -> None:
    """Refuse, with PermissionDenied, whoever may not choose the edition this request is judged by.

    Once it was submitted, that is the reviewer's matter, also while the practice answers.
    """
    check_may_edit(user, request)
    if request.submitted_at is not None:
        raise PermissionDenied(REVIEWERS_CHOOSE)


def check_may_withdraw(user: User, request: AuthorizationRequest) -> None:
    """Refuse, with PermissionDenied, whoever may not take this request back."""
    if not request.practice.membership_set.filter(user_id=user.pk).exists():
        raise PermissionDenied("Only the practice withdraws its requests.")
    if request.status not in (
        RequestStatus.DRAFT,
        RequestStatus.SUBMITTED,
        RequestStatus.INFORMATION_REQUESTED,
    ):
        raise PermissionDenied("This request is decided, or already withdrawn.")


# Review


def check_may_review(user: User, request: AuthorizationRequest) -> None:
    """Refuse, with PermissionDenied, whoever may not work on a submitted request.

    Nobody reviews a request of their own practice.
    """
    require(user, Permission.REVIEW_REQUESTS)
    if request.submitted_at is None or request.is_quick_check:
        raise PermissionDenied("Only a submitted request is reviewed.")
    if request.practice.membership_set.filter(user_id=user.pk).exists():
        raise PermissionDenied("Nobody reviews a request of their own practice.")


def get_reviewed_request(user: User, number: str) -> AuthorizationRequest:
    """A submitted request, for reviewers alone. Raises PermissionDenied, and Http404."""
    require(user, Permission.REVIEW_REQUESTS)
    sent = AuthorizationRequest.objects.sent().filter(is_quick_check=False, number=number)
    found = sent.select_related("practice", "version__policy", "assigned_to").first()
    if found is None:
        raise Http404("No submitted request has that number.")
    check_may_review(user, found)
    return found


class HeldByOtherError(Exception):
    """Another reviewer holds the request, or nobody does; the message says who."""


def check_holds(user: User, request: AuthorizationRequest) -> None:
    """Refuse whoever has not taken the request. Raises PermissionDenied, and HeldByOtherError."""
    check_may_review(user, request)
    holder = request.assigned_to
    if holder is None:
        raise HeldByOtherError("Take the request first: then nobody else decides it meanwhile.")
    if holder.pk != user.pk:
        raise HeldByOtherError(f"{name_of(holder)} reviews this request.")
