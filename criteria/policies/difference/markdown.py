"""A difference as Markdown, for a committee to read and to keep."""

import re
from collections.abc import Iterator
from itertools import groupby

from criteria.policies.difference.change import ChangeKind, EditionChange, Side
from criteria.policies.difference.found import EditionDifference, by_section
from criteria.policies.difference.words import LESSER, NOT_SAID, NOTHING, in_force_text

# What Markdown would take for markup, or a reader for the end of a cell.
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")


def markdown(found: EditionDifference) -> str:
    """The whole difference as a Markdown document."""
    return "\n".join(_document(found)).rstrip() + "\n"


def _document(found: EditionDifference) -> Iterator[str]:
    old, new = found.old, found.new
    yield f"# {_plain(new.policy_name)}: what changed from {_plain(old.number)} to " + _plain(
        new.number
    )
    yield ""
    yield from _table(found, _about(found))
    counts = "; ".join(count.text for count in found.counts)
    yield f"{counts}." if counts else NOTHING
    yield ""
    if found.said:
        yield "## What the payer says changed"
        yield ""
        yield from (f"- {_plain(entry.name)}: {_said(entry)}" for entry in found.said)
        yield ""
    yield from _sections(found, found.substantial, "##")
    lesser = (*found.lesser, *found.no_longer_said)
    if lesser:
        yield "## Lesser changes"
        yield ""
        yield f"{LESSER}."
        yield ""
        yield from _sections(found, lesser, "###")


def _about(found: EditionDifference) -> Iterator[tuple[str, str, str]]:
    old, new = found.old, found.new
    in_force = (
        in_force_text(e.effective_from, e.effective_until, comparison_only=e.comparison_only)
        for e in (old, new)
    )
    yield ("In force", *in_force)  # type: ignore[misc]
    yield "Document", old.source, new.source


def _sections(
    found: EditionDifference, changes: tuple[EditionChange, ...], mark: str
) -> Iterator[str]:
    for noun, _, each in by_section(changes):
        yield f"{mark} {noun.title}"
        yield ""
        for place, here in groupby(each, lambda change: change.side.place):
            if place:
                yield f"{mark}# {_plain(place)}"
                yield ""
            for change in here:
                yield from _change(found, change)


def _change(found: EditionDifference, change: EditionChange) -> Iterator[str]:
    head = f"- {change.kind.value}: **{_plain(change.side.name)}**"
    if change.kind is not ChangeKind.CHANGED:
        yield ". ".join(filter(None, (head, _said(change.side))))
        yield ""
        return
    yield head
    yield ""
    rows = [(row.label, row.old or NOT_SAID, row.new or NOT_SAID) for row in change.rows]
    if change.old is not None and change.new is not None and not change.is_lesser:
        rows.append(("Citation", change.old.citation, change.new.citation))
    yield from _table(found, (row for row in rows if row[1] or row[2]))


def _table(found: EditionDifference, rows: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    yield f"| | {_plain(found.old.number)} | {_plain(found.new.number)} |"
    yield "|---|---|---|"
    for cells in rows:
        yield f"| {' | '.join(_plain(cell) for cell in cells)} |"
    yield ""


def _said(side: Side) -> str:
    words = "" if side.words == side.name else _plain(side.words)
    citation = f"({_plain(side.citation)})" if side.citation else ""
    return " ".join(filter(None, (words, citation)))


def _plain(words: str) -> str:
    """Words on one line, with nothing in them that is markup."""
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))
