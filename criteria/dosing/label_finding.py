"""What a label makes of one request, in figures."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from criteria.dosing.label import LabelRules, RampStep


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFinding:
    """``lines`` of the policy make the label the measure; without ``rules`` none are held here.

    Amounts are grams a week, exact: what the label makes of the earlier treatment, or the range it
    gives without one, and what is asked for, every ``interval_days``. ``formula`` and
    ``trough_formula``: how the most came about, with the numbers put in.
    """

    lines: str
    rules: LabelRules | None = None
    ml_per_g: Decimal | None = None
    formula: str = ""
    trough_formula: str = ""
    least_weekly: Fraction | None = None
    most_weekly: Fraction | None = None
    asked_weekly: Fraction | None = None
    interval_days: int | None = None
    is_after_iv: bool = False
    ramp: tuple[RampStep, ...] = ()

    @property
    def over_weekly(self) -> Fraction | None:
        """Grams a week above what the label makes; None where it is not above."""
        if self.most_weekly is None or self.asked_weekly is None:
            return None
        over = self.asked_weekly - self.most_weekly
        return over if over > 0 else None

    @property
    def is_below(self) -> bool:
        """Whether less is asked for than the range of the label begins with."""
        least, asked = self.least_weekly, self.asked_weekly
        return least is not None and asked is not None and asked < least
