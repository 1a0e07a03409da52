"""A figure: what it says in a sentence, its chart, and the table of the same numbers."""

from dataclasses import dataclass
from decimal import Decimal

from criteria.papers.csvfile import Cell
from criteria.screens.charts import ChartBar, ChartColumn

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``name`` stands in its address; ``counted`` says which requests; ``said`` what is seen.

    ``legend``: what the dark and the pale part of a bar mean, where it has two. ``left_out``: how
    many rows the chart leaves to the table.
    """

    name: str
    title: str
    counted: str
    said: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    bars: tuple[ChartBar, ...] = ()
    weeks: tuple[ChartColumn, ...] = ()
    most_a_week: int = 0
    legend: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def table(self) -> list[Row]:
        """The heading, then the rows: what the file holds."""
        return [self.columns, *self.rows]

    @property
    def lines(self) -> list[tuple[Cell, list[Cell]]]:
        """Each row as its heading and its numbers."""
        return [(row[0], list(row[1:])) for row in self.rows]


def share(part: int, whole: int) -> Decimal | None:
    """Per cent, to one place; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"))


def percent_words(part: int, whole: int) -> str:
    """The share in words; every request and none are said as they are, never rounded to."""
    found = share(part, whole)
    if found is None:
        return "no requests"
    if 0 < part < whole:
        found = min(max(found, Decimal("0.1")), Decimal("99.9"))
    return f"{found.normalize():f}%"


def hours_words(hours: Decimal | None) -> str:
    """Hours; from two days on days."""
    if hours is None:
        return "nothing to measure"
    if hours < Decimal("0.1"):
        return "under 6 minutes"
    if hours < 48:
        return f"{hours.normalize():f} hour{'' if hours == 1 else 's'}"
    return f"{(hours / 24).quantize(Decimal('0.1')).normalize():f} days"


def line_words(key: str) -> str:
    """A line of business as people read it."""
    return key.replace("-", " ").replace("_", " ").capitalize()
