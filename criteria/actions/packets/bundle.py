"""Hands out the packets of many requests at once, and writes down whose went out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import Http404

from criteria.accounts.permissions import can_review
from criteria.models import AuthorizationRequest, Event, Practice

IN_A_ZIP = "the packet, in a ZIP"
_NUMBER = re.compile(r"[\w-]{1,20}", re.ASCII)
T = TypeVar("T")
# Rows asked for, or written, in one statement.
BATCH = 500


@dataclass(frozen=True, slots=True)
class BundledPacket:
    """A request whose packet goes out. ``is_own``: of a practice of the person who asks."""

    pk: int
    number: str
    is_own: bool


def hand_out_selected(*, numbers: Sequence[str], by: User) -> list[BundledPacket]:
    """The requests of these numbers, by number, written down as handed out to ``by``.

    Raises Http404 if ``by`` may not read one of them: then nothing goes out.
    """
    asked = list(dict.fromkeys(numbers))
    if not all(_NUMBER.fullmatch(number) for number in asked):
        raise Http404("No request has such a number.")
    return _hand_out("number", asked, by)


def hand_out_found(*, pks: Sequence[int], by: User) -> list[BundledPacket]:
    """The same for requests that a list found."""
    return _hand_out("pk", pks, by)


@transaction.atomic
def _hand_out(field: str, asked: Sequence[Any], by: User) -> list[BundledPacket]:
    found = sorted(_readable(field, asked, by), key=lambda one: one.number)
    if len(found) != len(asked):
        raise Http404("Not every request is one this account may read.")
    for batch in batches(found):
        Event.objects.bulk_create(_event(one, by) for one in batch)
    return found


def _readable(field: str, asked: Sequence[Any], by: User) -> Iterator[BundledPacket]:
    """Those of a person's practices and, for reviewers, every one that was submitted."""
    own = tuple(Practice.objects.of(by).order_by().values_list("pk", flat=True))
    may_read = Q(practice__in=own)
    if can_review(by):
        may_read |= Q(submitted_at__isnull=False, is_quick_check=False)
    for batch in batches(asked):
        rows = AuthorizationRequest.objects.filter(may_read, **{f"{field}__in": list(batch)})
        for pk, number, practice in rows.order_by().values_list("pk", "number", "practice"):
            yield BundledPacket(pk, number, practice in own)


def _event(one: BundledPacket, by: User) -> Event:
    """As criteria.actions.events.record_download writes it, for many at once."""
    return Event(
        actor=by,
        actor_name=by.get_username(),
        verb="download" if one.is_own else "review_download",
        object_type=AuthorizationRequest._meta.model_name or "",
        object_id=str(one.pk),
        summary=IN_A_ZIP,
    )


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """Rows a statement at a time."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch
