"""Takes in, publishes, closes and copies editions of policies."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import Permission, require
from criteria.actions.changes import added, became, stored_values
from criteria.actions.events import record_event
from criteria.actions.example_outcomes import on_published
from criteria.actions.policies.life import overlap_words, overlapping, published_already
from criteria.models import Policy, PolicyVersion, Status
from criteria.policies.checks.check import problems_of
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.file.schema import PolicyFile
from criteria.policies.stored import rows
from criteria.policies.stored.export import export
from criteria.policies.stored.load import edition_columns, load
from criteria.policies.stored.spelling import content_hash
from criteria.rules.problem import LintSeverity


class EditionRefusedError(Exception):
    """The action would break a rule of the life of an edition; the message says which."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stored edition; ``is_new`` False when it was there already with the same content."""

    version: PolicyVersion
    is_new: bool


@transaction.atomic
def load_policy_file(*, file: PolicyFile, by: User) -> Loaded:
    """Store a policy file as a draft. Nothing that is stored already is ever changed."""
    require(by, Permission.EDIT_POLICY)
    found = PolicyVersion.objects.filter(
        policy__key=file.policy.key, number=file.edition.number
    ).select_related("policy")
    stored = found.first()
    if stored is not None:
        _refuse_other_content(stored, file)
        return Loaded(stored, is_new=False)
    stored_policy = Policy.objects.filter(key=file.policy.key).first()
    _refuse_other_policy(file, stored_policy)
    version = load(file)
    version.edited_at, version.edited_by = timezone.now(), by
    version.save()
    rows = added(version) if stored_policy else added(version.policy, version)
    summary = f"Took in {version}."
    record_event(verb="load", obj=version, summary=summary, changes=rows, by=by)
    return Loaded(version, is_new=True)


def _refuse_other_policy(file: PolicyFile, stored: Policy | None) -> None:
    said = rows.said(stored, rows.POLICY) if stored is not None else None
    if said is not None and said != dict(file.policy):
        raise EditionRefusedError(
            f"The policy {file.policy.key} is stored as {stored}, {said['line_of_business']}. "
            "Give the file the same name, payer and line of business, or another key."
        )


def _refuse_other_content(stored: PolicyVersion, file: PolicyFile) -> None:
    try:
        same = content_hash(export(stored)) == content_hash(file)
    except PolicyFileError:
        same = False
    if not stored.is_locked:
        same = same and stored.effective_until == edition_columns(file)["effective_until"]
    if not same:
        raise EditionRefusedError(
            f"{stored} is already stored ({stored.get_status_display().lower()}) with other "
            "content. What is stored is never overwritten: give the file another edition number."
        )


@transaction.atomic
def publish_version(*, version: PolicyVersion, by: User, close_previous: bool = False) -> None:
    """Put an edition into force on its day, as the operator does: commands, the demonstration.

    ``close_previous``: end the one in force then. People publish through
    ``policies_publish.publish_reviewed``, which asks for a second person and for reasons first.
    Raises EditionRefusedError for an edition that is published, overlaps or has errors.
    """
    require(by, Permission.PUBLISH_POLICY)
    version = held(version)
    if version.is_locked:
        raise EditionRefusedError(published_already(version))
    refuse_errors(version)
    put_into_force(version=version, by=by, close_previous=close_previous)


def put_into_force(*, version: PolicyVersion, by: User, close_previous: bool) -> None:
    """Publish an edition that is held and was looked at. Raises EditionRefusedError for overlaps.

    Only other actions call it: they ask for permission and for what the edition lacks.
    """
    if close_previous:
        _close_previous(version, by)
    _refuse_overlap(version)
    version.content_hash = content_hash(export(version))
    version.status = Status.PUBLISHED
    version.published_at, version.published_by = timezone.now(), by
    version.save()
    on_published(version, by)
    summary = f"Published {version}, in force from {version.effective_from:%-d %b %Y}."
    record_event(verb="publish", obj=version, summary=summary, by=by)


def held(version: PolicyVersion) -> PolicyVersion:
    """The same row, held until the end of the transaction; the caller's instance is refreshed.

    The policies of its line of business are held first: of two editions that are published at
    once, the second sees the days the first one took.
    """
    line = Policy.objects.filter(line_of_business=version.policy.line_of_business)
    list(line.select_for_update().order_by("pk").values_list("pk"))
    PolicyVersion.objects.select_for_update().get(pk=version.pk)
    version.refresh_from_db()
    return version


def _refuse_overlap(version: PolicyVersion) -> None:
    words = overlap_words(version, overlapping(version))
    if words:
        raise EditionRefusedError(words)


def refuse_errors(version: PolicyVersion) -> None:
    """Raise EditionRefusedError with every mistake that must be mended first."""
    errors = [p for p in problems_of(version) if p.severity is LintSeverity.ERROR]
    if errors:
        listed = "\n".join(f"{p.where}: {p.message}" for p in errors)
        raise EditionRefusedError(f"{version} has mistakes to mend first:\n{listed}")


def _close_previous(version: PolicyVersion, by: User) -> None:
    for other in overlapping(version)[:1]:
        if other.effective_from <= version.effective_from:
            _end(held(other), version.effective_from, by)


@transaction.atomic
def close_version(*, version: PolicyVersion, effective_until: date, by: User) -> None:
    """Say from which day a published edition is no longer in force."""
    require(by, Permission.PUBLISH_POLICY)
    version = held(version)
    if version.status != Status.PUBLISHED:
        raise EditionRefusedError(f"{version} is not published.")
    if effective_until <= version.effective_from:
        raise EditionRefusedError(
            f"{version} is in force from {version.effective_from:%-d %b %Y}: "
            "it can only end on a later day."
        )
    _end(version, effective_until, by)


def _end(version: PolicyVersion, effective_until: date, by: User) -> None:
    """On its first day it ends when another edition replaces it at once: it never was in force."""
    before = stored_values(version)
    version.effective_until = effective_until
    _refuse_reopened(version)
    version.save()
    rows = became(version, before)
    summary = f"{version} ends before {effective_until:%-d %b %Y}."
    record_event(verb="close", obj=version, summary=summary, changes=rows, by=by)


def _refuse_reopened(version: PolicyVersion) -> None:
    for other in overlapping(version):
        raise EditionRefusedError(
            f"{other} is in force from {other.effective_from:%-d %b %Y}: end {version} by then."
        )


@transaction.atomic
def retire_version(*, version: PolicyVersion, by: User) -> None:
    """Withdraw a published edition: no new request is judged by it."""
    require(by, Permission.PUBLISH_POLICY)
    version = held(version)
    if version.status != Status.PUBLISHED:
        raise EditionRefusedError(f"{version} is not published.")
    version.status = Status.RETIRED
    version.save()
    record_event(verb="retire", obj=version, summary=f"Retired {version}.", by=by)
