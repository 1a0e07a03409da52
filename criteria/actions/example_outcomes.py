"""What an edition finds of the example patients of its policy, and who accepts a change of it.

Saving a part of a draft costs nothing here: the draft notes when it was edited, and whatever was
judged before that is judged again when somebody next looks, or publishes.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from criteria.actions.events import record_event
from criteria.models import ExamplePatient, Pathway, PatientOutcome, PolicyVersion
from criteria.policies.codes.kept_codebook import KeptCodebook
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.stored.drafts import compiled, edited_at
from criteria.requests.case_files.patient import PatientFinding, judge_patient

CHUNK = 100
FOUND = ("found", "decided_by", "problem", "judged_at")
CONFIRMED = ("reason", "confirmed_at", "confirmed_by")


@dataclass(frozen=True, slots=True)
class Standing:
    """How many patients an edition judges as expected. ``waiting``: not judged yet."""

    total: int = 0
    changed: int = 0
    confirmed: int = 0
    waiting: int = 0

    @property
    def as_expected(self) -> int:
        """Those with the expected result."""
        return self.total - self.changed - self.confirmed - self.waiting


def refresh(
    *,
    version: PolicyVersion,
    seconds: float | None = None,
    first: Collection[int] = (),
    fresh: bool = False,
) -> int:
    """Judge the patients whose result is older than the draft or the patient; how many are left.

    Stops after ``seconds``; those of ``first`` come first. A published edition keeps what was found
    when it was published. ``fresh``: judge every one anew. Raises PolicyFileError while the draft
    is unfinished.
    """
    if version.is_locked:
        return 0
    now = timezone.now()
    stored = {o.patient_id: o for o in PatientOutcome.objects.filter(version=version)}
    waiting = sorted(_waiting(version, stored, fresh), key=lambda pk: (pk not in first, pk))
    if not waiting:
        return 0
    edition = compiled(version, fresh=fresh).edition
    book, until = KeptCodebook(), None if seconds is None else monotonic() + seconds
    done = 0
    for start in range(0, len(waiting), CHUNK):
        chunk = ExamplePatient.objects.filter(pk__in=waiting[start : start + CHUNK])
        found = [(p.pk, judge_patient(edition, p.stated, book)) for p in chunk]
        _keep(version, found, stored, now)
        done += len(found)
        if until is not None and monotonic() > until:
            break
    return len(waiting) - done


def _waiting(
    version: PolicyVersion, stored: dict[int, PatientOutcome], fresh: bool
) -> Iterator[int]:
    edited = edited_at(version)
    patients = ExamplePatient.objects.filter(policy=version.policy_id).order_by("pk")
    for pk, changed_at in patients.values_list("pk", "changed_at"):
        outcome = stored.get(pk)
        moments = [moment for moment in (edited, changed_at) if moment is not None]
        if fresh or outcome is None or outcome.judged_at <= max(moments):
            yield pk


@transaction.atomic
def _keep(
    version: PolicyVersion,
    found: Iterable[tuple[int, PatientFinding]],
    stored: dict[int, PatientOutcome],
    now: datetime,
) -> None:
    """Write down what was found. A confirmation stands while the result it confirms stands."""
    same: list[PatientOutcome] = []
    other: list[PatientOutcome] = []
    for patient, finding in found:
        before = stored.get(patient)
        row = PatientOutcome(
            version=version,
            patient_id=patient,
            found=finding.found,
            decided_by=finding.decided_by,
            problem=finding.problem,
            judged_at=now,
        )
        (same if before is not None and before.found == finding.found else other).append(row)
    for rows, fields in ((same, FOUND), (other, (*FOUND, *CONFIRMED))):
        PatientOutcome.objects.bulk_create(
            rows,
            update_conflicts=True,
            update_fields=fields,
            unique_fields=["version", "patient"],
        )


def changed(version: PolicyVersion) -> QuerySet[PatientOutcome]:
    """The outcomes that are not as expected, confirmed or not, as they are stored."""
    rows = PatientOutcome.objects.filter(version=version).exclude(found=F("patient__expected"))
    return rows.select_related("patient", "confirmed_by")


def unconfirmed(version: PolicyVersion) -> list[PatientOutcome]:
    """The changed outcomes that nobody confirmed: they keep an edition from being published.

    Every patient is judged anew. Of a draft that is unfinished what was found before is told.
    """
    with suppress(PolicyFileError):
        refresh(version=version, fresh=True)
    return list(changed(version).filter(confirmed_at=None))


def patients_of(version: PolicyVersion, pathway: Pathway | None = None) -> QuerySet[ExamplePatient]:
    """The patients an edition judges; of one set of criteria."""
    patients = ExamplePatient.objects.filter(policy=version.policy_id)
    if pathway is None:
        return patients
    return patients.filter(stated__indication=pathway.indication.key, stated__pathway=pathway.key)


def standing_of(version: PolicyVersion, pathway: Pathway | None = None) -> Standing:
    """How the patients stand, as stored."""
    edited = edited_at(version)
    patients = patients_of(version, pathway)
    total = patients.count()
    judged = PatientOutcome.objects.filter(version=version, patient__in=patients)
    if edited is not None and not version.is_locked:
        judged = judged.filter(judged_at__gt=edited)
    judged = judged.filter(judged_at__gt=F("patient__changed_at"))
    other = judged.exclude(found=F("patient__expected"))
    found = Standing(
        total=total,
        changed=other.filter(confirmed_at=None).count(),
        confirmed=other.exclude(confirmed_at=None).count(),
    )
    return replace(found, waiting=total - judged.count())


@transaction.atomic
def on_published(version: PolicyVersion, by: User | None = None) -> int:
    """Take over the confirmed results as the expected ones; how many. Called when publishing.

    A patient that could not be judged keeps the result it had.
    """
    confirmed = changed(version).exclude(confirmed_at=None).exclude(found="")
    patients = []
    for outcome in confirmed:
        outcome.patient.expected = outcome.found
        patients.append(outcome.patient)
    ExamplePatient.objects.bulk_update(patients, ["expected"], batch_size=500)
    if patients:
        summary = f"Took over {len(patients)} confirmed results of example patients in {version}."
        record_event(verb="take_over", obj=version, summary=summary, by=by)
    return len(patients)
