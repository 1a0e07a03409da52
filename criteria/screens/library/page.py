"""The page of a difference: what its template draws, section by section."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from criteria.policies.difference import ChangeKind, EditionChange, EditionDifference, Side
from criteria.policies.difference.found import by_section
from criteria.policies.difference.words import LESSER, NOT_SAID, NOTHING, SIGNS, in_force_text
from criteria.policies.edition import Edition

ABSENT = "not in it"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one edition says, and where."""

    words: str
    citation: str = ""
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact, as the old and as the new edition has it."""

    label: str
    old: Cell
    new: Cell


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One change as it is drawn: a sign, a word, the old beside the new."""

    change: EditionChange

    @property
    def sign(self) -> str:
        """Stands before the word, so that neither colour nor sign is alone."""
        return SIGNS[self.change.kind]

    @property
    def word(self) -> str:
        """Added, removed or changed."""
        return self.change.kind.value

    @property
    def name(self) -> str:
        """What it is of."""
        return self.change.side.name

    @property
    def rows(self) -> tuple["FactLine", ...]:
        """The old and the new words. Of a part that came or went: all of it, on one side."""
        change = self.change
        if change.kind is not ChangeKind.CHANGED:
            return (FactLine("", _whole(change.old), _whole(change.new)),)
        cited = tuple(_citation(side) for side in (change.old, change.new))
        if any(row.label == "Citation" for row in change.rows):
            cited = ("", "")
        # Where each document says so stands once, under the last of its words.
        last = len(change.rows) - 1
        return tuple(
            FactLine(
                row.label,
                *(
                    Cell(words or NOT_SAID, citation if at == last else "")
                    for words, citation in zip((row.old, row.new), cited, strict=True)
                ),
            )
            for at, row in enumerate(change.rows)
        )


def _whole(side: Side | None) -> Cell:
    return Cell(side.words or side.name, side.citation) if side else Cell(ABSENT, is_absent=True)


def _citation(side: Side | None) -> str:
    return "" if side is None else side.citation


@dataclass(frozen=True, slots=True)
class SectionChanges:
    """The changes of one place, such as one set of criteria."""

    place: str
    entries: tuple[ChangeEntry, ...]


@dataclass(frozen=True, slots=True)
class PagePart:
    """One section of the page."""

    anchor: str
    title: str
    groups: tuple[SectionChanges, ...]


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Two editions of a policy side by side."""

    found: EditionDifference

    nothing = NOTHING
    lesser_words = LESSER

    @property
    def old(self) -> "EditionHead":
        """The earlier edition."""
        return EditionHead(self.found.old)

    @property
    def new(self) -> "EditionHead":
        """The later edition."""
        return EditionHead(self.found.new)

    @property
    def parts(self) -> tuple[PagePart, ...]:
        """The substantial changes."""
        return parts_of(self.found.substantial)

    @property
    def lesser(self) -> tuple[PagePart, ...]:
        """What is folded away."""
        return parts_of((*self.found.lesser, *self.found.no_longer_said), "lesser-")

    @property
    def lesser_count(self) -> int:
        """How many lesser changes there are."""
        return len(self.found.lesser) + len(self.found.no_longer_said)


@dataclass(frozen=True)
class EditionHead:
    """What stands at the top of a column."""

    edition: Edition

    @cached_property
    def in_force(self) -> str:
        """The days it rules."""
        edition = self.edition
        first, until = edition.effective_from, edition.effective_until
        return in_force_text(first, until, comparison_only=edition.comparison_only)


def parts_of(changes: tuple[EditionChange, ...], anchors: str = "") -> tuple[PagePart, ...]:
    """Changes by section and place, as they are drawn."""
    return tuple(
        PagePart(
            f"{anchors}{section.value}",
            noun.title,
            tuple(
                SectionChanges(place, tuple(map(ChangeEntry, here)))
                for place, here in groupby(each, lambda change: change.side.place)
            ),
        )
        for noun, section, each in by_section(changes)
    )
