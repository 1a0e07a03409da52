"""Which row of an old list is the same thing as which row of a new one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Pair = tuple[Row | None, Row | None]


def pairs(before: Sequence[Row], now: Sequence[Row], passes: Sequence[Sequence[str]]) -> list[Pair]:
    """Every row of both lists once: the pairs in the new order, then what is no longer there.

    ``passes``: sets of fields, the surest first. What agrees in all fields of a set is paired.
    """
    left, right = dict(enumerate(before)), dict(enumerate(now))
    same: dict[int, Row] = {}
    for fields in passes:
        for new, old in list(_agreeing(left, right, fields)):
            same[new] = left.pop(old)
            del right[new]
    matched: list[Pair] = [(same.get(place), row) for place, row in enumerate(now)]
    return [*matched, *((row, None) for row in left.values())]


def _agreeing(
    left: Mapping[int, Row], right: Mapping[int, Row], fields: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Places of rows that agree, each old one given once."""
    waiting: dict[str, list[int]] = {}
    for place, row in left.items():
        waiting.setdefault(_signed(row, fields), []).append(place)
    for place, row in right.items():
        if found := waiting.get(_signed(row, fields)):
            yield place, found.pop(0)


def _signed(row: Row, fields: Sequence[str]) -> str:
    return repr([row.get(field) for field in fields])
