"""The rules of a label, and what it makes of a request, in words: the same on every screen."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from criteria.dosing.figures import cut_off, excess, grams_text, kg_text, rounded
from criteria.dosing.label import (
    TROUGH_STEP_MG_PER_DL,
    WEEK_DAYS,
    EarlierTreatment,
    LabelRules,
    volume_ml,
)
from criteria.dosing.label_finding import LabelFinding
from criteria.dosing.limit_words import every_words
from criteria.rules.formats import counted

TO_BE_CONFIRMED = "figures to be confirmed"
NONE_HELD = "no rules of its label are held here"
Row = tuple[str, str]
# Names of the rows: those of the ramp-up and of one dose go on with a week and an interval.
LABEL, BY_LABEL, ADJUSTED = "Label", "By the label", "Adjusted to the IgG trough"
ASKED, FIRST_DOSE, RAMP_UP = "Asked for in a week", "First dose", "Ramp-up, week"


def rules_text(label: LabelRules) -> str:
    """Every rule of a label in one line, made from its numbers."""
    return "; ".join(filter(None, _rules(label)))


def _rules(label: LabelRules) -> Iterator[str]:
    if label.iv_to_sc_factor is not None:
        is_same = label.iv_to_sc_factor == 1
        head = "the same as" if is_same else f"{rounded(label.iv_to_sc_factor, 4)} ×"
        yield f"{head} the grams a week into a vein"
    if label.same_from_sc:
        yield "the same grams a week after another subcutaneous product"
    if label.max_mg_per_kg is not None:
        yield f"{range_text(label)} a dose where none is taken over from before"
    yield frequency_text(label)
    if label.ramp_weeks:
        weeks = ", ".join(map(str, label.ramp_weeks))
        yield f"first infusions in weeks {weeks}: the dose of 1 week, of 2 and so on"
    if label.days_after_iv is not None:
        yield f"begins {counted(label.days_after_iv, 'day')} after the last dose into a vein"
    if label.trough_ml_per_kg is not None:
        yield (
            f"{rounded(label.trough_ml_per_kg, 4)} mL a week for each kg and each "
            f"{TROUGH_STEP_MG_PER_DL} mg/dL below the IgG target"
        )
    if label.trough_least_mg_per_dl is not None:
        yield f"from a difference of {label.trough_least_mg_per_dl} mg/dL on"


def range_text(label: LabelRules) -> str:
    """300 to 600 mg/kg; up to 600 mg/kg."""
    most = rounded(label.max_mg_per_kg or 0, 4)
    least = label.min_mg_per_kg
    return f"{'up' if least is None else rounded(least, 4)} to {most} mg/kg"


def frequency_text(label: LabelRules) -> str:
    """Every 3 to 4 weeks; at least every 2 weeks; empty where nothing is said."""
    low, high = label.shortest_interval_days, label.longest_interval_days
    if low is None and high is None:
        return ""
    head = "no more often than " if high is None else "at least " if low is None else ""
    return f"{head}{every_text(low or high or 0, high or low or 0)}"


def every_text(low: int, high: int) -> str:
    """Every week, every 3 to 4 weeks, every 10 days."""
    return every_words(low, high).replace("a week", "every week").replace("a day", "every day")


def lines_text(lines: str) -> str:
    """Line 523; lines 511-523."""
    return f"line{'s' if re.search(r'[-,]', lines) else ''} {lines}"


def source_text(label: LabelRules) -> str:
    """The label, and that its figures are still to be confirmed."""
    return label.source if label.confirmed else f"{label.source} ({TO_BE_CONFIRMED})"


def conversion_text(label: LabelRules, before: EarlierTreatment, found: LabelFinding) -> str:
    """1.37 × 40 g / 4 weeks = 13.7 g a week = 68.5 mL at 200 mg/mL."""
    factor = label.iv_to_sc_factor if found.is_after_iv else None
    head = "" if factor is None else f"{rounded(factor, 4)} × "
    weeks = _weeks_text(before.interval_days or 0)
    weekly = _a_week(found, found.most_weekly or Fraction(0))
    return f"{head}{grams_text(before.grams or 0)} {weeks} = {weekly}"


def range_formula(label: LabelRules, found: LabelFinding, weight_kg: Fraction) -> str:
    """300 to 600 mg/kg × 70 kg every 4 weeks = 21 g to 42 g = 210 mL to 420 mL at 100 mg/mL."""
    doses = [_of_dose(found, found.most_weekly or Fraction(0))]
    if found.least_weekly is not None:
        doses.insert(0, _of_dose(found, found.least_weekly))
    lead = "up to " if found.least_weekly is None else ""
    ends = [lead + " to ".join(map(grams_text, doses))]
    if found.ml_per_g is not None:
        volumes = " to ".join(_volume(found, dose) for dose in doses)
        ends.append(f"{lead}{volumes} at {_strength(found.ml_per_g)} mg/mL")
    often = given_every(found)
    return " = ".join((f"{range_text(label)} × {kg_text(weight_kg)} {often}", *ends))


def given_every(found: LabelFinding) -> str:
    """How often the dose asked for is given: every week, every 4 weeks."""
    days = found.interval_days or WEEK_DAYS
    return every_text(days, days)


def _how_often(found: LabelFinding) -> str:
    """As it follows an amount: a week, every 4 weeks."""
    often = given_every(found)
    return "a week" if often == "every week" else often


def _of_dose(found: LabelFinding, weekly: Fraction) -> Fraction:
    """Grams of each dose of an amount a week."""
    return weekly * (found.interval_days or WEEK_DAYS) / WEEK_DAYS


def asked_text(found: LabelFinding) -> str:
    """What is asked for, as often as it is given: 42 g every 4 weeks."""
    asked = _of_dose(found, found.asked_weekly or Fraction(0))
    return f"{grams_text(asked)} {_how_often(found)}"


def most_by_label_text(found: LabelFinding) -> str:
    """The most the label makes, as often as it is given: 42 g every 4 weeks."""
    most = _of_dose(found, found.most_weekly or Fraction(0))
    return f"{grams_text(most)} {_how_often(found)}"


def least_by_label_text(found: LabelFinding) -> str:
    """What the range of the label begins with, as often as it is given: 21 g every 4 weeks."""
    least = _of_dose(found, found.least_weekly or Fraction(0))
    return f"{grams_text(least)} {_how_often(found)}"


def trough_text(before: EarlierTreatment, found: LabelFinding, change_ml: int) -> str:
    """1,000 − 800 mg/dL: 14 mL more a week, 16.8 g a week = 84 mL at 200 mg/mL."""
    target, trough = before.igg_target_mg_per_dl or 0, before.igg_trough_mg_per_dl or 0
    head = f"{rounded(target, 2)} − {rounded(trough, 2)} mg/dL"
    if not change_ml:
        return f"{head}: no change"
    how = "more" if change_ml > 0 else "less"
    change = f"{abs(change_ml):,} mL {how} a week"
    return f"{head}: {change}, {_a_week(found, found.most_weekly or Fraction(0))}"


def _weeks_text(days: int) -> str:
    if days % WEEK_DAYS:
        return f"× {WEEK_DAYS} / {counted(days, 'day')}"
    return f"/ {counted(days // WEEK_DAYS, 'week')}"


def _a_week(found: LabelFinding, grams: Fraction) -> str:
    """13.7 g a week = 68.5 mL at 200 mg/mL."""
    weekly = f"{grams_text(grams)} a week"
    if found.ml_per_g is None:
        return weekly
    return f"{weekly} = {_volume(found, grams)} at {_strength(found.ml_per_g)} mg/mL"


def _strength(ml_per_g: Decimal) -> str:
    """Milligrams in a millilitre."""
    return rounded(1000 / Fraction(ml_per_g), 1)


def _volume(found: LabelFinding, grams: Fraction) -> str:
    return "" if found.ml_per_g is None else f"{cut_off(volume_ml(grams, found.ml_per_g), 1)} mL"


def _dose_text(found: LabelFinding, grams: Fraction) -> str:
    """27.4 g = 137 mL."""
    return " = ".join(filter(None, (grams_text(grams), _volume(found, grams))))


def over_text(found: LabelFinding, *, each_dose: bool = False) -> str:
    """0.3 g (2.2 %) above the label, in a week or ``each_dose``; empty where it is not above."""
    over, most = found.over_weekly, found.most_weekly
    if over is None:
        return ""
    percent = f" ({excess(over * 100 / most, 1)} %)" if most else ""
    return f"{excess(_of_dose(found, over) if each_dose else over, 2)} g{percent} above the label"


def is_label_row(name: str) -> bool:
    """Whether a row of this name is one of a label."""
    is_plain = name in (LABEL, ADJUSTED, ASKED, FIRST_DOSE)
    return is_plain or name.startswith((BY_LABEL, RAMP_UP))


def in_short(found: LabelFinding) -> str:
    """How the most by the label came about, and how far the dose asked for is above it."""
    return "; ".join(filter(None, (found.formula, found.trough_formula, over_text(found))))


def label_rows(found: LabelFinding) -> tuple[Row, ...]:
    """Name and words of each figure of a label; what is not known is left out."""
    return tuple((name, words) for name, words in _rows(found) if words)


def _rows(found: LabelFinding) -> Iterator[Row]:
    label, days = found.rules, found.interval_days
    none = f"{NONE_HELD[:1].upper()}{NONE_HELD[1:]}"
    yield LABEL, none if label is None else source_text(label)
    yield BY_LABEL, found.formula
    yield ADJUSTED, found.trough_formula
    is_said = given_every(found) in found.formula
    if days is not None and not is_said and days != WEEK_DAYS and found.most_weekly is not None:
        dose = found.most_weekly * days / WEEK_DAYS
        yield f"{BY_LABEL} {every_text(days, days)}", _dose_text(found, dose)
    if found.asked_weekly is not None:
        asked = grams_text(found.asked_weekly)
        yield ASKED, ", ".join(filter(None, (asked, over_text(found))))
    for step in found.ramp:
        yield f"{RAMP_UP} {step.week}", _dose_text(found, step.grams)
    if label is not None and label.days_after_iv is not None and found.is_after_iv:
        yield FIRST_DOSE, f"{counted(label.days_after_iv, 'day')} after the last dose into a vein"
