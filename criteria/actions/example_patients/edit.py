"""Keeps example patients: invented people with the result a policy must give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import Permission, may, require
from criteria.actions.events import record_event
from criteria.actions.example_outcomes import (
    CONFIRMED,
    on_published,
    refresh,
    standing_of,
    unconfirmed,
)
from criteria.actions.policies.base import EditionRefusedError
from criteria.models import ExamplePatient, PatientOutcome, Policy, PublishedVersionError
from criteria.models.exact import ExactEncoder

__all__ = [
    "Imported",
    "NewPatient",
    "confirm_outcome",
    "confirm_outcomes",
    "delete_patient",
    "import_patients",
    "on_published",
    "refresh",
    "save_patient",
    "standing_of",
    "unconfirmed",
]

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewPatient:
    """A patient to be kept. ``stated``: as to ``evaluate``, without the policy."""

    name: str
    stated: Json
    expected: str
    words: str = ""


@dataclass(slots=True)
class Imported:
    """What became of the patients of a file. ``differing``: the name, and what differs."""

    added: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    differing: list[tuple[str, str]] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)


@transaction.atomic
def save_patient(*, patient: ExamplePatient, by: User) -> None:
    """Save a new or changed patient. Raises ValidationError for one that breaks a rule."""
    require(by, Permission.EDIT_POLICY)
    is_new = patient.pk is None
    _refuse_long_numbers(patient)
    patient.changed_at, patient.changed_by = timezone.now(), by
    patient.full_clean()
    patient.save()
    verb, done = ("add", "Added") if is_new else ("change", "Changed")
    summary = f"{done} example patient {patient.pk} of {patient.policy}."
    record_event(verb=verb, obj=patient, summary=summary, by=by)


@transaction.atomic
def delete_patient(*, patient: ExamplePatient, by: User) -> None:
    """Delete a patient with what every edition found of it."""
    require(by, Permission.EDIT_POLICY)
    summary = f"Deleted example patient {patient.pk} of {patient.policy}."
    record_event(verb="delete", obj=patient, summary=summary, by=by)
    patient.delete()


@transaction.atomic
def import_patients(
    *, policy: Policy, patients: Iterable[NewPatient], by: User, replace: bool = False
) -> Imported:
    """Keep patients of a file. What is stored and the same stays untouched.

    What is stored under the same name and differs is named, and written over only with ``replace``.
    """
    require(by, Permission.EDIT_POLICY)
    stored = {patient.name: patient for patient in ExamplePatient.objects.filter(policy=policy)}
    imported, now = Imported(), timezone.now()
    fresh = []
    for new in patients:
        known = stored.get(new.name)
        if known is None:
            fresh.append(ExamplePatient(policy=policy, changed_at=now, changed_by=by, **_said(new)))
            imported.added.append(new.name)
        elif differs := _difference(known, new):
            imported.differing.append((new.name, differs))
            if replace:
                _write_over(known, new, by)
                imported.replaced.append(new.name)
        else:
            imported.same.append(new.name)
    ExamplePatient.objects.bulk_create(fresh, batch_size=500)
    if fresh:
        summary = f"Imported {len(fresh)} example patients of {policy}."
        record_event(verb="import", obj=policy, summary=summary, by=by)
    return imported


@transaction.atomic
def confirm_outcome(*, outcome: PatientOutcome, reason: str, by: User) -> None:
    """Accept that an edition finds something else of a patient, and say why.

    Raises EditionRefusedError without a reason, and for a result that changed since it was shown;
    PublishedVersionError for a published edition.
    """
    if not may(by, Permission.PUBLISH_POLICY):
        require(by, Permission.EDIT_POLICY)
    stored = PatientOutcome.objects.select_for_update(of=("self",)).select_related(
        "version__policy", "patient"
    )
    held = stored.get(pk=outcome.pk)
    if held.version.is_locked:
        raise PublishedVersionError(str(held.version))
    if not reason.strip():
        raise EditionRefusedError("Say why the changed result is right.")
    if held.found != outcome.found:
        raise EditionRefusedError("The result changed since it was shown. Look at it again.")
    held.reason, held.confirmed_at, held.confirmed_by = reason.strip(), timezone.now(), by
    held.save(update_fields=CONFIRMED)
    summary = f"Confirmed a changed result of example patient {held.patient_id} in {held.version}."
    record_event(verb="confirm", obj=held, summary=summary, by=by)


@transaction.atomic
def confirm_outcomes(*, outcomes: Iterable[PatientOutcome], reason: str, by: User) -> None:
    """Accept several changed results for one reason, all of them or none."""
    for outcome in outcomes:
        confirm_outcome(outcome=outcome, reason=reason, by=by)


def _said(new: NewPatient) -> dict[str, Any]:
    return {
        "name": new.name,
        "words": new.words,
        "stated": dict(new.stated),
        "expected": new.expected,
    }


def _write_over(known: ExamplePatient, new: NewPatient, by: User) -> None:
    for name, value in _said(new).items():
        setattr(known, name, value)
    save_patient(patient=known, by=by)


def _difference(known: ExamplePatient, new: NewPatient) -> str:
    """What a file says otherwise than what is stored; nothing when they are the same."""
    pairs = {
        "expected result": (new.expected, known.expected),
        "words": (new.words, known.words),
        **_stated_pairs(new.stated, known.stated),
    }
    return "; ".join(
        f"{name}: {_shown(ours)}, stored {_shown(theirs)}"
        for name, (ours, theirs) in pairs.items()
        if ours != theirs
    )


def _stated_pairs(new: Json, known: Json, above: str = "") -> dict[str, tuple[Any, Any]]:
    pairs: dict[str, tuple[Any, Any]] = {}
    for key in dict.fromkeys([*new, *known]):
        ours, theirs = new.get(key), known.get(key)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            pairs |= _stated_pairs(ours, theirs, f"{above}{key}.")
        else:
            pairs[f"{above}{key}"] = (ours, theirs)
    return pairs


def _shown(value: object) -> str:
    return "nothing" if value in (None, "") else str(value)


def _refuse_long_numbers(patient: ExamplePatient) -> None:
    try:
        ExactEncoder().encode(patient.stated)
    except ValueError as error:
        raise EditionRefusedError(f"A number cannot be kept exactly: {error}.") from None
