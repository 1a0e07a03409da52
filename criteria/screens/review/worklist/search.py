"""Finds requests by the starts of words, in bounded work whatever is typed.

A word that few requests have, or filters that few fit, name those few, and they are looked through.
When everything is frequent, the list is walked in its order until a page is full: soon, as what is
asked for is frequent. What is frequent and yet never comes together would be walked for without an
end; so a walk stops after so many requests, and says how far it came.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from criteria.models import RequestWord
from criteria.models.word import starts_with
from criteria.screens.review.worklist.filters import WorklistFilter
from criteria.screens.review.worklist.keyset import KeysetMark
from criteria.screens.review.worklist.query import Requests, in_lanes, some_keys, wanted_keys

FEW = 2_000
# Requests looked at in one step of a walk; the walk ends after the last step.
STEPS = (200, 1_000, 4_000)


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of requests in the order they were read. ``stopped``: where a walk was given up."""

    pks: list[int]
    stopped: KeysetMark | None = None


def search(
    asked: WorklistFilter, words: Sequence[str], *, mark: KeysetMark | None, most: int
) -> Found:
    """The first ``most`` that fit and have a word beginning with each of ``words``."""
    few = _few(asked, words)
    if few is None:
        return _walk(asked, words, mark, most)
    found = _with(words, in_lanes(asked).filter(asked.order.beyond(mark), pk__in=few))
    ordered = found.order_by(*asked.order.columns(mark))[:most]
    return Found(list(ordered.values_list("pk", flat=True)))


def _few(asked: WorklistFilter, words: Sequence[str]) -> set[int] | None:
    """The requests one condition leaves, if it leaves few; None where every one leaves many."""
    for word in words:
        rows = RequestWord.objects.filter(starts_with(word)).values_list("request", flat=True)
        found = set(rows[: FEW + 1])
        if len(found) <= FEW:
            return found
    fit = set(some_keys(asked, FEW + 1))
    return fit if len(fit) <= FEW else None


def _walk(asked: WorklistFilter, words: Sequence[str], mark: KeysetMark | None, most: int) -> Found:
    """Down the list, every group and holder, step by step until there are enough."""
    whole = replace(asked, groups=None, holder=None)
    is_back = mark is not None and mark.is_before
    found: list[int] = []
    for step in STEPS:
        keys = wanted_keys(whole, mark=mark, most=step)
        found += _kept(asked, words, [pk for pk, _ in keys])
        if len(keys) < step or len(found) >= most:
            return Found(found[:most])
        pk, at = keys[-1]
        mark = KeysetMark(at, pk, is_back)
    return Found(found, stopped=mark)


def _kept(asked: WorklistFilter, words: Sequence[str], pks: list[int]) -> list[int]:
    """Those of a step that fit, in its order."""
    found = _with(words, in_lanes(asked).filter(pk__in=pks))
    fit = set(found.values_list("pk", flat=True))
    return [pk for pk in pks if pk in fit]


def _with(words: Sequence[str], found: Requests) -> Requests:
    for word in words:
        own = RequestWord.objects.filter(starts_with(word), request=OuterRef("pk"))
        found = found.filter(Exists(own))
    return found
