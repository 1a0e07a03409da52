"""The dose page's answer: maxima as rows, the excess, what fits, and a chart of grams by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from criteria.assessment import Assessment
from criteria.dosing import Amount, Maximum, Outcome, VialPlan, grams_by_day
from criteria.dosing.figures import (
    grams_text,
    kg_text,
    mg_per_kg_text,
    most_grams_text,
    rounded,
)
from criteria.dosing.request import DoseFacts
from criteria.rules import State
from criteria.rules.formats import counted
from criteria.wizard.draft import Draft
from criteria.wizard.states import MARKS, NO_LIMIT, Mark
from criteria.wizard.words import cited

UNKNOWN = "Whether its condition holds is not known yet."
CHART_DAYS = 28
CHART_WIDTH, CHART_HEIGHT = 560, 120

OUTCOMES = {
    Outcome.WITHIN: State.MET,
    Outcome.EXCEEDS: State.NOT_MET,
    Outcome.OUTSIDE: State.FOR_REVIEWER,
    Outcome.NO_LIMIT: State.NOT_APPLICABLE,
    Outcome.NOT_ENOUGH_INFORMATION: State.NOT_ANSWERED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A maximum in one period: exact, and what whole vials can make."""

    period: str
    formula: str
    vials: str = ""
    units: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumRow:
    """One regimen or phase."""

    words: str
    citation: str
    figures: tuple[Figure, ...]
    remark: str = ""
    condition: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """Grams of one day, in units of the drawing."""

    x: int
    y: int
    width: int
    height: int


