"""A passing test as the file of an edition states it, and the columns that hold it.

A file states ``passes`` and, of some kinds, further fields; ">= 2" and "30 days" are words there.
Columns hold values. A kind turns one into the other, and either into the test that judges.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from criteria.rules.question import TimeSpan

StatedValue = bool | str | Sequence[str] | None
StatedTest = Mapping[str, StatedValue]
ColumnValue = bool | int | str | Decimal | Sequence[str] | None
ColumnValues = Mapping[str, ColumnValue]


class TestColumn(NamedTuple):
    """A column of a criterion, and what stands in it where it says nothing.

    ``is_link``: it holds choices of the question, by key.
    """

    name: str
    empty: bool | str | None = None
    is_link: bool = False


class Misfit(NamedTuple):
    """What a test says that its question cannot answer.

    ``field``: of the file. ``expected`` is told of a file, ``advice`` beside the field of a form.
    ``refers_to``: the key of another question that was looked for and is not there.
    """

    field: str
    expected: str
    advice: str
    refers_to: str = ""


def keys_in(value: StatedValue | ColumnValue) -> list[str]:
    """The keys of a list; none for anything else."""
    return [] if value is None or isinstance(value, bool | int | str | Decimal) else list(value)


def text_in(value: StatedValue | ColumnValue) -> str:
    """A text; empty for anything else."""
    return value if isinstance(value, str) else ""


def span_of(words: str) -> TimeSpan:
    """ "30 days", "4 weeks" or "1 month" as a span; the form was checked before."""
    count, unit = words.split()
    if unit.startswith("month"):
        return TimeSpan(months=int(count))
    return TimeSpan(days=int(count) * (7 if unit.startswith("week") else 1))


def span_words(count: int, unit: str) -> str:
    """A span as a policy file says it; ``unit`` is the plural."""
    return f"{count} {unit.removesuffix('s') if count == 1 else unit}"


def span_columns(words: str) -> tuple[int, str]:
    """A span as number and plural unit."""
    count, unit = words.split()
    return int(count), unit.removesuffix("s") + "s"


def stated_span(values: ColumnValues, name: str) -> str:
    """The span that two columns hold; empty for none."""
    count = values.get(f"{name}_count")
    return "" if not isinstance(count, int) else span_words(count, text_in(values[f"{name}_unit"]))
