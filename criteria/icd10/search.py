"""Finds a code of ICD-10-CM by its start or by the words of its description."""

from collections.abc import Collection, Iterator
from itertools import chain, islice

from criteria.icd10.index import BILLABLE, WHOLE, bits_of, ranks_in, unpacked
from criteria.icd10.lookup import begins_with
from criteria.icd10.words import code_start, words_of
from criteria.models import IcdCode, IcdWord

MOST_FOUND = 20
MOST_TYPED = 100


def search(typed: str, *, listed: Collection[str] = (), most: int = MOST_FOUND) -> list[IcdCode]:
    """The best codes, the best first.

    ``typed`` is a code or the start of one, or words, each the start of a word of the description,
    in any order. A code typed whole comes first, then those of ``listed``, billable ones before
    headings, whole words before starts of words, short descriptions before long ones.
    """
    text = typed[:MOST_TYPED]
    start = code_start(text)
    found = _by_code(start, listed, most) if start else []
    if len(found) < most:
        known = {code.code for code in found}
        more = (c for c in _by_words(words_of(text), listed, most) if c.code not in known)
        found.extend(islice(more, most - len(found)))
    return found


def _by_code(start: str, listed: Collection[str], most: int) -> list[IcdCode]:
    """The code itself, then those that begin with it."""
    first = [code for code in listed if code.startswith(start)]
    rows = IcdCode.objects.filter(begins_with(start)).order_by("-billable", "code")
    parts = (
        rows.filter(code=start),
        rows.filter(code__in=first).exclude(code=start)[:most],
        rows.exclude(code__in=[start, *first])[:most],
    )
    return list(islice(chain.from_iterable(parts), most))


def _by_words(words: list[str], listed: Collection[str], most: int) -> list[IcdCode]:
    """The codes in whose descriptions every word typed begins a word."""
    keys = {key for word in words for key in (word, word + WHOLE)}
    rows = IcdWord.objects.filter(start__in=[*keys, BILLABLE]).values_list("start", "ranks")
    index = {start: unpacked(bytes(ranks)) for start, ranks in rows} if words else {}
    found, whole = _all(words, index), _all([word + WHOLE for word in words], index)
    if not found:
        return []
    ranks = list(islice(_ranked(found, (_listed(listed), index[BILLABLE], whole)), most))
    codes = IcdCode.objects.in_bulk(ranks, field_name="rank")
    # Another release may be put in place between the queries.
    return [codes[rank] for rank in ranks if rank in codes]


def _all(keys: list[str], index: dict[str, int]) -> int:
    """The codes that every key stands in."""
    found = -1 if keys else 0
    for key in keys:
        found &= index.get(key, 0)
    return found


def _listed(codes: Collection[str]) -> int:
    found = IcdCode.objects.order_by().filter(code__in=codes)
    return bits_of(found.values_list("rank", flat=True))


def _ranked(found: int, wishes: tuple[int, ...]) -> Iterator[int]:
    """Those that fulfil the first wish before the others, and so on; each group by rank."""
    groups = [found]
    for wish in wishes:
        groups = [part for group in groups for part in (group & wish, group & ~wish)]
    return chain.from_iterable(map(ranks_in, groups))
