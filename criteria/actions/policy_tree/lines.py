"""Adds, changes and duplicates the lines of an outline."""

from collections.abc import Callable, Collection

from django.contrib.auth.models import User
from django.db import transaction

from criteria.actions.changes import added
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.keys import keys_of, own_key, unused
from criteria.actions.policies.parts import save_part
from criteria.actions.policies.seen import count_change
from criteria.actions.policy_tree.place import LinePlace, Spot, inside, members_of, put, spot_of
from criteria.actions.policy_tree.tree import hold_tree
from criteria.models import Criterion, Kind, Slot
from criteria.models.criterion_rules import GROUPS


@transaction.atomic
def add_line(
    *,
    criterion: Criterion,
    place: LinePlace,
    links: Callable[[], None],
    revision: int | None = None,
    by: User,
) -> None:
    """Add a criterion of ``criterion.tree`` at a place; ``links`` sets its choices.

    Raises what ``hold_tree`` raises, EditionRefusedError where nothing can stand, and
    ValidationError for a criterion that does not fit.
    """
    hold_tree(criterion.tree, revision, by)
    spot = spot_of(criterion.tree, place)
    criterion.parent, criterion.slot = spot.parent, spot.slot
    save_part(part=criterion, links=links, by=by)
    put(criterion, spot)


@transaction.atomic
def save_line(
    *,
    criterion: Criterion,
    changed: Collection[str],
    links: Callable[[], None],
    revision: int | None = None,
    by: User,
) -> None:
    """Save a changed criterion; ``changed`` names its columns, ``links`` sets its choices.

    Raises what ``hold_tree`` raises, and ValidationError for a criterion that does not fit.
    """
    hold_tree(criterion.tree, revision, by)
    save_part(part=criterion, changed=changed, links=links, by=by)


@transaction.atomic
def set_group(
    *, criterion: Criterion, kind: Kind, n: int | None, revision: int | None = None, by: User
) -> None:
    """Say how the members of a group are joined; ``n`` goes with "at least".

    Raises what ``hold_tree`` raises, EditionRefusedError for what is no group, and
    ValidationError for an ``n`` that does not fit.
    """
    hold_tree(criterion.tree, revision, by)
    if criterion.kind not in GROUPS or kind not in GROUPS:
        raise EditionRefusedError(f"“{criterion}” is no group: it cannot be joined in another way.")
    criterion.kind, criterion.n = kind, n if kind == Kind.AT_LEAST else None
    save_part(part=criterion, changed=["kind", "n"], by=by)


@transaction.atomic
def duplicate_line(*, criterion: Criterion, revision: int | None = None, by: User) -> Criterion:
    """Copy a member with everything inside it to the place after it, and give the copy back.

    Raises what ``hold_tree`` raises, and EditionRefusedError for what stands alone in its place.
    """
    hold_tree(criterion.tree, revision, by)
    parent = criterion.parent
    if parent is None or criterion.slot != Slot.MEMBER:
        raise EditionRefusedError(
            f"There is room for one “{criterion}” here. Put it into a group first."
        )
    copies = _copies(criterion)
    copy = copies[criterion.pk]
    put(copy, Spot(parent, Slot.MEMBER, members_of(parent).index(criterion) + 1))
    count_change(criterion.tree_id)
    summary = f"Duplicated “{criterion}” in {criterion.version}."
    record_event(verb="add", obj=copy, summary=summary, changes=added(*copies.values()), by=by)
    return copy


def _copies(criterion: Criterion) -> dict[int, Criterion]:
    """Copies of a criterion and of everything inside it, each with a key of its own.

    By the id of the one it is a copy of.
    """
    taken = keys_of(criterion.tree_id)
    copies: dict[int, Criterion] = {}
    for row in inside(criterion):
        key = unused(own_key(row), taken)
        taken.add(key)
        copies[row.pk] = _copy(row, key, copies.get(row.parent_id or 0, row.parent))
    return copies


def _copy(row: Criterion, key: str, parent: Criterion | None) -> Criterion:
    same = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    copy = Criterion(**(same | {"id": None, "key": key}))
    copy.parent = parent
    # A member of a group may stand there twice for a moment; a branch cannot, and has no twin.
    copy.save(force_insert=True)
    copy.passing.set(row.passing.all())
    copy.reviewer.set(row.reviewer.all())
    return copy
