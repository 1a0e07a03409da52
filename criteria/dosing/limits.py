"""Dosing limits as a policy states them: the words of one dose sentence, as data."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Per(StrEnum):
    """What the amount of a limit is counted over."""

    DAY = "day"
    DOSE = "dose"
    WEEK = "week"
    MONTH = "month"
    COURSE = "course"


class Event(StrEnum):
    """An event a regimen runs up to."""

    TRANSPLANT = "transplant"
    DISCONTINUATION = "discontinuation"
    DELIVERY = "delivery"


class Route(StrEnum):
    """How the product is given."""

    IV = "IV"
    SC = "SC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One amount the policy allows.

    A regimen is a sequence of limits (its phases, one after the other); a pathway allows one or
    more alternative regimens. ``key`` is stable inside a policy version, ``words`` reads the limit
    back in plain English, ``lines`` cites the source.
    """

    key: str
    per: Per
    max_mg_per_kg: Decimal
    words: str
    lines: str
    section: str = ""
    # A stated range: below the lower end nothing is exceeded, but the dose is outside (line 523).
    min_mg_per_kg: Decimal | None = None
    min_days: int | None = None
    max_days: int | None = None
    consecutive_days: bool = False
    # The amount is split into ``max_days`` equal daily doses (line 132).
    equal_doses: bool = False
    # "every 3 to 4 weeks" is 21 to 28. Giving less often breaks no ceiling, so the longest interval
    # binds only a stated range (min_mg_per_kg).
    shortest_interval_days: int | None = None
    longest_interval_days: int | None = None
    max_courses: int | None = None
    # This phase ends with this day of therapy (first infusion = day 1).
    through_day_of_therapy: int | None = None
    # The last dose is at most ``until_days`` after the event; None days = the event itself.
    until_event: Event | None = None
    until_days: int | None = None
    # Binds only a requested induction course (line 384) or the first request (line 523).
    only_induction: bool = False
    only_initial: bool = False
    # The limit is open only when a condition about the patient holds (line 226). The condition is a
    # criterion of the policy; its answer reaches the dose arithmetic as True, False or None.
    conditional: bool = False
    condition_words: str = ""


@dataclass(frozen=True, slots=True)
class Regimen:
    """Phases that follow one another; most regimens have one."""

    phases: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class DoseRule:
    """Everything a pathway says about dose: regimens joined by "or". Empty = no limit stated.

    ``iv_only``: the limits say IVIG, so a subcutaneous product has no limit in the policy.
    """

    regimens: tuple[Regimen, ...] = ()
    iv_only: bool = True

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit of every regimen, in the policy's order."""
        return tuple(limit for regimen in self.regimens for limit in regimen.phases)
