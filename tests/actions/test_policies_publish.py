"""Publishing as people do: after a review, by a second person, with reasons."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from criteria.actions.policies import EditionRefusedError, publish_version
from criteria.actions.policies_drafts import copy_to_draft, return_to_draft, send_to_review
from criteria.actions.policies_parts import save_part
from criteria.actions.policies_publish import Readiness, publish_reviewed, readiness, seen_mark
from criteria.actions.policies_warnings import accept_warnings
from criteria.actions.roles import ensure_roles
from criteria.models import (
    AcceptedWarning,
    AuthorizationRequest,
    Criterion,
    Event,
    ExamplePatient,
    ImpactRun,
    ImpactState,
    Pathway,
    PatientOutcome,
    PolicyVersion,
    Question,
    RequestStatus,
    Status,
)
from criteria.permissions import Role
from criteria.policyfile.drafts import compiled
from tests.factories.policy import draft, paula, person, peter, published, reviewed
from tests.factories.request import practice, prescriber

pytestmark = pytest.mark.django_db
Reasons = Callable[[Readiness], dict[str, str]]


def because(words: str = "Looked at.") -> Reasons:
    """The same reason for every warning."""
    return lambda found: {warned.key: words for warned in found.warnings}


def publish(
    version: PolicyVersion,
    by: User | None = None,
    reasons: Reasons | None = None,
    close_previous: bool = False,
    seen: str | None = None,
) -> None:
    publish_reviewed(
        version=version,
        reasons=reasons or because(),
        close_previous=close_previous,
        seen=seen_mark(version) if seen is None else seen,
        by=by or peter(),
    )


def refused(version: PolicyVersion, **given: Any) -> str:
    """What is said when it is not published; nothing is written."""
    before = (Event.objects.count(), AcceptedWarning.objects.count())
    with pytest.raises(EditionRefusedError) as caught:
        publish(version, **given)
    version.refresh_from_db()
    assert not version.is_locked or "already" in str(caught.value)
    assert (Event.objects.count(), AcceptedWarning.objects.count()) == before
    return str(caught.value)


def all_rounder(name: str = "olga") -> User:
    """In a small team: edits and publishes."""
    user = person(name, Role.POLICY_EDITORS)
    user.groups.add(ensure_roles()[Role.POLICY_PUBLISHERS])
    return User.objects.get(pk=user.pk)


def codes(version: PolicyVersion, by: User | None = None) -> list[str]:
    return [w.problem.code for w in readiness(version, by or peter()).warnings]


# Two people


def test_second_person_publishes() -> None:
    version = reviewed()
    publish(version)
    assert (version.status, version.published_by) == (Status.PUBLISHED, peter())


def test_editor_may_not() -> None:
    with pytest.raises(PermissionDenied):
        publish(reviewed(), by=paula())


def test_last_editor_does_not_publish_even_with_both_roles() -> None:
    both = all_rounder()
    version = draft()
    save_part(part=Question.objects.filter(version=version)[0], by=both)
    version.refresh_from_db()
    send_to_review(version=version, by=paula())
    assert "You edited it last" in refused(version, by=both)
    publish(version, by=peter())


def test_draft_is_reviewed_first() -> None:
    assert "Send it to review first" in refused(draft())


def test_setting_lets_one_person_do_it_all(settings: Any) -> None:
    settings.POLICY_SECOND_PERSON = False
    both = all_rounder()
    version = draft()
    save_part(part=Question.objects.filter(version=version)[0], by=both)
    version.refresh_from_db()
    publish(version, by=both)
    assert version.status == Status.PUBLISHED


def test_publisher_returns_it_with_a_note() -> None:
    version = reviewed()
    return_to_draft(version=version, note="Wrong date.", by=peter())
    assert version.status == Status.DRAFT
    with pytest.raises(PermissionDenied):
        return_to_draft(version=reviewed(number="2"), by=person("rhea", Role.REVIEWERS))


def test_what_changed_since_it_was_looked_at_is_looked_at_again() -> None:
    version = reviewed()
    seen = seen_mark(version)
    return_to_draft(version=version, by=paula())
    save_part(part=Question.objects.filter(version=version)[0], by=paula())
    version.refresh_from_db()
    send_to_review(version=version, by=paula())
    assert "changed after you opened" in refused(version, seen=seen)


def test_second_publisher_is_told_who_was_first() -> None:
    version = reviewed()
    publish(version)
    assert "already, by peter on" in refused(version, by=person("petra", Role.POLICY_PUBLISHERS))


# Checks


def test_mistakes_keep_an_edition_from_review_and_from_publication() -> None:
    version = reviewed()
    Criterion.objects.filter(version=version, key="some").update(n=9)
    assert "1 mistake to mend first" in refused(version)
    return_to_draft(version=version, by=paula())
    with pytest.raises(EditionRefusedError, match="9 of only 3"):
        send_to_review(version=version, by=paula())


def test_covered_diagnosis_without_criteria_keeps_an_edition_back() -> None:
    version = reviewed()
    Pathway.objects.filter(version=version).delete()
    assert "to mend first" in refused(version)
    assert "expects at least one pathway" in readiness(version, peter()).errors[0].message


@pytest.mark.parametrize("words", ["", "  \n "])
def test_warning_needs_a_reason(words: str) -> None:
    assert "1 warning without a reason" in refused(reviewed(), reasons=because(words))


def test_reason_is_kept() -> None:
    version = reviewed()
    publish(version, reasons=because(" No request is open yet. "))
    row = AcceptedWarning.objects.get(version=version)
    assert (row.code, row.reason) == ("impact-unseen", "No request is open yet.")
    assert row.accepted_by == peter()
    event = Event.objects.get(verb="accept")
    assert "No request is open yet." in event.summary


def test_reason_given_before_counts_and_can_be_replaced() -> None:
    version = draft()
    [warned] = readiness(version, paula()).warnings
    accept_warnings(version=version, reasons={warned.problem: "First."}, by=paula())
    accept_warnings(version=version, reasons={warned.problem: "Second."}, by=peter())
    send_to_review(version=version, by=paula())
    publish(version, reasons=lambda found: {})
    row = AcceptedWarning.objects.get(version=version)
    assert (row.reason, row.accepted_by) == ("Second.", peter())


def test_same_reason_again_leaves_it_to_who_gave_it() -> None:
    version = draft()
    [warned] = readiness(version, paula()).warnings
    accept_warnings(version=version, reasons={warned.problem: "Looked at."}, by=paula())
    send_to_review(version=version, by=paula())
    publish(version)
    assert AcceptedWarning.objects.get(version=version).accepted_by == paula()


def test_reasons_are_refused() -> None:
    version = draft()
    [warned] = readiness(version, paula()).warnings
    with pytest.raises(EditionRefusedError, match="Say why this may stand"):
        accept_warnings(version=version, reasons={warned.problem: " "}, by=paula())
    with pytest.raises(PermissionDenied):
        accept_warnings(
            version=version,
            reasons={warned.problem: "Why not?"},
            by=person("rhea", Role.REVIEWERS),
        )
    publish_version(version=version, by=peter())
    with pytest.raises(EditionRefusedError, match="published already"):
        accept_warnings(version=version, reasons={warned.problem: "Late."}, by=paula())
    assert not AcceptedWarning.objects.exists()


def test_reason_of_the_edition_before_is_offered_again() -> None:
    first = draft()
    Question.objects.create(version=first, key="spare", wording="Spare?", type="yes_no")
    send_to_review(version=first, by=paula())
    publish(first, reasons=because("Asked from 2023 on."))
    copy = copy_to_draft(version=first, number="2", effective_from=date(2022, 1, 1), by=paula())
    found = {w.problem.code: w for w in readiness(copy, peter()).warnings}
    spare = found["unused-question"]
    assert spare.is_open and spare.before is not None
    assert spare.before.reason == "Asked from 2023 on."
    assert found["old-source"].before is None


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
        status=status,
        line_of_business="commercial",
        request_date=day,
        created_at=now,
        created_by=ann,
        updated_at=now,
        updated_by=ann,
        submitted_at=None if status == RequestStatus.DRAFT else now,
        submitted_by=None if status == RequestStatus.DRAFT else ann,
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
