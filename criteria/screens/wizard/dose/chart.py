"""The dose drawn against the limit that decides it, in the unit of that limit, or not at all."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from criteria.dosing import (
    DoseAssessment,
    DoseOutcome,
    DoseRequest,
    OutcomeReason,
    Per,
    grams_by_day,
)
from criteria.dosing.ceilings import PERIOD_DAYS, course_ceiling, day_ceiling
from criteria.dosing.figures import grams_text
from criteria.dosing.outcome import LimitFinding
from criteria.rules.formats import counted
from criteria.screens.charts import ChartColumn, column_chart, height_percent

# Room above the highest day or the limit.
HEADROOM = Decimal("1.15")
LEAST_DAYS = 28
# A day with more days than this before it is not told from the next one.
MOST_DAYS = 112
# Of a limit that is not kept, an amount decides only with these.
BY_AMOUNT = {
    OutcomeReason.OVER_CEILING,
    OutcomeReason.ROUNDING_ALLOWANCE,
    OutcomeReason.TOO_OFTEN,
    OutcomeReason.WINDOW_28_DAYS,
    OutcomeReason.AMOUNT_IN_ONE_DAY,
}


@dataclass(frozen=True, kw_only=True)
class DoseChart:
    """Grams given in the last ``window_days`` days, day by day, and the most that may be.

    ``words``: what the limit is counted over ("a day", "in 28 days").
    """

    given: tuple[Decimal, ...]
    most_g: Decimal
    window_days: int
    words: str

    @cached_property
    def grams(self) -> tuple[Decimal, ...]:
        """What is held against the limit on each day."""
        return tuple(
            sum(self.given[max(0, day + 1 - self.window_days) : day + 1], Decimal(0))
            for day in range(len(self.given))
        )

    @property
    def _top(self) -> Decimal:
        return max(*self.grams, self.most_g) * HEADROOM

    @property
    def columns(self) -> tuple[ChartColumn, ...]:
        """A column for each day with something to hold against the limit."""
        return column_chart([[grams] for grams in self.grams], self._top)

    @property
    def limit_y(self) -> str:
        """Where the line of the limit stands."""
        return height_percent(self.most_g, self._top)

    @property
    def limit_text(self) -> str:
        """What the line of the limit means, said above the drawing: bars may be higher than it."""
        return f"most {self.words}: {grams_text(self.most_g)}"

    @property
    def marks(self) -> tuple[int, int, int]:
        """Days named under the drawing: the first, the middle and the last."""
        days = len(self.grams)
        return 1, days // 2, days

    @property
    def text(self) -> str:
        """The chart in words."""
        return (
            f"Grams {self.words}, for each of {len(self.grams)} days: "
            f"at most {grams_text(max(self.grams))}. "
            f"The policy allows at most {grams_text(self.most_g)}."
        )


def chart_of(
    request: DoseRequest | None, weight_kg: Decimal | None, dose: DoseAssessment
) -> DoseChart | None:
    """The chart of the limit that decides; None where an amount does not, or several limits do."""
    deciding = _deciding(dose)
    if request is None or weight_kg is None or deciding is None:
        return None
    window, ceiling, words = _held_against(deciding, request)
    given = grams_by_day(dose.parts, _horizon(dose, window))
    if sum(map(bool, given)) < 2:
        return None  # one infusion day is one number: there is nothing to draw
    most = Decimal(ceiling.numerator) / ceiling.denominator * weight_kg / 1000
    return DoseChart(given=given, most_g=most, window_days=window, words=words)


def _horizon(dose: DoseAssessment, window: int) -> int:
    """Enough days to show how the window fills, and where a second part follows."""
    repeats = [part.interval_days for part in dose.parts if part.interval_days is not None]
    most = max(2 * window if any(days < window for days in repeats) else window, LEAST_DAYS)
    for part in dose.parts[1:]:
        most = max(most, (part.days_in or 0) + (part.interval_days or 0) + window)
    return min(most, MOST_DAYS)


def _deciding(dose: DoseAssessment) -> LimitFinding | None:
    """The one limit of the regimen that is used, or the only one that could be."""
    used = [finding for finding in dose.findings if not finding.not_used]
    if len(used) != 1:
        return None
    only = used[0]
    return only if only.outcome is DoseOutcome.WITHIN or only.reason in BY_AMOUNT else None


def _held_against(finding: LimitFinding, request: DoseRequest) -> tuple[int, Fraction, str]:
    """Days an amount is added up over, mg/kg allowed in them, and what that is called."""
    limit, days = finding.limit, request.days or 1
    by_day = day_ceiling(limit)
    is_of_a_day = limit.per is Per.DAY and finding.reason is not OutcomeReason.TOO_OFTEN
    if by_day is not None and (is_of_a_day or finding.reason is OutcomeReason.AMOUNT_IN_ONE_DAY):
        return 1, by_day, "a day"
    if limit.per in PERIOD_DAYS:
        window = PERIOD_DAYS[limit.per]
        return window, Fraction(limit.max_mg_per_kg), f"in {window} days"
    if limit.shortest_interval_days is not None:
        window = limit.shortest_interval_days
        return window, course_ceiling(limit), f"in {counted(window, 'day')}"
    return days, course_ceiling(limit), "a course"
