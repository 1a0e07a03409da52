"""What goes with a part that is deleted, and keeping it so that it can be brought back."""

from collections import Counter
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import User
from django.db import router
from django.db.models import Model
from django.utils import timezone

from criteria.models import CriteriaTree, Part, RemovedPart


def going_with(part: Part) -> list[Model]:
    """Every row that is deleted with a part, itself included; what others need comes first."""
    collector = NestedObjects(using=router.db_for_write(type(part)))
    collector.collect([part])
    collector.sort()
    models = reversed(list(collector.data))
    return [row for model in models for row in sorted(collector.data[model], key=_id)]


def _id(row: Model) -> int:
    return int(row.pk)


def counted_inside(part: Part) -> list[tuple[int, str]]:
    """How many parts of which kind go with a part, itself left out: "12", "criteria"."""
    rows = [row for row in going_with(part) if row != part and isinstance(row, Part)]
    kinds = Counter(type(row) for row in rows if not isinstance(row, CriteriaTree))
    return [(number, _kind(model, number)) for model, number in kinds.items()]


def _kind(model: type[Model], number: int) -> str:
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)


def keep_removed(part: Part, by: User) -> RemovedPart:
    """Keep a part that is about to be deleted, with every row that goes with it."""
    rows = [{"model": row._meta.label_lower, "values": _values(row)} for row in going_with(part)]
    return RemovedPart.objects.create(
        version=part.version,
        kind=str(part._meta.verbose_name),
        name=str(part),
        part=part.pk,
        rows=rows,
        removed_at=timezone.now(),
        removed_by=by,
    )


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
