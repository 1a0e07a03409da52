"""Parts of a draft are changed through actions, by editors only."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.drafts import send_to_review
from criteria.actions.policies.parts import (
    delete_part,
    save_part,
    save_policy,
    start_version,
)
from criteria.actions.policy_tree.tree import Direction, move_criterion
from criteria.models import (
    CriteriaTree,
    Criterion,
    Event,
    Indication,
    Pathway,
    Policy,
    PolicyVersion,
    PublishedVersionError,
    Question,
    QuestionChoice,
    Slot,
)
from tests.factories.people import paula, person
from tests.factories.policy import draft, published
from tests.helpers.actions.edits import PARTS, criterion, question

pytestmark = pytest.mark.django_db


def new_version(version: PolicyVersion, by: User) -> None:
    same = {
        f.attname: getattr(version, f.attname)
        for f in PolicyVersion._meta.concrete_fields
        if f.name in ("policy", "effective_from", "source", "authorization_months")
    }
    start_version(version=PolicyVersion(number="new", **same), by=by)


@pytest.mark.parametrize("name", PARTS)
def test_editor_may_in_a_draft(name: str) -> None:
    PARTS[name](draft(), paula())


@pytest.mark.parametrize("name", PARTS)
def test_nobody_may_in_a_published_edition(name: str) -> None:
    version = published()
    with pytest.raises(PublishedVersionError):
        PARTS[name](version, paula())


@pytest.mark.parametrize("name", PARTS)
def test_nobody_may_in_an_edition_in_review(name: str) -> None:
    version = draft()
    send_to_review(version=version, by=paula())
    with pytest.raises(EditionRefusedError, match="Return it to draft"):
        PARTS[name](version, paula())


@pytest.mark.parametrize("name", [*PARTS, "new version", "policy"])
@pytest.mark.parametrize("role", [Role.PRESCRIBERS, Role.REVIEWERS, None])
def test_others_may_not(name: str, role: Role | None) -> None:
    version = draft()
    acts = PARTS | {
        "new version": new_version,
        "policy": lambda v, by: save_policy(policy=v.policy, by=by),
    }
    with pytest.raises(PermissionDenied):
        acts[name](version, person("other", role))


def test_new_part_comes_last() -> None:
    version = draft()
    part = Question(version=version, key="new", wording="New?", type="yes_no")
    save_part(part=part, by=paula())
    assert Question.objects.of(version).last() == part


def test_part_that_breaks_a_rule_is_refused() -> None:
    part = question(draft())
    part.unit = ""
    with pytest.raises(ValidationError, match="A number needs a unit"):
        save_part(part=part, by=paula())


def test_part_may_not_point_into_another_edition() -> None:
    one, two = draft(), draft(number="2")
    part = criterion(one)
    part.question = question(two)
    with pytest.raises(ValidationError, match="belongs to another edition"):
        save_part(part=part, by=paula())


def test_used_choice_is_not_deleted() -> None:
    choice = QuestionChoice.objects.get(version=draft(), key="unclear")
    with pytest.raises(EditionRefusedError, match="Title of kind"):
        delete_part(part=choice, by=paula())


def test_unused_choice_is_deleted() -> None:
    choice = QuestionChoice.objects.get(version=draft(), key="unclear")
    choice.reviewed_in.clear()
    delete_part(part=choice, by=paula())
    assert not QuestionChoice.objects.filter(key="unclear").exists()


def test_new_pathway_has_a_tree() -> None:
    version = draft()
    indication = Indication.objects.get(version=version, key="immune")
    pathway = Pathway(
        version=version,
        indication=indication,
        key="late",
        name="Late",
        serves="initial",
        lines="8",
    )
    save_part(part=pathway, by=paula())
    root = Criterion.objects.get(tree=CriteriaTree.objects.get(pathway=pathway))
    assert (root.kind, root.parent, root.lines) == ("all", None, "8")


def test_new_version_has_room_for_the_general_requirements() -> None:
    new_version(draft(), paula())
    trees = CriteriaTree.objects.filter(version__number="new").values_list("use", flat=True)
    assert set(trees) == {"general_initial", "general_continuation"}


def test_new_policy_is_saved_and_recorded() -> None:
    policy = Policy(key="new", name="New", payer="Payer", line_of_business="commercial")
    save_policy(policy=policy, by=paula())
    assert Event.objects.get(object_type="policy").object_id == str(policy.pk)


def test_policy_with_a_published_edition_is_not_renamed() -> None:
    policy = published().policy
    policy.name = "Other"
    with pytest.raises(PublishedVersionError):
        save_policy(policy=policy, by=paula())


# Moving


def members(version: PolicyVersion) -> list[str]:
    group = Criterion.objects.get(version=version, key="some")
    return [m.question.key if m.question else m.key for m in group.members.all()]


@pytest.mark.parametrize(
    ("key", "direction", "expected"),
    [
        ("kind", Direction.UP, ["kind", "igg", "steroid"]),
        ("kind", Direction.DOWN, ["igg", "steroid", "kind"]),
        ("kind", Direction.OUT, ["igg", "steroid"]),
    ],
)
def test_move(key: str, direction: Direction, expected: list[str]) -> None:
    version = draft()
    move_criterion(criterion=criterion(version, key), direction=direction, by=paula())
    assert members(version) == expected


def test_moved_out_it_stands_after_its_group_and_in_again_last() -> None:
    version = draft()
    moved = criterion(version)
    move_criterion(criterion=moved, direction=Direction.OUT, by=paula())
    root = Criterion.objects.get(version=version, key="root", tree__pathway__isnull=False)
    order = [m.title for m in root.members.all()]
    assert order[1:3] == ["Some of these", "Title of kind"]
    move_criterion(criterion=moved, direction=Direction.IN, by=paula())
    assert members(version) == ["igg", "steroid", "kind"]


@pytest.mark.parametrize(
    ("key", "direction", "message"),
    [
        ("igg", Direction.UP, "at the end"),
        ("steroid", Direction.DOWN, "at the end"),
        ("steroid", Direction.IN, "no group right above"),
        ("stated", Direction.OUT, "cannot be left"),
        ("drugs", Direction.UP, "fixed place"),
    ],
)
def test_impossible_move(key: str, direction: Direction, message: str) -> None:
    version = draft()
    with pytest.raises(EditionRefusedError, match=message):
        move_criterion(criterion=criterion(version, key), direction=direction, by=paula())


# Fitting


def test_criterion_does_not_stand_inside_itself() -> None:
    version = draft()
    outer = Criterion.objects.get(version=version, key="some")
    inner = Criterion(
        version=version,
        tree=outer.tree,
        parent=outer,
        kind="all",
        key="inner",
        title="In",
        lines="1",
    )
    save_part(part=inner, by=paula())
    outer.parent = inner
    with pytest.raises(ValidationError, match="inside itself"):
        save_part(part=outer, by=paula())


@pytest.mark.parametrize(
    ("which", "field", "value", "message"),
    [
        ("kind", "slot", Slot.THEN, "Choose member"),
        ("kind", "passes_on", False, "leave this empty"),
        ("kind", "threshold", 0, "leave this empty"),
        ("drugs", "slot", Slot.MEMBER, "Choose when, then or otherwise"),
        ("kind", "tree", "again", "stands in another tree"),
    ],
)
def test_criterion_that_does_not_fit(which: str, field: str, value: Any, message: str) -> None:
    part = criterion(draft(), which)
    if field == "tree":
        value = CriteriaTree.objects.get(pathway__key=value)
    setattr(part, field, value)
    with pytest.raises(ValidationError, match=message):
        save_part(part=part, by=paula())


def test_date_is_counted_from_a_date() -> None:
    version = draft()
    part = criterion(version, "transplanted_on")
    part.anchor, part.anchor_question = "", question(version)
    with pytest.raises(ValidationError, match="choose a question for a date"):
        save_part(part=part, by=paula())
    part.anchor_question = part.question
    with pytest.raises(ValidationError, match="from itself"):
        save_part(part=part, by=paula())


def test_age_needs_a_dated_question() -> None:
    version = draft()
    Question.objects.filter(version=version, key="igg").update(dated=False)
    with pytest.raises(ValidationError, match="does not ask for the day"):
        save_part(part=criterion(version, "igg"), by=paula())
