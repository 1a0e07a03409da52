"""A letter's text in blocks, as it is shown and printed. Nothing typed is dropped."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, a paragraph (``leads`` a list that follows) or the lines of a list."""

    kind: str
    lines: tuple[str, ...]
    leads: bool = False


def blocks_of(text: str) -> tuple[TextBlock, ...]:
    """The blocks of a text, in order; an empty line ends a block."""
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[TextBlock]:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    for is_text, group in groupby(lines, key=bool):
        if is_text:
            yield from _paragraph(tuple(group))


def _paragraph(lines: tuple[str, ...]) -> Iterator[TextBlock]:
    if len(lines) == 1 and lines[0].endswith(":") and not _is_item(lines[0]):
        yield TextBlock("heading", (lines[0].removesuffix(":"),))
        return
    runs = [(is_list, tuple(group)) for is_list, group in groupby(lines, key=_is_item)]
    for place, (is_list, run) in enumerate(runs):
        if is_list:
            yield TextBlock("list", tuple(line.lstrip()[1:].strip() for line in run))
        else:
            yield TextBlock("paragraph", run, leads=place + 1 < len(runs))


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")
