"""From intravenous to subcutaneous: information from product labels, never a ceiling (line 523)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from criteria.dosing.figures import decimal_below

WEEK_DAYS = 7
# Cuvitru label, table 1: mL a week = kg x mg/dL / 1,000; below 100 mg/dL no change.
_CUVITRU_LEAST_MG_PER_DL = 100
# HyQvia label: doses of 1, 2, 3 ... weeks in these weeks, up to the full interval.
_HYQVIA_WEEKS = (1, 2, 4, 7)


@dataclass(frozen=True, slots=True)
class RampStep:
    """One infusion of the HyQvia ramp."""

    week: int
    grams: Decimal


def weekly_grams(iv_grams: Decimal, *, interval_days: int, factor: Decimal) -> Decimal:
    """Grams a week: factor x IVIG grams per dose / weeks between doses (40 g, 28 d, 1.37: 13.7)."""
    return decimal_below(Fraction(factor) * Fraction(iv_grams) * WEEK_DAYS / interval_days)


def weekly_volume_ml(grams: Decimal, *, ml_per_g: Decimal) -> Decimal:
    """Millilitres of a weekly dose (13.7 g at 5 mL/g: 68.5 mL)."""
    return decimal_below(Fraction(grams) * Fraction(ml_per_g))


def hyqvia_ramp(grams: Decimal, *, interval_days: int) -> tuple[RampStep, ...]:
    """Infusions up to the full dose: 1, 2, 3, 4 weeks' worth in weeks 1, 2, 4 and 7."""
    weeks_between = Fraction(interval_days, WEEK_DAYS)
    steps: list[RampStep] = []
    for worth, week in enumerate(_HYQVIA_WEEKS, start=1):
        share = min(worth / weeks_between, Fraction(1))
        steps.append(RampStep(week, decimal_below(Fraction(grams) * share)))
        if share == 1:
            break
    return tuple(steps)


def cuvitru_weekly_change_ml(*, weight_kg: Decimal, below_target_mg_per_dl: Decimal) -> Decimal:
    """Change of the weekly volume in mL for an IgG trough below (negative: above) its target."""
    if abs(below_target_mg_per_dl) < _CUVITRU_LEAST_MG_PER_DL:
        return Decimal(0)
    return decimal_below(Fraction(weight_kg) * Fraction(below_target_mg_per_dl) / 1000)
