"""What the label of a product says of its subcutaneous dose, as data, and what that comes to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from criteria.dosing.figures import Number

WEEK_DAYS = 7
# The trough rule of a label is stated for each of so many mg/dL.
TROUGH_STEP_MG_PER_DL = 100


class EarlierLabelDose(StrEnum):
    """How immune globulin was given before this request."""

    IV = "iv"
    SC = "sc"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRules:
    """The subcutaneous rules of one label, which rules on the days named (both included).

    ``source`` names the label and where it was read; not ``confirmed``: its figures still have
    to be. ``iv_to_sc_factor``: grams a week for each gram a week into a vein, 1 = the same grams.
    ``same_from_sc``: after another subcutaneous product the grams a week stay.
    ``min_mg_per_kg`` to ``max_mg_per_kg``: one dose, where none is taken over from before.
    ``ramp_weeks``: the weeks of the first infusions; the first is the dose of one week, the second
    of two, and so on up to the full dose. ``trough_ml_per_kg``: mL a week, for each kg and each 100
    mg/dL that the IgG trough lies below its target; ``trough_least_mg_per_dl``: less changes
    nothing.
    """

    source: str
    first_day: date | None = None
    last_day: date | None = None
    confirmed: bool = True
    iv_to_sc_factor: Decimal | None = None
    same_from_sc: bool = False
    min_mg_per_kg: Decimal | None = None
    max_mg_per_kg: Decimal | None = None
    shortest_interval_days: int | None = None
    longest_interval_days: int | None = None
    days_after_iv: int | None = None
    ramp_weeks: tuple[int, ...] = ()
    trough_ml_per_kg: Decimal | None = None
    trough_least_mg_per_dl: int | None = None
    note: str = ""

    def rules_on(self, day: date) -> bool:
        """Whether it is the label on a day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTreatment:
    """Immune globulin before this request: ``grams`` in each dose, ``interval_days`` apart.

    The IgG trough was measured during subcutaneous treatment; both levels are in mg/dL.
    """

    kind: EarlierLabelDose
    grams: Decimal | None = None
    interval_days: int | None = None
    igg_trough_mg_per_dl: Decimal | None = None
    igg_target_mg_per_dl: Decimal | None = None

    @property
    def weekly_grams(self) -> Fraction | None:
        """Grams a week; None while the dose or its interval is not stated."""
        if not self.grams or not self.interval_days:
            return None
        return a_week(Fraction(self.grams), self.interval_days)


@dataclass(frozen=True, slots=True)
class RampStep:
    """One of the first infusions, in this week of treatment."""

    week: int
    grams: Fraction


def a_week(grams: Fraction, interval_days: int) -> Fraction:
    """Grams a week of a dose that is given every so many days (40 g, 28 days: 10 g)."""
    return grams * WEEK_DAYS / interval_days


def volume_ml(grams: Fraction, ml_per_g: Decimal) -> Fraction:
    """Millilitres of a dose (13.7 g at 5 mL/g: 68.5 mL)."""
    return grams * Fraction(ml_per_g)


def is_adjusted(label: LabelRules, before: EarlierTreatment) -> bool:
    """Whether the label changes a subcutaneous dose by the levels that are stated."""
    levels = (before.igg_trough_mg_per_dl, before.igg_target_mg_per_dl)
    is_known = label.trough_ml_per_kg is not None and None not in levels
    return is_known and before.kind is EarlierLabelDose.SC


def converted(label: LabelRules, before: EarlierTreatment) -> Fraction | None:
    """Grams a week the label makes of what was given before; None where it takes none over.

    A subcutaneous dose stays, where the label says so or goes on to adjust it by the IgG trough.
    """
    stays = label.same_from_sc or is_adjusted(label, before)
    factors = {
        EarlierLabelDose.IV: label.iv_to_sc_factor,
        EarlierLabelDose.SC: Decimal(1) if stays else None,
    }
    weekly, factor = before.weekly_grams, factors.get(before.kind)
    return None if weekly is None or factor is None else Fraction(factor) * weekly


def trough_change_ml(label: LabelRules, before: EarlierTreatment, weight_kg: Number) -> int:
    """Change of the weekly volume in whole mL, as labels print it; more where the trough is low.

    Raises ValueError for a label without the rule, and where a level is not stated.
    """
    rate, trough, target = _of_trough(label, before)
    below = target - trough
    if abs(below) < (label.trough_least_mg_per_dl or 0):
        return 0
    exact = Fraction(rate) * Fraction(weight_kg) * abs(below) / TROUGH_STEP_MG_PER_DL
    whole = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return whole if below > 0 else -whole


def _of_trough(label: LabelRules, before: EarlierTreatment) -> tuple[Decimal, Fraction, Fraction]:
    rate = label.trough_ml_per_kg
    trough, target = before.igg_trough_mg_per_dl, before.igg_target_mg_per_dl
    if rate is None or trough is None or target is None:
        raise ValueError("a trough adjustment needs its rule and both levels")
    return rate, Fraction(trough), Fraction(target)


def ramp(label: LabelRules, grams: Fraction, interval_days: int) -> tuple[RampStep, ...]:
    """The first infusions up to the full dose of ``grams`` every ``interval_days``.

    30 g every 28 days in weeks 1, 2, 4 and 7: 7.5 g, 15 g, 22.5 g, 30 g.
    """
    return tuple(_ramp(label, grams, interval_days))


def _ramp(label: LabelRules, grams: Fraction, interval_days: int) -> Iterator[RampStep]:
    for worth, week in enumerate(label.ramp_weeks, start=1):
        share = min(Fraction(worth * WEEK_DAYS, interval_days), Fraction(1))
        yield RampStep(week, grams * share)
        if share == 1:
            return
