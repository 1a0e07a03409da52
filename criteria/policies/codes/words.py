"""What is typed, and what a text says, as words; and how well the one fits the other."""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

LONGEST_WORD = 98
# No description has half as many.
MOST_WORDS = 60
# Accents, once letters are taken apart, and apostrophes.
_MARKS = re.compile("[\u0300-\u036f'’]")
_WORD = re.compile(r"[^\W_]+")
_BEFORE_HYPHEN = re.compile(r"[^\W_]+(?=[-\u2010-\u2014][^\W_])")


class Fit(IntEnum):
    """How what was typed fits a text, the best first."""

    EXACT = 0
    """The same words in the same order."""
    WHOLE = 1
    """Each is a word of the text."""
    BEGUN = 2
    """Each is, but the last one, still being typed, only begins one."""
    START = 3
    """Each begins a word."""


class Words(NamedTuple):
    """The words of a text, in order and as a set. ``line``: all of them, a blank before each."""

    ordered: tuple[str, ...]
    every: frozenset[str]
    line: str


def words_of(text: str) -> list[str]:
    """Words in small letters without accents and apostrophes: crohns, barre."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_plain(text))]


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


@lru_cache(maxsize=8_192)
def known_words(text: str) -> Words:
    """The words of a text that is compared again and again: a name, a description."""
    words = tuple(words_of(text))
    return Words(words, frozenset(words), "".join(f" {word}" for word in words))


class SearchWords:
    """Words that were typed, to be looked for.

    A word is a word before it is the start of one: ``whole`` holds those that begin none, because
    a hyphen ends them ("MIS-C" is no "misalignment") or because they are a single letter.
    """

    def __init__(self, typed: str) -> None:
        """None of a text of more words than any description has."""
        words = tuple(words_of(typed))
        self.words = words if len(words) <= MOST_WORDS else ()
        self.joined = "".join(self.words)
        self._starts = tuple(f" {word}" for word in dict.fromkeys(self.words))
        ended = _BEFORE_HYPHEN.findall(_plain(typed))
        self.whole = frozenset([*ended, *(word for word in words if len(word) == 1)])

    def fit(self, text: str) -> Fit | None:
        """How these words fit a text; None when they do not."""
        ordered, every, line = known_words(text)
        if not self.words or not all(start in line for start in self._starts):
            return None
        if self.words == ordered:
            return Fit.EXACT
        *done, last = self.words
        starts = [word for word in done if word not in every]
        if not starts:
            return Fit.WHOLE if last in every else Fit.BEGUN
        if last not in every:
            starts.append(last)
        return None if self.whole.intersection(starts) else Fit.START
