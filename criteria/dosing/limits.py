"""Dosing limits as a policy states them: the words of one dose sentence, as data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from criteria.dosing import limit_words as say
from criteria.dosing.terms import CoursesCounted, Joined, Per, RegimenEvent, Route

__all__ = [
    "CoursesCounted",
    "DoseRule",
    "RegimenEvent",
    "Joined",
    "Limit",
    "Per",
    "Regimen",
    "Route",
    "regimens_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One amount the policy allows.

    A regimen is a sequence of limits (its phases, one after the other); a pathway allows one or
    more alternative regimens. ``key`` is stable inside a policy version, ``lines`` cites the
    source, ``remark`` says beside the numbers what they do not. Raises ValueError for a number of
    courses of which nobody said what it counts, and the other way round.
    """

    key: str
    per: Per
    max_mg_per_kg: Decimal
    lines: str
    section: str = ""
    remark: str = ""
    # A stated range: below the lower end nothing is exceeded, but the dose is outside (line 523).
    min_mg_per_kg: Decimal | None = None
    min_days: int | None = None
    max_days: int | None = None
    consecutive_days: bool = False
    # Of consecutive days that may be repeated: runs of infusion days that begin fewer days apart
    # are another schedule, whatever their amount (line 167: weekly is not monthly).
    min_days_between_runs: int | None = None
    # The amount is split into ``max_days`` equal daily doses (line 132).
    equal_doses: bool = False
    # "every 3 to 4 weeks" is 21 to 28. Giving less often breaks no ceiling, so the longest interval
    # binds only a stated range (min_mg_per_kg).
    shortest_interval_days: int | None = None
    longest_interval_days: int | None = None
    max_courses: int | None = None
    # What that number counts over; said wherever there is one.
    courses_counted: CoursesCounted | None = None
    # This phase ends with this day of therapy (first infusion = day 1).
    through_day_of_therapy: int | None = None
    # The last dose is at most ``until_days`` after the event; None days = the event itself.
    until_event: RegimenEvent | None = None
    until_days: int | None = None
    # Binds only a requested induction course (line 384) or the first request (line 523).
    only_induction: bool = False
    only_initial: bool = False
    # The limit is open only when a condition about the patient holds (line 226). The condition is a
    # criterion of the policy; its answer reaches the dose arithmetic as True, False or None.
    conditional: bool = False
    condition_words: str = ""

    def __post_init__(self) -> None:
        """Refuse a number of courses that may mean one thing or another."""
        if (self.max_courses is None) != (self.courses_counted is None):
            raise ValueError("say what the number of courses counts, where there is one")

    @property
    def words(self) -> str:
        """The whole limit in one sentence without a full stop, made from its numbers."""
        clauses = (
            say.amount_words(self.max_mg_per_kg, self.min_mg_per_kg, self.per),
            say.days_words(
                self.min_days,
                self.max_days,
                self.per,
                consecutive=self.consecutive_days,
                equal=self.equal_doses,
            ),
            say.runs_words(self.min_days_between_runs),
            say.interval_words(self.shortest_interval_days, self.longest_interval_days, self.per),
            say.courses_words(self.max_courses, self.per, self.courses_counted),
            say.end_words(self.through_day_of_therapy, self.until_event, self.until_days),
            say.binds_words(only_induction=self.only_induction, only_initial=self.only_initial),
            f"only if {self.condition_words}" if self.condition_words else "",
        )
        return ", ".join(filter(None, clauses))

    @property
    def name(self) -> str:
        """What it is called among alternatives: at most 400 mg/kg a day, on up to 5 days."""
        amount = say.amount_words(self.max_mg_per_kg, self.min_mg_per_kg, self.per)
        days = say.days_words(
            self.min_days,
            self.max_days,
            self.per,
            consecutive=self.consecutive_days,
            equal=self.equal_doses,
        )
        return f"{amount[:1].lower()}{amount[1:]}{f', {days}' if days else ''}"


@dataclass(frozen=True, slots=True)
class Regimen:
    """Phases that follow one another; most regimens have one."""

    phases: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class DoseRule:
    """Everything a pathway says about dose: regimens joined by "or". Empty = no limit stated.

    ``iv_only``: the limits are for intravenous use, so a subcutaneous product has none. It is said
    wherever there is a limit: raises ValueError where it is not. ``label_lines``: where the policy
    makes the product's label the measure of a subcutaneous dose; empty where it does not.
    """

    regimens: tuple[Regimen, ...] = ()
    iv_only: bool | None = None
    label_lines: str = ""

    def __post_init__(self) -> None:
        """Refuse limits of which nobody said whether they bind every route."""
        if self.iv_only is None and any(regimen.phases for regimen in self.regimens):
            raise ValueError("say whether the dosing limits are for intravenous use only")

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit of every regimen, in the policy's order."""
        return tuple(limit for regimen in self.regimens for limit in regimen.phases)

    @property
    def joins(self) -> tuple[tuple[Limit, Joined | None], ...]:
        """Every limit with how it goes with the one before it; None = it is the first."""
        return tuple(self._joins())

    def _joins(self) -> Iterator[tuple[Limit, Joined | None]]:
        is_first = True
        for regimen in self.regimens:
            for position, limit in enumerate(regimen.phases):
                if position:
                    yield limit, Joined.THEN
                elif limit.conditional:
                    yield limit, Joined.ONLY_IF
                else:
                    yield limit, None if is_first else Joined.OR
                is_first = False

    def sentences(self, shown: Iterable[Limit] | None = None) -> dict[str, str]:
        """By key, a sentence for each limit, begun with how it goes with the one told before it.

        "At most 400 mg/kg a day ...", "Or at most 2,000 mg/kg a course ...". ``shown``: tell
        only these.
        """
        keys = {limit.key for limit in (self.limits if shown is None else shown)}
        told = [(limit, how) for limit, how in self.joins if limit.key in keys]
        return {
            limit.key: limit.words if how is None or not position else _after(how, limit.words)
            for position, (limit, how) in enumerate(told)
        }


def regimens_of(limits: Iterable[tuple[Limit, Joined | None]]) -> tuple[Regimen, ...]:
    """Limits in their order as regimens: one joined by "then" is a phase of the one before it."""
    found: list[tuple[Limit, ...]] = []
    for limit, how in limits:
        if how is Joined.THEN and found:
            found[-1] += (limit,)
        else:
            found.append((limit,))
    return tuple(map(Regimen, found))


def _after(how: Joined, words: str) -> str:
    return f"{how.words} {words[:1].lower()}{words[1:]}"
