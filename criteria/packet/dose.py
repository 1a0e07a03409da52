"""From the dose arithmetic to its worksheet: every figure with what it was made of."""

from collections.abc import Iterator

from criteria.assessment import Assessment
from criteria.dosing.figures import cut_off, excess, rounded
from criteria.dosing.outcome import Amount, LimitFinding, Maximum, Outcome, VialPlan
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
    sizes = ", ".join(
        f"{count:,} × {number_text(size)} g" if count > 1 else f"{number_text(size)} g"
        for size, count in plan.counts
    )
    return f"{number_text(plan.total_g)} g ({sizes})" if sizes else "no vials fit"


def units_text(plan: VialPlan | None, code: str) -> str:
    """279 units of J1561; empty without a billing unit."""
    if plan is None or plan.billing_units is None or not plan.counts:
        return ""
    return f"{plan.billing_units:,} units{f' of {code}' if code else ''}"


def fit_text(assessment: Assessment) -> str:
    """139.5 g a course (exactly 139.70 g, 2,000 mg/kg); empty when nothing is known to fit.

    The exact figure stands only where whole vials make another one of it.
    """
    dose = assessment.dose
    if dose.largest_fit_mg_per_kg is None:
        return ""
    per_kg = f"{cut_off(dose.largest_fit_mg_per_kg)} mg/kg"
    if dose.largest_fit_exact_g is None:
        return f"{per_kg} a course"
    exact = f"{cut_off(dose.largest_fit_exact_g)} g"
    if dose.largest_fit_g is None or dose.largest_fit_g.total_g == dose.largest_fit_exact_g:
        return f"{exact} a course ({per_kg})"
    whole = f"{number_text(dose.largest_fit_g.total_g)} g"
    return f"{whole} a course (exactly {exact}, {per_kg})"


def _computed(assessment: Assessment) -> Iterator[Fact]:
    """What the arithmetic makes of what was entered."""
    dose, case = assessment.dose, assessment.case
    weight = case.weight_kg
    yield Fact("Weight used", "" if weight is None else f"{number_text(weight)} kg (actual weight)")
    yield Fact("Dose in one course", _course(assessment))
    asked = assessment.asked_vials
    if asked is not None:
        yield Fact("That in vials", _in_vials(asked, assessment))
    if dose.over_mg_per_kg is not None:
        yield Fact("Above the maximum", _over(assessment))
    if fit := fit_text(assessment):
        yield Fact("Largest dose that fits", fit)
    if dose.largest_fit_g is not None:
        yield Fact("In vials", _in_vials(dose.largest_fit_g, assessment))
    yield from _product(assessment)


def _in_vials(plan: VialPlan, assessment: Assessment) -> str:
    units = units_text(plan, billing_code(assessment))
    return ": ".join(filter(None, (vials_text(plan), units)))


def _course(assessment: Assessment) -> str:
    dose = assessment.dose
    if dose.requested_mg_per_kg_per_course is None:
        return ""
    per_kg = f"{rounded(dose.requested_mg_per_kg_per_course, 1)} mg/kg"
    grams = dose.requested_g_per_course
    return per_kg if grams is None else f"{rounded(grams)} g ({per_kg})"


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
        state=None if finding is None else STATES[finding.outcome],
        text="" if finding is None else finding.text,
        formula="" if course is None else course.formula,
        periods=tuple(_period(label, amount) for label, amount in _periods(most)),
    )


def _periods(most: Maximum) -> Iterator[tuple[str, Amount]]:
    courses = f", {most.courses} courses" if most.courses and most.courses > 1 else ""
    named = (
        ("A day", most.per_day),
        ("A course", most.per_course),
        ("In 28 days", most.per_28_days),
        (f"This authorization{courses}", most.per_authorization),
    )
    yield from ((label, amount) for label, amount in named if amount is not None)


def _period(label: str, amount: Amount) -> PeriodRow:
    units = amount.vials.billing_units if amount.vials is not None else None
    return PeriodRow(
        period=label,
        per_kg=f"{cut_off(amount.mg_per_kg)} mg/kg",
        exact="" if amount.exact_g is None else f"{cut_off(amount.exact_g)} g",
        vials="" if amount.vials is None else vials_text(amount.vials),
        units="" if units is None else f"{units:,}",
    )
