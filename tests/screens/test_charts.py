"""Lengths of the charts, in per cent of their room."""

from decimal import Decimal

from criteria.screens.charts import (
    WIDEST_PERCENT,
    Measure,
    bar_chart,
    column_chart,
    height_percent,
)


def test_the_longest_bar_takes_most_of_the_width_and_others_their_part() -> None:
    chart = bar_chart([Measure("A", (4,), "4"), Measure("B", (1,), "1"), Measure("C", (0,), "0")])
    widths = [bar.widths for bar in chart]
    assert widths == [(f"{WIDEST_PERCENT:.2f}%",), (f"{WIDEST_PERCENT / 4:.2f}%",), ("0.00%",)]


def test_two_parts_follow_each_other() -> None:
    (bar,) = bar_chart([Measure("A", (1, 3), "4")])
    assert bar.widths == ("17.50%", "52.50%")


def test_nothing_to_draw_is_nothing() -> None:
    assert bar_chart([]) == ()
    assert column_chart([], 0) == column_chart([[0, 0]], 0) == ()


def test_columns_stand_side_by_side_from_the_floor_up() -> None:
    came, done, later = column_chart([(4, 2), (0, 4)], 4)
    assert [one.series for one in (came, done, later)] == [1, 2, 2]
    assert [one.x for one in (came, done, later)] == ["5.00%", "25.00%", "75.00%"]
    assert {one.width for one in (came, done, later)} == {"20.00%"}
    assert [(one.y, one.height) for one in (came, done)] == [
        ("0.00%", "100.00%"),
        ("50.00%", "50.00%"),
    ]


def test_a_limit_stands_as_high_as_a_column_of_it() -> None:
    (column,) = column_chart([[Decimal(30)]], Decimal(40))
    assert column.y == height_percent(Decimal(30), Decimal(40)) == "25.00%"
