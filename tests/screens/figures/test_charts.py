"""Shapes of the charts: lengths, places and labels."""

from datetime import date

from criteria.screens.figures.charts import (
    BAR,
    FLOOR,
    GAP,
    LABEL_LETTERS,
    LINE,
    TOP,
    WIDEST_PERCENT,
    Measure,
    bar_chart,
    week_chart,
)

MONDAY, NEXT = date(2026, 5, 4), date(2026, 5, 11)


def test_the_longest_bar_takes_most_of_the_width_and_others_their_part() -> None:
    chart = bar_chart([Measure("A", (4,), "4"), Measure("B", (1,), "1"), Measure("C", (0,), "0")])
    widths = [[piece.width_percent for piece in bar.pieces] for bar in chart.bars]
    assert widths == [[f"{WIDEST_PERCENT:.2f}%"], [f"{WIDEST_PERCENT / 4:.2f}%"], []]
    assert [bar.words_x_percent for bar in chart.bars] == ["70.00%", "17.50%", "0.00%"]


def test_two_parts_follow_each_other_dark_then_pale() -> None:
    (bar,) = bar_chart([Measure("A", (1, 3), "4")]).bars
    assert [(p.css, p.x_percent, p.width_percent) for p in bar.pieces] == [
        ("dark", "0.00%", "17.50%"),
        ("pale", "17.50%", "52.50%"),
    ]


def test_a_long_label_is_broken_into_lines_and_never_cut() -> None:
    label = "Two or more nerves with prolonged motor distal latency, or conduction block"
    chart = bar_chart([Measure(label, (1,), "1"), Measure("B", (1,), "1")])
    lines = chart.bars[0].lines
    assert " ".join(line.text for line in lines) == label
    assert all(len(line.text) <= LABEL_LETTERS for line in lines)
    assert chart.bars[1].lines[0].y > chart.bars[0].y + BAR
    assert chart.height == LINE * 4 + 2 * (BAR + GAP + 2)


def test_nothing_to_draw_has_no_height() -> None:
    assert bar_chart([]).height == 0
    empty = week_chart([])
    assert (empty.weeks, empty.segments, empty.days) == ((), (), ())


def test_weeks_stand_side_by_side_from_the_floor_up() -> None:
    chart = week_chart([(MONDAY, 4, 2), (NEXT, 0, 4)])
    first, second = chart.weeks
    assert (first.y, first.height, first.point_y) == (TOP, FLOOR - TOP, (TOP + FLOOR) / 2)
    assert (second.y, second.height, second.point_y) == (FLOOR, 0, TOP)
    (segment,) = chart.segments
    assert (segment.x1_percent, segment.x2_percent) == (first.point_x_percent, "77.25%")
    assert [level.text for level in chart.levels] == ["0", "2", "4"]
    assert chart.days == (MONDAY, NEXT)


def test_one_week_without_anything() -> None:
    chart = week_chart([(MONDAY, 0, 0)])
    assert chart.days == (MONDAY,)
    assert [level.text for level in chart.levels] == ["0", "1"]
