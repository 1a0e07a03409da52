"""Everything that changed between two editions, to be read section by section."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from criteria.policies.difference.change import Change, Kind, Side
from criteria.policies.difference.sections import NOUNS, Noun, Section
from criteria.policies.edition import Edition


@dataclass(frozen=True, slots=True)
class Count:
    """How much was added, removed or changed in one section: "4 ICD-10-CM codes added"."""

    section: Section
    numbers: tuple[tuple[Kind, int], ...]

    @property
    def text(self) -> str:
        """4 ICD-10-CM codes added, 1 removed."""
        (kind, number), *others = self.numbers
        first = f"{NOUNS[self.section].counted(number)} {kind.value}"
        return ", ".join((first, *(f"{number:,} {kind.value}" for kind, number in others)))


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from ``old`` to ``new``; ``changes`` in the order they are read."""

    old: Edition
    new: Edition
    changes: tuple[Change, ...]

    @property
    def substantial(self) -> tuple[Change, ...]:
        """What a request may be judged by otherwise."""
        return tuple(change for change in self.changes if not change.is_lesser)

    @property
    def lesser(self) -> tuple[Change, ...]:
        """Citations, dates, order, and codes mapped beside the list."""
        return tuple(c for c in self.changes if c.is_lesser and c.section != Section.HISTORY)

    @property
    def said(self) -> tuple[Side, ...]:
        """What the payer says changed: the entries of its own history that are new."""
        entries = (c for c in self.changes if c.section is Section.HISTORY)
        return tuple(c.new for c in entries if c.kind is Kind.ADDED and c.new is not None)

    @property
    def no_longer_said(self) -> tuple[Change, ...]:
        """Entries of the payer's history that are gone, or cited otherwise."""
        entries = (c for c in self.changes if c.section is Section.HISTORY)
        return tuple(change for change in entries if change.kind is not Kind.ADDED)

    @property
    def counts(self) -> tuple[Count, ...]:
        """The substantial changes counted, section by section."""
        found: Counter[tuple[Section, Kind]] = Counter()
        for change in self.substantial:
            # The edition is one part with many rules; elsewhere a part is what is counted.
            rules = len(change.rows) if change.section is Section.EDITION else 1
            found[change.section, change.kind] += rules
        numbers = {
            section: tuple((kind, found[section, kind]) for kind in Kind if found[section, kind])
            for section in Section
        }
        return tuple(Count(section, each) for section, each in numbers.items() if each)


def by_section(changes: tuple[Change, ...]) -> Iterator[tuple[Noun, Section, list[Change]]]:
    """Changes under the heading they are read under."""
    for section, found in groupby(changes, lambda change: change.section):
        yield NOUNS[section], section, list(found)
