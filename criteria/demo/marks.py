"""What the demonstration has made: an event for each thing, which stays when the thing goes."""

from django.contrib.auth.models import User
from django.db import models

from criteria.actions.events import record_event
from criteria.models import Event

VERB = "demo"


def was_made(name: str) -> bool:
    """Whether a thing of the demonstration was ever made here."""
    return Event.objects.filter(verb=VERB, summary=name).exists()


def mark(obj: models.Model, name: str, *, by: User | None) -> None:
    """Note that ``obj`` is the ``name`` of the demonstration."""
    record_event(verb=VERB, obj=obj, summary=name, by=by)
