"""One regimen: its phases one after the other, each judged on the doses that fall into it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from criteria.dosing import sentences as say
from criteria.dosing.checks import issues_of
from criteria.dosing.clocks import Placement, after_last_day, courses_begun_in
from criteria.dosing.figures import decimal_below
from criteria.dosing.issue import SEVERITY, HeldSchedule, Issue, in_order, missing, severity, worst
from criteria.dosing.limits import Limit, Per, Regimen
from criteria.dosing.outcome import DoseOutcome, LimitFinding, OutcomeReason
from criteria.dosing.schedule import Schedule
from criteria.dosing.seam import Before, seam_issues
from criteria.rules.formats import counted


@dataclass(frozen=True, slots=True)
class RegimenPhase:
    """A limit with the issues of the doses inside its days of therapy.

    ``touched``: True = a dose falls into it for certain, None = perhaps.
    """

    held: HeldSchedule
    touched: bool | None
    issues: tuple[Issue, ...]

    @property
    def severity(self) -> int:
        """0 = within."""
        return severity(self.issues)


@dataclass(frozen=True, slots=True)
class JudgedRegimen:
    """A regimen with the phases that doses fall into, and what decides it.

    ``labels``: what each phase's part of the dose is called, where there are two parts.
    """

    regimen: Regimen
    phases: tuple[RegimenPhase, ...]
    issues: tuple[Issue, ...]
    labels: tuple[str, ...] = ()

    @property
    def main(self) -> Issue | None:
        """The issue that decides; None = within."""
        return worst(self.issues)

    @property
    def outcome(self) -> DoseOutcome:
        """The outcome of this regimen alone."""
        return DoseOutcome.WITHIN if self.main is None else self.main.outcome

    @property
    def reasons(self) -> str:
        """Every reason, the deciding one first."""
        return say.all_reasons(self.issues)

    @property
    def named_reasons(self) -> str:
        """The same with the limit that each is about, where there are other regimens."""
        return " ".join(dict.fromkeys(issue.named for issue in in_order(self.issues)))

    @property
    def exceeds_in_total(self) -> bool:
        """More than this regimen allows altogether, however it is spread over days."""
        return any(issue.in_total and issue.outcome is DoseOutcome.EXCEEDS for issue in self.issues)

    @property
    def findings(self) -> tuple[LimitFinding, ...]:
        """One finding for each limit that doses fall under, of both parts where both do."""
        labels = self.labels or ("",) * len(self.phases)
        found: dict[str, list[LimitFinding]] = {}
        for phase, label in zip(self.phases, labels, strict=True):
            found.setdefault(phase.held.limit.key, []).append(_finding(phase, label))
        return tuple(map(_joined, found.values()))

    @property
    def fits_text(self) -> str:
        """What is said of a dose that fits: of each of its parts."""
        if not self.labels:
            return self.findings[0].text
        return " ".join(dict.fromkeys(finding.text for finding in self.findings))


def judge_regimen(
    regimen: Regimen,
    schedule: Schedule,
    placement: Placement,
    allowance: Fraction,
    before: Before | None = None,
) -> JudgedRegimen:
    """Hold the schedule against every phase its doses fall into.

    ``before``: what is given before it; the first dose here is held against that, too, by the
    phase that it falls into (line 144: from day 91 of therapy a month goes by before each dose).
    """
    phases = tuple(
        RegimenPhase(
            held,
            touched,
            tuple(
                replace(issue, limit=limit.name)
                for issue in (
                    *_told_from(_from_day(regimen, limit, schedule, placement), issues_of(held)),
                    *(() if before is None or not begins else seam_issues(held, before)),
                    *_clock_issues(regimen, limit, placement),
                )
            ),
        )
        for limit, touched, begins in _touched(regimen, placement)
        for held in [HeldSchedule(limit, _seen_by(limit, schedule), allowance)]
    )
    decided = _decided(phases)
    unsure = [p for p in phases if p.touched is None and p.severity > severity(decided)]
    if not unsure:
        return JudgedRegimen(regimen, phases, decided)
    undated = missing(
        OutcomeReason.DATE_MISSING,
        f"Whether doses fall under “{unsure[0].held.limit.words}” depends on the day of the "
        "last dose, which is not known.",
    )
    phases = tuple(
        RegimenPhase(p.held, p.touched, (undated,)) if p in unsure else p for p in phases
    )
    return JudgedRegimen(regimen, phases, (*decided, undated))


def _from_day(regimen: Regimen, limit: Limit, schedule: Schedule, placement: Placement) -> str:
    """From which day of therapy doses fall under a later phase; empty where all of them do."""
    position, first = regimen.phases.index(limit), placement.first_day_of_therapy
    ended = regimen.phases[position - 1].through_day_of_therapy if position else None
    if ended is None or first is None or first > ended:
        return ""
    words = f"From day {ended + 1:,} of therapy on"
    if schedule.courses is None or schedule.interval is None:
        return words
    earlier = min(courses_begun_in(ended - first + 1, schedule.interval), schedule.courses)
    return f"{words} ({schedule.courses - earlier:,} of {counted(schedule.courses, 'dose')})"


def _told_from(words: str, issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Of the doses that fall into a phase alone."""
    return tuple(replace(one, text=say.of_part(words, one.text)) for one in issues)


