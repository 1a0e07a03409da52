"""Requests as far as they are compared: those that were approved, and the one of today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from criteria.rules import Answer, QuestionDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One request at one time.

    ``day``: when it was approved, for the one of today its own date. ``policy``: key of the policy
    it was judged by; ``questions`` are all of that edition, ``asked`` the keys of those the request
    was asked. ``typed``: the fields as they were typed. ``course_g``: grams of one course as asked
    for, ``approved_g`` as approved where that was another dose; ``then_*``: of the part that
    follows the first one.
    """

    number: str
    day: date
    policy: str
    questions: Mapping[str, QuestionDefinition]
    answers: Mapping[str, Answer]
    asked: frozenset[str] = frozenset()
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    planned_start: date | None = None
    weight_kg: Decimal | None = None
    weighed_on: date | None = None
    product: str = ""
    schedule: str = ""
    course_g: Decimal | None = None
    course_mg_per_kg: Decimal | None = None
    approved_g: Decimal | None = None
    then_g: Decimal | None = None
    then_mg_per_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The first approved request of a chain and the last one; with one approval the same."""

    first: Snapshot
    last: Snapshot

    @property
    def approvals(self) -> tuple[Snapshot, ...]:
        """Each once, the first one first."""
        if self.first.number == self.last.number:
            return (self.last,)
        return (self.first, self.last)

    def heading(self, snapshot: Snapshot) -> str:
        """Which of them it is, where there are two."""
        if len(self.approvals) == 1:
            return "At the approval"
        return "At the first approval" if snapshot is self.first else "At the last approval"
