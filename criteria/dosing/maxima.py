"""The most each limit allows: exact, and rounded down to what whole vials can make."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from criteria.dosing import ceilings
from criteria.dosing.binding import condition
from criteria.dosing.clocks import authorization_days, doses_in
from criteria.dosing.figures import cut_off, decimal_below, usable
from criteria.dosing.limits import DoseRule, Event, Limit, Per, Regimen, Route
from criteria.dosing.outcome import Amount, Maximum, VialPlan
from criteria.dosing.request import DoseFacts, Vials
from criteria.dosing.schedule import positive
from criteria.dosing.vials import not_above, times


def maxima(rule: DoseRule, facts: DoseFacts, vials: Vials | None = None) -> tuple[Maximum, ...]:
    """One row for each limit that can bind this patient, those of an unmet condition included."""
    if rule.iv_only and facts.route == Route.SC:
        return ()
    return tuple(
        _maximum(limit, courses_allowed(regimen, limit, facts), facts, vials)
        for regimen in rule.regimens
        for limit in regimen.phases
        if facts.initial or not limit.only_initial
    )


def courses_allowed(regimen: Regimen, limit: Limit, facts: DoseFacts) -> int | None:
    """Courses in one authorization: the least of what is known to bound them; None = nothing is."""
    interval = ceilings.shortest_interval(limit)
    if interval is None:
        return limit.max_courses or 1
    bounds = [] if limit.max_courses is None else [limit.max_courses]
    months = positive(facts.authorization_months)
    if months is not None and ceilings.is_monthly(limit):
        bounds.append(months)
    ends = [*_ends(limit, facts)]
    if months is not None and not ceilings.is_monthly(limit):
        ends.append(authorization_days(months) or 0)
    if ends:
        bounds.append(doses_in(min(ends) - _start(regimen, limit, facts), interval))
    return min(bounds, default=None)


def _ends(limit: Limit, facts: DoseFacts) -> Iterator[int]:
    """Days from the first dose of this request to the end of a limit, where that is known."""
    if limit.through_day_of_therapy is not None:
        yield limit.through_day_of_therapy - (_first_day(facts) or 1) + 1
    since = {
        Event.TRANSPLANT: facts.days_since_transplant,
        Event.DISCONTINUATION: facts.days_since_discontinuation,
    }
    passed = since.get(limit.until_event) if limit.until_event else None
    if passed is not None:
        yield (limit.until_days or 0) - passed + 1


def _start(regimen: Regimen, limit: Limit, facts: DoseFacts) -> int:
    """Days from the first dose of this request to the start of a phase."""
    before = regimen.phases[: regimen.phases.index(limit)]
    ended = max((phase.through_day_of_therapy or 0 for phase in before), default=0)
    first = _first_day(facts)
    return max(ended + 1 - first, 0) if ended and first is not None else 0


def _first_day(facts: DoseFacts) -> int | None:
    if facts.day_of_therapy is None:
        return 1 if facts.initial else None
    return max(facts.day_of_therapy, 1)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The patient's weight and the product's vials, which turn mg/kg into grams."""

    weight_kg: Fraction | None
    vials: Vials | None

    def amount(self, mg_per_kg: Fraction, words: str, plan: VialPlan | None) -> Amount:
        """A maximum with its formula, the numbers put in."""
        if self.weight_kg is None:
            return Amount(mg_per_kg=decimal_below(mg_per_kg), formula=words)
        exact = mg_per_kg * self.weight_kg
        return Amount(
            mg_per_kg=decimal_below(mg_per_kg),
            exact_mg=decimal_below(exact),
            vials=plan,
            formula=f"{words} × {cut_off(self.weight_kg, 3)} kg = {cut_off(exact / 1000)} g",
        )

    def rounded_down(self, mg_per_kg: Fraction) -> VialPlan | None:
        """The largest total of whole vials at or below an amount."""
        if self.weight_kg is None or self.vials is None:
            return None
        return not_above(mg_per_kg * self.weight_kg / 1000, self.vials)

    def times(self, plan: VialPlan | None, number: int) -> VialPlan | None:
        """The vials of one course, several times."""
        return None if plan is None or self.vials is None else times(plan, number, self.vials)


def _maximum(limit: Limit, courses: int | None, facts: DoseFacts, vials: Vials | None) -> Maximum:
    """The row of one limit."""
    weight = facts.weight_kg
    scale = _Scale(Fraction(weight) if weight is not None and usable(weight) else None, vials)
    most, course = Fraction(limit.max_mg_per_kg), ceilings.course_ceiling(limit)
    words, plan = ceilings.mg_per_kg_words(most), _course_plan(limit, scale)
    if ceilings.course_days(limit) > 1:
        words = f"{limit.max_days} × {words}"
    return Maximum(
        limit=limit,
        available=condition(limit, facts.conditions),
        per_day=_per_day(limit, scale),
        per_course=scale.amount(course, words, plan),
        per_28_days=_per_28_days(limit, scale, words, plan),
        per_authorization=None
        if courses is None
        else scale.amount(course * courses, f"{courses} × {words}", scale.times(plan, courses)),
        courses=courses,
    )


def _per_day(limit: Limit, scale: _Scale) -> Amount | None:
    """A monthly total over its fewest days; a daily limit as it stands."""
    day = ceilings.day_ceiling(limit)
    if day is None:
        return None
    words = ceilings.mg_per_kg_words(Fraction(limit.max_mg_per_kg))
    if limit.per != Per.DAY and (limit.min_days or 1) > 1:
        words = f"{words} ÷ {limit.min_days}"
    return scale.amount(day, words, scale.rounded_down(day))


def _course_plan(limit: Limit, scale: _Scale) -> VialPlan | None:
    """Where each day has its own maximum, whole vials are counted by day, then multiplied.

    400 mg/kg a day at 69.853 kg is 27.94 g: 27.5 g on each of 5 days, not 139.5 g in all.
    """
    day = ceilings.day_ceiling(limit)
    if day is not None and (limit.per == Per.DAY or limit.equal_doses):
        return scale.times(scale.rounded_down(day), limit.max_days or 1)
    return scale.rounded_down(ceilings.course_ceiling(limit))


def _per_28_days(limit: Limit, scale: _Scale, words: str, plan: VialPlan | None) -> Amount | None:
    """The average over 28 days at the most frequent; vials only for a whole number of courses."""
    interval = ceilings.shortest_interval(limit)
    if interval is None:
        return None
    often = Fraction(ceilings.MONTH_DAYS, interval)
    if often.denominator == 1:
        whole = int(often)
        words, plan = (f"{whole} × {words}" if whole > 1 else words), scale.times(plan, whole)
    else:
        words, plan = f"{words} × {ceilings.MONTH_DAYS}/{interval}", None
    return scale.amount(ceilings.course_ceiling(limit) * often, words, plan)
