"""A total a month over 2 to 5 days: the average decides, then the window, then the days."""

from decimal import Decimal

import pytest

from criteria.dosing import DoseFacts, Per, judge
from tests.dosing.asking import MONTHLY, found, per_day, per_dose, says, total
from tests.dosing.policy import CONSECUTIVE, MAX_COURSES, limit, one
from tests.dosing.policy import MONTHLY as LIMITS


@pytest.mark.parametrize("line", LIMITS)
def test_total_at_the_ceiling_is_within_and_anything_above_exceeds(line: int) -> None:
    ceiling, _ = LIMITS[line]
    assert says(line, total(ceiling, 5, **MONTHLY)) == "within"
    assert says(line, total(f"{ceiling - 1}.9", 5, **MONTHLY)) == "within"
    assert says(line, total(f"{ceiling}.0000001", 5, **MONTHLY)) == "exceeds/over_ceiling"


@pytest.mark.parametrize("line", LIMITS)
def test_more_days_or_a_fuller_day_is_outside(line: int) -> None:
    ceiling, _ = LIMITS[line]
    assert says(line, total(ceiling, 2, **MONTHLY)) == "within"
    assert says(line, total(ceiling, 6, **MONTHLY)) == "outside/days"
    assert says(line, total(ceiling, 1, **MONTHLY)) == "outside/amount_in_one_day"
    assert says(line, total(ceiling // 2, 1, **MONTHLY)) == "within"
    assert says(line, per_day(f"{ceiling // 2}.1", 1, **MONTHLY)) == "outside/amount_in_one_day"


@pytest.mark.parametrize("line", LIMITS)
def test_days_apart_matter_only_where_the_line_says_consecutive(line: int) -> None:
    _, together = LIMITS[line]
    apart = total(1000, 2, consecutive=False, **MONTHLY)
    assert says(line, apart) == ("outside/not_consecutive" if together else "within")
    assert says(line, total(1000, 1, consecutive=False, **MONTHLY)) == "within"


@pytest.mark.parametrize("line", MAX_COURSES)
def test_a_further_course_exceeds(line: int) -> None:
    most = MAX_COURSES[line]
    assert most is not None
    assert says(line, total(2000, 5, courses=most, **MONTHLY)) == "within"
    assert says(line, total(1, 1, courses=most + 1, **MONTHLY)) == "exceeds/too_many_courses"


def test_courses_not_stated_are_within_and_noted() -> None:
    assessment = found(167, total(2000, 5, **MONTHLY))
    assert assessment.outcome == "within"
    assert assessment.notes == (
        "At most 6 courses; the number of courses asked for is not stated.",
    )


@pytest.mark.parametrize("line", CONSECUTIVE[1:3])
@pytest.mark.parametrize(
    ("interval", "days", "amount", "expected"),
    [
        (21, 2, 1000, "within"),
        (21, 2, "1000.1", "outside/window_28_days"),
        (21, 2, 1500, "outside/window_28_days"),
        (21, 2, "1500.1", "exceeds/over_ceiling"),
        (27, 2, 1333, "within"),  # 3 of 2 daily doses in a window: 1,999.5
        (27, 2, 1334, "outside/window_28_days"),
        (27, 5, 2000, "exceeds/over_ceiling"),
        (28, 5, 2000, "within"),
        (30, 5, 2000, "within"),
        (31, 5, "2000.1", "outside/window_28_days"),
        (42, 5, 2000, "within"),
        (42, 5, 3000, "outside/window_28_days"),
        (42, 5, "3000.1", "exceeds/over_ceiling"),
        (7, 1, 500, "outside/not_consecutive"),
        (7, 1, "500.1", "exceeds/over_ceiling"),
    ],
)
def test_average_then_window(
    line: int, interval: int, days: int, amount: str, expected: str
) -> None:
    assert says(line, total(amount, days, interval_days=interval)) == expected


@pytest.mark.parametrize("line", CONSECUTIVE[1:3])
@pytest.mark.parametrize(
    ("interval", "days", "expected"),
    [
        (28, 5, "within"),
        (27, 5, "outside/days"),  # 6 days in a window of 28
        (21, 2, "within"),  # 4 days
        (21, 3, "outside/days"),  # 6 days
        (14, 2, "outside/not_consecutive"),
        (14, 3, "outside/days"),
        (7, 1, "outside/not_consecutive"),
        (5, 1, "outside/days"),  # 6 days
        (1, 1, "outside/days"),
    ],
)
def test_days_of_every_course_count_in_the_month(
    line: int, interval: int, days: int, expected: str
) -> None:
    assert says(line, per_day(10, days, interval_days=interval)) == expected


@pytest.mark.parametrize("line", CONSECUTIVE)
@pytest.mark.parametrize("days", [1, 2])
@pytest.mark.parametrize(
    ("interval", "expected"),
    [(7, "outside"), (14, "outside"), (20, "outside"), (21, "within"), (28, "within")],
)
def test_runs_of_days_begin_21_days_apart_or_more(
    line: int, days: int, interval: int, expected: str
) -> None:
    """The amount fits; days spread over the month are no run of consecutive days."""
    assessment = found(line, per_day(10, days, interval_days=interval, courses=3))
    assert assessment.outcome == expected
    if expected == "outside" and days * 28 <= 5 * interval:
        assert assessment.reason == "not_consecutive"


@pytest.mark.parametrize("line", (418, 432))
def test_days_that_need_not_run_on_may_be_spread_over_the_month(line: int) -> None:
    assert says(line, per_dose(500, 7)) == "within"
    assert says(line, per_day(500, 2, interval_days=14)) == "within"


def test_the_days_between_runs_are_data_of_the_limit() -> None:
    fortnightly = one(limit(0, Per.MONTH, 2000, min_days=2, max_days=5, min_days_between_runs=14))
    for interval, expected in ((13, "outside"), (14, "within")):
        asked = per_dose(10, interval)
        assert judge(fortnightly, asked, DoseFacts()).outcome == expected


@pytest.mark.parametrize("line", MAX_COURSES)
def test_runs_of_the_same_28_days_are_one_monthly_course(line: int) -> None:
    """Seven weekly infusions are two months, not seven courses above six."""
    assert says(line, per_dose(100, 7, courses=7)) in ("outside/not_consecutive", "within")
    every_three_weeks = per_dose(1000, 21, courses=2 * (MAX_COURSES[line] or 0))
    assert says(line, every_three_weeks) == "within"
    one_more = per_dose(1000, 21, courses=2 * (MAX_COURSES[line] or 0) + 1)
    assert says(line, one_more) == "exceeds/too_many_courses"


@pytest.mark.parametrize("line", LIMITS)
def test_days_in_a_row_are_asked_and_never_assumed(line: int) -> None:
    _, together = LIMITS[line]
    missing = "not_enough_information/consecutive_missing"
    asked = total(1000, 2, consecutive=None, **MONTHLY)
    assert says(line, asked) == (missing if together else "within")
    assert says(line, total(1000, 1, consecutive=None, **MONTHLY)) == "within"
    assert says(line, total(5000, 2, consecutive=None, **MONTHLY)) == "exceeds/over_ceiling"


def test_few_courses_are_averaged_over_no_less_than_a_month() -> None:
    assert says(174, per_dose(1000, 14, courses=2)) == "outside/not_consecutive"
    assert says(174, per_dose(1000, 7, courses=2)) == "outside/not_consecutive"
    assert says(174, per_dose("1000.1", 7, courses=2)) == "exceeds/over_ceiling"
    assert says(174, per_dose(1000, 7, courses=3)) == "exceeds/over_ceiling"


def test_window_counts_only_the_courses_asked_for() -> None:
    assert says(174, total(1200, 2, interval_days=21, courses=2)) == "outside/window_28_days"
    assert says(174, total(1200, 2, interval_days=21, courses=1)) == "within"


def test_interval_not_stated() -> None:
    assert says(174, total(2000, 5)) == "not_enough_information/interval_missing"
    assert says(174, total(2000, 5, courses=2)) == "not_enough_information/interval_missing"
    assert says(174, total(2000, 5, courses=1)) == "within"
    assert says(174, total(2001, 5)) == "exceeds/over_ceiling"
    assert says(174, total(2001, 5, courses=1)) == "exceeds/over_ceiling"


def test_days_not_stated() -> None:
    missing = "not_enough_information/days_missing"
    assert says(174, total(2000, None, **MONTHLY)) == missing
    assert says(174, total(2001, None, **MONTHLY)) == "exceeds/over_ceiling"
    assert says(174, per_day(400, None, **MONTHLY)) == missing
    assert says(174, per_day(2001, None, **MONTHLY)) == "exceeds/over_ceiling"


def test_what_is_missing_comes_before_what_is_outside() -> None:
    assert says(174, total(2000, 6)) == "not_enough_information/interval_missing"
    days_missing = "not_enough_information/days_missing"
    assert says(174, total(1200, None, interval_days=21)) == days_missing


def test_what_exceeds_comes_before_what_is_missing() -> None:
    assert says(167, total(2000, 5, courses=7)) == "exceeds/too_many_courses"


def test_a_calendar_month_counts_as_28_days() -> None:
    assert says(174, total(2000, 5, monthly=True, interval_days=30)) == "within"
    assert says(174, total(2000, 5, monthly=True)) == "within"
    assert says(174, total("2000.1", 5, monthly=True, interval_days=31)) == "exceeds/over_ceiling"
    assert says(174, total(600, 1, monthly=True, interval_days=7)) == "exceeds/over_ceiling"


def test_multiple_sclerosis_continuation_has_a_total_and_no_days() -> None:
    assert says(393, total(1000, 1, **MONTHLY)) == "within"
    assert says(393, total(1000, None, **MONTHLY)) == "within"
    assert says(393, total(1000, 9, **MONTHLY)) == "within"
    assert says(393, total(1001, 5, **MONTHLY)) == "exceeds/over_ceiling"
    assert says(393, per_dose(500, 14)) == "within"
    assert says(393, per_dose(500, 13)) == "exceeds/over_ceiling"
    assert says(393, per_dose(600, 21)) == "outside/window_28_days"


def test_a_dose_on_several_days_counts_each_day() -> None:
    assert says(174, per_dose(400, 28, days=5)) == "within"
    assert says(174, per_dose(401, 28, days=5)) == "exceeds/over_ceiling"


def test_courses_that_overlap_fill_the_days_they_share() -> None:
    assert says(174, per_day(100, 5, interval_days=4)) == "exceeds/over_ceiling"
    assert says(174, per_day(10, 5, interval_days=4)) == "outside/days"
    assert says(174, per_day(600, 2, interval_days=1, courses=2)) == "exceeds/over_ceiling"


def test_rounding_allowance_is_outside_and_never_within() -> None:
    def asked(amount: str, **more: int) -> str:
        request = total(amount, 5, **{**MONTHLY, **more})
        return says(167, request, rounding_allowance_percent=Decimal(1))

    assert asked("2000") == "within"
    assert asked("2000.0001") == "outside/rounding_allowance"
    assert asked("2020") == "outside/rounding_allowance"
    assert asked("2020.0001") == "exceeds/over_ceiling"
    assert asked("2010", courses=7) == "exceeds/too_many_courses"


def test_the_window_is_named_beside_the_rounding_allowance_only_beyond_it() -> None:
    one_percent = {"rounding_allowance_percent": Decimal(1)}
    assert found(174, total(2010, 5, **MONTHLY), **one_percent).notes == ()
    assessment = found(174, total(1510, 2, interval_days=21), **one_percent)
    assert assessment.reason == "rounding_allowance"
    assert assessment.text.endswith(
        "3,020 mg/kg falls in one window of 28 days, above the 2,000 mg/kg a month of this policy."
    )
