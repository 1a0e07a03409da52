"""Lines of an outline are added, changed, wrapped, placed and duplicated; nothing is half done."""

import pytest
from django.core.exceptions import ValidationError

from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.parts import delete_part
from criteria.actions.policy_tree.lines import add_line, duplicate_line, set_group
from criteria.actions.policy_tree.place import LinePlace, Where
from criteria.actions.policy_tree.tree import wrap_criterion
from criteria.models import (
    CriteriaTree,
    Kind,
    PolicyVersion,
    Question,
)
from criteria.policies.stored.draft_parts import draft_tree
from criteria.policies.stored.load import edition_of
from tests.actions.trees import line, new_line, nothing, place, shape, tree_of
from tests.factories.people import paula
from tests.factories.policy import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


# Adding


@pytest.mark.parametrize(
    ("where", "key", "expected"),
    [
        ("before", "igg", "root(stated some(new igg kind steroid) fork(…) dose)"),
        ("after", "igg", "root(stated some(igg new kind steroid) fork(…) dose)"),
        ("inside", "some", "root(stated some(igg kind steroid new) fork(…) dose)"),
        ("inside", "root", "root(stated some(igg kind steroid) fork(…) dose new)"),
    ],
)
def test_line_is_added_at_its_place(
    version: PolicyVersion, where: str, key: str, expected: str
) -> None:
    new = new_line(version, key="new")
    add_line(criterion=new, place=place(where, key, version), links=nothing, by=paula())
    assert shape(version) == expected


@pytest.mark.parametrize(
    ("where", "key", "message"),
    [
        ("inside", "igg", "it is no group"),
        ("before", "root", "Put it into a group first"),
        ("after", "drugs", "Put it into a group first"),
        ("inside", "fork", "no free place"),
        ("then", "fork", "“Title of drugs” stands there"),
        ("then", "some", "it is no group"),
    ],
)
def test_place_where_nothing_can_stand_is_refused(
    version: PolicyVersion, where: str, key: str, message: str
) -> None:
    before = shape(version)
    with pytest.raises(EditionRefusedError, match=message):
        add_line(
            criterion=new_line(version),
            place=place(where, key, version),
            links=nothing,
            by=paula(),
        )
    assert shape(version) == before


def test_free_branch_is_filled(version: PolicyVersion) -> None:
    line(version, "relapsed_on").delete()
    new = new_line(version, key="new")
    add_line(criterion=new, place=place("inside", "fork", version), links=nothing, by=paula())
    assert (new.slot, new.parent) == ("otherwise", line(version, "fork"))


def test_empty_tree_is_started_once(version: PolicyVersion) -> None:
    tree = CriteriaTree.objects.get(version=version, use="general_initial")
    tree.criteria.all().delete()
    top = LinePlace(Where.TOP)
    add_line(criterion=new_line(version, tree=tree), place=top, links=nothing, by=paula())
    with pytest.raises(EditionRefusedError, match="no such place"):
        add_line(criterion=new_line(version, tree=tree), place=top, links=nothing, by=paula())


def test_question_asked_twice_gets_a_key_of_its_own(version: PolicyVersion) -> None:
    question = Question.objects.get(version=version, key="igg")
    new = new_line(version, kind="question", question=question, comparison=">", threshold=1)
    add_line(criterion=new, place=place("inside", "some", version), links=nothing, by=paula())
    assert new.key == "igg-2"
    assert not draft_tree(tree_of(version)).problems


def test_group_gets_a_key_from_its_title(version: PolicyVersion) -> None:
    keys = []
    for _ in range(2):
        new = new_line(version, kind="any", title="Signs of a neuropathy, seen by two physicians!")
        add_line(criterion=new, place=place("inside", "root", version), links=nothing, by=paula())
        keys.append(new.key)
    assert keys == ["signs-of-a-neuropathy-seen-by", "signs-of-a-neuropathy-seen-by-2"]


def test_line_without_lines_is_refused(version: PolicyVersion) -> None:
    new = new_line(version, lines="")
    with pytest.raises(ValidationError, match="cannot be blank"):
        add_line(criterion=new, place=place("inside", "some", version), links=nothing, by=paula())
    assert tree_of(version).revision == 0


# Groups


@pytest.mark.parametrize(("kind", "n"), [("all", None), ("any", None), ("at_least", 0)])
def test_group_is_joined_in_another_way(version: PolicyVersion, kind: str, n: int | None) -> None:
    set_group(criterion=line(version, "some"), kind=Kind(kind), n=n, by=paula())
    assert (line(version, "some").kind, line(version, "some").n) == (kind, n)
    edition_of(version)


def test_n_above_the_members_is_refused(version: PolicyVersion) -> None:
    with pytest.raises(ValidationError, match="only 3 members"):
        set_group(criterion=line(version, "some"), kind=Kind.AT_LEAST, n=4, by=paula())
    assert line(version, "some").n == 2


def test_question_is_not_joined(version: PolicyVersion) -> None:
    with pytest.raises(EditionRefusedError, match="no group"):
        set_group(criterion=line(version, "igg"), kind=Kind.ALL, n=None, by=paula())


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("kind", "root(stated some(igg all-of-these(kind) steroid) fork(…) dose)"),
        ("root", "all-of-these(root(stated some(igg kind steroid) fork(…) dose))"),
    ],
)
def test_line_is_put_into_a_group(version: PolicyVersion, key: str, expected: str) -> None:
    wrap_criterion(criterion=line(version, key), by=paula())
    assert shape(version) == expected


def test_branch_is_put_into_a_group(version: PolicyVersion) -> None:
    group = wrap_criterion(criterion=line(version, "drugs"), by=paula())
    assert (group.slot, group.parent) == ("then", line(version, "fork"))
    assert (line(version, "drugs").slot, line(version, "drugs").parent) == ("member", group)
    edition_of(version)


# Duplicating


def test_group_is_duplicated_with_all_inside(version: PolicyVersion) -> None:
    duplicate_line(criterion=line(version, "some"), by=paula())
    inside = "some-2(igg-2 kind-2 steroid-2)"
    assert shape(version) == f"root(stated some(igg kind steroid) {inside} fork(…) dose)"
    copy = line(version, "kind-2")
    assert [c.key for c in copy.passing.all()] == ["common", "other"]
    assert [c.key for c in copy.reviewer.all()] == ["unclear"]
    assert not draft_tree(tree_of(version)).problems


def test_when_then_is_duplicated(version: PolicyVersion) -> None:
    copy = duplicate_line(criterion=line(version, "fork"), by=paula())
    slots = [(m.slot, m.key) for m in copy.members.all()]
    assert sorted(slots) == [
        ("otherwise", "relapsed_on-2"),
        ("then", "drugs-2"),
        ("when", "transplanted_on-2"),
    ]


@pytest.mark.parametrize("key", ["root", "drugs"])
def test_what_stands_alone_is_not_duplicated(version: PolicyVersion, key: str) -> None:
    with pytest.raises(EditionRefusedError, match="into a group first"):
        duplicate_line(criterion=line(version, key), by=paula())


def test_question_that_is_asked_is_not_deleted(version: PolicyVersion) -> None:
    question = Question.objects.get(version=version, key="transplanted_on")
    with pytest.raises(EditionRefusedError) as error:
        delete_part(part=question, by=paula())
    for words in ("“Title of transplanted_on” in Immune deficiency: First request", "relapsed_on"):
        assert words in str(error.value)
    assert Question.objects.filter(pk=question.pk).exists()
