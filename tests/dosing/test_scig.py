"""Subcutaneous figures from the labels."""

from decimal import Decimal

import pytest

from criteria.dosing import cuvitru_weekly_change_ml, hyqvia_ramp, weekly_grams


def steps(grams: int, interval: int) -> list[tuple[int, str]]:
    ramp = hyqvia_ramp(Decimal(grams), interval_days=interval)
    return [(step.week, f"{step.grams.normalize():f}") for step in ramp]


def test_ramp_every_four_and_every_three_weeks() -> None:
    assert steps(30, 28) == [(1, "7.5"), (2, "15"), (4, "22.5"), (7, "30")]
    assert steps(30, 21) == [(1, "10"), (2, "20"), (4, "30")]
    assert steps(30, 7) == [(1, "30")]


def test_weekly_grams_are_a_quarter_of_four_weeks() -> None:
    for interval, expected in ((28, "13.7"), (14, "27.4"), (7, "54.8")):
        found = weekly_grams(Decimal(40), interval_days=interval, factor=Decimal("1.37"))
        assert found == Decimal(expected)


@pytest.mark.parametrize(
    ("difference", "change"), [(99, 0), (100, 7), (200, 14), (-99, 0), (-100, -7)]
)
def test_trough_below_100_mg_per_dl_changes_nothing(difference: int, change: int) -> None:
    found = cuvitru_weekly_change_ml(
        weight_kg=Decimal(70), below_target_mg_per_dl=Decimal(difference)
    )
    assert found == change
