"""The life of an edition: who may do what; reviewed, published, closed, retired, copied."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import (
    EditionRefusedError,
    close_version,
    publish_version,
    retire_version,
)
from criteria.actions.policies.drafts import (
    copy_to_draft,
    discard_draft,
    return_to_draft,
    send_to_review,
)
from criteria.models import (
    Criterion,
    Event,
    PolicyVersion,
    PublishedVersionError,
    Question,
    Status,
)
from criteria.policies.checks.check import problems_of
from criteria.policies.stored.export import export
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.factories.policy_file import policy_file
from tests.helpers.actions.edits import ACTIONS

pytestmark = pytest.mark.django_db
PUBLISHING = {"publish", "close", "retire"}
OTHERS: dict[str, Callable[[], User]] = {
    "prescriber": lambda: person("ann", Role.PRESCRIBERS),
    "reviewer": lambda: person("rhea", Role.REVIEWERS),
    "someone": lambda: person("otto"),
    "former editor": lambda: inactive(paula()),
}


def inactive(user: User) -> User:
    user.is_active = False
    user.save()
    return user


@pytest.mark.parametrize("name", ACTIONS)
def test_one_role_may_and_it_is_recorded(name: str) -> None:
    make, act = ACTIONS[name]
    version = make()
    before = set(Event.objects.values_list("pk", flat=True))
    by = peter() if name in PUBLISHING else paula()
    act(version, by)
    event = Event.objects.exclude(pk__in=before).get()
    assert (event.verb, event.actor_name) == (name, by.username)
    assert event.summary


@pytest.mark.parametrize("name", ACTIONS)
def test_the_other_role_may_not(name: str) -> None:
    make, act = ACTIONS[name]
    version = make()
    with pytest.raises(PermissionDenied):
        act(version, paula() if name in PUBLISHING else peter())


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("who", OTHERS)
def test_others_may_not(name: str, who: str) -> None:
    make, act = ACTIONS[name]
    version = make()
    before = PolicyVersion.objects.values_list("pk", "status", "effective_until")
    kept = list(before)
    with pytest.raises(PermissionDenied):
        act(version, OTHERS[who]())
    assert list(before.all()) == kept


# Publishing


def test_publishing_says_when_and_by_whom() -> None:
    version = published()
    assert (version.status, version.published_by) == (Status.PUBLISHED, peter())
    assert version.published_at is not None
    assert len(version.content_hash) == 64


def test_publishing_twice_is_refused() -> None:
    with pytest.raises(EditionRefusedError, match="published already"):
        publish_version(version=published(), by=peter())


@pytest.mark.parametrize(
    ("first", "until", "allowed"),
    [
        ("2021-01-01", "2021-10-01", True),
        ("2021-01-01", "2021-10-02", False),
        ("2021-01-01", None, False),
        ("2021-11-01", "2021-12-01", False),
        ("2021-12-31", None, False),
        ("2022-01-01", None, True),
    ],
)
def test_editions_in_force_at_one_time_are_refused(
    first: str, until: str | None, allowed: bool
) -> None:
    published(number="A", effective_from="2021-10-01", effective_until="2022-01-01")
    version = draft(number="B", effective_from=first, effective_until=until)
    if allowed:
        publish_version(version=version, by=peter())
        return
    with pytest.raises(EditionRefusedError, match="edition A.*from 1 Oct 2021 until 31 Dec 2021"):
        publish_version(version=version, by=peter())


def test_other_line_of_business_is_no_overlap() -> None:
    published()
    published(key="medicare-ig", line_of_business="medicare")


def test_two_policies_of_one_line_of_business_overlap() -> None:
    published()
    with pytest.raises(EditionRefusedError, match="same time"):
        published(key="second-policy", number="B")


def test_open_edition_can_be_ended_on_the_way() -> None:
    old = published(number="A")
    new = draft(number="B", effective_from="2023-01-01")
    with pytest.raises(EditionRefusedError, match="with no last day"):
        publish_version(version=new, by=peter())
    publish_version(version=new, by=peter(), close_previous=True)
    old.refresh_from_db()
    assert old.effective_until == date(2023, 1, 1)


def test_mistakes_keep_an_edition_back() -> None:
    version = draft()
    Criterion.objects.filter(version=version, key="some").update(n=9)
    with pytest.raises(EditionRefusedError, match="at least 9 of only 3"):
        publish_version(version=version, by=peter())
    version.refresh_from_db()
    assert version.status == Status.DRAFT


def test_warnings_do_not() -> None:
    version = draft()
    Question.objects.create(version=version, key="spare", wording="?", type="yes_no")
    found = {(p.severity, p.code) for p in problems_of(version)}
    assert found == {("warning", "unused-question")}
    publish_version(version=version, by=peter())


# Afterwards


def test_closing_before_the_first_day_is_refused() -> None:
    with pytest.raises(EditionRefusedError, match="later day"):
        close_version(version=published(), effective_until=date(2021, 10, 1), by=peter())


def test_closing_a_draft_is_refused() -> None:
    with pytest.raises(EditionRefusedError, match="not published"):
        close_version(version=draft(), effective_until=date(2031, 1, 1), by=peter())


def test_last_day_is_not_moved_into_the_next_edition() -> None:
    old = published(number="A", effective_until="2022-01-01")
    published(number="B", effective_from="2022-01-01")
    with pytest.raises(EditionRefusedError, match="edition B"):
        close_version(version=old, effective_until=date(2022, 2, 1), by=peter())
    old.refresh_from_db()
    assert old.effective_until == date(2022, 1, 1)


def test_retired_edition_is_not_in_force() -> None:
    version = published()
    retire_version(version=version, by=peter())
    assert not PolicyVersion.objects.in_force_on(date(2022, 1, 1)).exists()
    with pytest.raises(EditionRefusedError):
        retire_version(version=version, by=peter())


def test_copy_holds_the_same_and_can_be_edited() -> None:
    version = published(effective_until="2022-01-01")
    copy = copy_to_draft(version=version, number="2", effective_from=date(2022, 1, 1), by=paula())
    assert copy.status == Status.DRAFT
    edition = {"number": "2", "effective_from": "2022-01-01"}
    assert export(copy) == policy_file(**edition)
    Question.objects.filter(version=copy).update(help="Edited")
    assert export(version) == policy_file(effective_until="2022-01-01")


def test_copy_to_a_known_number_is_refused() -> None:
    version = published()
    with pytest.raises(EditionRefusedError, match="already has an edition"):
        copy_to_draft(
            version=version, number=version.number, effective_from=date(2030, 1, 1), by=paula()
        )


def test_review_and_back() -> None:
    version = draft()
    send_to_review(version=version, by=paula())
    assert version.status == Status.IN_REVIEW
    with pytest.raises(EditionRefusedError, match="is in review"):
        send_to_review(version=version, by=paula())
    return_to_draft(version=version, by=paula())
    assert version.status == Status.DRAFT


def test_published_edition_is_not_discarded() -> None:
    with pytest.raises(EditionRefusedError, match="is no draft"):
        discard_draft(version=published(), by=paula())


def test_discarded_draft_is_gone_with_its_parts() -> None:
    discard_draft(version=draft(), by=paula())
    assert not PolicyVersion.objects.exists()
    assert not Question.objects.exists()
    assert Event.objects.filter(verb="discard").exists()


def test_error_names_the_edition() -> None:
    version = published()
    with pytest.raises(PublishedVersionError, match="edition 2021D0035AD is published"):
        version.delete()
