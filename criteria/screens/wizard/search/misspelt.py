"""Names that are only like what was typed: misspelt, run together, or with words around them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from math import inf
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from criteria.policies.codes.words import known_words, words_of
from criteria.policies.edition import Edition
from criteria.screens.wizard.search.names import names_of

MOST_MEANT = 8
MOST_READ = 12
# A start of fewer letters begins too many words to be told when it is misspelt.
SHORTEST_START = 5
SHORTEST_NAME = 3
# Amid other words a short one is like itself alone: "long covid" is not CVID.
LONGEST_SHORT = 5


class Name(NamedTuple):
    """One name of a diagnosis. ``shown``: as the edition has it; ``joined``: without blanks."""

    key: str
    shown: str
    words: tuple[str, ...]
    joined: str


class Likeness(NamedTuple):
    """How much a name differs from what was typed; the order is that of the answers."""

    cost: float
    length: int
    key: str
    shown: str


def meant(edition: Edition, typed: str) -> list[tuple[str, str]]:
    """Keys of the diagnoses, each with the name that is like what was typed, the likest first."""
    words = tuple(words_of(typed))[:MOST_READ]
    if not words:
        return []
    names = _names(edition)
    found: dict[str, Likeness] = {}
    for like in sorted(chain(_like_joined(words, names), _like_words(words, names))):
        found.setdefault(like.key, like)
    return [(like.key, like.shown) for like in list(found.values())[:MOST_MEANT]]


def _names(edition: Edition) -> list[Name]:
    return [
        Name(use.key, name, words, "".join(words))
        for use, name in names_of(edition)
        for words in _ways(name)
    ]


@lru_cache(maxsize=2_048)
def _ways(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name: all of it, without what stands in brackets, and that alone."""
    before, _, inside = name.replace("[", "(").partition("(")
    parts = (name, before, *inside.replace("]", ")").replace("(", ")").split(")"))
    ways = dict.fromkeys(known_words(part).ordered for part in parts)
    return tuple(way for way in ways if way)


def _letters_wrong(length: int) -> int:
    """How many letters may be wrong, swapped, missing or too many."""
    return 0 if length < SHORTEST_NAME else min(length // 8 + 1, 4)


def _like_joined(words: tuple[str, ...], names: list[Name]) -> Iterator[Likeness]:
    """The whole text or the start of a name, blanks and hyphens left out."""
    typed = "".join(words)
    most = _letters_wrong(len(typed) + 1)
    joined = [name.joined for name in names]
    yield from _near(typed, joined, names, most, 0)
    if len(typed) >= SHORTEST_START:
        for length in range(len(typed) - most, len(typed) + most + 1):
            begun = [name[:length] if len(name) > length else "" for name in joined]
            yield from _near(typed, begun, names, _letters_wrong(len(typed)), 0.5)


def _near(
    typed: str, choices: list[str], names: list[Name], most: int, more: float
) -> Iterator[Likeness]:
    near = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=most, limit=None)
    for choice, wrong, at in near:
        if wrong <= _letters_wrong(max(len(typed), len(choice))):
            name = names[at]
            yield Likeness(wrong + more, len(name.joined), name.key, name.shown)


# For each word typed the words of names it is like, each with how many of its letters are wrong.
Like = Mapping[str, Mapping[str, float]]


def _like_words(words: tuple[str, ...], names: list[Name]) -> Iterator[Likeness]:
    """Each word typed is like one of the name, or each of the name is like one that was typed."""
    vocabulary = sorted({word for name in names for word in name.words})
    whole = {word: _words_like(word, vocabulary) for word in words}
    held = {word: like if len(word) > LONGEST_SHORT else {word: 0} for word, like in whole.items()}
    begun = {word: _words_begun(word, vocabulary) | whole[word] for word in words}
    is_long = any(len(word) > SHORTEST_NAME for word in words)
    near = {known for like in begun.values() for known in like}
    for name in names:
        length = len(name.joined)
        if near.isdisjoint(name.words):
            continue
        if is_long and (cost := _typed_cost(words, name, begun)) < inf:
            yield Likeness(cost + 0.5, length, name.key, name.shown)
        if length >= SHORTEST_NAME and (cost := _named_cost(words, name, held)) < inf:
            yield Likeness(cost + 1, -length, name.key, name.shown)


def _typed_cost(words: tuple[str, ...], name: Name, like: Like) -> float:
    return sum(min(like[word].get(known, inf) for known in name.words) for word in words)


def _named_cost(words: tuple[str, ...], name: Name, like: Like) -> float:
    return sum(min(like[word].get(known, inf) for word in words) for known in name.words)


def _words_like(word: str, vocabulary: list[str]) -> dict[str, float]:
    """A short word is like itself alone: "POTS" is no "post"."""
    most = 0 if len(word) < SHORTEST_START else _letters_wrong(len(word))
    near = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None)
    return {choice: wrong for choice, wrong, _ in near}


def _words_begun(word: str, vocabulary: list[str]) -> dict[str, float]:
    """Words that begin so, or in a way like it."""
    if len(word) < SHORTEST_START:
        return {known: 0.5 for known in vocabulary if known.startswith(word) and len(word) > 1}
    begun: dict[str, float] = {}
    most = _letters_wrong(len(word)) if len(word) > SHORTEST_START else 0
    for length in range(len(word) - most, len(word) + most + 1):
        starts = [known[:length] if len(known) > length else "" for known in vocabulary]
        near = process.extract(word, starts, scorer=OSA.distance, score_cutoff=most, limit=None)
        for _, wrong, at in near:
            cost = wrong + 0.5
            begun[vocabulary[at]] = min(cost, begun.get(vocabulary[at], cost))
    return begun
