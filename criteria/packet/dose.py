"""From the dose arithmetic to its worksheet: every figure with what it was made of."""

from collections.abc import Iterator
from decimal import Decimal

from criteria.assessment import Assessment
from criteria.dosing.figures import (
    excess,
    grams_text,
    kg_text,
    mg_per_kg_text,
    most_grams_text,
    most_mg_per_kg_text,
)
from criteria.dosing.infusion import InfusionCourse, InfusionDay, VialPlan
from criteria.dosing.outcome import Amount, LimitFinding, Maximum, Outcome
from criteria.dosing.sentences import counted, offer_shortfall, offer_words
from criteria.packet.worksheet import DoseWorksheet, Fact, PeriodRow, Regimen
from criteria.rules import Citation, State
from criteria.rules.explain import citation_text, date_text, number_text

STATES = {
    Outcome.WITHIN: State.MET,
    Outcome.EXCEEDS: State.NOT_MET,
    Outcome.OUTSIDE: State.FOR_REVIEWER,
    Outcome.NO_LIMIT: State.NOT_APPLICABLE,
    Outcome.NOT_ENOUGH_INFORMATION: State.NOT_ANSWERED,
}
_AVAILABLE = {
    True: "its condition holds",
    False: "not open: its condition does not hold",
    None: "whether its condition holds is not known",
}


def worksheet(assessment: Assessment, typed: tuple[Fact, ...]) -> DoseWorksheet:
    """The whole worksheet; ``typed`` is what was entered, in the units it was entered in."""
    dose, said = assessment.dose, assessment.limit_sentences
    code = billing_code(assessment)
    return DoseWorksheet(
        state=STATES[dose.outcome],
        text=dose.text,
        facts=(*typed, *_computed(assessment)),
        regimens=tuple(
            _regimen(most, _finding(assessment, most), said[most.limit.key]) for most in dose.maxima
        ),
        notes=dose.notes,
        unit_name=f"Units of {code}" if code else "Units",
    )


def billing_code(assessment: Assessment) -> str:
    """The product's code on the day of the request; empty when none is known."""
    product = assessment.product
    return "" if product is None else product.code_on(assessment.case.request_date)


def vials_text(plan: VialPlan) -> str:
    """139.5 g (3 × 40 g, 10 g, 5 g, 2.5 g, 2 × 1 g)."""
    sizes = sizes_text(plan.counts)
    return f"{most_grams_text(plan.total_g)} ({sizes})" if sizes else "no vials fit"


def sizes_text(counts: tuple[tuple[Decimal, int], ...]) -> str:
    """3 × 40 g, 10 g."""
    return ", ".join(
        f"{count:,} × {number_text(size)} g" if count > 1 else f"{number_text(size)} g"
        for size, count in counts
    )


def fit_text(assessment: Assessment) -> str:
    """The nearest whole regimen that fits: 139.5 g (1,997.04 mg/kg) over 5 days in a row.

    Empty for a dose that fits as it is asked for, or when nothing is known to fit.
    """
    offers = assessment.dose.offers
    if not offers:
        return ""
    shortfall = offer_shortfall(offers[0])
    return f"{offer_words(offers[0])}{f' ({shortfall})' if shortfall else ''}"


def _computed(assessment: Assessment) -> Iterator[Fact]:
    """What the arithmetic makes of what was entered."""
    dose, case = assessment.dose, assessment.case
    weight = case.weight_kg
    yield Fact("Weight used", "" if weight is None else f"{kg_text(weight)} (actual weight)")
    yield Fact("Dose in one course", _course(assessment))
    if dose.asked is not None:
        yield Fact("By infusion day", by_day_text(dose.asked))
        if units := course_units_text(dose.asked, billing_code(assessment)):
            yield Fact("Units of the dose", units)
        if dose.asked.discarded_g:
            yield Fact("Opened and discarded", grams_text(dose.asked.discarded_g))
    if dose.over_mg_per_kg is not None:
        yield Fact("Above the maximum", _over(assessment))
    if fit := fit_text(assessment):
        yield Fact("Nearest dose that fits", fit)
        course = dose.offers[0].course
        if course is not None and course.days[0].opened is not None:
            yield Fact("That by infusion day", by_day_text(course))
    yield from _product(assessment)


