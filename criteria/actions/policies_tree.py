"""Moves a criterion in its tree: up, down, out of its group, or into the group above it."""

from collections.abc import Callable
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction

from criteria.actions.events import record_event
from criteria.actions.policies import EditionRefusedError
from criteria.actions.policies_parts import check_may_edit
from criteria.models import Criterion, Slot
from criteria.models.criterion_rules import GROUPS


class Direction(StrEnum):
    """Where a criterion is moved."""

    UP = "up"
    DOWN = "down"
    OUT = "out"
    IN = "in"


@transaction.atomic
def move_criterion(*, criterion: Criterion, direction: Direction, by: User) -> None:
    """Move a member of a group; the trees stay whole."""
    check_may_edit(criterion.version, by)
    if criterion.parent is None or criterion.slot != Slot.MEMBER:
        raise EditionRefusedError(f"“{criterion}” has a fixed place.")
    _MOVES[direction](criterion, criterion.parent)
    summary = f"Moved “{criterion}” {direction.value} in {criterion.version}."
    record_event(verb="move", obj=criterion, summary=summary, by=by)


def members_of(parent: Criterion) -> list[Criterion]:
    """The members of a group, in their order."""
    return list(parent.members.filter(slot=Slot.MEMBER))


def _swap(criterion: Criterion, parent: Criterion, step: int) -> None:
    members = members_of(parent)
    at = members.index(criterion)
    to = at + step
    if not 0 <= to < len(members):
        raise EditionRefusedError(f"“{criterion}” is already at the end of its group.")
    members[at], members[to] = members[to], members[at]
    _renumber(members)


def _out(criterion: Criterion, parent: Criterion) -> None:
    above = parent.parent
    if above is None or parent.slot != Slot.MEMBER:
        raise EditionRefusedError(f"“{criterion}” stands in a group that cannot be left.")
    members = members_of(above)
    members.insert(members.index(parent) + 1, criterion)
    _put(criterion, above, members)


def _in(criterion: Criterion, parent: Criterion) -> None:
    members = members_of(parent)
    before = members[: members.index(criterion)]
    if not before or before[-1].kind not in GROUPS:
        raise EditionRefusedError(f"There is no group right above “{criterion}”.")
    _put(criterion, before[-1], [*members_of(before[-1]), criterion])


def _put(criterion: Criterion, parent: Criterion, members: list[Criterion]) -> None:
    criterion.parent = parent
    criterion.save()
    _renumber(members)


def _renumber(members: list[Criterion]) -> None:
    for position, member in enumerate(members, start=1):
        member.position = position
    Criterion.objects.bulk_update(members, ["position"])


_MOVES: dict[Direction, Callable[[Criterion, Criterion], None]] = {
    Direction.UP: lambda criterion, parent: _swap(criterion, parent, -1),
    Direction.DOWN: lambda criterion, parent: _swap(criterion, parent, 1),
    Direction.OUT: _out,
    Direction.IN: _in,
}
