"""The dose page's answer: days and vials asked for, what fits instead, and every maximum."""

from dataclasses import dataclass
from functools import cached_property

from criteria.dosing import DoseOutcome, Limit, Maximum, Obstacle
from criteria.dosing.figures import rounded
from criteria.requests.approvals import APPROVED_BEFORE, approved_text
from criteria.requests.assessment.assess import Assessment
from criteria.requests.dose.words import (
    billing_code,
    course_text,
    courses_left_text,
    days_and_vials,
    discarded_text,
    label_lines,
    most_text,
    units_of_dose,
    weight_text,
)
from criteria.requests.marks import MARKS, NO_LIMIT, StateMark
from criteria.requests.stated_request import StatedRequest
from criteria.rules import FindingState
from criteria.rules.formats import joined
from criteria.screens.wizard.dose.chart import DoseChart, chart_of
from criteria.screens.wizard.dose.days import AskedRow, MaximumFigure, asked_rows, maximum_figures
from criteria.screens.wizard.dose.offer_button import OfferButton, offer_button
from criteria.screens.wizard.words import cited

UNKNOWN = "Whether its condition holds is not known yet."
OUTCOMES = {
    DoseOutcome.WITHIN: FindingState.MET,
    DoseOutcome.EXCEEDS: FindingState.NOT_MET,
    DoseOutcome.OUTSIDE: FindingState.FOR_REVIEWER,
    DoseOutcome.NO_LIMIT: FindingState.NOT_APPLICABLE,
    DoseOutcome.NOT_ENOUGH_INFORMATION: FindingState.NOT_ANSWERED,
}

