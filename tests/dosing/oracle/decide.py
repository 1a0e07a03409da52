"""From the limits of a rule to one outcome: phases, ends, alternatives, conditions, flags."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing import (
    DoseFacts,
    DoseRequest,
    DoseRule,
    DoseUnit,
    Event,
    Limit,
    Outcome,
    Regimen,
    Route,
)
from tests.dosing.oracle.calendar import Calendar, interval_of, lay_out
from tests.dosing.oracle.limits import Held, hold

# Days that show how a schedule goes on: more than two of the longest periods of a limit.
WHILE_IT_GOES_ON = 120
# Daily infusions without an end are laid out for a year.
YEAR = 366


@dataclass(frozen=True)
class Asked:
    """A request with what is known beside it. ``reach``: how many courses are given for certain."""

    request: DoseRequest
    facts: DoseFacts
    reach: int

    def calendar(self, courses: int) -> Calendar:
        weight = self.facts.weight_kg
        return lay_out(self.request, None if weight is None else Fraction(weight), courses)


def expected(rule: DoseRule, request: DoseRequest, facts: DoseFacts) -> Outcome:
    """What the policy says of a fully stated request; blank answers are tried every way."""
    if not rule.limits or (rule.iv_only and facts.route is Route.SC):
        return Outcome.NO_LIMIT
    if request.induction is None and any(limit.only_induction for limit in rule.limits):
        single = interval_of(request) is None and request.courses in (None, 1)
        if single:
            return expected(rule, replace(request, induction=True), facts)
        return _same(
            expected(rule, replace(request, induction=True), facts),
            expected(rule, replace(request, induction=False), facts),
        )
    regimens = [_binding(regimen, request, facts) for regimen in rule.regimens]
    bound = [regimen for regimen in regimens if regimen.phases]
    if not bound:
        return Outcome.NO_LIMIT
    if request.unit is DoseUnit.G and facts.weight_kg is None:
        return Outcome.NOT_ENOUGH_INFORMATION
    return _by_reach(bound, request, facts)


def _same(one: Outcome, other: Outcome) -> Outcome:
    return one if one is other else Outcome.NOT_ENOUGH_INFORMATION


def _binding(regimen: Regimen, request: DoseRequest, facts: DoseFacts) -> Regimen:
    """The limits that apply: induction only to one, initial only to the first request."""
    return Regimen(
        tuple(
            limit
            for limit in regimen.phases
            if (facts.initial or not limit.only_initial)
            and (request.induction or not limit.only_induction)
        )
    )


def _by_reach(bound: list[Regimen], request: DoseRequest, facts: DoseFacts) -> Outcome:
    """Where the number of courses is not stated and a limit ends, how far they go is not known.

    An authorization is shortened, never held against the dose: if the doses of all of it fit,
    they fit.
    """
    if interval_of(request) is None or request.courses is not None:
        return _conditions(bound, Asked(request, facts, request.courses or 1))
    short = _conditions(bound, Asked(request, facts, 2))
    if not any(_ends(limit) for regimen in bound for limit in regimen.phases):
        return short
    months = facts.authorization_months
    if months:
        interval = interval_of(request) or 1
        until_end = -(-(months * 365 // 12) // interval)
        whole = _conditions(bound, Asked(request, facts, max(until_end, 1)))
        if whole is Outcome.WITHIN:
            return whole
    if short is Outcome.EXCEEDS:
        return short
    return _same(short, _conditions(bound, Asked(request, facts, 400)))


def _ends(limit: Limit) -> bool:
    has_day = limit.until_event in (Event.TRANSPLANT, Event.DISCONTINUATION)
    return has_day or limit.through_day_of_therapy is not None


def _conditions(bound: list[Regimen], asked: Asked) -> Outcome:
    """A condition that is not answered is tried both ways."""
    known = {False: [], True: [], None: []}  # type: dict[bool | None, list[Regimen]]
    for regimen in bound:
        known[_holds(regimen, asked.facts.conditions)].append(regimen)
    strict = _alternatives(known[True], asked)
    if not known[None] or strict is Outcome.WITHIN:
        return strict
    return _same(strict, _alternatives(known[True] + known[None], asked))


def _holds(regimen: Regimen, answers: Mapping[str, bool | None]) -> bool | None:
    said = [answers.get(limit.key) for limit in regimen.phases if limit.conditional]
    if False in said:
        return False
    return None if None in said else True


def _alternatives(regimens: list[Regimen], asked: Asked) -> Outcome:
    """One that fits suffices; above the largest total of all of them exceeds."""
    found = [_regimen(regimen, asked) for regimen in regimens]
    outcomes = [_outcome(held) for held in found]
    if len(outcomes) == 1:
        return outcomes[0]
    if Outcome.WITHIN in outcomes:
        return Outcome.WITHIN
    if found and all(held.in_total for held in found):
        return Outcome.EXCEEDS
    if Outcome.NOT_ENOUGH_INFORMATION in outcomes:
        return Outcome.NOT_ENOUGH_INFORMATION
    return Outcome.OUTSIDE


def _outcome(held: Held) -> Outcome:
    if held.exceeds:
        return Outcome.EXCEEDS
    if held.unknown:
        return Outcome.NOT_ENOUGH_INFORMATION
    return Outcome.OUTSIDE if held.outside else Outcome.WITHIN


def _regimen(regimen: Regimen, asked: Asked) -> Held:
    """Every phase that a dose falls into, with the end of the regimen."""
    facts, request = asked.facts, asked.request
    goes_on = interval_of(request) is not None and request.courses is None
    interval = interval_of(request) or 1
    is_daily = (request.days or 1) == interval
    beginning = -(-YEAR // interval) if is_daily else WHILE_IT_GOES_ON // interval + 2
    calendar = asked.calendar(beginning if goes_on else asked.reach)
    given = asked.calendar(asked.reach)
    first = max(facts.day_of_therapy, 1) if facts.day_of_therapy is not None else 1
    found = Held()
    start = 1
    for limit in regimen.phases:
        is_last = limit is regimen.phases[-1]
        end = None if is_last else limit.through_day_of_therapy
        if any(
            start <= first + day and (end is None or first + day <= end) for day in given.by_day
        ):
            _add(found, hold(limit, request, calendar, given))
            _add(found, _end(limit, given, facts, first, is_last=is_last, is_touched=True))
        else:
            _add(found, _end(limit, given, facts, first, is_last=is_last, is_touched=False))
        start = start if end is None else end + 1
    return found


def _add(found: Held, more: Held) -> None:
    found.exceeds |= more.exceeds
    found.in_total |= more.in_total
    found.outside |= more.outside
    found.unknown |= more.unknown


def _end(
    limit: Limit, given: Calendar, facts: DoseFacts, first: int, *, is_last: bool, is_touched: bool
) -> Held:
    """No dose after the last day of a limit."""
    held = Held()
    since = {
        Event.TRANSPLANT: facts.days_since_transplant,
        Event.DISCONTINUATION: facts.days_since_discontinuation,
    }
    if limit.until_event in since:
        passed = since[limit.until_event]
        if passed is None:
            held.unknown |= is_touched
        else:
            held.exceed(passed + given.last_day > (limit.until_days or 0))
    if is_last and is_touched and limit.through_day_of_therapy is not None:
        held.exceed(first + given.last_day > limit.through_day_of_therapy)
    return held
