"""Baseline and today as it is read: plain text, kept with what was submitted."""

from dataclasses import dataclass
from datetime import date

from criteria.rules.formats import date_text


@dataclass(frozen=True, slots=True)
class Approval:
    """One approved request that today is held against. ``heading``: which of them it is."""

    number: str
    day: date
    heading: str

    @property
    def approved(self) -> str:
        """The day of the approval as 12 Mar 2026."""
        return date_text(self.day)


@dataclass(frozen=True, slots=True)
class Was:
    """What was stated for one approval, by its number, and the difference from it to today."""

    number: str
    text: str
    difference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRow:
    """One fact. ``then``: one for each approval. ``warning``: a change worth a second look."""

    label: str
    then: tuple[Was, ...]
    now: str
    warning: str = ""

    @property
    def differences(self) -> tuple[Was, ...]:
        """Those there are. The same one from every approval stands once, and names none."""
        if len({was.difference for was in self.then}) == 1:
            return (Was("", "", self.then[0].difference),) if self.then[0].difference else ()
        return tuple(was for was in self.then if was.difference)


@dataclass(frozen=True, slots=True)
class BaselineGroup:
    """Rows under one heading."""

    title: str
    rows: tuple[BaselineRow, ...]


@dataclass(frozen=True, slots=True)
class BaselineTable:
    """The first approval and, where it is another one, the last; then today."""

    approvals: tuple[Approval, ...]
    groups: tuple[BaselineGroup, ...]

    @property
    def is_chain(self) -> bool:
        """Whether the request continues more than one approval."""
        return len(self.approvals) > 1