class DoseView:
    """Everything the dose page shows of what is found."""

    def __init__(self, draft: Draft) -> None:
        """Of one draft."""
        self.draft = draft

    @cached_property
    def assessment(self) -> Assessment | None:
        """What the rules find."""
        return self.draft.assessment

    @property
    def mark(self) -> Mark:
        """The state of the dose."""
        found = None if self.draft.needs_pathway else self.assessment
        if found is not None and found.dose.outcome is Outcome.NO_LIMIT:
            return NO_LIMIT
        return MARKS[OUTCOMES[found.dose.outcome] if found else State.NOT_ANSWERED]

    @property
    def text(self) -> str:
        """What is found of the dose, in a sentence."""
        if self.draft.needs_pathway:
            return "Choose first which criteria apply."
        return "" if self.assessment is None else self.assessment.dose.text

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reviewer will see beside it."""
        return () if self.assessment is None else self.assessment.dose.notes

    @property
    def asked(self) -> str:
        """35 g (500 mg/kg) a course, vials 20, 10, 5, 70 units of J1561; 420 for 6 courses.

        Empty while weight or amount is not known.
        """
        found = self.assessment
        grams = None if found is None else found.dose.requested_g_per_course
        per_kg = None if found is None else found.dose.requested_mg_per_kg_per_course
        if found is None or grams is None or per_kg is None:
            return ""
        text = f"{grams_text(grams)} ({mg_per_kg_text(per_kg)}) a course"
        made = self._made_of(found)
        return f"{text}, {made}" if made else text

    def _made_of(self, found: Assessment) -> str:
        """Vials and billing units, where whole vials make the course."""
        course = found.dose.asked
        if course is None or not course.is_whole:
            return ""
        code = "" if found.product is None else found.product.code_on(found.case.request_date)
        text = f"vials {_sizes(course.opened)}"
        if course.billing_units is None:
            return text
        text += f", {course.billing_units:,} units{f' of {code}' if code else ''}"
        courses = None if found.case.dose is None else found.case.dose.courses
        if courses is None or courses < 2:
            return text
        return f"{text}; {course.billing_units * courses:,} units for {courses} courses"

    @property
    def weight(self) -> str:
        """69.85 kg."""
        kg = self.draft.dose.weight_kg
        return "" if kg is None else kg_text(kg)

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
    def fit(self) -> str:
        """Grams of an offer in the schedule asked for, for the button; empty when there is none."""
        asked = self.draft.dose.request
        if self.assessment is None or asked is None:
            return ""
        for offer in self.assessment.dose.offers:
            same = (offer.days, offer.interval_days) == (asked.days, asked.interval_days)
            if same and offer.grams_per_course is not None:
                return f"{offer.grams_per_course.normalize():f}"
        return ""

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
            figures=tuple(_figures(maximum)),
            condition=known[maximum.available] if limit.conditional else "",
            is_closed=closed,
        )

    # The chart

    @cached_property
    def grams(self) -> tuple[Decimal, ...]:
        """Grams on each of 28 days."""
        request, found = self.draft.dose.request, self.assessment
        if request is None or found is None:
            return ()
        facts = DoseFacts(weight_kg=self.draft.dose.weight_kg)
        return grams_by_day(request, facts, CHART_DAYS)

    @property
    def has_chart(self) -> bool:
        """Whether there is anything to draw."""
        return any(self.grams)

    @cached_property
    def _day_limit(self) -> Decimal | None:
        """The largest amount any open limit allows on one day."""
        found = () if self.assessment is None else self.assessment.dose.maxima
        amounts = [
            m.per_day.exact_mg / 1000
            for m in found
            if m.available is not False and m.per_day is not None and m.per_day.exact_mg is not None
        ]
        return max(amounts, default=None)

    @property
    def _top(self) -> Decimal:
        most = max(self.grams, default=Decimal(0))
        return max(most, self._day_limit or Decimal(0)) * Decimal("1.15") or Decimal(1)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """A bar for each day with a dose."""
        step = CHART_WIDTH // CHART_DAYS
        return tuple(
            Bar(i * step + 2, CHART_HEIGHT - height, step - 4, height)
            for i, grams in enumerate(self.grams)
            for height in [int(grams / self._top * CHART_HEIGHT)]
            if grams
        )

    @property
    def limit_y(self) -> int | None:
        """Where the line of the limit stands."""
        limit = self._day_limit
        return None if limit is None else CHART_HEIGHT - int(limit / self._top * CHART_HEIGHT)

    @property
    def limit_text(self) -> str:
        """What stands at the line."""
        limit = self._day_limit
        return "" if limit is None else f"most a day: {most_grams_text(limit)}"

    @property
    def chart_text(self) -> str:
        """The chart in words."""
        days = [i + 1 for i, grams in enumerate(self.grams) if grams]
        most = max(self.grams, default=Decimal(0))
        limit = self._day_limit
        allowed = (
            "" if limit is None else f" The policy allows at most {most_grams_text(limit)} a day."
        )
        where = f"day {days[0]}" if len(days) == 1 else f"days {_runs(days)}"
        return f"{grams_text(most)} on {where} of {CHART_DAYS}.{allowed}"


def _runs(days: list[int]) -> str:
    """1 to 5, 22 to 26."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][1] + 1:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return ", ".join(f"{a} to {b}" if a != b else str(a) for a, b in runs)


def _figures(maximum: Maximum) -> Iterator[Figure]:
    courses = "" if maximum.courses is None else f" ({counted(maximum.courses, 'course')})"
    periods = (
        ("A day", maximum.per_day),
        ("A course", maximum.per_course),
        ("28 days", maximum.per_28_days),
        (f"The authorization{courses}", maximum.per_authorization),
    )
    for period, amount in periods:
        if amount is not None:
            yield _figure(period, amount)


def _figure(period: str, amount: Amount) -> Figure:
    plan = amount.vials
    units = "" if plan is None or plan.billing_units is None else f"{plan.billing_units:,} units"
    return Figure(period=period, formula=amount.formula, vials=_vials(plan), units=units)


def _vials(plan: VialPlan | None) -> str:
    """139.5 g (3 × 40, 10, 5, 2.5, 2 × 1)."""
    if plan is None or not plan.counts:
        return ""
    return f"{most_grams_text(plan.total_g)} ({_sizes(plan.counts)})"


def _sizes(counts: tuple[tuple[Decimal, int], ...]) -> str:
    """3 × 40, 10, 5, 2.5, 2 × 1."""
    return ", ".join(
        f"{count} × {size.normalize():f}" if count > 1 else f"{size.normalize():f}"
        for size, count in counts
    )
