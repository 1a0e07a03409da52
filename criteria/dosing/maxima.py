"""The most each limit allows: exact, and rounded down to what whole vials can make."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing import ceilings
from criteria.dosing.binding import condition
from criteria.dosing.clocks import authorization_days, courses_begun_in, first_day
from criteria.dosing.course_count import counts_requests, courses_left
from criteria.dosing.figures import (
    decimal_below,
    formula_kg_text,
    grams_text,
    limit_text,
    usable,
)
from criteria.dosing.infusion import InfusionCourse, VialPlan
from criteria.dosing.infusion_days import LONGEST_COURSE_DAYS, whole_course
from criteria.dosing.limits import DoseRule, Limit, Per, Regimen, RegimenEvent, Route
from criteria.dosing.outcome import Amount, Maximum
from criteria.dosing.request import DoseFacts, Vials
from criteria.dosing.schedule import positive
from criteria.dosing.vials import not_above, plan, times

EVENT_DAYS = {
    RegimenEvent.TRANSPLANT: "the day of the transplant",
    RegimenEvent.DISCONTINUATION: "the day B-cell therapy was stopped",
    RegimenEvent.DELIVERY: "the day of delivery",
}


def maxima(
    rule: DoseRule,
    facts: DoseFacts,
    vials: Vials | None = None,
    *,
    days: int | None = None,
    then_days: int | None = None,
) -> tuple[Maximum, ...]:
    """One row for each limit that can bind this patient, those of an unmet condition included.

    ``days``: infusion days of the course asked for, and ``then_days`` of the part that follows it;
    they count where the limit allows so many. Those that follow count for a later phase.
    """
    if rule.iv_only and facts.route == Route.SC:
        return ()
    return tuple(
        _maximum(regimen, limit, facts, vials, then_days if position else days)
        for regimen in rule.regimens
        for position, limit in enumerate(regimen.phases)
        if facts.initial or not limit.only_initial
    )


def courses_allowed(regimen: Regimen, limit: Limit, facts: DoseFacts) -> int | None:
    """Courses in one authorization: the least of what bounds them; 0 = none is left.

    None = nothing does, or what ends the limit is not known.
    """
    if end_unknown(limit, facts):
        return None
    interval = ceilings.shortest_interval(limit)
    left = courses_left(limit, facts.before, interval)
    if interval is None:
        return 1 if left is None else left
    bounds = [] if left is None else [left]
    months = positive(facts.authorization_months)
    if months is not None and ceilings.is_monthly(limit):
        bounds.append(months)
    ends = [*_ends(limit, facts)]
    if months is not None and not ceilings.is_monthly(limit):
        ends.append(authorization_days(months) or 0)
    if ends:
        bounds.append(courses_begun_in(min(ends) - _start(regimen, limit, facts), interval))
    return min(bounds, default=None)


def end_unknown(limit: Limit, facts: DoseFacts) -> str:
    """What has to be known before anything can be said of a whole authorization."""
    event = limit.until_event
    if event is not None and _since(facts).get(event) is None:
        return EVENT_DAYS[event]
    if limit.through_day_of_therapy is not None and first_day(facts) is None:
        return "the first day of therapy"
    if counts_requests(limit) and facts.before.elsewhere is None:
        return "the number of courses given before"
    return ""


def _since(facts: DoseFacts) -> dict[RegimenEvent, int | None]:
    """Days from each event to the first dose; delivery lies ahead and has no such day."""
    return {
        RegimenEvent.TRANSPLANT: facts.days_since_transplant,
        RegimenEvent.DISCONTINUATION: facts.days_since_discontinuation,
    }


def _ends(limit: Limit, facts: DoseFacts) -> Iterator[int]:
    """Days from the first dose of this request to the end of a limit, where that is known."""
    if limit.through_day_of_therapy is not None:
        yield limit.through_day_of_therapy - (first_day(facts) or 1) + 1
    passed = _since(facts).get(limit.until_event) if limit.until_event else None
    if passed is not None:
        yield (limit.until_days or 0) - passed + 1


def _start(regimen: Regimen, limit: Limit, facts: DoseFacts) -> int:
    """Days from the first dose of this request to the start of a phase."""
    before = regimen.phases[: regimen.phases.index(limit)]
    ended = max((phase.through_day_of_therapy or 0 for phase in before), default=0)
    first = first_day(facts)
    return max(ended + 1 - first, 0) if ended and first is not None else 0


@dataclass(frozen=True, slots=True)
class _Scale:
    """The patient's weight and the product's vials, which turn mg/kg into grams."""

    weight_kg: Fraction | None
    vials: Vials | None

    def amount(self, mg_per_kg: Fraction, words: str, plan: VialPlan | None = None) -> Amount:
        """A maximum with its formula, the numbers put in."""
        if self.weight_kg is None:
            return Amount(mg_per_kg=decimal_below(mg_per_kg), formula=words)
        exact = mg_per_kg * self.weight_kg
        weight = formula_kg_text(self.weight_kg, mg_per_kg)
        return Amount(
            mg_per_kg=decimal_below(mg_per_kg),
            exact_mg=decimal_below(exact),
            vials=plan,
            formula=f"{words} × {weight} = {grams_text(exact / 1000)}",
        )

    def day(self, mg_per_kg: Fraction) -> VialPlan | None:
        """The largest total of whole vials at or below an amount."""
        if self.weight_kg is None or self.vials is None:
            return None
        return not_above(mg_per_kg * self.weight_kg / 1000, self.vials)

    def course(self, limit: Limit, days: int) -> InfusionCourse | None:
        """What whole vials make of a course on its infusion days."""
        if self.weight_kg is None or self.vials is None:
            return None
        cap = ceilings.day_ceiling(limit)
        return whole_course(
            _course_most(limit, days) * self.weight_kg / 1000,
            days,
            self.vials,
            most_a_day_g=None if cap is None else cap * self.weight_kg / 1000,
            equal=limit.per == Per.DAY or limit.equal_doses,
        )

    def plan(self, course: InfusionCourse | None) -> VialPlan | None:
        """The vials of a course together; 0 g where whole vials make none."""
        if self.weight_kg is None or self.vials is None:
            return None
        if course is None:
            return plan((), self.vials)
        return VialPlan(
            total_g=course.total_g, counts=course.opened, billing_units=course.billing_units
        )


def _maximum(
    regimen: Regimen, limit: Limit, facts: DoseFacts, vials: Vials | None, asked: int | None
) -> Maximum:
    """The row of one limit."""
    weight, courses = facts.weight_kg, courses_allowed(regimen, limit, facts)
    scale = _Scale(Fraction(weight) if weight is not None and usable(weight) else None, vials)
    days = _days(limit, asked)
    most, words = _course_most(limit, days), _course_words(limit, days)
    course = scale.course(limit, days)
    made = scale.plan(course)
    return Maximum(
        limit=limit,
        available=condition(limit, facts.conditions),
        per_day=_per_day(limit, scale),
        per_course=replace(scale.amount(most, words, made), course=course),
        per_28_days=_per_28_days(limit, scale, most, words, made),
        per_authorization=None
        if courses is None
        else scale.amount(most * courses, f"{courses} × {words}", _times(made, courses)),
        courses=courses,
        days=days,
        needs=end_unknown(limit, facts),
    )


def _days(limit: Limit, asked: int | None) -> int:
    """The infusion days asked for, where they are among those stated; else as many as stated.

    "400 mg/kg for five days" is a regimen of five days, whatever was asked for (line 286).
    """
    most = limit.max_days or LONGEST_COURSE_DAYS
    fewest = limit.min_days or limit.max_days or 1
    if asked is not None and fewest <= asked <= most:
        return asked
    return limit.max_days or 1


def _course_most(limit: Limit, days: int) -> Fraction:
    """mg/kg of a course on so many days."""
    day = ceilings.day_ceiling(limit)
    most = ceilings.course_ceiling(limit)
    return most if day is None else min(most, day * days)


def _course_words(limit: Limit, days: int) -> str:
    """The same as it is read in a formula: exact, a fraction of a total written as one."""
    day, most = ceilings.day_ceiling(limit), Fraction(limit.max_mg_per_kg)
    words = limit_text(most)
    if day is None or (limit.per != Per.DAY and day * days >= most):
        return words
    words = f"{days} × {words}" if days > 1 else words
    return words if limit.per == Per.DAY or not limit.min_days else f"{words} ÷ {limit.min_days}"


def _times(made: VialPlan | None, number: int) -> VialPlan | None:
    return None if made is None else times(made, number)


def _per_day(limit: Limit, scale: _Scale) -> Amount | None:
    """A monthly total over its fewest days; a daily limit as it stands."""
    day = ceilings.day_ceiling(limit)
    if day is None:
        return None
    words = limit_text(limit.max_mg_per_kg)
    if limit.per != Per.DAY and (limit.min_days or 1) > 1:
        words = f"{words} ÷ {limit.min_days}"
    return scale.amount(day, words, scale.day(day))


def _per_28_days(
    limit: Limit, scale: _Scale, course: Fraction, words: str, made: VialPlan | None
) -> Amount | None:
    """The average over 28 days at the most frequent; vials only for a whole number of courses."""
    interval = ceilings.shortest_interval(limit)
    if interval is None:
        return None
    often = Fraction(ceilings.MONTH_DAYS, interval)
    if often.denominator == 1:
        whole = int(often)
        words, made = (f"{whole} × {words}" if whole > 1 else words), _times(made, whole)
    else:
        words, made = f"{words} × {ceilings.MONTH_DAYS}/{interval}", None
    return scale.amount(course * often, words, made)
