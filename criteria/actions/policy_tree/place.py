"""Where a criterion stands: places in a tree, and putting a criterion into one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from criteria.actions.policies.base import EditionRefusedError
from criteria.models import CriteriaTree, Criterion, Kind, Slot
from criteria.models.criterion_rules import GROUPS


class Where(StrEnum):
    """A place beside or inside a line of the outline; ``TOP``: in an empty tree."""

    BEFORE = "before"
    AFTER = "after"
    INSIDE = "inside"
    WHEN = "when"
    THEN = "then"
    OTHERWISE = "otherwise"
    TOP = "top"


BRANCHES = (Slot.WHEN, Slot.THEN, Slot.OTHERWISE)


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A place as an editor names it: beside or inside ``target``."""

    where: Where
    target: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the tree; ``index`` counts the members before it, None for the last."""

    parent: Criterion | None
    slot: Slot = Slot.MEMBER
    index: int | None = None


def spot_of(tree: CriteriaTree, place: LinePlace) -> Spot:
    """The spot a place means. Raises EditionRefusedError where nothing can stand."""
    target = place.target
    if target is None:
        if place.where is not Where.TOP or Criterion.objects.filter(tree=tree).exists():
            raise EditionRefusedError("There is no such place in this outline.")
        return Spot(None)
    match place.where:
        case Where.BEFORE | Where.AFTER:
            return _beside(target, place.where)
        case Where.INSIDE if target.kind in GROUPS:
            return Spot(target)
        case Where.INSIDE if target.kind == Kind.WHEN:
            return _free_branch(target, BRANCHES)
        case Where.WHEN | Where.THEN | Where.OTHERWISE if target.kind == Kind.WHEN:
            return _free_branch(target, (Slot(place.where.value),))
    raise EditionRefusedError(f"Nothing can stand inside “{target}”: it is no group.")


def _beside(target: Criterion, where: Where) -> Spot:
    if target.parent is None or target.slot != Slot.MEMBER:
        raise EditionRefusedError(
            f"“{target}” stands alone in its place. Put it into a group first, then add to that."
        )
    found = [member.pk for member in members_of(target.parent)].index(target.pk)
    return Spot(target.parent, Slot.MEMBER, found + (where is Where.AFTER))


def _free_branch(target: Criterion, wanted: Iterable[Slot]) -> Spot:
    taken = {row.slot: row for row in target.members.all()}
    free = next((slot for slot in wanted if slot not in taken), None)
    if free is not None:
        return Spot(target, free)
    there = taken[next(iter(wanted))]
    raise EditionRefusedError(
        f"“{target}” has no free place: “{there}” stands there. Move it out first."
    )


def members_of(parent: Criterion) -> list[Criterion]:
    """The members of a group, in their order."""
    return list(parent.members.filter(slot=Slot.MEMBER))


def put(criterion: Criterion, spot: Spot) -> None:
    """Put a stored criterion into a spot. Raises EditionRefusedError for one inside itself."""
    parent = spot.parent
    if parent is not None and parent.pk in {row.pk for row in inside(criterion)}:
        raise EditionRefusedError(f"“{criterion}” cannot stand inside itself.")
    index = spot.index
    members = [] if parent is None or spot.slot != Slot.MEMBER else members_of(parent)
    if criterion in members and index is not None:
        index -= members.index(criterion) < index
    others = [member for member in members if member != criterion]
    others.insert(len(others) if index is None else index, criterion)
    criterion.parent, criterion.slot = parent, spot.slot
    criterion.save()
    renumber(others)


def inside(criterion: Criterion) -> list[Criterion]:
    """A criterion and everything inside it; whatever stands in a row comes after it."""
    below: dict[int | None, list[Criterion]] = {}
    for row in Criterion.objects.filter(tree_id=criterion.tree_id).select_related("question"):
        below.setdefault(row.parent_id, []).append(row)
    found = [criterion]
    for row in found:
        found.extend(below.get(row.pk, []))
    return found


def renumber(members: list[Criterion]) -> None:
    """Number the members of a group in the order given."""
    for position, member in enumerate(members, start=1):
        member.position = position
    Criterion.objects.bulk_update(members, ["position"])
