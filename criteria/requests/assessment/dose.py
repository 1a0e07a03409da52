"""The dose of a request, judged by the pathway's limits; and for how long it can be authorized."""

from math import ceil

from criteria.dosing import (
    DoseAssessment,
    DoseFacts,
    DoseOutcome,
    DoseRule,
    OutcomeReason,
    RegimenEvent,
    courses_left,
    judge,
)
from criteria.dosing.ceilings import MONTH_DAYS
from criteria.policies.edition import Edition, PathwayDefinition, ProductDefinition
from criteria.requests.assessment.disagreements.clocks import on_every_clock
from criteria.requests.assessment.facts import date_of, role_answer
from criteria.requests.assessment.gates import holds
from criteria.requests.case import Case, courses_before, route_of, vials_of
from criteria.rules import FactRole, Facts, FindingState
from criteria.rules.terms import TherapyPhase

# The question that tells the day of an event a limit runs up to; delivery is no date.
EVENT_ROLES = {
    RegimenEvent.TRANSPLANT: FactRole.TRANSPLANT_DATE,
    RegimenEvent.DISCONTINUATION: FactRole.DISCONTINUATION_DATE,
}
DOSE_STATE = {
    DoseOutcome.WITHIN: FindingState.MET,
    DoseOutcome.EXCEEDS: FindingState.NOT_MET,
    DoseOutcome.OUTSIDE: FindingState.FOR_REVIEWER,
    DoseOutcome.NO_LIMIT: FindingState.NOT_APPLICABLE,
    DoseOutcome.NOT_ENOUGH_INFORMATION: FindingState.NOT_ANSWERED,
}

# Not "no limit": while it is open which criteria apply, so is which limit does.
PATHWAY_OPEN = DoseAssessment(
    outcome=DoseOutcome.NOT_ENOUGH_INFORMATION,
    reason=OutcomeReason.PATHWAY_OPEN,
    text="Choose first which criteria apply: the dose limit depends on it.",
)


def judged_dose(
    edition: Edition,
    case: Case,
    facts: Facts,
    pathway: PathwayDefinition | None,
    product: ProductDefinition | None,
    months: int,
) -> DoseAssessment:
    """The dose asked for, held against the limits of the pathway; without one there is none."""
    rule = pathway.dose if pathway is not None else DoseRule()
    conditions = {} if pathway is None else pathway.conditions
    started = facts.therapy_start
    return judge(
        rule,
        on_every_clock(case.dose, edition, facts),
        DoseFacts(
            weight_kg=case.weight_kg,
            route=route_of(case, product),
            initial=case.phase is TherapyPhase.INITIAL,
            authorization_months=months,
            day_of_therapy=None if started is None else (case.request_date - started).days + 1,
            days_since_transplant=_days_since(edition, facts, FactRole.TRANSPLANT_DATE),
            days_since_discontinuation=_days_since(edition, facts, FactRole.DISCONTINUATION_DATE),
            rounding_allowance_percent=edition.rounding_allowance_percent,
            only_stated=case.only_stated,
            label=None if product is None else product.label_on(case.request_date),
            ml_per_g=None if product is None else product.ml_per_g,
            earlier=case.earlier,
            before=courses_before(case),
            conditions={key: holds(node, facts) for key, node in conditions.items()},
        ),
        vials_of(product),
    )


def _days_since(edition: Edition, facts: Facts, role: FactRole) -> int | None:
    day = date_of(role_answer(edition, facts.answers, role))
    return None if day is None else (facts.request_date - day).days


def authorized_months(months: int, pathway: PathwayDefinition | None, case: Case) -> int:
    """The shorter of the authorization and the courses the policy allows (lines 94 and 167).

    A course every 28 days counts as one a month; of two parts the less frequent one counts. What is
    left after the courses of before counts; where none is left, nothing shortens an authorization
    that the dose does not meet.
    """
    every = () if case.dose is None else tuple(part.interval_days for part in case.dose.parts)
    interval = max((days for days in every if days is not None), default=None)
    if pathway is None or interval is None:
        return months
    earlier = courses_before(case)
    allowed = [courses_left(limit, earlier, interval) for limit in pathway.dose.limits]
    courses = [number for number in allowed if number is not None]
    if not any(courses) or len(courses) < len(allowed):
        return months
    return min(months, ceil(max(courses) * interval / MONTH_DAYS))