def by_day_text(course: InfusionCourse) -> str:
    """28 g on each of 4 days (20 g, 5 g, 3 × 1 g); 27.5 g on 1 day (20 g, 5 g, 2.5 g)."""
    return "; ".join(_days_text(day, number) for day, number in course.alike)


def _days_text(day: InfusionDay, number: int) -> str:
    days = f"on each of {number} days" if number > 1 else "on 1 day"
    text = f"{grams_text(day.grams)} {days}"
    if day.opened is None or not day.opened.counts:
        return text
    opened = sizes_text(day.opened.counts)
    return f"{text} ({opened if not day.discarded_g else f'opened: {opened}'})"


def course_units_text(course: InfusionCourse, code: str) -> str:
    """280 units of J1561 a course; empty without a billing unit."""
    units = course.billing_units
    return "" if units is None else f"{units:,} units{f' of {code}' if code else ''} a course"


def _course(assessment: Assessment) -> str:
    dose = assessment.dose
    if dose.requested_mg_per_kg_per_course is None:
        return ""
    per_kg = mg_per_kg_text(dose.requested_mg_per_kg_per_course)
    grams = dose.requested_g_per_course
    return per_kg if grams is None else f"{grams_text(grams)} ({per_kg})"


def _over(assessment: Assessment) -> str:
    dose = assessment.dose
    parts = []
    if dose.over_g is not None:
        parts.append(f"{excess(dose.over_g, 2)} g")
    if dose.over_mg_per_kg is not None:
        parts.append(f"{excess(dose.over_mg_per_kg, 1)} mg/kg")
    if dose.over_percent is not None:
        parts.append(f"{excess(dose.over_percent, 1)} %")
    return ", ".join(parts)


def _product(assessment: Assessment) -> Iterator[Fact]:
    product = assessment.product
    if product is None:
        return
    sizes = ", ".join(number_text(size) for size in product.vial_sizes_g)
    yield Fact("Vials", f"{sizes} g")
    code, day = billing_code(assessment), date_text(assessment.case.request_date)
    unit = f", {product.billing_unit_mg:,} mg a unit" if product.billing_unit_mg else ""
    yield Fact("Billing code", f"{code} on {day}{unit}" if code else f"none known on {day}")


def _finding(assessment: Assessment, most: Maximum) -> LimitFinding | None:
    return next((f for f in assessment.dose.findings if f.limit.key == most.limit.key), None)


def _regimen(most: Maximum, finding: LimitFinding | None, words: str) -> Regimen:
    limit = most.limit
    course = most.per_course
    return Regimen(
        words=words,
        citation=citation_text(Citation(limit.lines, limit.section)),
        condition=_AVAILABLE[most.available] if limit.conditional else "",
        state=None if finding is None or finding.not_used else STATES[finding.outcome],
        is_not_used=finding is not None and finding.not_used,
        text="" if finding is None or finding.not_used else finding.text,
        formula="" if course is None else course.formula,
        periods=tuple(_period(label, amount) for label, amount in _periods(most)),
    )


def _periods(most: Maximum) -> Iterator[tuple[str, Amount]]:
    courses = f", {most.courses} courses" if most.courses and most.courses > 1 else ""
    named = (
        ("A day", most.per_day),
        (f"A course, {counted(most.days or 1, 'day')}", most.per_course),
        ("In 28 days", most.per_28_days),
        (f"This authorization{courses}", most.per_authorization),
    )
    yield from ((label, amount) for label, amount in named if amount is not None)


def _period(label: str, amount: Amount) -> PeriodRow:
    units = amount.vials.billing_units if amount.vials is not None else None
    return PeriodRow(
        period=label,
        per_kg=most_mg_per_kg_text(amount.mg_per_kg),
        exact="" if amount.exact_g is None else most_grams_text(amount.exact_g),
        vials="" if amount.vials is None else vials_text(amount.vials),
        units="" if units is None else f"{units:,}",
    )
