"""The dose of an assessment as plain JSON values: its outcome, its offers and every maximum.

Numbers are exact: milligrams and grams are written out as text, never as floating point.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from criteria.dosing import (
    Amount,
    AskedPart,
    InfusionCourse,
    LabelFinding,
    Maximum,
    Offer,
    VialPlan,
)
from criteria.dosing.figures import decimal_below
from criteria.dosing.label_words import label_rows
from criteria.requests.assessment.assess import Assessment

Json = dict[str, Any]


def dose_report(assessment: Assessment) -> Json:
    """The dose outcome with its reason, and the maxima of every regimen."""
    dose = assessment.dose
    product = assessment.product
    day = assessment.case.request_date
    return {
        "outcome": dose.outcome.value,
        "reason": None if dose.reason is None else dose.reason.value,
        "text": dose.text,
        "requested_mg_per_kg_per_course": _number(dose.first.mg_per_kg),
        "requested_g_per_course": _number(dose.first.grams),
        "over_mg_per_kg": _number(dose.over_mg_per_kg),
        "over_g": _number(dose.over_g),
        "over_percent": _number(dose.over_percent),
        "infusion_days": _days(dose.first.course),
        "then": _part(dose.parts[1]) if len(dose.parts) > 1 else None,
        "offers": [_offer(offer) for offer in dose.offers],
        "in_the_way": [obstacle.value for obstacle in dose.in_the_way],
        "product": None if product is None else product.name,
        "hcpcs": None if product is None else product.code_on(day) or None,
        "label": _label(dose.label),
        "maxima": [_maximum(m, assessment.limit_sentences) for m in dose.maxima],
    }


def _label(found: LabelFinding | None) -> Json | None:
    """What the product's label makes of the dose, where the policy makes that the measure."""
    if found is None:
        return None
    label = found.rules
    return {
        "lines": found.lines,
        "source": None if label is None else label.source,
        "confirmed": None if label is None else label.confirmed,
        "formula": found.formula or None,
        "trough_formula": found.trough_formula or None,
        "least_weekly_g": _grams(found.least_weekly),
        "most_weekly_g": _grams(found.most_weekly),
        "asked_weekly_g": _grams(found.asked_weekly),
        "over_weekly_g": _grams(found.over_weekly),
        "ramp": [{"week": step.week, "grams": _grams(step.grams)} for step in found.ramp],
        "rows": [list(row) for row in label_rows(found)],
    }


def _grams(value: Fraction | None) -> str | None:
    return None if value is None else _number(decimal_below(value))


def _part(part: AskedPart) -> Json:
    """What follows the first part: one course of it, and the day its first one begins."""
    return {
        "requested_mg_per_kg_per_course": _number(part.mg_per_kg),
        "requested_g_per_course": _number(part.grams),
        "courses": part.courses,
        "interval_days": part.interval_days,
        "begins_on_day": None if part.days_in is None else part.days_in + 1,
        "infusion_days": _days(part.course),
    }


def _days(course: InfusionCourse | None) -> list[Json]:
    """Grams on each infusion day, and what is opened for them."""
    if course is None:
        return []
    return [
        {
            "grams": _number(day.grams),
            "units": day.billing_units,
            "vials": None if day.opened is None else _counts(day.opened),
            "discarded_g": _number(day.discarded_g),
        }
        for day in course.days
    ]


def _offer(offer: Offer) -> Json:
    """A whole regimen that is within, and how much less it is than what was asked for."""
    return {
        "limit": offer.limit.key,
        "grams_per_course": _number(offer.grams_per_course),
        "mg_per_kg_per_course": _number(offer.mg_per_kg_per_course),
        "days": offer.days,
        "consecutive": offer.consecutive,
        "interval_days": offer.interval_days,
        "courses": offer.courses,
        "infusion_days": _days(offer.course),
        "less_by_g": _number(offer.less_by_g),
        "less_by_mg_per_kg": _number(offer.less_by_mg_per_kg),
        "less_over": offer.less_over.value,
        "fewer_courses": offer.fewer_courses,
        "is_what_follows": offer.is_what_follows,
        "begins_after_days": offer.begins_after_days,
        "then": None if offer.then is None else _offer(offer.then),
    }


def _maximum(maximum: Maximum, said: dict[str, str]) -> Json:
    return {
        "limit": maximum.limit.key,
        "words": said[maximum.limit.key],
        "remark": maximum.limit.remark,
        "lines": maximum.limit.lines,
        "available": maximum.available,
        "courses": maximum.courses,
        "days": maximum.days,
        "needs": maximum.needs or None,
        "per_day": _amount(maximum.per_day),
        "per_course": _amount(maximum.per_course),
        "per_28_days": _amount(maximum.per_28_days),
        "per_authorization": _amount(maximum.per_authorization),
    }


def _amount(amount: Amount | None) -> Json | None:
    if amount is None:
        return None
    plan = amount.vials
    return {
        "mg_per_kg": _number(amount.mg_per_kg),
        "exact_mg": _number(amount.exact_mg),
        "vial_rounded_g": None if plan is None else _number(plan.total_g),
        "units": None if plan is None else plan.billing_units,
        "vials": None if plan is None else _counts(plan),
        "formula": amount.formula,
    }


def _counts(plan: VialPlan) -> list[list[str | int | None]]:
    return [[_number(size), n] for size, n in plan.counts]


def _number(value: Decimal | None) -> str | None:
    """Exact, without trailing zeros or an exponent."""
    return None if value is None else f"{value.normalize():f}"
