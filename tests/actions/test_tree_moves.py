"""Lines of an outline are placed anywhere, and two editors never overwrite each other."""

import pytest
from django.core.exceptions import PermissionDenied

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.parts import save_part
from criteria.actions.policies.seen import StaleTreeError
from criteria.actions.policy_tree.tree import (
    Direction,
    move_criterion,
    place_criterion,
)
from criteria.models import (
    Criterion,
    Event,
    PolicyVersion,
    PublishedVersionError,
)
from tests.actions.trees import line, place, shape, tree_of
from tests.factories.people import paula, person
from tests.factories.policy import draft, published
from tests.helpers.actions.edits import ACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


# Moving to any place


@pytest.mark.parametrize(
    ("key", "where", "target", "expected"),
    [
        ("igg", "after", "steroid", "root(stated some(kind steroid igg) fork(…) dose)"),
        ("steroid", "before", "igg", "root(stated some(steroid igg kind) fork(…) dose)"),
        ("stated", "inside", "some", "root(some(igg kind steroid stated) fork(…) dose)"),
        ("dose", "before", "stated", "root(dose stated some(igg kind steroid) fork(…))"),
        ("drugs", "after", "kind", "root(stated some(igg kind drugs steroid) fork(…) dose)"),
    ],
)
def test_line_is_placed(
    version: PolicyVersion, key: str, where: str, target: str, expected: str
) -> None:
    to = place(where, target, version)
    place_criterion(criterion=line(version, key), place=to, by=paula())
    assert shape(version) == expected


@pytest.mark.parametrize(
    ("key", "where", "target", "message"),
    [
        ("some", "inside", "some", "stands there already"),
        ("some", "before", "igg", "cannot stand inside itself"),
        ("root", "inside", "some", "cannot stand inside itself"),
        ("igg", "inside", "kind", "no group"),
    ],
)
def test_line_is_not_placed_there(
    version: PolicyVersion, key: str, where: str, target: str, message: str
) -> None:
    before = shape(version)
    to = place(where, target, version)
    with pytest.raises(EditionRefusedError, match=message):
        place_criterion(criterion=line(version, key), place=to, by=paula())
    assert shape(version) == before


def test_branch_leaves_and_comes_back(version: PolicyVersion) -> None:
    moved = line(version, "drugs")
    move_criterion(criterion=moved, direction=Direction.OUT, by=paula())
    assert shape(version) == "root(stated some(igg kind steroid) fork(…) drugs dose)"
    move_criterion(criterion=line(version, "drugs"), direction=Direction.IN, by=paula())
    assert line(version, "drugs").slot == "then"


# Two editors


@pytest.mark.parametrize("name", ACTS)
def test_every_change_counts_once_and_refuses_the_second(version: PolicyVersion, name: str) -> None:
    ACTS[name](version, 0, paula())
    assert tree_of(version).revision == 1
    stored = shape(version)
    with pytest.raises(StaleTreeError) as error:
        ACTS[name](version, 0, person("peter", Role.POLICY_EDITORS))
    assert [event.actor_name for event in error.value.changes] == ["paula"]
    assert (shape(version), tree_of(version).revision) == (stored, 1)


@pytest.mark.parametrize("name", ACTS)
def test_only_editors_of_drafts_may(name: str) -> None:
    version = draft()
    with pytest.raises(PermissionDenied):
        ACTS[name](version, 0, person("rhea", Role.REVIEWERS))
    other = published(key="other", line_of_business="medicare")
    with pytest.raises(PublishedVersionError):
        ACTS[name](other, 0, paula())


def test_changes_are_told_by_line_and_person(version: PolicyVersion) -> None:
    save_part(part=line(version, "igg"), changed=["title"], by=paula())
    peter = person("peter", Role.POLICY_EDITORS)
    move_criterion(criterion=line(version, "kind"), direction=Direction.UP, by=peter)
    with pytest.raises(StaleTreeError) as error:
        ACTS["move"](version, 0, paula())
    told = [(e.actor_name, e.summary.split(" in ")[0]) for e in error.value.changes]
    assert told == [
        ("peter", "Moved “Title of kind” up"),
        ("paula", "Changed criterion “Title of igg” (title)"),
    ]


def test_event_is_recorded_with_each_change(version: PolicyVersion) -> None:
    before = Event.objects.count()
    for number, act in enumerate(ACTS.values()):
        act(version, number, paula())
    assert Event.objects.count() == before + len(ACTS)
    assert Criterion.objects.filter(version=version, key="").exists()
