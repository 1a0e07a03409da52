"""The dose of one request judged by the dose rule of one pathway."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from criteria.dosing.binding import NO_LIMIT_TEXT, Binding, binding
from criteria.dosing.clocks import Placement, place
from criteria.dosing.figures import decimal_below, usable
from criteria.dosing.fit import exact_grams, largest_fit, vials_for
from criteria.dosing.issue import Issue
from criteria.dosing.limits import DoseRule, Regimen
from criteria.dosing.maxima import maxima
from criteria.dosing.notes import NO_VIALS, binding_notes, further_issues, request_notes
from criteria.dosing.outcome import DoseAssessment, Outcome, Reason
from criteria.dosing.regimens import Judged, judge_regimen
from criteria.dosing.request import DoseFacts, DoseRequest, Vials
from criteria.dosing.schedule import Schedule, schedule_of
from criteria.dosing.verdict import verdict

DOSE_MISSING = "This policy limits the dose; the dose asked for is not stated."
WEIGHT_MISSING = "The dose is in grams and the limit in mg/kg: the weight is needed."
_OVER_REASONS = {Reason.ROUNDING_ALLOWANCE, Reason.OVER_CEILING, Reason.TOO_OFTEN}


def judge(
    rule: DoseRule, request: DoseRequest | None, facts: DoseFacts, vials: Vials | None = None
) -> DoseAssessment:
    """Hold a request against every regimen of a rule. Never raises, whatever was typed."""
    bound = binding(rule, request, facts)
    stated = request is not None and usable(request.amount)
    schedule = schedule_of(request, facts) if request is not None and stated else None
    if bound.no_limit is not None:
        found = _plain(Outcome.NO_LIMIT, bound.no_limit, NO_LIMIT_TEXT[bound.no_limit])
    elif request is None or not stated:
        found = _plain(Outcome.NOT_ENOUGH_INFORMATION, Reason.DOSE_MISSING, DOSE_MISSING)
    elif schedule is None:
        found = _plain(Outcome.NOT_ENOUGH_INFORMATION, Reason.WEIGHT_MISSING, WEIGHT_MISSING)
    else:
        found = _held(bound, request, schedule, facts, vials)
    found = replace(found, maxima=maxima(rule, facts, vials))
    found = replace(found, notes=(*binding_notes(bound), *found.notes))
    return found if schedule is None else _with_request(found, schedule)


def _plain(outcome: Outcome, reason: Reason, text: str) -> DoseAssessment:
    return DoseAssessment(outcome=outcome, reason=reason, text=text)


def _held(
    bound: Binding, request: DoseRequest, schedule: Schedule, facts: DoseFacts, vials: Vials | None
) -> DoseAssessment:
    """Every regimen that binds, then what they say together."""
    placement, allowance = _placed(bound, request, schedule, facts), _allowance(facts)
    opened = _judged(bound.open, schedule, placement, allowance)
    perhaps = _judged(bound.perhaps, schedule, placement, allowance)
    every = [*opened, *perhaps]
    said = verdict(opened, perhaps, schedule)
    further = () if said.outcome is Outcome.WITHIN else further_issues(every)
    found = DoseAssessment(
        outcome=said.outcome,
        reason=said.issue.reason if said.issue else None,
        text=said.text,
        findings=tuple(finding for one in every for finding in one.findings),
        notes=(*request_notes(request, schedule, bound.possible, facts), *further),
    )
    found = _with_excess(found, said.issue, schedule)
    return _with_fit(found, bound.open, schedule, placement, vials)


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


def _with_request(found: DoseAssessment, schedule: Schedule) -> DoseAssessment:
    """The course asked for, in mg/kg and in grams."""
    total, weight = schedule.total, schedule.weight_kg
    if total is None:
        return found
    return replace(
        found,
        requested_mg_per_kg_per_course=decimal_below(total),
        requested_g_per_course=decimal_below(total * weight / 1000) if weight else None,
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


def _with_fit(
    found: DoseAssessment,
    regimens: Sequence[Regimen],
    schedule: Schedule,
    placement: Placement,
    vials: Vials | None,
) -> DoseAssessment:
    """The largest course in the request's own schedule that is within."""
    fit = largest_fit(regimens, schedule, placement)
    if fit is None:
        return found
    plan = None if vials is None else vials_for(fit, schedule, placement, vials)
    grams = exact_grams(fit, schedule)
    return replace(
        found,
        largest_fit_mg_per_kg=decimal_below(fit.mg_per_kg),
        largest_fit_exact_g=None if grams is None else decimal_below(grams),
        largest_fit_g=plan,
        notes=(*found.notes, NO_VIALS) if plan is not None and not plan.counts else found.notes,
    )
