"""Where an edition stands, and the steps it took."""

from datetime import date

import pytest

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
from criteria.actions.policies.life import days_of, follower_of, standing, timeline
from criteria.models import PolicyVersion, Question
from criteria.policies.checks.base import newest_published, overtaken, published_base, undone_by
from tests.factories.people import paula, peter
from tests.factories.policy import draft, published

pytestmark = pytest.mark.django_db
TODAY = date(2022, 6, 1)


def copy(version: PolicyVersion, number: str, first: str) -> PolicyVersion:
    return copy_to_draft(
        version=version, number=number, effective_from=date.fromisoformat(first), by=paula()
    )


def follow(version: PolicyVersion, number: str, first: str) -> PolicyVersion:
    """A copy, published in the place of the edition."""
    copied = copy(version, number, first)
    publish_version(version=copied, by=peter(), close_previous=True)
    version.refresh_from_db()
    return copied


def stands(version: PolicyVersion, day: date = TODAY) -> str:
    return standing(version, day, follower_of(version))


def test_standing_of_what_is_not_published() -> None:
    version = draft()
    assert stands(version) == "Draft"
    send_to_review(version=version, by=paula())
    assert stands(version) == "In review"


def test_standing_by_the_day() -> None:
    version = published()
    assert stands(version, date(2021, 9, 30)) == "Published, in force from 1 Oct 2021"
    assert stands(version, date(2021, 10, 1)) == "In force"
    close_version(version=version, effective_until=date(2022, 1, 1), by=peter())
    assert stands(version, date(2021, 12, 31)) == "In force until 31 Dec 2021"
    assert stands(version, date(2022, 1, 1)) == "Superseded on 1 Jan 2022"


def test_standing_names_what_follows() -> None:
    first = published()
    follow(first, "2", "2022-07-01")
    assert stands(first) == "In force, superseded by edition 2 on 1 Jul 2022"
    assert stands(first, date(2022, 7, 1)) == "Superseded by edition 2 on 1 Jul 2022"


def test_retired_edition_says_so() -> None:
    version = published()
    retire_version(version=version, by=peter())
    assert stands(version) == "Retired"


def test_days_in_words() -> None:
    version = published()
    assert days_of(version) == "from 1 Oct 2021 with no last day"
    close_version(version=version, effective_until=date(2022, 1, 1), by=peter())
    assert days_of(version) == "from 1 Oct 2021 until 31 Dec 2021"


def test_every_step_stands_in_the_timeline() -> None:
    version = draft()
    send_to_review(version=version, by=paula())
    return_to_draft(version=version, note="Mind the limit.", by=peter())
    send_to_review(version=version, by=paula())
    publish_version(version=version, by=peter())
    follow(version, "2", "2022-07-01")
    retire_version(version=version, by=peter())
    told = timeline(version)
    assert [(m.step, m.who) for m in told] == [
        ("Taken in from a file", "paula"),
        ("Sent to review", "paula"),
        ("Returned to draft", "peter"),
        ("Sent to review", "paula"),
        ("Published", "peter"),
        ("Last day set", "peter"),
        ("Retired", "peter"),
    ]
    assert "Mind the limit." in told[2].words


# The edition it was copied from


def test_base_is_found_through_drafts() -> None:
    first = published()
    second = copy(copy(first, "2", "2022-01-01"), "3", "2023-01-01")
    assert published_base(second) == first
    assert published_base(draft(number="9")) is None


def test_draft_of_the_newest_edition_is_not_overtaken() -> None:
    first = published()
    assert overtaken(copy(first, "2", "2022-01-01")) is None
    assert overtaken(first) is None
    assert overtaken(draft(number="9")) is None


def test_draft_is_overtaken_and_would_undo() -> None:
    first = published()
    stale = copy(first, "3", "2023-01-01")
    newer = copy(first, "2", "2022-01-01")
    Question.objects.filter(version=newer, key="igg").update(wording="IgG, the lowest")
    publish_version(version=newer, by=peter(), close_previous=True)
    found = overtaken(stale)
    assert found is not None
    assert (found.base, found.newest) == (first, newer)
    assert [change.side.name for change in undone_by(stale, found)] == ["IgG level"]
    Question.objects.filter(version=stale, key="igg").update(wording="IgG, the lowest")
    assert undone_by(stale, found) == []


def test_copy_of_an_old_edition_is_overtaken_at_once() -> None:
    first = published()
    follow(first, "2", "2022-01-01")
    assert overtaken(copy(first, "1-again", "2023-01-01")) is not None


def test_newest_edition_is_of_the_same_policy_and_was_in_force() -> None:
    first = published()
    at_once = follow(follow(first, "2", "2022-01-01"), "3", "2022-01-01")
    assert newest_published(first) == at_once
    other = published(key="medicare-ig", line_of_business="medicare")
    assert newest_published(other) is None


def test_base_of_a_draft_is_not_discarded() -> None:
    first = draft()
    copy(first, "2", "2022-01-01")
    with pytest.raises(EditionRefusedError, match="edition 2 was copied from it"):
        discard_draft(version=first, by=paula())
