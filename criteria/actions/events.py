"""Records what was done. Called inside the transaction of every action."""

from typing import Any

from django.db import models

from criteria.models import Change, Event, Part, Policy, PolicyVersion

# What the history of an edition tells column by column needs no words there.
IN_COLUMNS = ("add", "change", "delete", "save")


def record_event(*, verb: str, obj: models.Model, summary: str = "", by: Any) -> Event:
    """Write down that ``by`` did ``verb`` to ``obj``. No patient details in the summary."""
    if isinstance(obj, Part | Policy | PolicyVersion):
        Change.objects.tell(obj, "" if verb in IN_COLUMNS else summary, by)
    return Event.objects.create(
        actor=by,
        actor_name="" if by is None else by.get_username(),
        verb=verb,
        object_type=obj._meta.model_name or "",
        object_id=str(obj.pk),
        summary=summary,
    )
