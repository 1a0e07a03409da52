"""One thing that keeps a request from being plainly within a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from criteria.dosing.limits import Limit
from criteria.dosing.outcome import Obstacle, Outcome, Reason
from criteria.dosing.schedule import Schedule

OBSTACLES = {
    Reason.OVER_CEILING: Obstacle.AMOUNT,
    Reason.ROUNDING_ALLOWANCE: Obstacle.AMOUNT,
    Reason.AMOUNT_IN_ONE_DAY: Obstacle.DAYS,
    Reason.WINDOW_28_DAYS: Obstacle.AMOUNT,
    Reason.BELOW_RANGE: Obstacle.AMOUNT,
    Reason.DAYS: Obstacle.DAYS,
    Reason.TOO_MANY_DAYS: Obstacle.DAYS,
    Reason.NOT_CONSECUTIVE: Obstacle.DAYS,
    Reason.INTERVAL: Obstacle.INTERVAL,
    Reason.TOO_OFTEN: Obstacle.INTERVAL,
    Reason.TOO_MANY_COURSES: Obstacle.NUMBER,
    Reason.AFTER_LAST_DAY: Obstacle.LAST_DAY,
}
# Above a ceiling is certain whatever is still missing; what is missing may turn out above it.
SEVERITY = {
    Outcome.WITHIN: 0,
    Outcome.OUTSIDE: 1,
    Outcome.NOT_ENOUGH_INFORMATION: 2,
    Outcome.EXCEEDS: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """``measured`` and ``ceiling`` are mg/kg over the same span.

    ``in_total``: the amount of a course, of an average or of all courses together is above the
    limit. Only that counts against the largest of several alternatives; a day too full does not.
    ``between_runs``: of the days that are not consecutive, those of several courses.
    ``limit``: the name of the limit it is about; empty where it is about none alone.
    """

    outcome: Outcome
    reason: Reason
    text: str
    measured: Fraction | None = None
    ceiling: Fraction | None = None
    in_total: bool = False
    between_runs: bool = False
    limit: str = ""

    @property
    def named(self) -> str:
        """The reason with the limit it is about, where there are others beside it."""
        is_known = self.outcome is not Outcome.NOT_ENOUGH_INFORMATION
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
class Held:
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


def missing(reason: Reason, text: str) -> Issue:
    """Something has to be known before the limit can be tested."""
    return Issue(outcome=Outcome.NOT_ENOUGH_INFORMATION, reason=reason, text=text)


def outside(reason: Reason, text: str) -> Issue:
    """Nothing is exceeded, but the schedule is not the stated one: a reviewer decides."""
    return Issue(outcome=Outcome.OUTSIDE, reason=reason, text=text)
