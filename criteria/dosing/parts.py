"""The parts of a dose held against the regimens of a rule, each on its own and both together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing import sentences as say
from criteria.dosing.binding import Binding
from criteria.dosing.candidates import Room
from criteria.dosing.clocks import Placement, authorization_days, later, place
from criteria.dosing.issue import Issue
from criteria.dosing.limits import Regimen
from criteria.dosing.outcome import DoseOutcome
from criteria.dosing.regimens import JudgedRegimen, RegimenPhase, judge_regimen
from criteria.dosing.request import DoseFacts, DoseRequest
from criteria.dosing.schedule import Schedule, days_to_second_part, positive
from criteria.dosing.seam import Before

# The regimen that each part of a dose is held against; None = no limit binds that part.
Pairing = tuple[Regimen | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglePart:
    """A part of a dose by itself, with the limits that bind it.

    ``facts``: the clocks as they stand on its first day, ``days_in`` days after the first dose of
    all; ``gap_days`` after the start of the last course before it.
    """

    request: DoseRequest
    schedule: Schedule
    bound: Binding
    facts: DoseFacts
    days_in: int = 0
    gap_days: int = 0

    @property
    def known(self) -> Placement:
        """Where its doses lie by what is stated."""
        return place(self.request, self.schedule, self.facts)

    @property
    def days_left(self) -> int | None:
        """Days of the authorization from the first one of this part; None = not stated."""
        days = authorization_days(self.facts.authorization_months)
        return None if days is None else max(days - self.days_in, 1)

    @property
    def until_end(self) -> Placement:
        """The same where doses without a stated end go on until the authorization ends."""
        return place(self.request, self.schedule, self.facts, days_left=self.days_left)

    @property
    def room(self) -> Room:
        """The time that the courses of an offer have; months begin with the authorization."""
        months = None if self.days_in else positive(self.facts.authorization_months)
        return Room(days=self.days_left, months=months, monthly=self.request.monthly)


def parts_of(
    request: DoseRequest,
    schedules: Sequence[Schedule],
    bound: Sequence[Binding],
    facts: DoseFacts,
) -> tuple[SinglePart, ...]:
    """One part, or two; empty where it is not known when the second one begins."""
    first = SinglePart(
        request=request.first_alone, schedule=schedules[0], bound=bound[0], facts=facts
    )
    second, days = request.second_alone, days_to_second_part(request)
    if second is None:
        return (first,)
    if days is None:
        return ()
    gap, days_in = days
    following = SinglePart(
        request=second,
        schedule=replace(schedules[1], days_in=days_in),
        bound=bound[1],
        facts=later(facts, days_in),
        days_in=days_in,
        gap_days=gap,
    )
    return first, following


def pairings(parts: Sequence[SinglePart]) -> tuple[list[Pairing], list[Pairing]]:
    """What the parts may be held against: the regimens open for all of them, and those perhaps.

    A dose is given by one regimen. Only where that does not bind the second part (an induction is
    over) the others are what the second part is held against.
    """
    opened: list[Pairing] = []
    perhaps: list[Pairing] = []
    for pairing, is_open in _every_pairing(parts):
        (opened if is_open else perhaps).append(pairing)
    return opened, perhaps


def _every_pairing(parts: Sequence[SinglePart]) -> Iterator[tuple[Pairing, bool]]:
    first = _possible(parts[0].bound)
    if len(parts) == 1:
        yield from (((regimen,), is_open) for regimen, is_open in first)
        return
    second = _possible(parts[1].bound)
    for regimen, is_open in first:
        same = [one for one in second if regimen and one[0] and _is_same(regimen, one[0])]
        for other, is_other_open in same or second:
            yield (regimen, other), is_open and is_other_open


def _possible(bound: Binding) -> Sequence[tuple[Regimen | None, bool]]:
    if bound.no_limit is not None:
        return [(None, True)]
    return [(one, True) for one in bound.open] + [(one, False) for one in bound.perhaps]


def _is_same(one: Regimen, other: Regimen) -> bool:
    return any(limit is another for limit in one.phases for another in other.phases)


def judge_parts(
    pairing: Pairing, parts: Sequence[SinglePart], placed: Sequence[Placement]
) -> JudgedRegimen:
    """Every part against its regimen, and what reaches over both."""
    found: list[JudgedRegimen] = []
    labels: tuple[str, ...] = ("",)
    if len(parts) > 1:
        labels = say.part_labels(parts[0].schedule, parts[1].schedule)
    for position, (regimen, part) in enumerate(zip(pairing, parts, strict=True)):
        if regimen is None:
            continue
        before = _before(parts[0], found, part) if position else None
        allowance = allowed_factor(part.facts)
        one = judge_regimen(regimen, part.schedule, placed[position], allowance, before)
        found.append(_labelled(one, labels[position]))
    return found[0] if len(parts) == 1 else _both(found)


def _before(first: SinglePart, judged: Sequence[JudgedRegimen], part: SinglePart) -> Before:
    keys = {phase.held.limit.key for one in judged for phase in one.phases}
    return Before(schedule=first.schedule, gap_days=part.gap_days, keys=frozenset(keys))


def allowed_factor(facts: DoseFacts) -> Fraction:
    """The rounding allowance of the policy version as a factor; 1 as loaded."""
    percent = facts.rounding_allowance_percent
    is_stated = percent.is_finite() and percent > 0
    return 1 + Fraction(percent) / 100 if is_stated else Fraction(1)


def _labelled(judged: JudgedRegimen, label: str) -> JudgedRegimen:
    """Every issue says of which part it is."""
    if not label:
        return judged

    def of_part(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
        return tuple(replace(one, text=say.of_part(label, one.text)) for one in issues)

    phases = tuple(RegimenPhase(p.held, p.touched, of_part(p.issues)) for p in judged.phases)
    return JudgedRegimen(judged.regimen, phases, of_part(judged.issues), (label,) * len(phases))


def _both(found: Sequence[JudgedRegimen]) -> JudgedRegimen:
    limits = {limit.key: limit for one in found for limit in one.regimen.phases}
    return JudgedRegimen(
        regimen=Regimen(tuple(limits.values())),
        phases=tuple(phase for one in found for phase in one.phases),
        issues=tuple(issue for one in found for issue in one.issues),
        labels=tuple(label for one in found for label in one.labels),
    )


def judge_pairings(
    opened: Sequence[Pairing], perhaps: Sequence[Pairing], parts: Sequence[SinglePart]
) -> tuple[list[JudgedRegimen], list[JudgedRegimen]]:
    """All of them, with the last dose placed by the end of the authorization only if that fits.

    An authorization is shortened, never held against the dose: one that would run too long leaves
    the last day open, to be asked for.
    """
    known = tuple(part.known for part in parts)
    until_end = tuple(part.until_end for part in parts)
    if known != until_end:
        ends = [judge_parts(one, parts, until_end) for one in (*opened, *perhaps)]
        if any(one.outcome is DoseOutcome.WITHIN for one in ends):
            return ends[: len(opened)], ends[len(opened) :]
    return (
        [judge_parts(one, parts, known) for one in opened],
        [judge_parts(one, parts, known) for one in perhaps],
    )
