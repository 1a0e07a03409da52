"""An edition to judge many requests by: compiled once, until somebody edits it."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from criteria.models import PolicyVersion
from criteria.policies.edition import Edition
from criteria.policies.file.compile import compile_edition
from criteria.policies.stored.export import export
from criteria.policies.stored.load import edition_of
from criteria.policies.stored.spelling import content_hash

MOST = 4


@dataclass(frozen=True, slots=True)
class Compiled:
    """An edition with the short name of its content."""

    edition: Edition
    content_hash: str


_recent: OrderedDict[tuple[int, datetime | None], Compiled] = OrderedDict()


def compiled(version: PolicyVersion, *, fresh: bool = False) -> Compiled:
    """The stored version as plain data; of a draft the one seen lately, while nobody edited it.

    Every action that edits a draft notes the moment, which is what a draft is recognised by;
    ``fresh`` reads it from its rows whatever was seen. Raises PolicyFileError while a draft is
    unfinished.
    """
    if version.is_locked:
        return Compiled(edition_of(version), version.content_hash)
    key = (version.pk, edited_at(version))
    found = None if fresh else _recent.get(key)
    if found is None:
        file = export(version)
        found = _recent[key] = Compiled(compile_edition(file), content_hash(file))
        while len(_recent) > MOST:
            _recent.popitem(last=False)
    return found


def edited_at(version: PolicyVersion) -> datetime | None:
    """When a stored version was last edited, whatever the instance at hand still says."""
    stored = PolicyVersion.objects.filter(pk=version.pk).values_list("edited_at", flat=True)
    return stored.first()
