"""The dose of one request judged by the dose rule of one pathway."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from criteria.dosing.binding import NO_LIMIT_TEXT, Binding, binding, induction_unknown
from criteria.dosing.by_label import judged_by_label
from criteria.dosing.clocks import Placement, place
from criteria.dosing.figures import decimal_below, usable
from criteria.dosing.infusion_days import LONGEST_COURSE_DAYS, course_by_day
from criteria.dosing.issue import Issue
from criteria.dosing.limits import DoseRule, Regimen
from criteria.dosing.maxima import maxima
from criteria.dosing.notes import NO_VIALS, binding_notes, further_reasons, request_notes
from criteria.dosing.offers import offers
from criteria.dosing.outcome import DoseAssessment, LimitFinding, Obstacle, Outcome, Reason
from criteria.dosing.regimens import Judged, judge_regimen
from criteria.dosing.request import DoseFacts, DoseRequest, Vials
from criteria.dosing.schedule import Schedule, schedule_of
from criteria.dosing.verdict import verdict

DOSE_MISSING = "This policy limits the dose; the dose asked for is not stated."
INDUCTION_MISSING = (
    "The dose is repeated and this policy limits an induction course; whether this is one is not "
    "stated."
)
WEIGHT_MISSING = "The dose is in grams and the limit in mg/kg: the weight is needed."
_OVER_REASONS = {Reason.ROUNDING_ALLOWANCE, Reason.OVER_CEILING, Reason.TOO_OFTEN}


def judge(
    rule: DoseRule, request: DoseRequest | None, facts: DoseFacts, vials: Vials | None = None
) -> DoseAssessment:
    """Hold a request against every regimen of a rule. Never raises, whatever was typed."""
    found = judged_alone(rule, request, facts, vials)
    is_offered = found.label is None and found.outcome not in (Outcome.WITHIN, Outcome.NO_LIMIT)
    if request is None or not is_offered or found.reason is Reason.INDUCTION_MISSING:
        return found
    schedule = schedule_of(request, facts) if usable(request.amount) else None
    return found if schedule is None else _with_offers(found, rule, request, schedule, facts, vials)


def judged_alone(
    rule: DoseRule, request: DoseRequest | None, facts: DoseFacts, vials: Vials | None = None
) -> DoseAssessment:
    """The same without looking for what fits instead."""
    if induction_unknown(rule, request) and request is not None:
        return _tried_both_ways(rule, request, facts, vials)
    bound = binding(rule, request, facts)
    stated = request is not None and usable(request.amount)
    schedule = schedule_of(request, facts) if request is not None and stated else None
    if bound.no_limit is Reason.SUBCUTANEOUS and rule.label_lines:
        found = judged_by_label(rule, request, facts)
    elif bound.no_limit is not None:
        found = _plain(Outcome.NO_LIMIT, bound.no_limit, NO_LIMIT_TEXT[bound.no_limit])
    elif request is None or not stated:
        found = _plain(Outcome.NOT_ENOUGH_INFORMATION, Reason.DOSE_MISSING, DOSE_MISSING)
    elif schedule is None:
        found = _plain(Outcome.NOT_ENOUGH_INFORMATION, Reason.WEIGHT_MISSING, WEIGHT_MISSING)
    else:
        found = _held(bound, request, schedule, facts)
    days = None if schedule is None else schedule.days
    found = replace(found, maxima=maxima(rule, facts, vials, days=days))
    found = replace(found, notes=(*binding_notes(bound), *found.notes))
    return found if schedule is None else _with_request(found, schedule, vials)


def _tried_both_ways(
    rule: DoseRule, request: DoseRequest, facts: DoseFacts, vials: Vials | None
) -> DoseAssessment:
    """Whether a repeated course is an induction is not said: it stands if it changes nothing."""
    as_induction, as_other = (
        judged_alone(rule, replace(request, induction=is_one), facts, vials)
        for is_one in (True, False)
    )
    if as_induction.outcome is as_other.outcome:
        return as_induction
    return replace(
        as_induction,
        outcome=Outcome.NOT_ENOUGH_INFORMATION,
        reason=Reason.INDUCTION_MISSING,
        text=INDUCTION_MISSING,
        over_mg_per_kg=None,
        over_g=None,
        over_percent=None,
        findings=(),
        notes=(),
    )


def _plain(outcome: Outcome, reason: Reason, text: str) -> DoseAssessment:
    return DoseAssessment(outcome=outcome, reason=reason, text=text)


def _held(
    bound: Binding, request: DoseRequest, schedule: Schedule, facts: DoseFacts
) -> DoseAssessment:
    """Every regimen that binds, then what they say together."""
    placement, allowance = _placed(bound, request, schedule, facts), _allowance(facts)
    opened = _judged(bound.open, schedule, placement, allowance)
    perhaps = _judged(bound.perhaps, schedule, placement, allowance)
    every = [*opened, *perhaps]
    said = verdict(opened, perhaps, schedule)
    within = said.outcome is Outcome.WITHIN
    found = DoseAssessment(
        outcome=said.outcome,
        reason=said.issue.reason if said.issue else None,
        text=said.text,
        findings=_findings(every, is_within=within),
        notes=(
            *request_notes(request, schedule, bound.possible, facts),
            *(() if within else further_reasons(every, said.text)),
        ),
    )
    return _with_excess(found, said.issue, schedule)


def _findings(every: Sequence[Judged], *, is_within: bool) -> tuple[LimitFinding, ...]:
    """One for each limit; where a regimen fits, those of the others are not used."""
    used = next((one for one in every if one.main is None), None) if is_within else None
    return tuple(
        finding if used is None or one is used else replace(finding, not_used=True)
        for one in every
        for finding in one.findings
    )


def _placed(
    bound: Binding, request: DoseRequest, schedule: Schedule, facts: DoseFacts
) -> Placement:
    """Where the doses lie; the end of the authorization places the last one only if that fits.

    An authorization is shortened, never held against the dose: one that would run too long leaves
    the last day open, to be asked for.
    """
    known = place(request, schedule, facts)
    until_end = place(request, schedule, facts, months=facts.authorization_months)
    if known == until_end:
        return known
    allowance = _allowance(facts)
    ends = _judged((*bound.open, *bound.perhaps), schedule, until_end, allowance)
    return until_end if any(one.outcome is Outcome.WITHIN for one in ends) else known


def _judged(
    regimens: Sequence[Regimen], schedule: Schedule, placement: Placement, allowance: Fraction
) -> list[Judged]:
    return [judge_regimen(regimen, schedule, placement, allowance) for regimen in regimens]


def _allowance(facts: DoseFacts) -> Fraction:
    """The rounding allowance of the policy version as a factor; 1 as loaded."""
    percent = facts.rounding_allowance_percent
    return 1 + Fraction(percent) / 100 if usable(percent) else Fraction(1)


def _with_request(found: DoseAssessment, schedule: Schedule, vials: Vials | None) -> DoseAssessment:
    """The course asked for, in mg/kg, in grams, and by its infusion days."""
    total, weight = schedule.total, schedule.weight_kg
    if total is None:
        return found
    grams = None if weight is None else total * weight / 1000
    by_day = None
    if grams is not None and schedule.days is not None and schedule.days <= LONGEST_COURSE_DAYS:
        by_day = course_by_day(grams, schedule.days, vials)
    return replace(
        found,
        requested_mg_per_kg_per_course=decimal_below(total),
        requested_g_per_course=None if grams is None else decimal_below(grams),
        asked=by_day,
    )


def _with_excess(found: DoseAssessment, issue: Issue | None, schedule: Schedule) -> DoseAssessment:
    """How far the request is above the maximum, in mg/kg, g and %."""
    if issue is None or issue.over is None or not issue.ceiling:
        return found
    if issue.reason not in _OVER_REASONS:
        return found
    weight = schedule.weight_kg
    return replace(
        found,
        over_mg_per_kg=decimal_below(issue.over),
        over_g=decimal_below(issue.over * weight / 1000) if weight else None,
        over_percent=decimal_below(issue.over * 100 / issue.ceiling),
    )


def _with_offers(
    found: DoseAssessment,
    rule: DoseRule,
    request: DoseRequest,
    schedule: Schedule,
    facts: DoseFacts,
    vials: Vials | None,
) -> DoseAssessment:
    """What fits instead, and what is in the way of the dose as it was asked for."""
    bound, allowance = binding(rule, request, facts), _allowance(facts)

    def judged(regimen: Regimen, other: Schedule) -> Judged:
        return judge_regimen(regimen, other, _placed(bound, request, other, facts), allowance)

    numbered = [(_number(rule, regimen), regimen) for regimen in bound.open]
    made = offers(numbered, schedule, judged, vials, monthly=request.monthly)
    whole = not made or vials is None or made[0].course is None or made[0].course.is_whole
    return replace(
        found,
        offers=made,
        in_the_way=_in_the_way(judged(regimen, schedule) for regimen in bound.possible),
        notes=found.notes if whole else (*found.notes, NO_VIALS),
    )


def _number(rule: DoseRule, part: Regimen) -> int:
    """Which alternative of the rule a regimen is, from 1; its limits may be fewer."""
    return next(
        number
        for number, regimen in enumerate(rule.regimens, start=1)
        if any(limit is part.phases[0] for limit in regimen.phases)
    )


def _in_the_way(every: Iterable[Judged]) -> tuple[Obstacle, ...]:
    """Of the regimen with the fewest obstacles; what is only missing is none."""
    found = [
        {issue.obstacle for issue in one.issues if issue.obstacle is not None} for one in every
    ]
    least = min((one for one in found if one), key=len, default=set())
    return tuple(obstacle for obstacle in Obstacle if obstacle in least)
