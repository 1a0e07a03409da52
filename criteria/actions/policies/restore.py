"""Brings back what was deleted from a draft, each row as it was."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model, UniqueConstraint

from criteria.actions.changes import added
from criteria.actions.events import record_event
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.parts import check_may_edit
from criteria.actions.policies.seen import count_change
from criteria.models import CriteriaTree, Criterion, Part, RemovedPart


@transaction.atomic
def restore_part(*, removed: RemovedPart, by: User) -> Part:
    """Bring back what a deletion took, each row as it was, and give the part.

    Raises what ``check_may_edit`` raises, and EditionRefusedError when it no longer fits: then it
    is kept. A link to what was deleted since, such as a code of a diagnosis, is left out.
    """
    check_may_edit(removed.version, by)
    held = RemovedPart.objects.select_for_update().filter(pk=removed.pk).first()
    if held is None:
        raise EditionRefusedError(f"{removed} was brought back already.")
    rows = [_row(said) for said in held.rows]
    coming = {(type(row), row.pk) for row in rows}
    for row in rows:
        lost = next(_lost(row, coming), None)
        if lost is None:
            _put_back(row, held)
        elif isinstance(row, Part):
            raise EditionRefusedError(_waits(held, *lost))
    part = next(r for r in rows if r.pk == held.part and r._meta.verbose_name == held.kind)
    assert isinstance(part, Part)  # noqa: S101
    _count_changes(rows)
    held.delete()
    summary = f"Brought back {held} in {part.version}."
    parts = [row for row in rows if isinstance(row, Part)]
    record_event(verb="restore", obj=part, summary=summary, changes=added(*parts), by=by)
    return part


def _row(said: dict[str, Any]) -> Model:
    model: type[Model] = apps.get_model(said["model"])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(v) for name, v in said["values"].items()})


def _waits(held: RemovedPart, model: type[Model], pk: int) -> str:
    """Why a part cannot come back: what it stands in was deleted as well."""
    label = model._meta.label_lower
    others = RemovedPart.objects.filter(version=held.version).exclude(pk=held.pk)
    for other in others:
        if any(row["model"] == label and row["values"]["id"] == pk for row in other.rows):
            return f"{held} cannot come back yet: bring back the {other} first."
    return f"{held} cannot come back: the {model._meta.verbose_name} it needs is gone."


def _lost(row: Model, coming: set[tuple[type[Model], Any]]) -> Iterator[tuple[type[Model], int]]:
    """What a row points to that is neither there nor comes back with it."""
    for field in row._meta.concrete_fields:
        pk = getattr(row, field.attname)
        if not isinstance(field, ForeignKey) or pk is None:
            continue
        target: Any = field.related_model
        if (target, pk) not in coming and not target._base_manager.filter(pk=pk).exists():
            yield target, pk


def _put_back(row: Model, held: RemovedPart) -> None:
    """Save a row as it was. Raises EditionRefusedError when something stands in its place."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        words = _taken(row) or " ".join(error.messages)
        raise EditionRefusedError(f"{held} cannot come back: {words}") from error
    row.save(force_insert=True)


def _taken(row: Model) -> str:
    """What stands in the place of a row, by its name: nobody sees the key both have."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            values = {name: getattr(row, name) for name in constraint.fields}
            other = type(row)._base_manager.filter(**values).first()
            if other is not None:
                kind = row._meta.verbose_name
                return f"the {kind} “{other}” stands in its place. Delete that one first."
    return ""


def _count_changes(rows: list[Model]) -> None:
    """Whoever has an outline open sees that it changed."""
    trees = {row.pk for row in rows if isinstance(row, CriteriaTree)}
    for tree_id in trees | {row.tree_id for row in rows if isinstance(row, Criterion)}:
        count_change(tree_id)
