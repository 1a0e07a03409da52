"""Copies editions to drafts, shows drafts to a second person, discards them."""

from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import Permission, require, works_on_policies
from criteria.actions.changes import added
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError, held, refuse_errors
from criteria.models import PolicyVersion, Status
from criteria.policies.stored.export import export
from criteria.policies.stored.load import load


@transaction.atomic
def copy_to_draft(
    *, version: PolicyVersion, number: str, effective_from: date, by: User
) -> PolicyVersion:
    """A new draft with everything the edition holds; also of one kept for comparison only."""
    require(by, Permission.EDIT_POLICY)
    if PolicyVersion.objects.filter(policy=version.policy, number=number).exists():
        raise EditionRefusedError(f"{version.policy.name} already has an edition {number}.")
    file = export(version)
    new = {
        "number": number,
        "effective_from": effective_from,
        "effective_until": None,
        "comparison_only": False,
    }
    edition = file.edition.model_copy(update=new)
    draft = load(file.model_copy(update={"edition": edition}))
    draft.base, draft.edited_at, draft.edited_by = version, timezone.now(), by
    draft.save()
    summary = f"Copied {version} to {draft}."
    record_event(verb="copy", obj=draft, summary=summary, changes=added(draft), by=by)
    return draft


@transaction.atomic
def send_to_review(*, version: PolicyVersion, by: User) -> None:
    """Show a finished draft to a second person; it is not edited meanwhile.

    Raises EditionRefusedError for an edition that is no draft, and for one with errors.
    """
    require(by, Permission.EDIT_POLICY)
    version = _held_in(version, Status.DRAFT)
    refuse_errors(version)
    _move(version, Status.IN_REVIEW, "", by)


@transaction.atomic
def return_to_draft(*, version: PolicyVersion, note: str = "", by: User) -> None:
    """Go on editing after a review. ``note``: what to change, in words.

    Raises EditionRefusedError for an edition that is not in review.
    """
    if not works_on_policies(by):
        raise PermissionDenied("This account may not return an edition to draft.")
    version = _held_in(version, Status.IN_REVIEW)
    _move(version, Status.DRAFT, note.strip(), by)


def _held_in(version: PolicyVersion, status: Status) -> PolicyVersion:
    version = held(version)
    if version.status != status:
        state = version.get_status_display().lower()
        raise EditionRefusedError(f"That is not possible: {version} is {state}.")
    return version


def _move(version: PolicyVersion, new: Status, note: str, by: User) -> None:
    version.status = new
    version.save()
    told = f" {note}" if note else ""
    summary = f"{version} is now {new.label.lower()}.{told}"
    record_event(verb=new.value, obj=version, summary=summary, by=by)


@transaction.atomic
def discard_draft(*, version: PolicyVersion, by: User) -> None:
    """Delete a draft with everything in it."""
    require(by, Permission.EDIT_POLICY)
    version = held(version)
    if version.status != Status.DRAFT:
        raise EditionRefusedError(f"{version} is no draft.")
    copy = version.copies.select_related("policy").first()
    if copy is not None:
        raise EditionRefusedError(f"{copy} was copied from it and is compared with it: keep it.")
    record_event(verb="discard", obj=version, summary=f"Discarded {version}.", by=by)
    version.delete()
