"""Publishing as people do: after a review, by a second person, with reasons."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import EditionRefusedError, publish_version
from criteria.actions.policies.drafts import copy_to_draft, return_to_draft, send_to_review
from criteria.actions.policies.parts import save_part
from criteria.actions.policies.publish import readiness, seen_mark
from criteria.actions.policies.warnings import accept_warnings
from criteria.actions.roles import ensure_roles
from criteria.models import (
    AcceptedWarning,
    Criterion,
    Event,
    Pathway,
    Question,
    Status,
)
from tests.actions.publishing import because, publish, refused
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, reviewed

pytestmark = pytest.mark.django_db


def all_rounder(name: str = "olga") -> User:
    """In a small team: edits and publishes."""
    user = person(name, Role.POLICY_EDITORS)
    user.groups.add(ensure_roles()[Role.POLICY_PUBLISHERS])
    return User.objects.get(pk=user.pk)


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
