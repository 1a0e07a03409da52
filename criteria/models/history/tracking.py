"""Which rows have a history, and which columns of them: every part, its edition, its policy."""

from typing import Any

from auditlog.registry import auditlog
from auditlog.signals import pre_log
from django.apps import AppConfig
from django.db import models
from django.db.models.signals import pre_delete

from criteria.models.history.places import name_of, places_of
from criteria.models.part import Part
from criteria.models.policy import Policy
from criteria.models.version import PolicyVersion

# What the steps of an edition's life tell in words, and what is only kept for the machine.
UNTOLD = {
    "policyversion": (
        "id",
        "status",
        "content_hash",
        "base",
        "edited_at",
        "edited_by",
        "published_at",
        "published_by",
    ),
    "criteriatree": ("id", "version", "revision", "removed"),
    "policy": ("id",),
}
# Columns whose own name says too little beside others of the same row.
NAMES = {"max_age_unit": "measured at most, unit", "window_unit": "within, unit"}


def track_changes(app: AppConfig) -> None:
    """Begin to take down changes. Loading a whole file inserts in bulk, and is not taken down."""
    for model in app.get_models():
        if issubclass(model, Part | Policy | PolicyVersion):
            # Only of these: a listener to every deletion would slow down that of other rows.
            pre_delete.connect(
                _remember_place, sender=model, dispatch_uid=f"change-place-{model._meta.label}"
            )
            untold = UNTOLD.get(model._meta.model_name or "", ("id", "version"))
            auditlog.register(
                model,
                include_fields=[f.name for f in model._meta.fields if f.name not in untold],
                mapping_fields=NAMES,
                m2m_fields={links.name for links in model._meta.many_to_many},
            )
    pre_log.connect(_is_told, dispatch_uid="change-told")


def _remember_place(instance: models.Model, origin: Any = None, **_: Any) -> None:
    """Before anything goes: where a part stood, and what takes it along."""
    kind = getattr(origin, "model", type(origin))
    if kind is PolicyVersion:
        instance.untold = True  # type: ignore[attr-defined]
    elif isinstance(instance, Part):
        is_taken = isinstance(origin, models.Model) and origin != instance
        gone_with = name_of(type(origin), origin.pk) if is_taken else ""
        instance.going = {  # type: ignore[attr-defined]
            "places": places_of(instance),
            "gone_with": gone_with,
        }


def _is_told(instance: models.Model, **_: Any) -> bool:
    """What goes with a discarded draft has no history to stand in."""
    return not getattr(instance, "untold", False)
