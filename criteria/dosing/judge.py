"""The dose of one request judged by the dose rule of one pathway."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from criteria.dosing import sentences as say
from criteria.dosing.asked import asked_parts, bindings, laid_out
from criteria.dosing.binding import NO_LIMIT_TEXT, Binding, binding, induction_unknown
from criteria.dosing.by_label import judged_by_label
from criteria.dosing.figures import decimal_below, usable
from criteria.dosing.issue import Issue
from criteria.dosing.limits import DoseRule
from criteria.dosing.maxima import maxima
from criteria.dosing.notes import binding_notes, further_reasons, request_notes
from criteria.dosing.offered import with_offers
from criteria.dosing.outcome import DoseAssessment, DoseOutcome, LimitFinding, OutcomeReason
from criteria.dosing.parts import SinglePart, judge_pairings, pairings, parts_of
from criteria.dosing.regimens import JudgedRegimen
from criteria.dosing.request import DoseFacts, DoseRequest, Vials
from criteria.dosing.schedule import Schedule, second_part_unknown
from criteria.dosing.verdict import verdict

DOSE_MISSING = "This policy limits the dose; the dose asked for is not stated."
INDUCTION_MISSING = (
    "The dose is repeated and this policy limits an induction course; whether this is one is not "
    "stated."
)
WEIGHT_MISSING = "The dose is in grams and the limit in mg/kg: the weight is needed."
SECOND_NOT_HELD = "What follows the first part is not held against the label: a reviewer does that."
_OVER_REASONS = {
    OutcomeReason.ROUNDING_ALLOWANCE,
    OutcomeReason.OVER_CEILING,
    OutcomeReason.TOO_OFTEN,
}


def judge(
    rule: DoseRule, request: DoseRequest | None, facts: DoseFacts, vials: Vials | None = None
) -> DoseAssessment:
    """Hold a request against every regimen of a rule. Never raises, whatever was typed."""
    found = judged_alone(rule, request, facts, vials)
    is_offered = found.label is None and found.outcome in (DoseOutcome.EXCEEDS, DoseOutcome.OUTSIDE)
    if request is None or not is_offered:
        return found
    is_stated = all(usable(part.amount) for part in request.parts)
    return with_offers(found, rule, request, facts, vials) if is_stated else found


def judged_alone(
    rule: DoseRule, request: DoseRequest | None, facts: DoseFacts, vials: Vials | None = None
) -> DoseAssessment:
    """The same without looking for what fits instead."""
    if request is None:
        return _not_stated(rule, binding(rule, None, facts), facts, vials)
    if induction_unknown(rule, request):
        return _tried_both_ways(rule, request, facts, vials)
    bound = bindings(rule, request, facts)
    schedules = laid_out(request, bound, facts, vials)
    found = _found(rule, request, bound, schedules, facts)
    days = [None if one is None else one.days for one in schedules] or [None]
    return replace(
        found,
        maxima=maxima(rule, facts, vials, days=days[0], then_days=days[-1]),
        notes=tuple(dict.fromkeys((*_bound_notes(bound, schedules), *found.notes))),
        parts=asked_parts(request, bound, schedules, vials),
    )


def _not_stated(
    rule: DoseRule, bound: Binding, facts: DoseFacts, vials: Vials | None
) -> DoseAssessment:
    if _is_by_label(rule, [bound]):
        found = judged_by_label(rule, None, facts)
    elif bound.no_limit is not None:
        found = _plain(DoseOutcome.NO_LIMIT, bound.no_limit, NO_LIMIT_TEXT[bound.no_limit])
    else:
        found = _plain(DoseOutcome.NOT_ENOUGH_INFORMATION, OutcomeReason.DOSE_MISSING, DOSE_MISSING)
    notes = (*binding_notes(bound), *found.notes)
    return replace(found, maxima=maxima(rule, facts, vials), notes=notes)


def _is_by_label(rule: DoseRule, bound: Sequence[Binding]) -> bool:
    """Whether the policy makes the label of a subcutaneous product the measure."""
    is_subcutaneous = all(one.no_limit is OutcomeReason.SUBCUTANEOUS for one in bound)
    return is_subcutaneous and bool(rule.label_lines)


def _by_label(rule: DoseRule, request: DoseRequest, facts: DoseFacts) -> DoseAssessment:
    """The first part by the label; what follows it is a reviewer's matter."""
    found = judged_by_label(rule, request.first_alone, facts)
    is_applied = facts.earlier is not None or not facts.only_stated
    if request.then is None or not is_applied or found.outcome is not DoseOutcome.NO_LIMIT:
        return found
    return replace(
        found,
        outcome=DoseOutcome.OUTSIDE,
        reason=OutcomeReason.LABEL_NOT_HELD,
        text=f"{found.text} {SECOND_NOT_HELD}",
    )


