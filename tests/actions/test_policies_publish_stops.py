"""What stands in the way of publishing: days, the edition copied from, requests, patients."""

from datetime import date

import pytest
from django.utils import timezone

from criteria.actions.policies.base import publish_version
from criteria.actions.policies.drafts import copy_to_draft, send_to_review
from criteria.actions.policies.publish import Readiness, readiness
from criteria.models import (
    AuthorizationRequest,
    ExamplePatient,
    ImpactRun,
    ImpactState,
    PatientOutcome,
    PolicyVersion,
    RequestStatus,
)
from criteria.policies.stored.drafts import compiled
from tests.actions.publishing import codes, publish, refused
from tests.factories.people import paula, peter, practice, prescriber
from tests.factories.policy import published, reviewed
from tests.factories.requests_at import columns_at

pytestmark = pytest.mark.django_db


# Dates


def test_overlap_is_named_with_its_days() -> None:
    published(number="A")
    published(number="C", key="medicare-ig", line_of_business="medicare")
    version = reviewed(number="B", effective_from="2023-01-01")
    found = readiness(version, peter())
    assert (found.stops, str(found.ending)) == ((), "Immune globulin, edition A")
    said = refused(version)
    assert "edition A, in force from 1 Oct 2021 with no last day" in said
    publish(version, close_previous=True)


def test_later_edition_is_in_the_way_whatever_is_ticked() -> None:
    published(number="C", effective_from="2024-01-01")
    version = reviewed(number="B", effective_from="2023-01-01")
    [stop] = readiness(version, peter()).stops
    assert "edition C, in force from 1 Jan 2024" in stop
    assert "edition C" in refused(version, close_previous=True)


# The edition it was copied from


def test_overtaken_draft_needs_a_reason() -> None:
    first = published()
    stale = copy_to_draft(version=first, number="3", effective_from=date(2023, 1, 1), by=paula())
    newer = copy_to_draft(version=first, number="2", effective_from=date(2022, 1, 1), by=paula())
    assert "base-superseded" not in codes(stale)
    publish_version(version=newer, by=peter(), close_previous=True)
    assert "base-superseded" in codes(stale)
    send_to_review(version=stale, by=paula())

    def but_for_the_base(found: Readiness) -> dict[str, str]:
        others = [w for w in found.warnings if w.problem.code != "base-superseded"]
        return {w.key: "Fine." for w in others}

    assert "1 warning without a reason" in refused(
        stale, reasons=but_for_the_base, close_previous=True
    )
    publish(stale, close_previous=True)


# Requests


def request_on(day: date, status: str, version: PolicyVersion) -> AuthorizationRequest:
    ann, now = prescriber(), timezone.now()
    return AuthorizationRequest.objects.create(
        number=f"R-{AuthorizationRequest.objects.count()}",
        practice=practice(),
        owner=ann,
        version=version,
        line_of_business="commercial",
        request_date=day,
        created_at=now,
        created_by=ann,
        updated_at=now,
        updated_by=ann,
        **columns_at(status, now, ann),
    )


def test_past_date_counts_the_requests_it_would_have_judged() -> None:
    first = published()
    kept = [
        request_on(date(2022, 1, 1), RequestStatus.APPROVED, first),
        request_on(date(2022, 2, 1), RequestStatus.SUBMITTED, first),
    ]
    request_on(date(2021, 12, 31), RequestStatus.APPROVED, first)
    request_on(date(2022, 2, 1), RequestStatus.DRAFT, first)
    request_on(date(2022, 2, 1), RequestStatus.WITHDRAWN, first)
    version = reviewed(number="2", effective_from="2022-01-01")
    found = {w.problem.code: w.problem for w in readiness(version, peter()).warnings}
    said = found["requests-before"].message
    assert said.startswith("2 submitted requests, 1 decided, dated 1 Jan 2022 or later")
    publish(version, close_previous=True)
    for request in kept:
        request.refresh_from_db()
        assert request.version == first


def test_requests_after_its_last_day_do_not_count() -> None:
    first = published(effective_until="2021-11-01")
    request_on(date(2022, 1, 1), RequestStatus.APPROVED, first)
    version = reviewed(number="2", effective_from="2021-11-01", effective_until="2022-01-01")
    assert "requests-before" not in codes(version)


def test_run_over_the_requests_is_of_the_edition_as_it_is_now() -> None:
    version = reviewed()
    assert codes(version) == ["impact-unseen"]
    run = ImpactRun.objects.create(
        version=version,
        content_hash=compiled(version).content_hash,
        state=ImpactState.DONE,
        started_at=timezone.now(),
        started_by=peter(),
    )
    assert codes(version) == []
    ImpactRun.objects.filter(pk=run.pk).update(content_hash="0" * 64)
    assert codes(version) == ["impact-unseen"]


# Example patients


def test_changed_patient_blocks_until_it_is_confirmed() -> None:
    version = reviewed()
    patient = ExamplePatient.objects.create(
        policy=version.policy,
        name="Kawasaki, nothing stated",
        stated={"indication": "kawasaki", "phase": "initial", "on": "2022-01-01"},
        expected="does not meet",
        changed_at=timezone.now(),
        changed_by=paula(),
    )
    assert "1 example patient with another result" in refused(version)
    assert "1 example patient" in readiness(version, peter()).stops[0]
    outcome = PatientOutcome.objects.get(patient=patient)
    assert outcome.found == "meets"
    outcome.reason, outcome.confirmed_at = "The rule is milder now.", timezone.now()
    outcome.confirmed_by = peter()
    outcome.save()
    publish(version)
    patient.refresh_from_db()
    assert patient.expected == outcome.found
