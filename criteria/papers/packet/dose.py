"""From the dose arithmetic to its worksheet: every figure with what it was made of."""

from collections.abc import Iterator

from criteria.dosing.figures import (
    excess,
    grams_text,
    kg_text,
    mg_per_kg_text,
)
from criteria.dosing.infusion_words import by_day_text
from criteria.dosing.outcome import Amount, DoseOutcome, LimitFinding, Maximum
from criteria.dosing.sentences import offer_shortfall, offer_words
from criteria.papers.packet.worksheet import (
    DoseWorksheet,
    LabelledFact,
    PeriodRow,
    WorksheetRegimen,
)
from criteria.requests.assessment.assess import Assessment
from criteria.requests.dose.words import (
    billing_code,
    course_text,
    courses_left_text,
    days_and_vials,
    discarded_text,
    label_lines,
    periods_of,
    units_of_dose,
    vials_text,
)
from criteria.rules import Citation, FindingState
from criteria.rules.explain import citation_text, date_text, number_text

STATES = {
    DoseOutcome.WITHIN: FindingState.MET,
    DoseOutcome.EXCEEDS: FindingState.NOT_MET,
    DoseOutcome.OUTSIDE: FindingState.FOR_REVIEWER,
    DoseOutcome.NO_LIMIT: FindingState.NOT_APPLICABLE,
    DoseOutcome.NOT_ENOUGH_INFORMATION: FindingState.NOT_ANSWERED,
}
COURSES_LEFT = "Courses before"
_AVAILABLE = {
    True: "its condition holds",
    False: "not open: its condition does not hold",
    None: "whether its condition holds is not known",
}


def worksheet(assessment: Assessment, typed: tuple[LabelledFact, ...]) -> DoseWorksheet:
    """The whole worksheet; ``typed`` is what was entered, in the units it was entered in."""
    dose, said = assessment.dose, assessment.limit_sentences
    code = billing_code(assessment)
    regimens = tuple(
        _regimen(most, _finding(assessment, most), said[most.limit.key]) for most in dose.maxima
    )
    return DoseWorksheet(
        state=STATES[dose.outcome],
        text=dose.text,
        facts=(*typed, *_computed(assessment)),
        regimens=regimens,
        notes=tuple(note for note in dose.notes if not any(note in row.text for row in regimens)),
        unit_name=f"Units of {code}" if code else "Units",
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


def _computed(assessment: Assessment) -> Iterator[LabelledFact]:
    """What the arithmetic makes of what was entered."""
    dose, case = assessment.dose, assessment.case
    weight = case.weight_kg
    yield LabelledFact(
        "Weight used", "" if weight is None else f"{kg_text(weight)} (actual weight)"
    )
    yield LabelledFact("Dose in one course", course_text(assessment))
    if by_day := days_and_vials(assessment):
        yield LabelledFact("By infusion day", by_day)
    if units := units_of_dose(assessment):
        yield LabelledFact("Units of the dose", units)
    if discarded := discarded_text(assessment):
        yield LabelledFact("Opened and discarded", discarded)
    if left := courses_left_text(assessment):
        yield LabelledFact(COURSES_LEFT, " ".join(left))
    yield from (LabelledFact(name, words) for name, words in label_lines(assessment))
    if dose.over_mg_per_kg is not None:
        yield LabelledFact("Above the maximum", _over(assessment))
    if fit := fit_text(assessment):
        yield LabelledFact("Nearest dose that fits", fit)
        courses = [one.course for one in dose.offers[0].each if one.course is not None]
        if courses and all(course.days[0].opened is not None for course in courses):
            by_day = "; then ".join(map(by_day_text, courses))
            yield LabelledFact("Nearest dose by infusion day", by_day)
    yield from _product(assessment)


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


def _product(assessment: Assessment) -> Iterator[LabelledFact]:
    product = assessment.product
    if product is None:
        return
    sizes = ", ".join(number_text(size) for size in product.vial_sizes_g)
    yield LabelledFact("Vials", f"{sizes} g")
    code, day = billing_code(assessment), date_text(assessment.case.request_date)
    unit = f", {product.billing_unit_mg:,} mg a unit" if product.billing_unit_mg else ""
    yield LabelledFact("Billing code", f"{code} on {day}{unit}" if code else f"none known on {day}")


def _finding(assessment: Assessment, most: Maximum) -> LimitFinding | None:
    return next((f for f in assessment.dose.findings if f.limit.key == most.limit.key), None)


def _regimen(most: Maximum, finding: LimitFinding | None, words: str) -> WorksheetRegimen:
    limit = most.limit
    course = most.per_course
    return WorksheetRegimen(
        words=words,
        citation=citation_text(Citation(limit.lines, limit.section)),
        condition=_AVAILABLE[most.available] if limit.conditional else "",
        state=None if finding is None or finding.not_used else STATES[finding.outcome],
        is_not_used=finding is not None and finding.not_used,
        text="" if finding is None or finding.not_used else finding.text,
        formula="" if course is None else course.formula,
        periods=tuple(_period(label, amount) for label, amount in periods_of(most)),
    )


def _period(label: str, amount: Amount) -> PeriodRow:
    units = amount.vials.billing_units if amount.vials is not None else None
    return PeriodRow(
        period=label,
        per_kg=mg_per_kg_text(amount.mg_per_kg),
        exact="" if amount.exact_g is None else grams_text(amount.exact_g),
        vials=vials_text(amount),
        units="" if units is None else f"{units:,}",
    )
