"""Which limits of a pathway bind a request, and why none does."""

from collections.abc import Mapping
from dataclasses import dataclass

from criteria.dosing.limits import DoseRule, Limit, Regimen, Route
from criteria.dosing.outcome import OutcomeReason
from criteria.dosing.request import DoseFacts, DoseRequest
from criteria.dosing.schedule import stated_interval

NO_LIMIT_TEXT = {
    OutcomeReason.NONE_STATED: "This policy states no dose limit here.",
    OutcomeReason.SUBCUTANEOUS: (
        "The limits of this policy are for intravenous use; it has none for a subcutaneous product."
    ),
    OutcomeReason.CONTINUATION: (
        "The limit of this policy is for the initial dose; later doses have none."
    ),
    OutcomeReason.NOT_INDUCTION: (
        "The limit of this policy is for an induction course, which is not asked for; other doses "
        "have none."
    ),
}


@dataclass(frozen=True, slots=True)
class Binding:
    """Regimens that bind, by what is known of their condition, or the reason why none does."""

    open: tuple[Regimen, ...] = ()
    perhaps: tuple[Regimen, ...] = ()
    closed: tuple[Regimen, ...] = ()
    no_limit: OutcomeReason | None = None

    @property
    def possible(self) -> tuple[Regimen, ...]:
        """Regimens that are open or may turn out to be, in the policy's order."""
        return self.open + self.perhaps


def binding(rule: DoseRule, request: DoseRequest | None, facts: DoseFacts) -> Binding:
    """Sort the regimens of a rule for one request."""
    if not rule.limits:
        return Binding(no_limit=OutcomeReason.NONE_STATED)
    if rule.iv_only and facts.route == Route.SC:
        return Binding(no_limit=OutcomeReason.SUBCUTANEOUS)
    bound = [_bound_part(regimen, request, facts) for regimen in rule.regimens]
    if not any(regimen.phases for regimen in bound):
        return Binding(no_limit=_released(rule.limits[0], request, facts))
    states: dict[bool | None, list[Regimen]] = {True: [], None: [], False: []}
    for regimen in (one for one in bound if one.phases):
        states[availability(regimen, facts)].append(regimen)
    return Binding(tuple(states[True]), tuple(states[None]), tuple(states[False]))


def induction_unknown(rule: DoseRule, request: DoseRequest | None) -> bool:
    """A limit for induction only, and repeated courses that do not say whether they are one.

    A single course is taken as the induction (line 384); blank is no "no" of a repeated one, nor
    of one that something follows.
    """
    is_single = request is not None and request.then is None and _is_single(request)
    if request is None or request.induction is not None or is_single:
        return False
    return any(limit.only_induction for limit in rule.limits)


def _is_induction(request: DoseRequest | None, facts: DoseFacts) -> bool:
    """As stated, or a single course; a dose not stated yet may be one."""
    if request is None:
        return not facts.only_stated
    return _is_single(request) if request.induction is None else request.induction


def _is_single(request: DoseRequest) -> bool:
    return stated_interval(request) is None and request.courses in (None, 1)


def availability(regimen: Regimen, facts: DoseFacts) -> bool | None:
    """Does the condition of a regimen hold? None = not known; no condition = it does."""
    answers = {condition(limit, facts.conditions) for limit in regimen.phases}
    if False in answers:
        return False
    return None if None in answers else True


def condition(limit: Limit, answers: Mapping[str, bool | None]) -> bool | None:
    """Does the condition of a limit hold?"""
    return answers.get(limit.key) if limit.conditional else True


def _bound_part(regimen: Regimen, request: DoseRequest | None, facts: DoseFacts) -> Regimen:
    """The limits of a regimen that bind this request: a flag frees only its own limit."""
    return Regimen(tuple(p for p in regimen.phases if not _released(p, request, facts)))


def _released(limit: Limit, request: DoseRequest | None, facts: DoseFacts) -> OutcomeReason | None:
    """Why a limit does not bind this request."""
    if limit.only_initial and not facts.initial:
        return OutcomeReason.CONTINUATION
    if limit.only_induction and not _is_induction(request, facts):
        return OutcomeReason.NOT_INDUCTION
    return None
