"""Puts a release of ICD-10-CM in the place of the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction

from criteria.accounts.permissions import Permission, require
from criteria.actions.events import record_event
from criteria.models import IcdCode, IcdWord
from criteria.policies.codes.index import word_index

BATCH = 5_000
COLUMNS = ("code", "description", "billable", "parent", "release")


@dataclass(frozen=True, slots=True, order=True)
class NewCode:
    """A code or heading of a release; ``parent``: the heading above it, if any."""

    code: str
    description: str = field(compare=False)
    billable: bool = field(compare=False)
    parent: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class CodeChanges:
    """How the table differs from the one before, in codes."""

    added: int
    removed: int
    changed: int


@transaction.atomic
def load_codes(*, codes: Iterable[NewCode], release: str, by: User) -> CodeChanges | None:
    """Make the table say this release, and nothing else. None when it did already.

    Whoever searches meanwhile still finds the codes of before.
    """
    require(by, Permission.EDIT_POLICY)
    new = {c.code: (c.code, c.description, c.billable, c.parent, release) for c in codes}
    stored = {row[0]: row for row in IcdCode.objects.values_list(*COLUMNS)}
    if new == stored:
        return None
    _replace(new.values())
    changes = CodeChanges(
        added=len(new.keys() - stored.keys()),
        removed=len(stored.keys() - new.keys()),
        changed=sum(new[code][:-1] != stored[code][:-1] for code in new.keys() & stored.keys()),
    )
    summary = f"ICD-10-CM {release}: {len(new):,} codes."
    record_event(verb="load_codes", obj=IcdCode.objects.earliest("rank"), summary=summary, by=by)
    return changes


def _replace(rows: Iterable[tuple[str, str, bool, str, str]]) -> None:
    IcdCode.objects.all().delete()
    IcdWord.objects.all().delete()
    ranked = sorted(rows, key=lambda row: (not row[2], len(row[1]), row[0]))
    every = (
        IcdCode(rank=n, **dict(zip(COLUMNS, row, strict=True))) for n, row in enumerate(ranked)
    )
    IcdCode.objects.bulk_create(every, batch_size=BATCH)
    words = word_index((row[1], row[2]) for row in ranked)
    IcdWord.objects.bulk_create((IcdWord(start=s, ranks=r) for s, r in words), batch_size=BATCH)
