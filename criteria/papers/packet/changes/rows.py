"""Two rows of kept packets beside each other, field by field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from criteria.papers.packet.changed import PacketChange, Values
from criteria.papers.packet.changes.match import Pair, Row
from criteria.papers.packet.changes.text import differing, label_of, words

NOTHING_STATED = "not stated"
# Names for machines: a person is told number and title.
_NAMES = frozenset({"key", "block", "depth"})
_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKind:
    """How rows of one kind are told.

    ``title`` and ``number`` are fields; ``passes`` pair old rows with new ones; ``whole`` are the
    fields that tell a row which came or went. ``follows`` are computed of the other fields, and
    told only when none of those changed; ``apart`` are told elsewhere. ``typed`` are those a person
    stated; None for all. ``is_worked_out``: made of what was stated, told only where nothing of
    that changed.
    """

    title: str = ""
    number: str = ""
    passes: tuple[tuple[str, ...], ...] = ()
    whole: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    follows: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    typed: frozenset[str] | None = None
    is_worked_out: bool = False


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change, and whether it is one of the request: of what a person stated."""

    change: PacketChange
    of_request: bool
    is_worked_out: bool


def rows_told(kind: RowKind, rows: Iterable[Pair], title: str = "") -> Iterator[ToldChange]:
    """What changed in each pair. ``title`` stands where the rows have none of their own."""
    for before, now in rows:
        if before is None or now is None:
            yield _came_or_went(kind, before, now, title)
        elif (found := _changed(kind, before, now, title)) is not None:
            yield found


def _came_or_went(kind: RowKind, before: Row | None, now: Row | None, title: str) -> ToldChange:
    row = now or before or {}
    said = (kind.words.get(each, words)(row.get(each)) for each in kind.whole)
    text = " · ".join(filter(None, said)) or NOTHING_STATED
    values = Values("", "" if before is None else text, "" if now is None else text)
    change = PacketChange(
        title=_title(kind, row, title), lines=(values,), number=_number(kind, row)
    )
    of_request = kind.typed is None or any(row.get(each) for each in kind.typed)
    return ToldChange(change, of_request, kind.is_worked_out)


def _changed(kind: RowKind, before: Row, now: Row, title: str) -> ToldChange | None:
    fields = _fields(kind, before, now)
    if not fields:
        return None
    lines = tuple(_line(kind, before, now, each) for each in fields)
    change = PacketChange(title=_title(kind, now, title), lines=lines, number=_number(kind, now))
    of_request = kind.typed is None or any(each in kind.typed for each in fields)
    return ToldChange(change, of_request, kind.is_worked_out)


def _title(kind: RowKind, row: Row, otherwise: str) -> str:
    return words(row.get(kind.title)) if kind.title else otherwise


def _number(kind: RowKind, row: Row) -> str:
    return words(row.get(kind.number)) if kind.number else ""


def _fields(kind: RowKind, before: Row, now: Row) -> list[str]:
    """The fields to be told: those with a label of their own first, in that order."""
    every = dict.fromkeys((*kind.labels, *now, *before))
    both = [each for each in every if each not in kind.apart]
    changed = [each for each in both if _differs(each, before, now)]
    made = [each for each in changed if each not in kind.follows]
    return made or changed


def _differs(each: str, before: Row, now: Row) -> bool:
    old, new = before.get(each), now.get(each)
    if each in _NAMES or old == new or (old in _EMPTY and new in _EMPTY):
        return False
    # A packet of before there was this yes or no did not say no.
    return not (isinstance(new, bool) and each not in before)


def _line(kind: RowKind, before: Row, now: Row, each: str) -> Values:
    say = kind.words.get(each, words)
    label = kind.labels.get(each, label_of(each))
    return Values(label, *differing(say(before.get(each)), say(now.get(each))))
