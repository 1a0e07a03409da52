"""The history of codes that are saved many at a time: the same rows, written together."""

from collections.abc import Iterable, Iterator
from typing import Any

from auditlog.diff import model_instance_diff
from django.contrib.contenttypes.models import ContentType

from criteria.models import Change, Code, Indication
from criteria.models.history.change import about

Action = Change.Action


def tell_added(codes: Iterable[Code], suggests: Indication | None, name: str) -> None:
    """Take down new codes, and the diagnosis each of them suggests under ``name``."""
    linked = {} if suggests is None else {name: _linked(suggests)}
    _write((code, Action.CREATE, _values(None, code)) for code in codes)
    _write((code, Action.UPDATE, linked) for code in codes if linked)


def tell_changed(pairs: Iterable[tuple[Code, Code]]) -> None:
    """Take down changed codes: each as it was and as it is."""
    _write((new, Action.UPDATE, _values(old, new)) for old, new in pairs)


def tell_removed(codes: Iterable[Code]) -> None:
    """Take down codes that are about to go."""
    _write((code, Action.DELETE, _values(code, None)) for code in codes)


def _values(old: Code | None, new: Code | None) -> dict[str, Any]:
    """The old and the new value of each column that differs, as plain values, never as words."""
    return model_instance_diff(old, new, use_json_for_changes=True) or {}


def _linked(indication: Indication) -> dict[str, Any]:
    return {"type": "m2m", "operation": "add", "objects": [str(indication)]}


def _write(told: Iterable[tuple[Code, int, dict[str, Any]]]) -> None:
    Change.objects.bulk_create(list(_rows(told)), batch_size=500)


def _rows(told: Iterable[tuple[Code, int, dict[str, Any]]]) -> Iterator[Change]:
    """Edition, person and kind are those of the first: one action changes one edition."""
    shared: dict[str, Any] = {}
    for code, action, changes in told:
        shared = shared or about(code) | {"content_type": ContentType.objects.get_for_model(code)}
        own = {"object_pk": code.pk, "object_id": code.pk, "object_repr": str(code)}
        place = {"places": f" code-{code.pk} "}
        yield Change(action=action, changes=changes, **shared | own | place)