def _seen_by(limit: Limit, schedule: Schedule) -> Schedule:
    """A limit on days or on a course takes infusions on days running as one course."""
    return schedule.as_one_run() if limit.per in (Per.DAY, Per.COURSE) else schedule


def _decided(phases: tuple[RegimenPhase, ...]) -> tuple[Issue, ...]:
    """The issues of every phase that holds a dose; when none is sure to, of the mildest."""
    certain = [issue for phase in phases if phase.touched for issue in phase.issues]
    if not any(phase.touched for phase in phases):
        return min(phases, key=lambda phase: phase.severity).issues
    return tuple(dict.fromkeys(certain))


def _touched(regimen: Regimen, placement: Placement) -> list[tuple[Limit, bool | None, bool]]:
    """The phases a dose falls into, and whether the first one may.

    The last phase takes everything after the phase before it.
    """
    found: list[tuple[Limit, bool | None, bool]] = []
    first = placement.first_day_of_therapy
    start: int | None = 1
    for position, limit in enumerate(regimen.phases):
        is_last = position == len(regimen.phases) - 1
        end = None if is_last else limit.through_day_of_therapy
        touched = _overlaps(start, end, placement)
        if touched is not False:
            is_before = first is not None and end is not None and first > end
            is_after = first is not None and start is not None and first < start
            found.append((limit, touched, not is_before and not is_after))
        start = None if end is None else end + 1
    return found


def _overlaps(start: int | None, end: int | None, placement: Placement) -> bool | None:
    """Does a dose fall between two days of therapy (None = open)? None = not known."""
    first, last = placement.first_day_of_therapy, placement.last_day_of_therapy
    start = 1 if start is None else start
    if start == 1 and end is None:
        return True
    if (last is not None and last < start) or (end is not None and (first or 0) > end):
        return False
    certain = placement.certain_day_of_therapy
    if certain is not None and first is not None and first <= start <= certain:
        return True
    ends_inside = last is not None and (end is None or last <= end)
    starts_inside = first is not None and first >= start
    spans = first is not None and last is not None
    return True if ends_inside or starts_inside or spans else None


def _clock_issues(regimen: Regimen, limit: Limit, placement: Placement) -> list[Issue]:
    """The last day of this phase; that of another phase counts once it is known to be passed."""
    issues = list(after_last_day(limit, placement))
    for other in regimen.phases:
        if other is not limit:
            issues += [issue for issue in after_last_day(other, placement) if issue.in_total]
    return issues + _after_therapy_days(regimen, limit, placement)


def _after_therapy_days(regimen: Regimen, limit: Limit, placement: Placement) -> list[Issue]:
    """A last phase that ends with a day of therapy allows nothing after it."""
    end = limit.through_day_of_therapy
    if end is None or limit is not regimen.phases[-1]:
        return []
    last, certain = placement.last_day_of_therapy, placement.certain_day_of_therapy
    if last is None and certain is not None and certain > end:
        last = certain
    if last is None:
        text = f"This policy allows doses up to day {end} of therapy; the last day is not known."
        return [missing(OutcomeReason.DATE_MISSING, text)]
    if last <= end:
        return []
    return [
        Issue(
            outcome=DoseOutcome.EXCEEDS,
            reason=OutcomeReason.AFTER_LAST_DAY,
            text=f"The last dose is on day {last:,} of therapy; this policy allows {end} days.",
            in_total=True,
        )
    ]


def _joined(found: Sequence[LimitFinding]) -> LimitFinding:
    """Of two parts under one limit the worse finding, with what is said of both."""
    worse = max(found, key=lambda finding: SEVERITY[finding.outcome])
    return replace(worse, text=" ".join(dict.fromkeys(finding.text for finding in found)))


def _finding(phase: RegimenPhase, label: str) -> LimitFinding:
    """The finding of one limit, from the worst of its issues."""
    issue = worst(phase.issues)
    schedule, limit = phase.held.schedule, phase.held.limit
    measured = schedule.per_day if limit.per == Per.DAY else schedule.total
    if issue is not None and issue.measured is not None:
        measured = issue.measured
    over = None if issue is None else issue.over
    return LimitFinding(
        limit=limit,
        outcome=DoseOutcome.WITHIN if issue is None else issue.outcome,
        reason=None if issue is None else issue.reason,
        text=say.of_part(label, say.within(phase.held))
        if issue is None
        else say.all_reasons(phase.issues),
        requested_mg_per_kg=None if measured is None else decimal_below(measured),
        over_mg_per_kg=None if over is None else decimal_below(over),
    )
