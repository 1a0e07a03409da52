"""How long decisions took, and the time the practice was waited for apart."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from criteria.screens.figures.scope import FigureScope
from criteria.screens.figures.times import Times, decision_times, hours_within, together
from tests.screens.figures.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tenths", "percent", "hours"),
    [
        ([], 50, None),
        ([7], 50, "0.7"),
        ([7], 90, "0.7"),
        ([10, 20], 50, "1"),
        ([10, 20, 30], 50, "2"),
        ([*range(10, 101, 10)], 90, "9"),
        ([*range(10, 111, 10)], 90, "10"),
        ([0, 0, 0], 90, "0"),
    ],
)
def test_hours_in_which_so_many_were_done(
    tenths: list[int], percent: int, hours: str | None
) -> None:
    expected = None if hours is None else Decimal(hours)
    assert hours_within(Counter(tenths), percent) == expected


def test_elapsed_time_goes_over_the_change_of_the_clocks() -> None:
    """From 7 to 8 March 2026 the clocks go forward: 23 hours, not 24."""
    desk = Desk()
    desk.decided(desk.received("2026-03-07 12:00"), "2026-03-08 12:00")
    assert [t.elapsed for t in decision_times(FigureScope())] == [Counter({230: 1})]


@pytest.mark.parametrize(("decided", "within"), [("11:59", 1), ("12:00", 1), ("12:01", 0)])
def test_within_the_clock_below_at_and_above(decided: str, within: int) -> None:
    desk = Desk()
    desk.decided(desk.received("2026-05-04 12:00"), f"2026-05-11 {decided}")
    assert decision_times(FigureScope())[0].within_clock == within


def test_waiting_for_the_practice_is_told_apart() -> None:
    desk = Desk()
    request = desk.received("2026-05-04 08:00")
    desk.asked(request, "2026-05-04 10:00", "A")
    desk.answered(request, "2026-05-04 15:00")
    desk.asked(request, "2026-05-04 16:00", "B")
    desk.answered(request, "2026-05-04 17:30")
    desk.decided(request, "2026-05-04 18:00")
    (times,) = decision_times(FigureScope())
    assert times.elapsed == Counter({100: 1})
    assert times.waited == Counter({65: 1})
    assert times.own == Counter({35: 1})


def test_a_request_that_was_never_asked_is_not_among_the_waited() -> None:
    desk = Desk()
    desk.decided(desk.received("2026-05-04 08:00"), "2026-05-04 09:00")
    (times,) = decision_times(FigureScope())
    assert (times.count, times.asked) == (1, 0)
    assert times.own == times.elapsed


def test_a_round_without_an_answer_ends_with_the_decision() -> None:
    desk = Desk()
    request = desk.received("2026-05-04 08:00")
    desk.asked(request, "2026-05-04 10:00", "A")
    desk.decided(request, "2026-05-04 12:00")
    assert decision_times(FigureScope())[0].waited == Counter({20: 1})


def test_of_two_letters_in_one_round_the_first_counts() -> None:
    desk = Desk()
    request = desk.received("2026-05-04 08:00")
    desk.asked(request, "2026-05-04 10:00", "A")
    desk.asked(request, "2026-05-04 11:00", "B")
    desk.answered(request, "2026-05-04 12:00")
    desk.decided(request, "2026-05-04 13:00")
    assert decision_times(FigureScope())[0].waited == Counter({20: 1})


def test_lines_and_urgencies_are_counted_apart_and_together(
    django_assert_num_queries: Any,
) -> None:
    desk = Desk()
    for line, urgency, hour in (
        ("commercial", "standard", "09:00"),
        ("commercial", "expedited", "10:00"),
        ("medicare", "standard", "11:00"),
        ("medicare", "standard", "12:00"),
    ):
        request = desk.received("2026-05-04 08:00", line_of_business=line, urgency=urgency)
        desk.decided(request, f"2026-05-04 {hour}")
    desk.received("2026-05-04 08:00")
    with django_assert_num_queries(1):
        found = decision_times(FigureScope())
    assert [(t.line_of_business, t.urgency, t.count) for t in found] == [
        ("commercial", "expedited", 1),
        ("commercial", "standard", 1),
        ("medicare", "standard", 2),
    ]
    whole = together(found)
    assert whole.count == whole.within_clock == 4
    assert hours_within(whole.elapsed, 90) == 4
    assert together([]) == Times("", "")
