"""Whether a row is still what its editor saw: two people never overwrite each other silently."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from django.forms import ModelForm
from django.utils import timezone

from criteria.models import Event


def mark_of(obj: Model | None, inlines: Iterable[type[Model]]) -> str:
    """A short mark of everything the form of a stored row shows."""
    if obj is None:
        return ""
    return hashlib.sha256(repr(list(_shown(obj, inlines))).encode()).hexdigest()[:16]


def _shown(obj: Model, inlines: Iterable[type[Model]]) -> Iterator[Any]:
    for field in obj._meta.concrete_fields:
        yield field.attname, str(getattr(obj, field.attname))
    for links in obj._meta.many_to_many:
        yield links.name, sorted(getattr(obj, links.name).values_list("pk", flat=True))
    for model in inlines:
        owner = next(f.name for f in model._meta.fields if f.related_model is type(obj))
        yield list(model._default_manager.filter(**{owner: obj}).order_by("pk").values_list())


def changed_words(obj: Model) -> str:
    """Who changed the row last, and what to do now."""
    found = Event.objects.filter(object_type=obj._meta.model_name, object_id=str(obj.pk))
    last = found.first()
    who = "Somebody"
    if last is not None:
        who = f"{last.actor_name or who} ({timezone.localtime(last.at):%-d %b %Y, %H:%M})"
    return (
        f"{who} changed this after you opened it. Nothing is saved yet: what you typed stands "
        "below. Compare it with what is stored now, and save again to keep yours."
    )


def differences(form: ModelForm) -> list[str]:
    """What is stored, field by field, where something else was typed."""
    return [
        f"Stored now, {form.fields[name].label}: {_words(form, name)}"
        for name in form.changed_data
        if name in form.fields
    ]


def _words(form: ModelForm, name: str) -> str:
    value = form.initial.get(name)
    choices = dict(getattr(form.fields[name], "choices", None) or ())
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "nothing"
    return str(choices.get(value, value)) if value not in (None, "") else "nothing"
