"""What was deleted last comes back whole, at its place, or says why it cannot."""

import pytest
from django.core.exceptions import PermissionDenied

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.parts import delete_part
from criteria.actions.policies.seen import StaleTreeError
from criteria.actions.policy_tree.lines import add_line
from criteria.actions.policy_tree.place import LinePlace, Where
from criteria.actions.policy_tree.undo import remove_line, restore_line
from criteria.models import Criterion, PolicyVersion, Question, QuestionChoice
from criteria.policies.stored.load import edition_of
from tests.actions.trees import line, new_line, nothing, shape, tree_of
from tests.factories.people import paula, person
from tests.factories.policy import draft

pytestmark = pytest.mark.django_db
WHOLE = "root(stated some(igg kind steroid) fork(…) dose)"


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.mark.parametrize("key", ["stated", "igg", "kind", "steroid", "some", "fork", "drugs"])
def test_part_comes_back_whole(version: PolicyVersion, key: str) -> None:
    before, rows = edition_of(version), set(Criterion.objects.values_list("pk", flat=True))
    remove_line(criterion=line(version, key), by=paula())
    restore_line(tree=tree_of(version), by=paula())
    assert edition_of(version) == before
    assert set(Criterion.objects.values_list("pk", flat=True)) == rows
    assert tree_of(version).removed is None


def test_whole_tree_comes_back(version: PolicyVersion) -> None:
    before = edition_of(version)
    remove_line(criterion=line(version, "root"), by=paula())
    assert not Criterion.objects.filter(tree=tree_of(version)).exists()
    restore_line(tree=tree_of(version), by=paula())
    assert edition_of(version) == before


def test_it_comes_back_among_others_that_moved(version: PolicyVersion) -> None:
    remove_line(criterion=line(version, "steroid"), by=paula())
    version.criterion_set.filter(question__key="igg", tree=tree_of(version)).delete()
    restore_line(tree=tree_of(version), by=paula())
    assert shape(version) == "root(stated some(kind steroid) fork(…) dose)"


def test_only_the_last_is_kept(version: PolicyVersion) -> None:
    remove_line(criterion=line(version, "igg"), by=paula())
    remove_line(criterion=line(version, "kind"), by=paula())
    restore_line(tree=tree_of(version), by=paula())
    assert shape(version) == "root(stated some(kind steroid) fork(…) dose)"
    with pytest.raises(EditionRefusedError, match="nothing to bring back"):
        restore_line(tree=tree_of(version), by=paula())


def refused(version: PolicyVersion, words: str) -> None:
    """It cannot come back, and is still kept."""
    with pytest.raises(EditionRefusedError, match=words):
        restore_line(tree=tree_of(version), by=paula())
    assert tree_of(version).removed is not None


def test_taken_place_is_named(version: PolicyVersion) -> None:
    remove_line(criterion=line(version, "drugs"), by=paula())
    place = LinePlace(Where.THEN, line(version, "fork"))
    new = new_line(version, title="Another")
    add_line(criterion=new, place=place, links=nothing, by=paula())
    refused(version, "“Another” stands in its place")


def test_lost_group_is_said(version: PolicyVersion) -> None:
    remove_line(criterion=line(version, "igg"), by=paula())
    Criterion.objects.filter(pk=line(version, "some").pk).delete()
    refused(version, "its group is gone")


def test_lost_question_is_said(version: PolicyVersion) -> None:
    remove_line(criterion=line(version, "kind"), by=paula())
    delete_part(part=Question.objects.get(version=version, key="kind"), by=paula())
    refused(version, "a question it names was deleted")


def test_lost_choice_is_said(version: PolicyVersion) -> None:
    remove_line(criterion=line(version, "kind"), by=paula())
    choice = QuestionChoice.objects.get(version=version, key="unclear")
    delete_part(part=choice, by=paula())
    refused(version, "a question choice it names was deleted")


def test_key_that_was_taken_meanwhile_is_made_new(version: PolicyVersion) -> None:
    remove_line(criterion=line(version, "some"), by=paula())
    place = LinePlace(Where.INSIDE, line(version, "root"))
    add_line(criterion=new_line(version, key="some"), place=place, links=nothing, by=paula())
    restored = restore_line(tree=tree_of(version), by=paula())
    assert restored.key == "some-2"


def test_two_editors(version: PolicyVersion) -> None:
    remove_line(criterion=line(version, "igg"), revision=0, by=paula())
    peter = person("peter", Role.POLICY_EDITORS)
    with pytest.raises(StaleTreeError) as error:
        remove_line(criterion=line(version, "kind"), revision=0, by=peter)
    assert error.value.changes[0].summary.startswith("Deleted “Title of igg” in ")
    with pytest.raises(StaleTreeError):
        restore_line(tree=tree_of(version), revision=0, by=peter)
    restore_line(tree=tree_of(version), revision=1, by=peter)
    assert shape(version) == WHOLE


def test_reader_may_neither(version: PolicyVersion) -> None:
    rhea = person("rhea", Role.REVIEWERS)
    with pytest.raises(PermissionDenied):
        remove_line(criterion=line(version, "igg"), by=rhea)
    with pytest.raises(PermissionDenied):
        restore_line(tree=tree_of(version), by=rhea)
