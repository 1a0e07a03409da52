"""Moves a criterion in its tree: by steps, to any place, or into a group of its own."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction

from criteria.actions.changes import added, became, stored_values
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.keys import settle_key
from criteria.actions.policies.parts import check_may_edit
from criteria.actions.policies.seen import check_revision, count_change
from criteria.actions.policy_tree.place import LinePlace, Spot, Where, members_of, put, spot_of
from criteria.models import Change, CriteriaTree, Criterion, Kind, Slot
from criteria.models.criterion_rules import GROUPS


class Direction(StrEnum):
    """Where a criterion is moved."""

    UP = "up"
    DOWN = "down"
    OUT = "out"
    IN = "in"


def hold_tree(tree: CriteriaTree, revision: int | None, by: User) -> None:
    """Begin a change of a tree: whoever may not, and whoever saw another revision, is refused.

    Raises PermissionDenied, EditionRefusedError, PublishedVersionError or StaleTreeError.
    """
    check_may_edit(tree.version, by)
    check_revision(tree, revision)


@transaction.atomic
def move_criterion(
    *, criterion: Criterion, direction: Direction, revision: int | None = None, by: User
) -> None:
    """Move a criterion one step; ``revision`` is that of the tree the editor saw.

    Raises what ``hold_tree`` raises, and EditionRefusedError for a step that leads nowhere.
    """
    hold_tree(criterion.tree, revision, by)
    _move(criterion, _STEPS[direction](criterion), direction.value, by)


@transaction.atomic
def place_criterion(
    *, criterion: Criterion, place: LinePlace, revision: int | None = None, by: User
) -> None:
    """Move a criterion to any place of its tree.

    Raises what ``hold_tree`` raises, and EditionRefusedError where it cannot stand.
    """
    hold_tree(criterion.tree, revision, by)
    if place.target == criterion:
        raise EditionRefusedError(f"“{criterion}” stands there already.")
    where = f"to {place.where.value} “{place.target}”"
    _move(criterion, spot_of(criterion.tree, place), where, by)


def _move(criterion: Criterion, spot: Spot, where: str, by: User) -> None:
    before = stored_values(criterion)
    put(criterion, spot)
    _record(criterion, f"Moved “{criterion}” {where}", became(criterion, before), by)


@transaction.atomic
def wrap_criterion(*, criterion: Criterion, revision: int | None = None, by: User) -> Criterion:
    """Put a criterion into a new group at its place, and give the group back.

    Raises what ``hold_tree`` raises.
    """
    hold_tree(criterion.tree, revision, by)
    group = _group_around(criterion)
    before = stored_values(criterion)
    parent, slot, position = criterion.parent, criterion.slot, criterion.position
    # The place is free only once the criterion stands in the group: the group waits inside it.
    group.parent, group.slot = criterion, Slot.MEMBER
    group.save()
    criterion.parent, criterion.slot, criterion.position = group, Slot.MEMBER, 1
    criterion.save()
    group.parent, group.slot, group.position = parent, slot, position
    group.save()
    rows = [*became(criterion, before), *added(group)]
    _record(group, f"Put “{criterion}” into a group", rows, by)
    return group


def _group_around(criterion: Criterion) -> Criterion:
    group = Criterion(
        version=criterion.version,
        tree=criterion.tree,
        kind=Kind.ALL,
        title="All of these",
        lines=criterion.lines,
        section=criterion.section,
    )
    settle_key(group)
    return group


def _record(criterion: Criterion, done: str, rows: Iterable[Change], by: User) -> None:
    count_change(criterion.tree_id)
    summary = f"{done} in {criterion.version}."
    record_event(verb="move", obj=criterion, summary=summary, changes=rows, by=by)


def _beside(criterion: Criterion, step: int) -> Spot:
    parent = _group_of(criterion)
    members = members_of(parent)
    to = members.index(criterion) + step
    if not 0 <= to < len(members):
        raise EditionRefusedError(f"“{criterion}” is already at the end of its group.")
    return Spot(parent, Slot.MEMBER, to + (step > 0))


def _out(criterion: Criterion) -> Spot:
    parent = criterion.parent
    if parent is None:
        raise EditionRefusedError(f"“{criterion}” has a fixed place.")
    if parent.parent is None or parent.slot != Slot.MEMBER:
        raise EditionRefusedError(f"“{criterion}” stands in a group that cannot be left.")
    return spot_of(criterion.tree, LinePlace(Where.AFTER, parent))


def _in(criterion: Criterion) -> Spot:
    members = members_of(_group_of(criterion))
    before = members[: members.index(criterion)]
    if not before or before[-1].kind not in (*GROUPS, Kind.WHEN):
        raise EditionRefusedError(f"There is no group right above “{criterion}”.")
    return spot_of(criterion.tree, LinePlace(Where.INSIDE, before[-1]))


def _group_of(criterion: Criterion) -> Criterion:
    if criterion.parent is None or criterion.slot != Slot.MEMBER:
        raise EditionRefusedError(f"“{criterion}” has a fixed place.")
    return criterion.parent


_STEPS: dict[Direction, Callable[[Criterion], Spot]] = {
    Direction.UP: lambda criterion: _beside(criterion, -1),
    Direction.DOWN: lambda criterion: _beside(criterion, 1),
    Direction.OUT: _out,
    Direction.IN: _in,
}