def _found(
    rule: DoseRule,
    request: DoseRequest,
    bound: Sequence[Binding],
    schedules: Sequence[Schedule | None],
    facts: DoseFacts,
) -> DoseAssessment:
    """The outcome alone, with its findings."""
    if _is_by_label(rule, bound):
        return _by_label(rule, request, facts)
    released = [one.no_limit for one in bound if one.no_limit is not None]
    if len(released) == len(bound):
        return _plain(DoseOutcome.NO_LIMIT, released[0], NO_LIMIT_TEXT[released[0]])
    if not all(usable(part.amount) for part in request.parts):
        return _plain(DoseOutcome.NOT_ENOUGH_INFORMATION, OutcomeReason.DOSE_MISSING, DOSE_MISSING)
    known = [one for one in schedules if one is not None]
    if len(known) < len(schedules):
        return _plain(
            DoseOutcome.NOT_ENOUGH_INFORMATION, OutcomeReason.WEIGHT_MISSING, WEIGHT_MISSING
        )
    parts = parts_of(request, known, bound, facts)
    if not parts:
        return _begins_unknown(rule, request, bound, known, facts)
    return _held(parts)


def _begins_unknown(
    rule: DoseRule,
    request: DoseRequest,
    bound: Sequence[Binding],
    schedules: Sequence[Schedule],
    facts: DoseFacts,
) -> DoseAssessment:
    """What the first part exceeds it exceeds, whenever the second one begins."""
    first = _found(rule, request.first_alone, bound[:1], schedules[:1], facts)
    if first.outcome is DoseOutcome.EXCEEDS:
        return first
    text = second_part_unknown(request)
    return _plain(DoseOutcome.NOT_ENOUGH_INFORMATION, OutcomeReason.START_MISSING, text)


def _bound_notes(bound: Sequence[Binding], schedules: Sequence[Schedule | None]) -> Iterator[str]:
    """About limits that were not applied, and which part none binds where one binds the other."""
    for one in bound:
        yield from binding_notes(one)
    known = [one for one in schedules if one is not None]
    if len(known) != 2 or all(one.no_limit is not None for one in bound):
        return
    for one, label in zip(bound, say.part_labels(*known), strict=True):
        if one.no_limit is not None:
            yield say.of_part(label, NO_LIMIT_TEXT[one.no_limit])


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
        outcome=DoseOutcome.NOT_ENOUGH_INFORMATION,
        reason=OutcomeReason.INDUCTION_MISSING,
        text=INDUCTION_MISSING,
        over_mg_per_kg=None,
        over_g=None,
        over_percent=None,
        findings=(),
        notes=(),
    )


def _plain(outcome: DoseOutcome, reason: OutcomeReason, text: str) -> DoseAssessment:
    return DoseAssessment(outcome=outcome, reason=reason, text=text)


def _held(parts: Sequence[SinglePart]) -> DoseAssessment:
    """Every regimen that binds, then what they say together."""
    opened, perhaps = judge_pairings(*pairings(parts), parts)
    every = [*opened, *perhaps]
    said = verdict(opened, perhaps, [part.schedule for part in parts])
    within = said.outcome is DoseOutcome.WITHIN
    noted = [
        note
        for part in parts
        for note in request_notes(part.request, part.schedule, part.bound.possible)
    ]
    found = DoseAssessment(
        outcome=said.outcome,
        reason=said.issue.reason if said.issue else None,
        text=said.text,
        findings=_findings(every, is_within=within),
        notes=(
            *dict.fromkeys(noted),
            *(() if within else further_reasons(every, said.text)),
        ),
    )
    return _with_excess(found, said.issue, parts[0].schedule)


def _findings(every: Sequence[JudgedRegimen], *, is_within: bool) -> tuple[LimitFinding, ...]:
    """One for each limit; where a regimen fits, those of the others are not used."""
    used = next((one for one in every if one.main is None), None) if is_within else None
    return tuple(
        finding if used is None or one is used else replace(finding, not_used=True)
        for one in every
        for finding in one.findings
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
