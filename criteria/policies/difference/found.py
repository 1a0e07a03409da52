"""Everything that changed between two editions, to be read section by section."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from criteria.policies.difference.change import ChangeKind, EditionChange, Side
from criteria.policies.difference.sections import NOUNS, EditionSection, Noun
from criteria.policies.edition import Edition


@dataclass(frozen=True, slots=True)
class Count:
    """How much was added, removed or changed in one section: "4 ICD-10-CM codes added"."""

    section: EditionSection
    numbers: tuple[tuple[ChangeKind, int], ...]

    @property
    def text(self) -> str:
        """4 ICD-10-CM codes added, 1 removed."""
        (kind, number), *others = self.numbers
        first = f"{NOUNS[self.section].counted(number)} {kind.value}"
        return ", ".join((first, *(f"{number:,} {kind.value}" for kind, number in others)))


@dataclass(frozen=True, slots=True)
class EditionDifference:
    """What changed from ``old`` to ``new``; ``changes`` in the order they are read."""

    old: Edition
    new: Edition
    changes: tuple[EditionChange, ...]

    @property
    def substantial(self) -> tuple[EditionChange, ...]:
        """What a request may be judged by otherwise."""
        return tuple(change for change in self.changes if not change.is_lesser)

    @property
    def lesser(self) -> tuple[EditionChange, ...]:
        """Citations, dates, order, and codes mapped beside the list."""
        return tuple(c for c in self.changes if c.is_lesser and c.section != EditionSection.HISTORY)

    @property
    def said(self) -> tuple[Side, ...]:
        """What the payer says changed: the entries of its own history that are new."""
        entries = (c for c in self.changes if c.section is EditionSection.HISTORY)
        return tuple(c.new for c in entries if c.kind is ChangeKind.ADDED and c.new is not None)

    @property
    def no_longer_said(self) -> tuple[EditionChange, ...]:
        """Entries of the payer's history that are gone, or cited otherwise."""
        entries = (c for c in self.changes if c.section is EditionSection.HISTORY)
        return tuple(change for change in entries if change.kind is not ChangeKind.ADDED)

    @property
    def counts(self) -> tuple[Count, ...]:
        """The substantial changes counted, section by section."""
        found: Counter[tuple[EditionSection, ChangeKind]] = Counter()
        for change in self.substantial:
            # The edition is one part with many rules; elsewhere a part is what is counted.
            rules = len(change.rows) if change.section is EditionSection.EDITION else 1
            found[change.section, change.kind] += rules
        numbers = {
            section: tuple(
                (kind, found[section, kind]) for kind in ChangeKind if found[section, kind]
            )
            for section in EditionSection
        }
        return tuple(Count(section, each) for section, each in numbers.items() if each)


def by_section(
    changes: tuple[EditionChange, ...],
) -> Iterator[tuple[Noun, EditionSection, list[EditionChange]]]:
    """Changes under the heading they are read under."""
    for section, found in groupby(changes, lambda change: change.section):
        yield NOUNS[section], section, list(found)
