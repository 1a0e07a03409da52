"""A subcutaneous dose held against the product's label, where the policy makes that the measure.

The label is no ceiling: its dose is a start that is adjusted to the patient. A dose above what it
makes, or given at other times, is neither passed nor failed here: a reviewer decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing.binding import NO_LIMIT_TEXT
from criteria.dosing.figures import usable
from criteria.dosing.issue import Issue, missing, outside
from criteria.dosing.label import (
    EarlierLabelDose,
    EarlierTreatment,
    LabelRules,
    a_week,
    converted,
    is_adjusted,
    ramp,
    trough_change_ml,
)
from criteria.dosing.label_finding import LabelFinding
from criteria.dosing.label_words import (
    asked_text,
    conversion_text,
    every_text,
    frequency_text,
    least_by_label_text,
    lines_text,
    most_by_label_text,
    over_text,
    range_formula,
    trough_text,
)
from criteria.dosing.limits import DoseRule
from criteria.dosing.outcome import DoseAssessment, DoseOutcome, OutcomeReason
from criteria.dosing.request import DoseBasis, DoseFacts, DoseRequest, DoseUnit
from criteria.dosing.schedule import positive, stated_interval

DOSE_MISSING = "The dose asked for is not stated."
NOT_HELD = (
    "No rules of a label are held here for this product, or none is chosen yet: a reviewer holds "
    "the dose against its label."
)
_NOT_SAID = "The label rules held here do not say how to"
NOT_TAKEN_OVER = {
    EarlierLabelDose.IV: f"{_NOT_SAID} go on after a dose into a vein",
    EarlierLabelDose.SC: f"{_NOT_SAID} go on after a subcutaneous dose",
    EarlierLabelDose.NEW: f"{_NOT_SAID} begin without earlier treatment",
}
EARLIER_MISSING = "Say what immune globulin was given before: the label starts from it."
EARLIER_DOSE_MISSING = (
    "Say how many grams were given before, and how often: the label starts there."
)
NOT_NEW = "Treatment is continued: say which dose was given before, it is not new to the patient."
TROUGH_HALF = "Give the IgG trough together with its target, or neither."
WEIGHT_MISSING = "The weight is needed to hold the dose against the label."
DAYS_MISSING = "Say on how many days of a course it is given."
INTERVAL_MISSING = "Say how often it is given: the label counts by the week."
ONE_COURSE = "One course is asked for; the label gives it at regular intervals."
INDIVIDUAL = "The label's dose is a start, adjusted to the patient."
TO_BE_CONFIRMED = "The figures of this label are to be confirmed by policy staff."
NO_TROUGH_RULE = "No rule of this label for the IgG trough is held here: a reviewer adjusts for it."


@dataclass(frozen=True, slots=True)
class _Measured:
    """What is to be compared, all of it known."""

    label: LabelRules
    before: EarlierTreatment
    grams: Fraction
    interval: int
    weight_kg: Fraction | None


def judged_by_label(
    rule: DoseRule, request: DoseRequest | None, facts: DoseFacts
) -> DoseAssessment:
    """The dose of a subcutaneous product by its label."""
    found = LabelFinding(lines=rule.label_lines, rules=facts.label, ml_per_g=facts.ml_per_g)
    if facts.only_stated and (request is None or facts.earlier is None):
        return _not_asked(found, request)
    if facts.label is None:
        return _judged(found, [outside(OutcomeReason.LABEL_NOT_HELD, NOT_HELD)])
    lacking = _lacking(request, facts)
    if lacking is not None:
        return _judged(found, [lacking])
    measured = _measured(facts.label, request, facts)
    if isinstance(measured, Issue):
        return _judged(found, [measured])
    return _compared(found, measured, facts)


def _not_asked(found: LabelFinding, request: DoseRequest | None) -> DoseAssessment:
    """A file of cases that leaves out what the label starts from: it is not asked for."""
    reason = OutcomeReason.SUBCUTANEOUS
    notes = []
    if request is not None:
        notes.append(
            f"The label is the measure here ({lines_text(found.lines)}). What was given before is "
            "not stated, so it was not applied."
        )
        interval = stated_interval(request)
        if found.rules is not None and interval is not None:
            notes += [issue.text for issue in _frequency(found.rules, interval)]
    return DoseAssessment(
        outcome=DoseOutcome.NO_LIMIT,
        reason=reason,
        text=NO_LIMIT_TEXT[reason],
        notes=tuple(notes),
        label=found,
    )


def _lacking(request: DoseRequest | None, facts: DoseFacts) -> Issue | None:
    """The first thing that is not stated."""
    before = facts.earlier
    if request is None or not usable(request.amount):
        return missing(OutcomeReason.DOSE_MISSING, DOSE_MISSING)
    if before is None:
        return missing(OutcomeReason.EARLIER_MISSING, EARLIER_MISSING)
    if before.kind is EarlierLabelDose.NEW and not facts.initial:
        return missing(OutcomeReason.EARLIER_MISSING, NOT_NEW)
    if before.kind is not EarlierLabelDose.NEW and before.weekly_grams is None:
        return missing(OutcomeReason.EARLIER_MISSING, EARLIER_DOSE_MISSING)
    levels = (before.igg_trough_mg_per_dl, before.igg_target_mg_per_dl)
    if before.kind is EarlierLabelDose.SC and levels.count(None) == 1:
        return missing(OutcomeReason.EARLIER_MISSING, TROUGH_HALF)
    return None


def _measured(
    label: LabelRules, request: DoseRequest | None, facts: DoseFacts
) -> "_Measured | Issue":
    """Grams of a course and its interval, or what stands in the way."""
    assert request is not None and facts.earlier is not None  # noqa: S101
    weight = facts.weight_kg
    weight_kg = Fraction(weight) if weight is not None and usable(weight) else None
    needs_weight = request.unit is DoseUnit.MG_PER_KG or _uses_weight(label, facts.earlier)
    if needs_weight and weight_kg is None:
        return missing(OutcomeReason.WEIGHT_MISSING, WEIGHT_MISSING)
    grams = _course_grams(request, weight_kg)
    if grams is None:
        return missing(OutcomeReason.DAYS_MISSING, DAYS_MISSING)
    interval = stated_interval(request)
    if request.courses == 1:
        return outside(OutcomeReason.INTERVAL, ONE_COURSE)
    if interval is None:
        return missing(OutcomeReason.INTERVAL_MISSING, INTERVAL_MISSING)
    return _Measured(label, facts.earlier, grams, interval, weight_kg)


def _uses_weight(label: LabelRules, before: EarlierTreatment) -> bool:
    """Whether the label counts by the kilogram for this patient."""
    is_by_weight = converted(label, before) is None and label.max_mg_per_kg is not None
    return is_by_weight or is_adjusted(label, before)


def _course_grams(request: DoseRequest, weight_kg: Fraction | None) -> Fraction | None:
    """Grams of one course; None while its days are not stated."""
    amount = Fraction(request.amount)
    if request.unit is DoseUnit.MG_PER_KG:
        amount = amount * (weight_kg or 0) / 1000
    if request.basis is DoseBasis.TOTAL:
        return amount
    days = positive(request.days) or (1 if request.basis is DoseBasis.PER_DOSE else None)
    return None if days is None else amount * days


def _compared(found: LabelFinding, measured: _Measured, facts: DoseFacts) -> DoseAssessment:
    """The dose against what the label makes of the earlier treatment, or against its range."""
    label, before = measured.label, measured.before
    found = replace(
        found,
        asked_weekly=a_week(measured.grams, measured.interval),
        interval_days=measured.interval,
        is_after_iv=before.kind is EarlierLabelDose.IV,
        ramp=ramp(label, measured.grams, measured.interval) if facts.initial else (),
    )
    found = _with_most(found, measured)
    issues = [*_amount(found, before), *_frequency(label, measured.interval)]
    has_levels = before.kind is EarlierLabelDose.SC and before.igg_trough_mg_per_dl is not None
    is_left = has_levels and not found.trough_formula
    return _judged(found, issues, (NO_TROUGH_RULE,) if is_left else ())


def _with_most(found: LabelFinding, measured: _Measured) -> LabelFinding:
    """With the most the label makes, and how."""
    label, before, weight = measured.label, measured.before, measured.weight_kg
    weekly = converted(label, before)
    if weekly is not None:
        found = replace(found, most_weekly=weekly)
        found = replace(found, formula=conversion_text(label, before, found))
        return _adjusted(found, measured, weekly)
    if label.max_mg_per_kg is None or before.kind is EarlierLabelDose.IV or weight is None:
        return found
    most, least = (
        None if rate is None else a_week(Fraction(rate) * weight / 1000, measured.interval)
        for rate in (label.max_mg_per_kg, label.min_mg_per_kg)
    )
    found = replace(found, most_weekly=most, least_weekly=least)
    return replace(found, formula=range_formula(label, found, weight))


def _adjusted(found: LabelFinding, measured: _Measured, weekly: Fraction) -> LabelFinding:
    """Changed by the IgG trough, where the label says how and the levels are stated."""
    label, before, weight = measured.label, measured.before, measured.weight_kg
    if weight is None or found.ml_per_g is None or not is_adjusted(label, before):
        return found
    change = trough_change_ml(label, before, weight)
    found = replace(found, most_weekly=max(weekly + change / Fraction(found.ml_per_g), Fraction(0)))
    return replace(found, trough_formula=trough_text(before, found, change))


def _amount(found: LabelFinding, before: EarlierTreatment) -> Iterator[Issue]:
    if found.most_weekly is None:
        yield outside(
            OutcomeReason.LABEL_NOT_HELD, f"{NOT_TAKEN_OVER[before.kind]}: a reviewer decides."
        )
    elif found.over_weekly is not None:
        text = (
            f"{asked_text(found)} is {over_text(found, each_dose=True)}, which makes "
            f"{most_by_label_text(found)}: a reviewer decides."
        )
        yield outside(OutcomeReason.ABOVE_LABEL, text)
    elif found.is_below and found.least_weekly is not None:
        least = least_by_label_text(found)
        yield outside(
            OutcomeReason.BELOW_RANGE,
            f"{asked_text(found)} is below the range of the label from {least} on.",
        )


def _frequency(label: LabelRules, interval: int) -> Iterator[Issue]:
    """Given at other times than the label says."""
    low, high = label.shortest_interval_days, label.longest_interval_days
    if (low is not None and interval < low) or (high is not None and interval > high):
        asked = every_text(interval, interval)
        text = f"It is asked for {asked}; by the label it is given {frequency_text(label)}."
        yield outside(OutcomeReason.INTERVAL, text)


def _judged(
    found: LabelFinding, issues: list[Issue], notes: tuple[str, ...] = ()
) -> DoseAssessment:
    """No limit where nothing stands against it; else every reason in one text."""
    first = next(iter(issues), None)
    texts = [issue.text for issue in issues]
    if first is None and found.most_weekly is not None:
        texts = [
            f"{asked_text(found)} is not above what the label makes: {most_by_label_text(found)}. "
            "The policy has no mg/kg limit for a subcutaneous product."
        ]
    return DoseAssessment(
        outcome=DoseOutcome.NO_LIMIT if first is None else first.outcome,
        reason=OutcomeReason.SUBCUTANEOUS if first is None else first.reason,
        text=" ".join(texts),
        notes=(*_notes(found), *notes),
        label=found,
    )


def _notes(found: LabelFinding) -> Iterator[str]:
    if found.asked_weekly is not None:
        yield INDIVIDUAL
    if found.rules is not None and not found.rules.confirmed:
        yield TO_BE_CONFIRMED
