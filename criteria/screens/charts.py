"""Charts as lengths in per cent of the room they are given.

What is drawn is bars or columns alone. All words stand in the page beside them, so they break,
grow and are read out as any text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

Amount = TypeVar("Amount", int, Decimal)

# The longest bar; the rest of the width is for the number behind it.
WIDEST_PERCENT = 70.0
# Of the room of one place, what its columns fill.
COLUMN_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Measure:
    """What a bar says: a label, its parts one after the other, and the words behind it.

    ``more``: a second line under the label.
    """

    label: str
    parts: tuple[float, ...]
    words: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A measure with the length of each of its parts."""

    measure: Measure
    widths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column on the floor of a drawing; ``series`` counts from 1."""

    series: int
    x: str
    y: str
    width: str
    height: str


def bar_chart(measures: Sequence[Measure]) -> tuple[ChartBar, ...]:
    """Bars as long as their parts together, the longest over most of the width."""
    longest = max((sum(one.parts) for one in measures), default=0) or 1
    scale = WIDEST_PERCENT / longest
    return tuple(
        ChartBar(one, tuple(_percent(part * scale) for part in one.parts)) for one in measures
    )


def column_chart(places: Sequence[Sequence[Amount]], most: Amount) -> tuple[ChartColumn, ...]:
    """Columns side by side at each place, ``most`` being as high as the drawing.

    A place has one number for each series. Nothing is drawn of nought.
    """
    room = 100 / max(len(places), 1)
    return tuple(
        ChartColumn(
            series=number + 1,
            x=_percent(room * (place + (1 - COLUMN_SHARE) / 2) + number * width),
            y=height_percent(amount, most),
            width=_percent(width),
            height=_percent(100 * float(amount / most)),
        )
        for place, amounts in enumerate(places)
        for width in [room * COLUMN_SHARE / len(amounts)]
        for number, amount in enumerate(amounts)
        if amount
    )


def height_percent(amount: Amount, most: Amount) -> str:
    """How far below the top an amount stands in a drawing as high as ``most``."""
    return _percent(100 - 100 * float(amount / most))


def _percent(number: float) -> str:
    return f"{number:.2f}%"
