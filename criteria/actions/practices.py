"""Practices and who works in them. An administrator keeps them."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from criteria.actions.events import record_event
from criteria.models import Membership, Practice


@transaction.atomic
def save_practice(*, practice: Practice, by: User) -> Practice:
    """Store a practice. Raises PermissionDenied for anybody but an administrator."""
    _check(by)
    practice.full_clean()
    practice.save()
    record_event(verb="save", obj=practice, by=by)
    return practice


@transaction.atomic
def add_member(*, membership: Membership, by: User) -> Membership:
    """Let a user work in a practice. Raises PermissionDenied, and ValidationError if they do."""
    _check(by)
    membership.full_clean()
    membership.save()
    record_event(verb="add member", obj=membership.practice, by=by)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """End it. The requests stay with the practice."""
    _check(by)
    record_event(verb="remove member", obj=membership.practice, by=by)
    membership.delete()


def _check(by: User) -> None:
    if not by.is_superuser:
        raise PermissionDenied("Only an administrator keeps practices.")
