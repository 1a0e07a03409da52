"""One thing that keeps a request from being plainly within a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from criteria.dosing.limits import Limit
from criteria.dosing.outcome import DoseOutcome, Obstacle, OutcomeReason
from criteria.dosing.schedule import Schedule

OBSTACLES = {
    OutcomeReason.OVER_CEILING: Obstacle.AMOUNT,
    OutcomeReason.ROUNDING_ALLOWANCE: Obstacle.AMOUNT,
    OutcomeReason.AMOUNT_IN_ONE_DAY: Obstacle.DAYS,
    OutcomeReason.WINDOW_28_DAYS: Obstacle.AMOUNT,
    OutcomeReason.BELOW_RANGE: Obstacle.AMOUNT,
    OutcomeReason.DAYS: Obstacle.DAYS,
    OutcomeReason.TOO_MANY_DAYS: Obstacle.DAYS,
    OutcomeReason.NOT_CONSECUTIVE: Obstacle.DAYS,
    OutcomeReason.INTERVAL: Obstacle.INTERVAL,
    OutcomeReason.TOO_OFTEN: Obstacle.INTERVAL,
    OutcomeReason.TOO_MANY_COURSES: Obstacle.NUMBER,
    OutcomeReason.AFTER_LAST_DAY: Obstacle.LAST_DAY,
}
# Above a ceiling is certain whatever is still missing; what is missing may turn out above it.
SEVERITY = {
    DoseOutcome.WITHIN: 0,
    DoseOutcome.OUTSIDE: 1,
    DoseOutcome.NOT_ENOUGH_INFORMATION: 2,
    DoseOutcome.EXCEEDS: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """``measured`` and ``ceiling`` are mg/kg over the same span.

    ``in_total``: the amount of a course, of an average or of all courses together is above the
    limit. Only that counts against the largest of several alternatives; a day too full does not.
    ``between_runs``: of the days that are not consecutive, those of several courses.
    ``limit``: the name of the limit it is about; empty where it is about none alone.
    """

    outcome: DoseOutcome
    reason: OutcomeReason
    text: str
    measured: Fraction | None = None
    ceiling: Fraction | None = None
    in_total: bool = False
    between_runs: bool = False
    limit: str = ""

    @property
    def named(self) -> str:
        """The reason with the limit it is about, where there are others beside it."""
        is_known = self.outcome is not DoseOutcome.NOT_ENOUGH_INFORMATION
        return f"Under “{self.limit}”: {self.text}" if self.limit and is_known else self.text

    @property
    def obstacle(self) -> Obstacle | None:
        """The part of the dose that is in the way; None for what is not known."""
        return Obstacle.INTERVAL if self.between_runs else OBSTACLES.get(self.reason)

    @property
    def over(self) -> Fraction | None:
        """mg/kg above the ceiling."""
        if self.measured is None or self.ceiling is None:
            return None
        return self.measured - self.ceiling


@dataclass(frozen=True, slots=True)
class HeldSchedule:
    """A schedule held against one limit. ``allowance`` is the factor of the rounding allowance."""

    limit: Limit
    schedule: Schedule
    allowance: Fraction = Fraction(1)

    @property
    def ceiling(self) -> Fraction:
        """mg/kg the limit allows per its own span."""
        return Fraction(self.limit.max_mg_per_kg)


def in_order(issues: Sequence[Issue]) -> list[Issue]:
    """The most severe first, each once."""
    return sorted(dict.fromkeys(issues), key=lambda issue: -SEVERITY[issue.outcome])


def worst(issues: Sequence[Issue]) -> Issue | None:
    """The first of the most severe issues; None = within."""
    return max(issues, key=lambda issue: SEVERITY[issue.outcome], default=None)


def severity(issues: Sequence[Issue]) -> int:
    """0 = within."""
    return max((SEVERITY[issue.outcome] for issue in issues), default=0)


def missing(reason: OutcomeReason, text: str) -> Issue:
    """Something has to be known before the limit can be tested."""
    return Issue(outcome=DoseOutcome.NOT_ENOUGH_INFORMATION, reason=reason, text=text)


def outside(reason: OutcomeReason, text: str) -> Issue:
    """Nothing is exceeded, but the schedule is not the stated one: a reviewer decides."""
    return Issue(outcome=DoseOutcome.OUTSIDE, reason=reason, text=text)
