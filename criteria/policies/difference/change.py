"""One change: what it is of, the old and the new words, and what it concerns."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from criteria.policies.difference.sections import EditionSection
from criteria.rules.terms import CodeSystem, TherapyPhase

T = TypeVar("T")


class ChangeKind(StrEnum):
    """What became of a part of an edition."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """The keys of what a part belongs to; empty where it concerns every request alike."""

    phases: frozenset[TherapyPhase] = frozenset()
    indication: str = ""
    pathway: str = ""
    criterion: str = ""
    questions: frozenset[str] = frozenset()
    codes: frozenset[tuple[CodeSystem, str]] = frozenset()
    product: str = ""

    def joined(self, other: "Concerns") -> "Concerns":
        """What the same part concerns in both editions."""
        return replace(
            self,
            phases=_either(self.phases, other.phases),
            codes=_either(self.codes, other.codes),
            questions=self.questions | other.questions,
        )


def _either(mine: frozenset[T], theirs: frozenset[T]) -> frozenset[T]:
    """Both together; what concerned everybody in one edition (empty) still does."""
    return mine | theirs if mine and theirs else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A part as one edition has it. ``place``: what it stands in; ``words``: all of it."""

    place: str
    name: str
    words: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field that differs; empty words where an edition says nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChange:
    """A part that was added or removed (one side), or changed (both, with the fields in rows).

    ``is_lesser``: nothing a request is judged by, such as line numbers of a new document.
    """

    section: EditionSection
    key: tuple[str, ...]
    old: Side | None
    new: Side | None
    rows: tuple[ChangedField, ...] = ()
    concerns: Concerns = Concerns()
    is_lesser: bool = False

    @property
    def kind(self) -> ChangeKind:
        """Added, removed or changed."""
        if self.old is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.new is None else ChangeKind.CHANGED

    @property
    def side(self) -> Side:
        """As it is now, or as it was before it went."""
        side = self.new or self.old
        assert side is not None  # noqa: S101  (a change has at least one side)
        return side

    @property
    def swapped(self) -> "EditionChange":
        """The same seen from the other edition."""
        rows = tuple(ChangedField(row.label, row.new, row.old) for row in self.rows)
        return replace(self, old=self.new, new=self.old, rows=rows)
