"""For each start of a word the codes it stands in: one bit for each code, by rank.

A search then costs one short row for each word typed, however many codes a word stands in.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from criteria.policies.codes.words import words_of

# Keys no typed word can have: the billable codes, and a word as a whole.
BILLABLE = ""
WHOLE = " "


def word_index(codes: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bytes]]:
    """Each start of a word with its packed bits.

    ``codes``: description and whether it is billable, in the order of their ranks.
    """
    ranks: defaultdict[str, list[int]] = defaultdict(list)
    billable = []
    for rank, (description, is_billable) in enumerate(codes):
        for word in set(words_of(description)):
            ranks[word].append(rank)
        if is_billable:
            billable.append(rank)
    yield BILLABLE, _packed([billable])
    starts: defaultdict[str, list[list[int]]] = defaultdict(list)
    for word, found in ranks.items():
        yield word + WHOLE, _packed([found])
        for length in range(1, len(word) + 1):
            starts[word[:length]].append(found)
    for start, parts in starts.items():
        yield start, _packed(parts)


def _packed(parts: list[list[int]]) -> bytes:
    return zlib.compress(_bits(chain.from_iterable(parts)), 1)


def _bits(ranks: Iterable[int]) -> bytearray:
    known = sorted(ranks)
    bits = bytearray(known[-1] // 8 + 1 if known else 0)
    for rank in known:
        bits[rank >> 3] |= 1 << (rank & 7)
    return bits


def unpacked(ranks: bytes) -> int:
    """Packed bits as a number: sets of ranks are joined by ``&`` and ``|``."""
    return int.from_bytes(zlib.decompress(ranks), "little")


def ranks_in(bits: int) -> Iterator[int]:
    """The ranks, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
