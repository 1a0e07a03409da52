"""Weights and heights that are refused or asked about once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import Guard, WeightEntry, WeightUnit, weight_guards
from criteria.dosing.weight_guards import months_later


def guards(value: str, unit: WeightUnit | None = WeightUnit.KG, **more: Any) -> tuple[Guard, ...]:
    for name in ("height_cm", "last_weight_kg"):
        if name in more:
            more[name] = Decimal(more[name])
    return weight_guards(WeightEntry(value=Decimal(value), unit=unit, **more))


def codes(value: str, unit: WeightUnit | None = WeightUnit.KG, **more: Any) -> list[str]:
    return [f"{guard.severity} {guard.code}" for guard in guards(value, unit, **more)]


STOP, UNLIKELY = ["stop weight_impossible"], ["confirm weight_unlikely"]


def test_no_unit_is_incomplete() -> None:
    assert codes("70", None) == ["incomplete weight_unit_missing"]


@pytest.mark.parametrize(
    ("kg", "expected"),
    [
        ("0", STOP),
        ("-70", STOP),
        ("NaN", STOP),
        ("0.3", STOP),
        ("0.301", UNLIKELY),
        ("1.99", UNLIKELY),
        ("2", []),
        ("250", []),
        ("250.1", UNLIKELY),
        ("500", UNLIKELY),
        ("500.1", STOP),
    ],
)
def test_any_age(kg: str, expected: list[str]) -> None:
    assert codes(kg) == expected


@pytest.mark.parametrize(
    ("age", "low", "high"),
    [
        (0, 2, 15),
        (1, 7, 30),
        (5, 7, 30),
        (6, 14, 80),
        (12, 14, 80),
        (13, 30, 150),
        (17, 30, 150),
        (18, 30, 200),
        (90, 30, 200),
    ],
)
def test_bands_by_age(age: int, low: int, high: int) -> None:
    assert codes(str(low), age_years=age) == codes(str(high), age_years=age) == []
    assert codes(str(low - Decimal("0.01")), age_years=age) == UNLIKELY
    assert codes(str(high + Decimal("0.01")), age_years=age) == UNLIKELY


def test_pounds_typed_as_kilograms() -> None:
    (guard,) = guards("154", height_cm="175", age_years=40)
    assert guard.code == "bmi_unlikely"
    assert guard.message == "154 kg at 175 cm is a BMI of 50.3."
    assert "154 lb is 69.853 kg" in guard.suggestion and "22.8" in guard.suggestion


def test_kilograms_typed_as_pounds() -> None:
    (guard,) = guards("70", WeightUnit.LB, height_cm="175", age_years=40)
    assert guard.message == "31.751 kg at 175 cm is a BMI of 10.4."
    assert guard.suggestion.startswith("Kilograms typed as lb?")


def test_bmi_between_12_and_50_passes() -> None:
    assert codes("50", height_cm="100", age_years=40) == []
    assert codes("50.1", height_cm="100", age_years=40) == ["confirm bmi_unlikely"]
    assert codes("48", height_cm="200", age_years=40) == []
    assert codes("47.9", height_cm="200", age_years=40) == ["confirm bmi_unlikely"]
    assert codes("47.9", height_cm="200", age_years=17) == []


@pytest.mark.parametrize(
    ("height", "stopped"), [("49.9", True), ("50", False), ("244", False), ("244.1", True)]
)
def test_height(height: str, stopped: bool) -> None:
    assert codes("12", height_cm=height) == (["stop height_impossible"] if stopped else [])


def test_metres_typed_as_centimetres() -> None:
    assert guards("70", height_cm="1.75")[0].suggestion == "Metres typed as centimetres?"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("199.9", ["confirm weight_changed"]),
        ("200", ["confirm weight_swapped"]),
        ("240", ["confirm weight_swapped"]),
        ("240.1", ["confirm weight_changed"]),
        ("50", ["confirm weight_swapped"]),
        ("42", ["confirm weight_swapped"]),
        ("41.9", ["confirm weight_changed"]),
        ("50.1", ["confirm weight_changed"]),
        ("110", ["confirm weight_changed"]),
        ("109.9", []),
        ("90", ["confirm weight_changed"]),
        ("90.1", []),
    ],
)
def test_against_the_last_weight(now: str, expected: list[str]) -> None:
    assert codes(now, last_weight_kg="100") == expected


def test_swap_names_the_unit() -> None:
    assert guards("154", last_weight_kg="70")[0].suggestion == "Pounds typed as kg?"
    assert guards("31.75", last_weight_kg="70")[0].suggestion == "Kilograms typed as lb?"


@pytest.mark.parametrize(
    ("age", "requested", "stale"),
    [
        (40, date(2021, 4, 30), False),
        (40, date(2021, 5, 1), True),
        (None, date(2021, 4, 30), False),
        (10, date(2021, 1, 31), False),
        (10, date(2021, 2, 1), True),
    ],
)
def test_stale(age: int | None, requested: date, stale: bool) -> None:
    measured = date(2020, 10, 31)
    found = codes("50", age_years=age, measured_on=measured, requested_on=requested)
    assert found == (["confirm weight_stale"] if stale else [])


def test_months_later_ends_with_the_month() -> None:
    assert months_later(date(2020, 11, 30), 3) == date(2021, 2, 28)
    assert months_later(date(2020, 8, 31), 6) == date(2021, 2, 28)
    assert months_later(date(2021, 6, 15), 6) == date(2021, 12, 15)
