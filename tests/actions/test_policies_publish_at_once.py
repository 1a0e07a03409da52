"""Two people who publish at the same moment: exactly one wins, the other is told."""

import pytest
from django.contrib.auth.models import User

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.publish import publish_reviewed, seen_mark
from criteria.models import AcceptedWarning, Event, PolicyVersion
from tests.factories.people import person, peter
from tests.factories.policy import reviewed
from tests.helpers.actions.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def press(version: PolicyVersion, by: User) -> str:
    """Publish on a connection of its own; what is said if it is refused."""
    own = PolicyVersion.objects.select_related("policy").get(pk=version.pk)
    try:
        publish_reviewed(
            version=own,
            reasons=lambda found: {w.key: "Looked at." for w in found.warnings},
            close_previous=False,
            seen=seen_mark(own),
            by=by,
        )
    except EditionRefusedError as error:
        return str(error)
    return ""


def test_one_edition_is_published_once() -> None:
    version, first, second = reviewed(), peter(), person("petra", Role.POLICY_PUBLISHERS)
    won, lost = at_once(lambda: press(version, first), lambda: press(version, second))
    assert won == ""
    assert "is published already, by pet" in lost
    assert Event.objects.filter(verb="publish").count() == 1
    assert AcceptedWarning.objects.count() == 1


def test_of_two_editions_for_the_same_days_one_is_published() -> None:
    one, other = reviewed(number="1"), reviewed(number="2")
    first, second = peter(), person("petra", Role.POLICY_PUBLISHERS)
    won, lost = at_once(lambda: press(one, first), lambda: press(other, second))
    assert won == ""
    assert "in force at the same time" in lost
    assert PolicyVersion.objects.published().count() == 1


def test_no_reason_of_the_one_who_lost_is_kept() -> None:
    one, other = reviewed(number="1"), reviewed(number="2")
    at_once(lambda: press(one, peter()), lambda: press(other, peter()))
    [kept] = AcceptedWarning.objects.all()
    assert kept.version == PolicyVersion.objects.published().get()