WEIGHT = "Weight"
IN_THE_WAY = {
    Obstacle.AMOUNT: "the amount",
    Obstacle.DAYS: "the days of a course",
    Obstacle.INTERVAL: "how often it is given",
    Obstacle.NUMBER: "the number of courses",
    Obstacle.LAST_DAY: "the day of the last dose",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumRow:
    """One regimen or phase. ``needs``: what there is no total without."""

    words: str
    citation: str
    figures: tuple[MaximumFigure, ...]
    remark: str = ""
    condition: str = ""
    needs: str = ""
    is_closed: bool = False
    is_not_used: bool = False


class DoseView:
    """Everything the dose page shows of what is found."""

    def __init__(self, draft: StatedRequest) -> None:
        """Of one draft."""
        self.draft = draft

    @cached_property
    def assessment(self) -> Assessment | None:
        """What the rules find."""
        return self.draft.assessment

    @property
    def mark(self) -> StateMark:
        """The state of the dose."""
        found = None if self.draft.needs_pathway else self.assessment
        if found is not None and found.dose.outcome is DoseOutcome.NO_LIMIT:
            return NO_LIMIT
        return MARKS[OUTCOMES[found.dose.outcome] if found else FindingState.NOT_ANSWERED]

    @property
    def text(self) -> str:
        """What is found of the dose, in a sentence."""
        if self.draft.needs_pathway:
            return "Choose first which criteria apply."
        if self.assessment is None:
            return ""
        return self.assessment.dose.text

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reviewer will see beside it."""
        return () if self.assessment is None else self.assessment.dose.notes

    @cached_property
    def asked(self) -> tuple[AskedRow, ...]:
        """The course asked for by its infusion days, then altogether; empty while it is open."""
        return () if self.assessment is None else tuple(asked_rows(self.assessment.dose.parts))

    @property
    def course(self) -> str:
        """140 g (2,004.2 mg/kg) a course."""
        text = "" if self.assessment is None else course_text(self.assessment)
        return f"{text} a course" if text else ""

    @property
    def units_name(self) -> str:
        """Units of J1561."""
        code = "" if self.assessment is None else billing_code(self.assessment)
        return f"Units of {code}" if code else "Units"

    @property
    def weight(self) -> str:
        """69.853 kg on 3 Nov 2026."""
        return weight_text(self.draft.dose.weight_kg, self.draft.day("weight_on"))

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """Weight, days, vials, units and maximum, each in a line; what is not known is left out."""
        found = self.assessment
        lines = [(WEIGHT, self.weight)]
        if found is not None:
            lines += [
                ("Dose in one course", course_text(found)),
                ("By infusion day", days_and_vials(found)),
                ("Units of the dose", units_of_dose(found)),
                ("Opened and discarded", discarded_text(found)),
                *label_lines(found),
                ("Most the policy allows", most_text(found)),
            ]
        return tuple((label, text) for label, text in lines if text)

    @property
    def label(self) -> tuple[tuple[str, str], ...]:
        """What the product's label makes of it, where the policy makes that the measure."""
        return () if self.assessment is None else tuple(label_lines(self.assessment))

    @property
    def body(self) -> str:
        """Ideal and adjusted weight: information only."""
        figures = self.draft.dose.figures
        if figures is None:
            return ""
        if figures.ideal_kg is None:
            why_not = figures.why_not.removesuffix(".")
            return f"Ideal weight {why_not[:1].lower()}{why_not[1:]}"
        adjusted = figures.adjusted_kg or figures.actual_kg
        same = adjusted == figures.actual_kg
        tail = "not needed" if same else f"{rounded(adjusted, 1)} kg"
        bmi = f"BMI {rounded(figures.bmi, 1)} · " if figures.bmi is not None else ""
        return f"{bmi}ideal weight {rounded(figures.ideal_kg, 1)} kg · adjusted weight {tail}"

    @property
    def courses(self) -> tuple[str, ...]:
        """What came before, where a limit counts it, and how many courses are left."""
        draft, found = self.draft, self.assessment
        if found is None or found.pathway is None or not draft.counts_courses_before:
            return ()
        approved = f"{APPROVED_BEFORE}: {approved_text(draft, draft.approved)}."
        return (approved, *courses_left_text(found))

    @property
    def courses_left(self) -> tuple[str, ...]:
        """The same without the approvals, which stand beside their own field on the dose page."""
        return self.courses[1:]

    @property
    def offers(self) -> tuple[OfferButton, ...]:
        """Whole regimens near to the one asked for that fit, each a button."""
        found = self.assessment
        return () if found is None else tuple(map(offer_button, found.dose.offers))

    @property
    def in_the_way(self) -> str:
        """What of the dose would have to be otherwise, where no regimen can be offered.

        Nothing is offered, nor said to be in the way, before it is known how many courses are left.
        """
        dose = None if self.assessment is None else self.assessment.dose
        if dose is None or dose.offers or not dose.in_the_way:
            return ""
        if self.draft.counts_courses_before and self.draft.before.elsewhere is None:
            return ""
        parts = joined(tuple(IN_THE_WAY[part] for part in dose.in_the_way))
        return f"No regimen of this policy can be offered for it. In the way: {parts}."

    @cached_property
    def rows(self) -> tuple[MaximumRow, ...]:
        """Every limit that can bind this patient."""
        found = () if self.assessment is None else self.assessment.dose.maxima
        said = {} if self.assessment is None else self.assessment.limit_sentences
        return tuple(self._row(maximum, said[maximum.limit.key]) for maximum in found)

    def _row(self, maximum: Maximum, words: str) -> MaximumRow:
        limit = maximum.limit
        closed = maximum.available is False
        known = {True: "", False: "Not open: its condition does not hold.", None: UNKNOWN}
        return MaximumRow(
            words=words,
            remark=limit.remark,
            citation=cited(limit.lines),
            figures=tuple(maximum_figures(maximum)),
            condition=known[maximum.available] if limit.conditional else "",
            needs=f"A total needs {maximum.needs}." if maximum.needs else "",
            is_closed=closed,
            is_not_used=self._is_not_used(limit),
        )

    def _is_not_used(self, limit: Limit) -> bool:
        """Another regimen allows the dose: this one neither passes nor fails it."""
        found = () if self.assessment is None else self.assessment.dose.findings
        return any(finding.not_used and finding.limit.key == limit.key for finding in found)

    @cached_property
    def chart(self) -> DoseChart | None:
        """The dose against the limit that decides it."""
        if self.assessment is None:
            return None
        dose = self.draft.dose
        return chart_of(self.assessment.case.dose, dose.weight_kg, self.assessment.dose)
