"""A dose that is not within: what fits instead of it, and what is in the way."""

from collections.abc import Iterable
from dataclasses import replace

from criteria.dosing.asked import bindings, bound_limits, laid_out, with_days
from criteria.dosing.infusion_days import day_bounds
from criteria.dosing.limits import DoseRule, Regimen
from criteria.dosing.notes import NO_VIALS, begun_later
from criteria.dosing.offer import Offer
from criteria.dosing.offers import offers
from criteria.dosing.offers_parts import TwoParts
from criteria.dosing.outcome import DoseAssessment, Obstacle
from criteria.dosing.parts import SinglePart, judge_pairings, pairings, parts_of
from criteria.dosing.regimens import JudgedRegimen
from criteria.dosing.request import DoseFacts, DoseRequest, Vials
from criteria.dosing.schedule import Schedule


def with_offers(
    found: DoseAssessment,
    rule: DoseRule,
    request: DoseRequest,
    facts: DoseFacts,
    vials: Vials | None,
) -> DoseAssessment:
    """What fits instead, and what is in the way of the dose as it was asked for."""
    bound = bindings(rule, request, facts)
    schedules = [one for one in laid_out(request, bound, facts, vials) if one is not None]
    parts = parts_of(request, schedules, bound, facts) if len(schedules) == len(bound) else ()
    if not parts:
        return found
    opened, perhaps = judge_pairings(*pairings(parts), parts)
    found = replace(found, in_the_way=_in_the_way((*opened, *perhaps)))
    if len(parts) > 1:
        made = _offers_in_parts(rule, (parts[0], parts[1]), facts, vials)
    else:
        made = _regimens_offered(rule, parts[0], vials)
    whole = not made or all(
        one.course is None or vials is None or one.course.is_whole for one in made[0].each
    )
    courses = None if request.then is None else request.then.courses
    notes = [] if whole else [NO_VIALS]
    notes += [begun_later(one, courses, rule, found.maxima) for one in made[:1]]
    return replace(found, offers=made, notes=(*found.notes, *filter(None, notes)))


def _offers_in_parts(
    rule: DoseRule, parts: tuple[SinglePart, SinglePart], facts: DoseFacts, vials: Vials | None
) -> tuple[Offer, ...]:
    if any(part.schedule.days is None or part.schedule.interval_unknown for part in parts):
        return ()
    first, second = (day_bounds(bound_limits(part.bound)) for part in parts)
    opened, _ = pairings(parts)
    numbered = [
        (_number(rule, named), pairing)
        for pairing in opened
        for named in [next(regimen for regimen in pairing if regimen is not None)]
    ]
    return TwoParts(parts, (first, second), facts, vials).offers(numbered)


def _regimens_offered(rule: DoseRule, part: SinglePart, vials: Vials | None) -> tuple[Offer, ...]:
    bounds = day_bounds(bound_limits(part.bound))

    def judged(regimen: Regimen, other: Schedule) -> JudgedRegimen:
        tried = replace(part, schedule=with_days(other, bounds, vials))
        return judge_pairings([(regimen,)], [], [tried])[0][0]

    numbered = [(_number(rule, regimen), regimen) for regimen in part.bound.open]
    return offers(numbered, part.schedule, judged, vials, bounds=bounds, room=part.room)


def _number(rule: DoseRule, part: Regimen) -> int:
    """Which alternative of the rule a regimen is, from 1; its limits may be fewer."""
    return next(
        number
        for number, regimen in enumerate(rule.regimens, start=1)
        if any(limit is part.phases[0] for limit in regimen.phases)
    )


def _in_the_way(every: Iterable[JudgedRegimen]) -> tuple[Obstacle, ...]:
    """Of the regimen with the fewest obstacles; what is only missing is none."""
    found = [
        {issue.obstacle for issue in one.issues if issue.obstacle is not None} for one in every
    ]
    least = min((one for one in found if one), key=len, default=set())
    return tuple(obstacle for obstacle in Obstacle if obstacle in least)
