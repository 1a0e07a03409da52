"""From the limits of a rule to one outcome: phases, ends, alternatives, conditions, flags."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing import (
    DoseFacts,
    DoseOutcome,
    DosePart,
    DoseRequest,
    DoseRule,
    DoseUnit,
    Limit,
    Regimen,
    RegimenEvent,
    Route,
)
from tests.dosing.oracle.calendar import Calendar, interval_of, lay_out, second_begins
from tests.dosing.oracle.limits import Held, hold
from tests.dosing.oracle.together import Seam, hold_together

# Days that show how a schedule goes on: more than two of the longest periods of a limit.
WHILE_IT_GOES_ON = 120
# Daily infusions without an end are laid out for a year.
YEAR = 366
# The phases that each part of a dose is held against; None = it is bound by nothing.
Phases = tuple[Limit, ...]
Together = tuple[Phases, Phases | None]


@dataclass(frozen=True)
class Asked:
    """A request with what is known beside it. ``reach``: courses of its last part for certain."""

    request: DoseRequest
    facts: DoseFacts
    reach: int

    @property
    def last(self) -> DosePart:
        return self.request.then or self.request

    @property
    def begins(self) -> int:
        """The day its last part begins."""
        return 0 if self.request.then is None else second_begins(self.request) or 0

    @property
    def _kilograms(self) -> Fraction | None:
        return None if self.facts.weight_kg is None else Fraction(self.facts.weight_kg)

    def first(self) -> Calendar:
        """All of the first of two parts."""
        return lay_out(self.request, self._kilograms, self.request.courses or 1)

    def calendar(self, courses: int) -> Calendar:
        """So many courses of the last part."""
        return lay_out(self.last, self._kilograms, courses, self.begins)


def expected(rule: DoseRule, request: DoseRequest, facts: DoseFacts) -> DoseOutcome:
    """What the policy says of a fully stated request; blank answers are tried every way."""
    if not rule.limits or (rule.iv_only and facts.route is Route.SC):
        return DoseOutcome.NO_LIMIT
    if request.induction is None and any(limit.only_induction for limit in rule.limits):
        single = interval_of(request) is None and request.courses in (None, 1)
        if single and request.then is None:
            return expected(rule, replace(request, induction=True), facts)
        return _same(
            expected(rule, replace(request, induction=True), facts),
            expected(rule, replace(request, induction=False), facts),
        )
    bound = _bound(rule, request, facts)
    if not bound:
        return DoseOutcome.NO_LIMIT
    if any(part.unit is DoseUnit.G for part in request.parts) and facts.weight_kg is None:
        return DoseOutcome.NOT_ENOUGH_INFORMATION
    if request.then is not None and second_begins(request) is None:
        first = expected(rule, replace(request, then=None), facts)
        return first if first is DoseOutcome.EXCEEDS else DoseOutcome.NOT_ENOUGH_INFORMATION
    return _by_reach(bound, request, facts)


def _bound(rule: DoseRule, request: DoseRequest, facts: DoseFacts) -> list[Together]:
    """Whole regimens. Where one binds the first part alone, the others bind what follows."""
    first = [_binding(one, facts, is_induction=bool(request.induction)) for one in rule.regimens]
    if request.then is None:
        return [(phases, None) for phases in first if phases]
    second = [_binding(one, facts, is_induction=False) for one in rule.regimens]
    others: list[Phases | None] = [phases for phases in second if phases]
    found: list[Together] = []
    for phases, following in zip(first, second, strict=True):
        if phases:
            found += [(phases, one) for one in ([following] if following else others or [None])]
    return found or [((), one) for one in others]


def _same(one: DoseOutcome, other: DoseOutcome) -> DoseOutcome:
    return one if one is other else DoseOutcome.NOT_ENOUGH_INFORMATION


def _binding(regimen: Regimen, facts: DoseFacts, *, is_induction: bool) -> Phases:
    """The limits that apply: induction only to one, initial only to the first request."""
    return tuple(
        limit
        for limit in regimen.phases
        if (facts.initial or not limit.only_initial) and (is_induction or not limit.only_induction)
    )


def _limits(one: Together) -> Phases:
    return one[0] + (one[1] or ())


def _by_reach(bound: list[Together], request: DoseRequest, facts: DoseFacts) -> DoseOutcome:
    """Where the number of courses is not stated and a limit ends, how far they go is not known.

    An authorization is shortened, never held against the dose: if the doses of all of it fit,
    they fit.
    """
    last = request.then or request
    if interval_of(last) is None or last.courses is not None:
        return _conditions(bound, Asked(request, facts, last.courses or 1))
    asked = Asked(request, facts, 2)
    short = _conditions(bound, asked)
    if not any(_ends(limit) for one in bound for limit in _limits(one)):
        return short
    months = facts.authorization_months
    if months:
        interval, days = interval_of(last) or 1, months * 365 // 12 - asked.begins
        whole = _conditions(bound, Asked(request, facts, max(-(-days // interval), 1)))
        if whole is DoseOutcome.WITHIN:
            return whole
    if short is DoseOutcome.EXCEEDS:
        return short
    return _same(short, _conditions(bound, Asked(request, facts, 400)))


def _ends(limit: Limit) -> bool:
    has_day = limit.until_event in (RegimenEvent.TRANSPLANT, RegimenEvent.DISCONTINUATION)
    return has_day or limit.through_day_of_therapy is not None


def _conditions(bound: list[Together], asked: Asked) -> DoseOutcome:
    """A condition that is not answered is tried both ways."""
    known = {False: [], True: [], None: []}  # type: dict[bool | None, list[Together]]
    for one in bound:
        known[_holds(one, asked.facts.conditions)].append(one)
    strict = _alternatives(known[True], asked)
    if not known[None] or strict is DoseOutcome.WITHIN:
        return strict
    return _same(strict, _alternatives(known[True] + known[None], asked))


def _holds(one: Together, answers: Mapping[str, bool | None]) -> bool | None:
    said = [answers.get(limit.key) for limit in _limits(one) if limit.conditional]
    if False in said:
        return False
    return None if None in said else True


def _alternatives(regimens: list[Together], asked: Asked) -> DoseOutcome:
    """One that fits suffices; above the largest total of all of them exceeds."""
    found = [_regimen(regimen, asked) for regimen in regimens]
    outcomes = [_outcome(held) for held in found]
    if len(outcomes) == 1:
        return outcomes[0]
    if DoseOutcome.WITHIN in outcomes:
        return DoseOutcome.WITHIN
    if found and all(held.in_total for held in found):
        return DoseOutcome.EXCEEDS
    if DoseOutcome.NOT_ENOUGH_INFORMATION in outcomes:
        return DoseOutcome.NOT_ENOUGH_INFORMATION
    return DoseOutcome.OUTSIDE


def _outcome(held: Held) -> DoseOutcome:
    if held.exceeds:
        return DoseOutcome.EXCEEDS
    if held.unknown:
        return DoseOutcome.NOT_ENOUGH_INFORMATION
    return DoseOutcome.OUTSIDE if held.outside else DoseOutcome.WITHIN


def _regimen(one: Together, asked: Asked) -> Held:
    """Each part against the phases that its doses fall into, then what reaches over both."""
    last = asked.last
    goes_on = interval_of(last) is not None and last.courses is None
    interval = interval_of(last) or 1
    is_daily = (last.days or 1) == interval
    beginning = -(-YEAR // interval) if is_daily else WHILE_IT_GOES_ON // interval + 2
    calendar = asked.calendar(beginning if goes_on else asked.reach)
    given = asked.calendar(asked.reach)
    if asked.request.then is None:
        return _phases(one[0], last, calendar, given, asked.facts)
    first = asked.first()
    found = _phases(one[0], asked.request, first, first, asked.facts)
    if one[1] is not None:
        _add(found, _phases(one[1], last, calendar, given, asked.facts))
        _seam(found, one, Seam(first, calendar, given), asked.facts)
    return found


def _phases(
    phases: Phases, part: DosePart, calendar: Calendar, given: Calendar, facts: DoseFacts
) -> Held:
    """Every phase that a dose falls into, with the end of the regimen."""
    first, found = _first_day(facts), Held()
    for limit, start, end in _spans(phases):
        is_touched = _is_touched(start, end, first, given)
        if is_touched:
            _add(found, hold(limit, part, calendar, given, facts.before))
        is_last = limit is phases[-1]
        _add(found, _end(limit, given, facts, first, is_last=is_last, is_touched=is_touched))
    return found


def _seam(found: Held, one: Together, seam: Seam, facts: DoseFacts) -> None:
    """By the phase that the first dose of the second part falls into."""
    first = _first_day(facts)
    under = {
        limit.key
        for limit, start, end in _spans(one[0])
        if _is_touched(start, end, first, seam.first)
    }
    begins = first + seam.second.starts[0]
    for limit, start, end in _spans(one[1] or ()):
        if start <= begins and (end is None or begins <= end):
            is_under = limit.key in under
            _add(found, hold_together(limit, seam, facts.before, is_under=is_under))


def _first_day(facts: DoseFacts) -> int:
    return max(facts.day_of_therapy, 1) if facts.day_of_therapy is not None else 1


def _spans(phases: Phases) -> list[tuple[Limit, int, int | None]]:
    """First and last day of therapy of each phase; the last phase has no end."""
    found: list[tuple[Limit, int, int | None]] = []
    start = 1
    for limit in phases:
        end = None if limit is phases[-1] else limit.through_day_of_therapy
        found.append((limit, start, end))
        start = start if end is None else end + 1
    return found


def _is_touched(start: int, end: int | None, first: int, given: Calendar) -> bool:
    return any(start <= first + day and (end is None or first + day <= end) for day in given.by_day)


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
        RegimenEvent.TRANSPLANT: facts.days_since_transplant,
        RegimenEvent.DISCONTINUATION: facts.days_since_discontinuation,
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
