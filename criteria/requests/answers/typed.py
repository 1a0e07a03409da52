"""What was typed, as it was typed: for each field of a page the list of its values."""

from collections.abc import Iterable, Mapping
from itertools import chain

Typed = Mapping[str, list[str]]

# Far above what any field accepts, far below what a browser may send.
MOST_CHARACTERS = 300_000
_NOT_KEPT = dict.fromkeys((0, *range(0xD800, 0xE000)))


def one(typed: Typed, name: str) -> str:
    """The one value of a field, without the spaces around it; empty when there is none."""
    values = typed.get(name) or [""]
    return values[-1].strip()


def many(typed: Typed, name: str) -> list[str]:
    """Every value of a field, in order, without the spaces around them."""
    return [value.strip() for value in typed.get(name) or []]


def merged(saved: Iterable[Typed]) -> dict[str, list[str]]:
    """Several pages as one; where two pages hold the same field, the later one counts."""
    return dict(chain.from_iterable(page.items() for page in saved))


def kept_signs(values: Iterable[str]) -> list[str]:
    """The same without signs that no keyboard types and no database keeps: NUL, halves of signs."""
    return [value.translate(_NOT_KEPT) for value in values]


def number_sent(text: str | None) -> int:
    """A number that a page sends back hidden, such as a revision; 0 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def is_too_long(typed: Typed) -> bool:
    """Whether more was sent than is kept."""
    return sum(len(value) for values in typed.values() for value in values) > MOST_CHARACTERS
