"""Entry checks of weight and height."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from criteria.dosing.figures import kg_text, rounded
from criteria.dosing.guards import Guard, GuardCode, GuardSeverity
from criteria.dosing.weight import ADULT_YEARS, WeightUnit, bmi, kilograms

# Kilograms. Above 0.3 and up to 500 can be true; 2 to 250 is usual at any age.
IMPOSSIBLE_UP_TO_KG, IMPOSSIBLE_ABOVE_KG = Decimal("0.3"), Decimal(500)
USUAL_KG = (Decimal(2), Decimal(250))
# Years of age below which the band holds, and its kilograms.
BANDS = (
    (1, Decimal(2), Decimal(15)),
    (6, Decimal(7), Decimal(30)),
    (13, Decimal(14), Decimal(80)),
    (ADULT_YEARS, Decimal(30), Decimal(150)),
)
ADULT_KG = (Decimal(30), Decimal(200))
ADULT_BMI = (Decimal(12), Decimal(50))
HEIGHT_CM = (Decimal(50), Decimal(244))
SWAPPED = ((Decimal("2.0"), Decimal("2.4"), "kg"), (Decimal("0.42"), Decimal("0.50"), "lb"))
CHANGED = Fraction(1, 10)
STALE_MONTHS, STALE_MONTHS_CHILD = 6, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightEntry:
    """A weight as typed, and what is known beside it."""

    value: Decimal
    unit: WeightUnit | None
    height_cm: Decimal | None = None
    age_years: int | None = None
    last_weight_kg: Decimal | None = None
    measured_on: date | None = None
    requested_on: date | None = None

    @property
    def is_adult(self) -> bool:
        """18 years or more; an unknown age gets neither the adult nor a child's band."""
        return self.age_years is not None and self.age_years >= ADULT_YEARS


def weight_guards(entry: WeightEntry) -> tuple[Guard, ...]:
    """Every check of one weight entry. A refused value is not asked about further."""
    height = tuple(_height(entry.height_cm))
    if entry.unit is None:
        return (
            *height,
            Guard(
                severity=GuardSeverity.INCOMPLETE,
                code=GuardCode.WEIGHT_UNIT_MISSING,
                message="Choose kg or lb: the weight has no unit.",
            ),
        )
    if not entry.value.is_finite():
        return (*height, _impossible(str(entry.value)))
    kg = kilograms(entry.value, entry.unit)
    if kg <= IMPOSSIBLE_UP_TO_KG or kg > IMPOSSIBLE_ABOVE_KG:
        return (*height, _impossible(rounded(kg, 3)))
    usable_height = entry.height_cm if not height else None
    return (
        *height,
        *_band(entry, kg),
        *_bmi(entry, kg, usable_height),
        *_history(entry, kg),
        *_stale(entry),
    )


def _impossible(kg: str) -> Guard:
    return Guard(
        severity=GuardSeverity.STOP,
        code=GuardCode.WEIGHT_IMPOSSIBLE,
        message=f"{kg} kg is not a possible weight: above {IMPOSSIBLE_UP_TO_KG} kg and up to "
        f"{IMPOSSIBLE_ABOVE_KG} kg is accepted.",
    )


def _height(height_cm: Decimal | None) -> Iterator[Guard]:
    low, high = HEIGHT_CM
    if height_cm is None or (height_cm.is_finite() and low <= height_cm <= high):
        return
    yield Guard(
        severity=GuardSeverity.STOP,
        code=GuardCode.HEIGHT_IMPOSSIBLE,
        message=f"{height_cm} cm is not a possible height: {low} to {high} cm is accepted.",
        suggestion="Metres typed as centimetres?" if height_cm < 3 else "",
    )


def _band(entry: WeightEntry, kg: Decimal) -> Iterator[Guard]:
    """Outside what is usual for the age, and at any age."""
    bands = [USUAL_KG]
    if entry.is_adult:
        bands.append(ADULT_KG)
    elif entry.age_years is not None:
        bands.append(next((low, high) for below, low, high in BANDS if entry.age_years < below))
    for low, high in bands:
        if not low <= kg <= high:
            yield _confirm(
                GuardCode.WEIGHT_UNLIKELY,
                f"{kg_text(kg)} is outside {low} to {high} kg"
                f"{'' if entry.age_years is None else f' at {entry.age_years} years'}.",
                _other_unit(entry, low, high),
            )
            return


def _bmi(entry: WeightEntry, kg: Decimal, height_cm: Decimal | None) -> Iterator[Guard]:
    """BMI of an adult below 12 or above 50: pounds typed as kilograms, or the reverse."""
    if height_cm is None or not entry.is_adult:
        return
    index, (low, high) = bmi(kg, height_cm), ADULT_BMI
    if low <= index <= high:
        return
    other = bmi(_as_other_unit(entry), height_cm)
    hint = ""
    if low <= other <= high:
        hint = f"{_was_typed(entry)} The BMI would then be {rounded(other, 1)}."
    yield _confirm(
        GuardCode.BMI_UNLIKELY,
        f"{kg_text(kg)} at {rounded(height_cm)} cm is a BMI of {rounded(index, 1)}.",
        hint,
    )


def _history(entry: WeightEntry, kg: Decimal) -> Iterator[Guard]:
    """Against the weight of the last request: units swapped, else a change of 10 % or more."""
    last = entry.last_weight_kg
    if last is None or not last.is_finite() or last <= 0:
        return
    ratio = Fraction(kg) / Fraction(last)
    for low, high, unit in SWAPPED:
        if low <= ratio <= high:
            yield _confirm(
                GuardCode.WEIGHT_SWAPPED,
                f"{kg_text(kg)} now, {kg_text(last)} on the last request.",
                f"{'Pounds' if unit == 'kg' else 'Kilograms'} typed as {unit}?",
            )
            return
    change = abs(ratio - 1)
    if change >= CHANGED:
        yield _confirm(
            GuardCode.WEIGHT_CHANGED,
            f"{kg_text(kg)} now, {kg_text(last)} on the last request: "
            f"a change of {rounded(change * 100, 1)} %.",
        )


def _stale(entry: WeightEntry) -> Iterator[Guard]:
    """Measured over 6 months before the request; over 3 for a child. The day itself passes."""
    if entry.measured_on is None or entry.requested_on is None:
        return
    is_child = entry.age_years is not None and not entry.is_adult
    months = STALE_MONTHS_CHILD if is_child else STALE_MONTHS
    if months_later(entry.measured_on, months) < entry.requested_on:
        yield _confirm(
            GuardCode.WEIGHT_STALE,
            f"The weight was measured more than {months} months before the request.",
        )


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the last one there is (30 November to 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return date(day.year + years, month + 1, day.day)


def _as_other_unit(entry: WeightEntry) -> Decimal:
    """The typed figure read in the other unit, in kg."""
    other = WeightUnit.LB if entry.unit is WeightUnit.KG else WeightUnit.KG
    return kilograms(entry.value, other)


def _other_unit(entry: WeightEntry, low: Decimal, high: Decimal) -> str:
    """Names the other unit when the typed figure would be usual in it."""
    other = _as_other_unit(entry)
    return _was_typed(entry) if low <= other <= high else ""


def _was_typed(entry: WeightEntry) -> str:
    if entry.unit is WeightUnit.KG:
        kg = kg_text(_as_other_unit(entry))
        return f"Pounds typed as kg? {rounded(entry.value)} lb is {kg}."
    return "Kilograms typed as lb?"


def _confirm(code: GuardCode, message: str, suggestion: str = "") -> Guard:
    return Guard(severity=GuardSeverity.CONFIRM, code=code, message=message, suggestion=suggestion)
