"""Entry checks: figures that are refused, asked about once, or not complete.

Nothing is corrected: a guard names its suspicion, a person answers. The ceilings of the policy are
tested elsewhere and know no tolerance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class GuardSeverity(StrEnum):
    """What a guard does with a value, the strictest first."""

    STOP = "stop"
    INCOMPLETE = "incomplete"
    CONFIRM = "confirm"


_ORDER = tuple(GuardSeverity)


class GuardCode(StrEnum):
    """One code for each guard; stored with the answer of the person asked."""

    WEIGHT_UNIT_MISSING = "weight_unit_missing"
    WEIGHT_IMPOSSIBLE = "weight_impossible"
    WEIGHT_UNLIKELY = "weight_unlikely"
    BMI_UNLIKELY = "bmi_unlikely"
    WEIGHT_SWAPPED = "weight_swapped"
    WEIGHT_CHANGED = "weight_changed"
    WEIGHT_STALE = "weight_stale"
    HEIGHT_IMPOSSIBLE = "height_impossible"
    DOSE_UNIT_MISSING = "dose_unit_missing"
    DOSE_IMPOSSIBLE = "dose_impossible"
    DOSE_UNLIKELY = "dose_unlikely"
    DOSES_DISAGREE = "doses_disagree"
    DAYS_IMPOSSIBLE = "days_impossible"
    INTERVAL_MISSING = "interval_missing"
    COURSES_BEYOND_MONTHS = "courses_beyond_months"
    VIALS_CANNOT_MAKE = "vials_cannot_make"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One result. ``suggestion`` names the likely mistake; it is never applied."""

    severity: GuardSeverity
    code: GuardCode
    message: str
    suggestion: str = ""


def strictest(guards: Iterable[Guard]) -> GuardSeverity | None:
    """The strictest severity of several guards; None = nothing to ask."""
    return min((guard.severity for guard in guards), key=_ORDER.index, default=None)
