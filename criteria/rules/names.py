"""Names as people type them: read whatever their case, spacing, punctuation and accents."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from criteria.rules.answers import ListAnswer, TherapyOutcome

Spellings = tuple[str, ...]
# What stands between the drugs of one row: a comma, a plus, and, with.
_BETWEEN = re.compile(r"[,;+/&\n]|\b(?:and|with|plus|then|or)\b", re.IGNORECASE)
# A shorter word is a unit or a remark, and no name: mg, po.
_SHORTEST_NAME = 3
_PARTS = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=8192)
def parts_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded: "Cell-Cept® 500" is cell, cept and 500."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(_PARTS.findall(bare.casefold()))


def names(text: str, name: str) -> bool:
    """Whether a text has a name in it, written in one word or in several."""
    wanted, parts = "".join(parts_of(name)), parts_of(text)
    return bool(wanted) and any(_starts(parts[i:], wanted) for i in range(len(parts)))


def _starts(parts: tuple[str, ...], wanted: str) -> bool:
    """Whether the first few parts together are what is wanted."""
    found = ""
    for part in parts:
        found += part
        if not wanted.startswith(found):
            return False
        if found == wanted:
            return True
    return False


@dataclass(frozen=True, slots=True)
class NamesInRow:
    """What one part of a typed text names: names that count, and names known not to."""

    text: str
    counted: Spellings
    not_counted: Spellings

    @property
    def is_off(self) -> bool:
        """Whether it is known not to count."""
        return bool(self.not_counted) and not self.counted

    @property
    def is_unknown(self) -> bool:
        """Whether it names nothing that is known."""
        return not self.counted and not self.not_counted


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names that a question knows: those that count, and those it knows not to count.

    Each with its further spellings: brand and generic of one drug are one name.
    """

    counted: tuple[Spellings, ...] = ()
    not_counted: tuple[Spellings, ...] = ()

    def __bool__(self) -> bool:
        """Whether it knows any name."""
        return bool(self.counted or self.not_counted)

    def counted_in(self, text: str) -> tuple[str, ...]:
        """The names that count in a text, each once."""
        return tuple(_in_text(self.counted, text))

    def rows_in(self, text: str) -> tuple[NamesInRow, ...]:
        """The parts of a text such as "prednisone with Imuran", each with what it names."""
        parts = (part.strip() for part in _BETWEEN.split(text))
        return tuple(
            NamesInRow(part, self.counted_in(part), tuple(_in_text(self.not_counted, part)))
            for part in parts
            if any(len(word) >= _SHORTEST_NAME for word in parts_of(part))
        )

    def not_counted_in(self, text: str) -> tuple[str, ...]:
        """The parts of a text that are known not to count, as they were typed."""
        return tuple(part.text for part in self.rows_in(text) if part.is_off)

    def tally(self, answer: ListAnswer) -> tuple[int, int]:
        """How many different names of a list count, and of how many more that is not known.

        A row that holds several counts once for sure. Without a table every name counts.
        """
        if not self:
            return answer.count, 0
        sure: set[str] = set()
        perhaps: set[str] = set()
        for entry in answer.entries:
            if entry.outcome is TherapyOutcome.NONE:
                continue
            parts = self.rows_in(entry.drug)
            counted = [name for part in parts for name in part.counted]
            sure.update(counted[:1])
            perhaps.update(counted[1:])
            perhaps.update("".join(parts_of(part.text)) for part in parts if part.is_unknown)
            if not parts:
                perhaps.add(entry.drug)
        unnamed = max((answer.stated_count or 0) - len(answer.entries), 0)
        return len(sure) + unnamed, len(perhaps - sure)


NO_NAMES = NameTable()


def name_table(counted: Iterable[str], not_counted: Iterable[str] = ()) -> NameTable:
    """From lines such as "azathioprine, Imuran, Azasan": a name, then its other spellings."""
    return NameTable(tuple(map(_spellings, counted)), tuple(map(_spellings, not_counted)))


def _spellings(line: str) -> Spellings:
    return tuple(filter(None, (part.strip() for part in line.split(","))))


def _in_text(table: tuple[Spellings, ...], text: str) -> Iterator[str]:
    return (each[0] for each in table if any(names(text, spelling) for spelling in each))
