"""Exact kilograms; ideal and adjusted weight as information."""

from decimal import Decimal

import pytest

from criteria.dosing import (
    HeightUnit,
    Sex,
    WeightFigures,
    WeightUnit,
    centimetres,
    ideal_weight,
    kilograms,
    pounds,
    weight_figures,
)


def figures(
    weight: str, height: str | None, sex: Sex | None = Sex.MALE, age: int | None = 40
) -> WeightFigures:
    tall = None if height is None else Decimal(height)
    return weight_figures(weight_kg=Decimal(weight), height_cm=tall, sex=sex, age_years=age)


def test_pounds_are_exact() -> None:
    assert kilograms(Decimal(154), WeightUnit.LB) == Decimal("69.85322498")
    assert kilograms(Decimal(154), "lb") == Decimal("69.85322498")
    assert kilograms(Decimal(154), "kg") == 154
    assert pounds(Decimal("0.45359237")) == 1
    assert centimetres(Decimal(69), HeightUnit.INCH) == Decimal("175.26")
    assert centimetres(Decimal(175), "cm") == 175


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="stone"):
        kilograms(Decimal(11), "stone")  # type: ignore[arg-type]


def test_ideal_weight_starts_at_152_4_cm() -> None:
    assert ideal_weight(Decimal("152.4"), Sex.MALE) == 50
    assert ideal_weight(Decimal("152.4"), Sex.FEMALE) == Decimal("45.5")
    assert ideal_weight(Decimal("152.39"), Sex.MALE) is None
    assert ideal_weight(Decimal("154.94"), Sex.MALE) == Decimal("52.3")
    assert ideal_weight(Decimal(170), Sex.OTHER) is None


def test_adjusted_weight_only_above_the_ideal() -> None:
    assert figures("50", "152.4").adjusted_kg == 50
    assert figures("49", "152.4").adjusted_kg == 49
    assert figures("60", "152.4").adjusted_kg == 54


@pytest.mark.parametrize(
    ("shown", "why_not"),
    [
        (figures("60", None), "Not available: the height is not known."),
        (figures("60", "170", None), "Not available: the formula needs female or male sex."),
        (figures("60", "170", Sex.OTHER), "Not available: the formula needs female or male sex."),
        (figures("60", "170", age=17), "Not available under 18 years."),
        (figures("60", "170", age=None), "Not available: the age is not known."),
        (figures("60", "152.3"), "Not available below 152.4 cm."),
    ],
)
def test_not_available_says_why(shown: WeightFigures, why_not: str) -> None:
    assert shown.why_not == why_not
    assert shown.ideal_kg is shown.adjusted_kg is None
    assert shown.actual_kg == 60


def test_available_from_18_years() -> None:
    assert figures("60", "170", age=18).why_not == ""
    assert figures("60", "170", age=18).ideal_kg is not None
