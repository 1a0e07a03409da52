"""Charts as shapes to be drawn in a page: lengths in per cent of the width, heights in pixels.

Text keeps its size on every screen, and only the bars grow with it. A label is broken into lines
that fit a telephone, never cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

LABEL_LETTERS = 38
LINE = 20
BAR = 18
GAP = 14
# The longest bar; the rest of the width is for the number behind it.
WIDEST_PERCENT = 70.0


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
class ChartText:
    """A line of text at a height."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar; the first is dark, the second pale."""

    x_percent: str
    width_percent: str
    css: str


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A bar under its label."""

    lines: tuple[ChartText, ...]
    pieces: tuple[Piece, ...]
    y: int
    words: ChartText
    words_x_percent: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars under each other."""

    bars: tuple[ChartBar, ...]
    height: int
    bar_height: int = BAR


def bar_chart(measures: Sequence[Measure]) -> BarChart:
    """Bars as long as their parts together, the longest over most of the width."""
    longest = max((sum(one.parts) for one in measures), default=0) or 1
    bars, y = [], 0
    for one in measures:
        bars.append(_bar(one, y, WIDEST_PERCENT / longest))
        y = bars[-1].y + BAR + GAP
    return BarChart(tuple(bars), y)


def _bar(one: Measure, top: int, scale: float) -> ChartBar:
    texts = [*wrap(one.label, LABEL_LETTERS), *wrap(one.more, LABEL_LETTERS)]
    lines = tuple(ChartText(text, top + LINE * n + 15) for n, text in enumerate(texts))
    y = top + LINE * len(texts) + 2
    pieces, x = [], 0.0
    for css, part in zip(("dark", "pale"), one.parts, strict=False):
        if part:
            pieces.append(Piece(_percent(x), _percent(part * scale), css))
        x += part * scale
    return ChartBar(lines, tuple(pieces), y, ChartText(one.words, y + 14), _percent(x))


TOP, FLOOR, WEEKS_HEIGHT = 10, 190, 216
LEFT_PERCENT, COLUMN_SHARE = 9.0, 0.72


@dataclass(frozen=True, slots=True)
class Week:
    """A week: a column for what came in, a point for what was decided."""

    x_percent: str
    width_percent: str
    y: int
    height: int
    point_x_percent: str
    point_y: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the line from point to point."""

    x1_percent: str
    y1: int
    x2_percent: str
    y2: int


@dataclass(frozen=True, slots=True)
class WeekChart:
    """Columns side by side with a line over them; ``days`` are labels under the first and last."""

    weeks: tuple[Week, ...]
    segments: tuple[Segment, ...]
    levels: tuple[ChartText, ...]
    days: tuple[date, ...]
    height: int = WEEKS_HEIGHT
    left_percent: str = f"{LEFT_PERCENT}%"
    text_y: int = WEEKS_HEIGHT - 6


def week_chart(rows: Sequence[tuple[date, int, int]]) -> WeekChart:
    """What came in and what was decided, week by week."""
    most = max((max(came, done) for _, came, done in rows), default=0) or 1
    step = (100 - LEFT_PERCENT) / max(len(rows), 1)
    weeks = tuple(_week(n, row, most, step) for n, row in enumerate(rows))
    segments = tuple(
        Segment(a.point_x_percent, a.point_y, b.point_x_percent, b.point_y)
        for a, b in zip(weeks, weeks[1:], strict=False)
    )
    levels = tuple(ChartText(f"{n:,}", _y(n, most)) for n in sorted({0, most // 2, most}))
    days = tuple(dict.fromkeys((rows[0][0], rows[-1][0]))) if rows else ()
    return WeekChart(weeks, segments, levels, days)


def _week(place: int, row: tuple[date, int, int], most: int, step: float) -> Week:
    _, came, done = row
    left = LEFT_PERCENT + place * step
    top = _y(came, most)
    return Week(
        _percent(left + step * (1 - COLUMN_SHARE) / 2),
        _percent(step * COLUMN_SHARE),
        top,
        FLOOR - top,
        _percent(left + step / 2),
        _y(done, most),
    )


def _y(count: int, most: int) -> int:
    return FLOOR - round((FLOOR - TOP) * count / most)


def _percent(number: float) -> str:
    return f"{number:.2f}%"
