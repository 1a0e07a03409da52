"""Copies editions to drafts, shows drafts to a second person, discards them."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.actions.events import record_event
from criteria.actions.policies import EditionRefusedError, held
from criteria.models import PolicyVersion, Status
from criteria.permissions import Permission, require
from criteria.policyfile.export import export
from criteria.policyfile.load import load


@transaction.atomic
def copy_to_draft(
    *, version: PolicyVersion, number: str, effective_from: date, by: User
) -> PolicyVersion:
    """A new draft with everything the edition holds."""
    require(by, Permission.EDIT_POLICY)
    if PolicyVersion.objects.filter(policy=version.policy, number=number).exists():
        raise EditionRefusedError(f"{version.policy.name} already has an edition {number}.")
    file = export(version)
    new = {"number": number, "effective_from": effective_from, "effective_until": None}
    edition = file.edition.model_copy(update=new)
    draft = load(file.model_copy(update={"edition": edition}))
    draft.base, draft.edited_at, draft.edited_by = version, timezone.now(), by
    draft.save()
    record_event(verb="copy", obj=draft, summary=f"Copied {version} to {draft}.", by=by)
    return draft


@transaction.atomic
def send_to_review(*, version: PolicyVersion, by: User) -> None:
    """Show a finished draft to a second person; it is not edited meanwhile."""
    _move(version, Status.DRAFT, Status.IN_REVIEW, by)


@transaction.atomic
def return_to_draft(*, version: PolicyVersion, by: User) -> None:
    """Go on editing after a review."""
    _move(version, Status.IN_REVIEW, Status.DRAFT, by)


def _move(version: PolicyVersion, old: Status, new: Status, by: User) -> None:
    require(by, Permission.EDIT_POLICY)
    version = held(version)
    if version.status != old:
        raise EditionRefusedError(f"{version} is {version.get_status_display().lower()}.")
    version.status = new
    version.save()
    summary = f"{version} is now {new.label.lower()}."
    record_event(verb=new.value, obj=version, summary=summary, by=by)


@transaction.atomic
def discard_draft(*, version: PolicyVersion, by: User) -> None:
    """Delete a draft with everything in it."""
    require(by, Permission.EDIT_POLICY)
    version = held(version)
    if version.status != Status.DRAFT:
        raise EditionRefusedError(f"{version} is no draft.")
    record_event(verb="discard", obj=version, summary=f"Discarded {version}.", by=by)
    version.delete()
