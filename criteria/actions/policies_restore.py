"""Brings back what was deleted from a draft, each row as it was."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model

from criteria.actions.events import record_event
from criteria.actions.policies import EditionRefusedError
from criteria.actions.policies_parts import check_may_edit
from criteria.actions.policies_tree_seen import count_change
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
            raise EditionRefusedError(f"{held} cannot come back: the {lost} it needs is gone.")
    part = next(r for r in rows if r.pk == held.part and r._meta.verbose_name == held.kind)
    assert isinstance(part, Part)
    _count_changes(rows)
    held.delete()
    summary = f"Brought back {held} in {part.version}."
    record_event(verb="restore", obj=part, summary=summary, by=by)
    return part


def _row(said: dict[str, Any]) -> Model:
    model: type[Model] = apps.get_model(said["model"])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(v) for name, v in said["values"].items()})


def _lost(row: Model, coming: set[tuple[type[Model], Any]]) -> Iterator[str]:
    """What a row points to that is neither there nor comes back with it."""
    for field in row._meta.concrete_fields:
        pk = getattr(row, field.attname)
        if not isinstance(field, ForeignKey) or pk is None:
            continue
        target: Any = field.related_model
        if (target, pk) not in coming and not target._base_manager.filter(pk=pk).exists():
            yield str(target._meta.verbose_name)


def _put_back(row: Model, held: RemovedPart) -> None:
    """Save a row as it was. Raises EditionRefusedError when something stands in its place."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        words = " ".join(error.messages)
        raise EditionRefusedError(f"{held} cannot come back: {words}") from error
    row.save(force_insert=True)


def _count_changes(rows: list[Model]) -> None:
    """Whoever has an outline open sees that it changed."""
    trees = {row.pk for row in rows if isinstance(row, CriteriaTree)}
    for tree_id in trees | {row.tree_id for row in rows if isinstance(row, Criterion)}:
        count_change(tree_id)
