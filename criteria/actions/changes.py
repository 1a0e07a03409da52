"""What an event changed of a policy, its editions and their parts, taken down row by row.

An action looks at a row before it writes it (``values_of``, ``stored_values``), and hands what
became of it to ``record_event``.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from criteria.models import Change, Part, Policy, PolicyVersion
from criteria.models.change import name_of

Action = Change.Action
Values = dict[str, object]

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
# The columns that lead to the row a part stands in: the first of them that is set.
OWNERS = {
    "synonym": ("indication",),
    "pathway": ("indication",),
    "dosinglimit": ("pathway",),
    "reviewernote": ("pathway", "indication"),
    "reviewernotecode": ("note",),
    "criteriatree": ("pathway", "limit", "note"),
    "criterion": ("tree",),
    "questionchoice": ("question",),
    "questionunit": ("question",),
    "vialsize": ("product",),
    "productcode": ("product",),
    "productlabel": ("product",),
    "nameddisease": ("list",),
}


def has_history(row: models.Model) -> bool:
    """Whether what is done to a row is told in the history of a policy."""
    return isinstance(row, Part | Policy | PolicyVersion)


def values_of(row: models.Model) -> Values:
    """What a row says: every column that is told, and the names of what it is linked to."""
    untold = UNTOLD.get(row._meta.model_name or "", ("id", "version"))
    columns = [field for field in row._meta.concrete_fields if field.name not in untold]
    links = row._meta.many_to_many if row.pk else ()
    return {field.name: field.to_python(getattr(row, field.attname)) for field in columns} | {
        field.name: [str(other) for other in getattr(row, field.name).all()] for field in links
    }


def stored_values(row: models.Model) -> Values:
    """What is stored of a row that is about to be saved; nothing of a new one."""
    found = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
    return {} if found is None else values_of(found)


def added(*rows: models.Model) -> list[Change]:
    """That rows are new."""
    return [change for row in _with_links(rows) for change in became(row, {})]


def became(row: models.Model, before: Values) -> list[Change]:
    """That a row is new, or says something else than ``before``; nothing if it says the same."""
    now = values_of(row)
    action = Action.UPDATE if before else Action.CREATE
    return [] if now == before else [_change(row, action, before, now)]


def deleted(rows: Iterable[models.Model], first: models.Model | None = None) -> list[Change]:
    """That rows are about to go; ``first``: the one that takes the others along."""
    found = _with_links([row for row in rows if isinstance(row, Part)])
    changes = [_change(row, Action.DELETE, values_of(row), {}) for row in found]
    for change, row in zip(changes, found, strict=True):
        if first not in (None, row):
            change.gone_with = name_of(type(first), first.pk)
    return changes


def told(row: models.Model) -> Change:
    """A place in the history for what only the words of the event say of a row."""
    return _change(row, Action.UPDATE, {}, {})


def _change(row: models.Model, action: Action, before: Values, now: Values) -> Change:
    every = {name: [before.get(name), now.get(name)] for name in before | now}
    return Change(
        version_id=row.pk if isinstance(row, PolicyVersion) else getattr(row, "version_id", None),
        action=action,
        object_type=row._meta.model_name or "",
        object_id=row.pk,
        name=str(row),
        places=f" {' '.join(_way(row))} " if isinstance(row, Part) else "",
        changes={name: pair for name, pair in every.items() if _empty(pair[0]) != _empty(pair[1])},
    )


def _empty(value: object) -> object:
    """Nothing, in whichever way a column says it."""
    return None if value in ("", None, []) else value


def _way(row: models.Model) -> Iterator[str]:
    """A row and those it stands in, innermost first."""
    yield name_of(type(row), row.pk)
    for column in OWNERS.get(row._meta.model_name or "", ()):
        try:
            owner = getattr(row, column)
        except ObjectDoesNotExist:
            return
        if owner is not None:
            yield from _way(owner)
            return


def _with_links(rows: Sequence[models.Model]) -> Sequence[models.Model]:
    """Read what rows are linked to: a few queries for each kind of them."""
    for model in {type(row) for row in rows}:
        names = [field.name for field in model._meta.many_to_many]
        if names:
            models.prefetch_related_objects([r for r in rows if type(r) is model], *names)
    return rows
