"""Deletes a line of an outline with everything inside it, and brings the last one back whole."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from criteria.actions.changes import added, deleted
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.keys import keys_of, own_key, unused
from criteria.actions.policies.seen import count_change
from criteria.actions.policy_tree.place import Spot, inside, members_of, put
from criteria.actions.policy_tree.tree import hold_tree
from criteria.models import (
    Change,
    Contradiction,
    CriteriaTree,
    Criterion,
    Question,
    QuestionChoice,
    Slot,
)
from criteria.models.criterion_fit import LINKS

# What a row that was deleted keeps; its place is kept apart, its edition is that of the tree.
APART = ("version", "tree")


@transaction.atomic
def remove_line(*, criterion: Criterion, revision: int | None = None, by: User) -> None:
    """Delete a criterion with everything inside it; the tree keeps it until the next deletion.

    Raises what ``hold_tree`` raises.
    """
    tree = criterion.tree
    hold_tree(tree, revision, by)
    rows = inside(criterion)
    tree.removed = {
        "title": criterion.title,
        "by": by.get_username(),
        "at": timezone.now().isoformat(),
        "parent": criterion.parent_id,
        "slot": criterion.slot,
        "index": _index(criterion),
        "rows": [_kept(row) for row in rows],
    }
    tree.save(update_fields=["removed"])
    changes = deleted(rows, criterion)
    criterion.delete()
    more = f" and {len(rows) - 1} inside it" if len(rows) > 1 else ""
    _record("delete", tree, f"Deleted “{criterion}”{more}", changes, by)


def _index(criterion: Criterion) -> int:
    if criterion.parent is None or criterion.slot != Slot.MEMBER:
        return 0
    return members_of(criterion.parent).index(criterion)


def _kept(row: Criterion) -> dict[str, Any]:
    columns = [f for f in row._meta.concrete_fields if f.name not in APART]
    links = {name: [c.pk for c in getattr(row, name).all()] for name in LINKS}
    return {f.attname: getattr(row, f.attname) for f in columns} | links


@transaction.atomic
def restore_line(*, tree: CriteriaTree, revision: int | None = None, by: User) -> Criterion:
    """Bring back what was deleted last, at its place, and give its topmost criterion.

    Raises what ``hold_tree`` raises, and EditionRefusedError when it no longer fits: it is kept.
    """
    hold_tree(tree, revision, by)
    kept: dict[str, Any] | None = tree.removed
    if kept is None:
        raise EditionRefusedError("There is nothing to bring back.")
    spot = _spot(tree, kept)
    _refuse_lost(tree, kept["rows"])
    rows = [_restored(tree, said) for said in kept["rows"]]
    put(rows[0], spot)
    tree.removed = None
    tree.save(update_fields=["removed"])
    _record("restore", tree, f"Brought back “{rows[0]}”", added(*rows), by)
    return rows[0]


def _spot(tree: CriteriaTree, kept: dict[str, Any]) -> Spot:
    """Where it stood. Raises EditionRefusedError when that is gone or taken."""
    slot = Slot(kept["slot"])
    there = Criterion.objects.filter(tree=tree, parent=kept["parent"])
    taken = there.filter(slot=slot).first() if kept["parent"] is None or slot != "member" else None
    if taken is not None:
        raise EditionRefusedError(
            f"“{kept['title']}” cannot come back: “{taken}” stands in its place. Move it first."
        )
    if kept["parent"] is None:
        return Spot(None)
    parent = Criterion.objects.filter(tree=tree, pk=kept["parent"]).first()
    if parent is None:
        raise EditionRefusedError(f"“{kept['title']}” cannot come back: its group is gone.")
    return Spot(parent, slot, min(kept["index"], there.count()))


def _refuse_lost(tree: CriteriaTree, rows: list[dict[str, Any]]) -> None:
    """Refuse to bring back what names a question, a choice or a contradiction that is gone."""
    asked = {row[name] for row in rows for name in ("question_id", "anchor_question_id")} - {None}
    chosen = {pk for row in rows for name in LINKS for pk in row[name]}
    points = {row["contradiction_id"] for row in rows} - {None}
    every = ((Question, asked), (QuestionChoice, chosen), (Contradiction, points))
    for model, wanted in every:
        found = model._default_manager.filter(version=tree.version, pk__in=wanted).count()
        if found < len(wanted):
            what = model._meta.verbose_name
            raise EditionRefusedError(
                f"“{rows[0]['title']}” cannot come back: a {what} it names was deleted since."
            )


def _restored(tree: CriteriaTree, said: dict[str, Any]) -> Criterion:
    row = Criterion(version=tree.version, tree=tree)
    for field in row._meta.concrete_fields:
        if field.attname in said:
            setattr(row, field.attname, field.to_python(said[field.attname]))
    _keep_apart(row)
    row.save(force_insert=True)
    for name in LINKS:
        getattr(row, name).set(said[name])
    return row


def _keep_apart(row: Criterion) -> None:
    """Another criterion may go by its key by now."""
    taken = keys_of(row.tree_id)
    if own_key(row) in taken:
        row.key = unused(own_key(row), taken)


def _record(verb: str, tree: CriteriaTree, done: str, changes: Iterable[Change], by: User) -> None:
    count_change(tree.pk)
    summary = f"{done} in {tree.version}."
    record_event(verb=verb, obj=tree, summary=summary, changes=changes, by=by)
