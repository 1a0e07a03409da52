"""Body weight and height: exact conversion, BMI, ideal and adjusted weight.

Ceilings use the actual weight only. Ideal and adjusted weight are shown as information.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from criteria.dosing.figures import decimal_below

KG_PER_LB = Decimal("0.45359237")
CM_PER_INCH = Decimal("2.54")
ADJUSTMENT = Fraction(2, 5)
ADULT_YEARS = 18
# Devine: 60 inches, and 2.3 kg for each inch above.
_DEVINE_FROM_CM = 60 * CM_PER_INCH
_DEVINE_KG_PER_INCH = Fraction(23, 10)


class WeightUnit(StrEnum):
    """Unit a weight was typed in; there is no default."""

    KG = "kg"
    LB = "lb"


class HeightUnit(StrEnum):
    """Unit a height was typed in."""

    CM = "cm"
    INCH = "in"


class Sex(StrEnum):
    """Used for the ideal weight only."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "other"


_DEVINE_BASE_KG = {Sex.MALE: Fraction(50), Sex.FEMALE: Fraction(91, 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFigures:
    """What is shown beside the actual weight. ``why_not`` says why a figure is not available."""

    actual_kg: Decimal
    bmi: Decimal | None = None
    ideal_kg: Decimal | None = None
    adjusted_kg: Decimal | None = None
    why_not: str = ""


def kilograms(value: Decimal, unit: WeightUnit | Literal["kg", "lb"]) -> Decimal:
    """Exact kilograms: 154 lb is 69.85322498 kg."""
    if WeightUnit(unit) is WeightUnit.KG:
        return value
    return decimal_below(Fraction(value) * Fraction(KG_PER_LB))


def pounds(kg: Decimal) -> Decimal:
    """Pounds, cut off at twelve places."""
    return decimal_below(Fraction(kg) / Fraction(KG_PER_LB))


def centimetres(value: Decimal, unit: HeightUnit | Literal["cm", "in"]) -> Decimal:
    """Exact centimetres: 69 in is 175.26 cm."""
    if HeightUnit(unit) is HeightUnit.CM:
        return value
    return decimal_below(Fraction(value) * Fraction(CM_PER_INCH))


def bmi(weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """Body mass index in kg/m2."""
    return decimal_below(_bmi(weight_kg, height_cm))


def ideal_weight(height_cm: Decimal, sex: Sex) -> Decimal | None:
    """Devine's ideal weight of an adult in kg. None below 152.4 cm or without a known sex."""
    ideal = _ideal(height_cm, sex)
    return None if ideal is None else decimal_below(ideal)


def weight_figures(
    *, weight_kg: Decimal, height_cm: Decimal | None, sex: Sex | None, age_years: int | None
) -> WeightFigures:
    """BMI, ideal and adjusted weight, as far as they are available."""
    if height_cm is None or height_cm <= 0:
        return WeightFigures(actual_kg=weight_kg, why_not="Not available: the height is not known.")
    why_not = _why_not(height_cm, sex, age_years)
    ideal = None if sex is None or why_not else _ideal(height_cm, sex)
    adjusted = None if ideal is None else _adjusted(Fraction(weight_kg), ideal)
    return WeightFigures(
        actual_kg=weight_kg,
        bmi=bmi(weight_kg, height_cm),
        ideal_kg=None if ideal is None else decimal_below(ideal),
        adjusted_kg=None if adjusted is None else decimal_below(adjusted),
        why_not=why_not,
    )


def _bmi(weight_kg: Decimal, height_cm: Decimal) -> Fraction:
    return Fraction(weight_kg) * 10_000 / Fraction(height_cm) ** 2


def _why_not(height_cm: Decimal, sex: Sex | None, age_years: int | None) -> str:
    """The formula is for adults of 152.4 cm and taller; it is never stretched."""
    if age_years is None:
        return "Not available: the age is not known."
    if age_years < ADULT_YEARS:
        return f"Not available under {ADULT_YEARS} years."
    if height_cm < _DEVINE_FROM_CM:
        return f"Not available below {_DEVINE_FROM_CM.normalize()} cm."
    if sex not in _DEVINE_BASE_KG:
        return "Not available: the formula needs female or male sex."
    return ""


def _ideal(height_cm: Decimal, sex: Sex) -> Fraction | None:
    base = _DEVINE_BASE_KG.get(sex)
    if base is None or height_cm < _DEVINE_FROM_CM:
        return None
    inches = (Fraction(height_cm) - Fraction(_DEVINE_FROM_CM)) / Fraction(CM_PER_INCH)
    return base + _DEVINE_KG_PER_INCH * inches


def _adjusted(actual: Fraction, ideal: Fraction) -> Fraction:
    """At or below the ideal weight the actual weight stands."""
    return actual if actual <= ideal else ideal + ADJUSTMENT * (actual - ideal)
