"""The dose worksheet of a packet."""

from dataclasses import dataclass

from criteria.requests.marks import DOSE_ON_PAPER, MARKS, StateMark
from criteria.rules import FindingState


@dataclass(frozen=True, slots=True)
class LabelledFact:
    """A labelled value; an empty one is printed as not stated."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRow:
    """The most in one period: exactly, and rounded down to whole vials and their units."""

    period: str
    per_kg: str
    exact: str = ""
    vials: str = ""
    units: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetRegimen:
    """One dosing limit with the numbers put in, and what the request is against it."""

    words: str
    citation: str
    condition: str = ""
    state: FindingState | None = None
    # Another regimen allows the dose: this one neither passes nor fails it.
    is_not_used: bool = False
    text: str = ""
    formula: str = ""
    periods: tuple[PeriodRow, ...] = ()

    @property
    def mark(self) -> StateMark | None:
        """The state with its sign; None for a limit that was not tested."""
        return None if self.state is None else MARKS[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseWorksheet:
    """The dose arithmetic, from the weight as typed to the largest dose that fits.

    ``unit_name`` heads the billing units: "Units of J1561".
    """

    state: FindingState
    text: str
    facts: tuple[LabelledFact, ...] = ()
    regimens: tuple[WorksheetRegimen, ...] = ()
    notes: tuple[str, ...] = ()
    unit_name: str = "Units"

    @property
    def mark(self) -> StateMark:
        """The state with its sign and the word for a dose."""
        return DOSE_ON_PAPER[self.state]
