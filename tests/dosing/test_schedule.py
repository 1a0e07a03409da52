"""A request on the calendar: days, windows and the grams of each day."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.dosing import DoseFacts, DoseRequest, DoseRule, grams_by_day, judge
from criteria.dosing.schedule import Schedule, schedule_of
from tests.dosing.asking import MONTHLY, per_day, per_dose, total


def planned(request: DoseRequest) -> Schedule:
    schedule = schedule_of(request, DoseFacts())
    assert schedule is not None
    return schedule


def test_a_total_is_split_equally_and_a_day_multiplied() -> None:
    assert planned(total(2000, 3)).per_day == Fraction(2000, 3)
    assert planned(per_day(400, 5)).total == 2000
    assert planned(per_dose(400, 28)).total == 400
    assert planned(per_dose(400, 28, days=2)).total == 800
    assert planned(total(2000, None)).per_day is None
    assert planned(per_day(400, None)).total is None


def test_numbers_that_cannot_be_count_as_not_stated() -> None:
    schedule = planned(total(2000, 0, interval_days=-1, courses=0))
    assert schedule.days is schedule.interval is schedule.courses is None


def test_a_single_course_has_no_interval() -> None:
    assert planned(total(2000, 5, courses=1, **MONTHLY)).interval is None
    assert planned(total(2000, 5, courses=2, **MONTHLY)).interval == 28


@pytest.mark.parametrize(
    ("request_", "window"),
    [
        (per_dose(1000, 21), 2000),
        (per_dose(1000, 28), 1000),
        (per_dose(1000, 27), 2000),
        (per_dose(1000, 14), 2000),
        (per_dose(1000, 13), 3000),
        (per_dose(1000, 7), 4000),
        (per_dose(1000, 7, courses=3), 3000),
        (per_day(400, 5, interval_days=28), 2000),
        (per_day(400, 5, interval_days=27), 2400),
        (per_day(400, 5, interval_days=24), 3600),
        (per_day(400, 5, interval_days=23), 4000),
        (per_day(100, 40, interval_days=60), 2800),
    ],
)
def test_fullest_window_of_28_days(request_: DoseRequest, window: int) -> None:
    assert planned(request_).most_in_window(28) == window


@settings(deadline=None)
@given(
    st.integers(1, 12), st.integers(1, 40), st.none() | st.integers(2, 8), st.sampled_from([7, 28])
)
def test_window_equals_a_calendar_written_out(
    days: int, interval: int, courses: int | None, length: int
) -> None:
    schedule = planned(per_day(1, days, interval_days=interval, courses=courses))
    calendar = [0] * 800
    for start in range(0, 600, interval)[: courses or 600]:
        for day in range(days):
            calendar[start + day] += 1
    busiest = max(sum(calendar[day : day + length]) for day in range(500))
    assert schedule.most_in_window(length) == busiest


def chart(request: DoseRequest, facts: DoseFacts) -> tuple[Decimal, ...]:
    return grams_by_day(judge(DoseRule(), request, facts).parts)


def test_grams_by_day_for_a_chart() -> None:
    facts = DoseFacts(weight_kg=Decimal(70))
    given = chart(per_day(400, 2, interval_days=21), facts)
    assert len(given) == 28
    assert {day: grams for day, grams in enumerate(given) if grams} == {
        0: 28, 1: 28, 21: 28, 22: 28,
    }  # fmt: skip
    once = chart(total(140, 5, unit="g"), facts)
    assert sum(once) == 140 and once[5] == 0
    assert sum(chart(total(137, 3, unit="g"), facts)) == 137


def test_a_chart_that_cannot_be_drawn_is_empty() -> None:
    weighed = DoseFacts(weight_kg=Decimal(70))
    assert chart(per_day(400, 5), DoseFacts()) == ()
    assert chart(total(2000, None), weighed) == ()
    assert chart(total(0, 5), weighed) == ()
