"""Finds a code of ICD-10-CM by its start or by the words of its description."""

from collections.abc import Iterator
from itertools import chain, islice

from criteria.models import IcdCode, IcdWord
from criteria.policies.codes.index import BILLABLE, WHOLE, ranks_in, unpacked
from criteria.policies.codes.lookup import begins_with
from criteria.policies.codes.words import Fit, SearchWords

MOST_FOUND = 20
# Among so many headings the one of these very words is, if there is one: short ones come first.
MOST_HEADINGS = 5


def by_start(start: str, most: int = MOST_FOUND) -> list[IcdCode]:
    """The code itself, then those that begin with it, headings last."""
    rows = IcdCode.objects.filter(begins_with(start)).order_by("-billable", "code")
    parts = rows.filter(code=start), rows.exclude(code=start)[:most]
    return list(islice(chain.from_iterable(parts), most))


def by_words(wanted: SearchWords, most: int = MOST_FOUND) -> list[tuple[Fit, IcdCode]]:
    """The codes in whose descriptions every word stands, the best fit first.

    Only where no description has the words as words are they taken as starts of words. Then come
    billable codes before headings, short descriptions before long ones.
    """
    ranks = list(dict.fromkeys(_ranks(wanted, most))) if wanted.words else []
    codes = IcdCode.objects.in_bulk(ranks, field_name="rank")
    # Another release may be put in place between the queries.
    found = [(wanted.fit(codes[rank].description), codes[rank]) for rank in ranks if rank in codes]
    fitting = [(fit, code) for fit, code in found if fit is not None]
    return sorted(fitting, key=lambda pair: (pair[0], pair[1].rank))[:most]


def _ranks(wanted: SearchWords, most: int) -> Iterator[int]:
    index = _index(wanted)
    *done, last = wanted.words
    words = _all([word + WHOLE for word in done], index)
    begun = words & index.get(last, 0)
    if begun:
        whole = begun & index.get(last + WHOLE, 0)
        yield from islice(ranks_in(whole), most)
        yield from islice(ranks_in(whole & ~index[BILLABLE]), MOST_HEADINGS)
        yield from islice(ranks_in(begun & ~whole), most)
    elif index:
        starts = [word + WHOLE if word in wanted.whole else word for word in wanted.words]
        yield from islice(ranks_in(_all(starts, index)), most)


def _index(wanted: SearchWords) -> dict[str, int]:
    keys = {key for word in wanted.words for key in (word, word + WHOLE)}
    rows = IcdWord.objects.filter(start__in=[*keys, BILLABLE]).values_list("start", "ranks")
    return {start: unpacked(bytes(ranks)) for start, ranks in rows}


def _all(keys: list[str], index: dict[str, int]) -> int:
    """The codes that every key stands in."""
    found = -1
    for key in keys:
        found &= index.get(key, 0)
    return found
