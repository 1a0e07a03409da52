"""The shape of an indication: its pathways, with their criteria, dosing limits and notes."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from criteria.dosing.limits import CoursesCounted, Joined, Per, RegimenEvent
from criteria.policies.file.schema_criterion import (
    Criterion,
    Days,
    FilePart,
    Key,
    Lines,
    Positive,
    Words,
)
from criteria.rules.terms import Coverage, TherapyPhase


class LimitPart(FilePart):
    """One amount the policy allows; see criteria.dosing.limits.Limit for the meaning of each.

    ``joined_by``: how it goes with the limit before it, said for each but the first.
    """

    key: Key
    joined_by: Joined | None = None
    lines: Lines
    section: str = ""
    remark: str = ""
    per: Per
    max_mg_per_kg: Annotated[Decimal, Field(gt=0, le=10000)]
    min_mg_per_kg: Positive | None = None
    min_days: Days | None = None
    max_days: Days | None = None
    consecutive_days: bool = False
    min_days_between_runs: Days | None = None
    equal_doses: bool = False
    shortest_interval_days: Days | None = None
    longest_interval_days: Days | None = None
    max_courses: Days | None = None
    courses_counted: CoursesCounted | None = None
    through_day_of_therapy: Days | None = None
    until_event: RegimenEvent | None = None
    until_days: Days | None = None
    only_induction: bool = False
    only_initial: bool = False
    condition: Criterion | None = None
    condition_words: str = ""


class NotePart(FilePart):
    """Something the policy leaves open, for the reviewer."""

    key: Key
    text: Words
    lines: Lines
    when: Criterion | None = None
    unless: Criterion | None = None
    codes: list[str] = []


class PathwayPart(FilePart):
    """One set of criteria and the phases it serves.

    ``dose_iv_only``: whether its limits are for intravenous use only; said where there are any.
    ``dose_label_lines``: where the policy makes the product's label the measure of a subcutaneous
    dose.
    """

    name: Words
    serves: Annotated[list[TherapyPhase], Field(min_length=1)]
    lines: Lines
    criteria: Criterion
    dose_iv_only: bool | None = None
    dose_label_lines: Lines | None = None
    dose: list[LimitPart] = []
    notes: list[NotePart] = []


class IndicationPart(FilePart):
    """A diagnosis the policy names. ``codes_bind`` no: a binding list of codes leaves it out."""

    name: Words
    coverage: Coverage
    lines: Lines
    also_called: list[Words] = []
    help: str = ""
    route_words: str = ""
    codes_bind: bool = True
    pathways: dict[Key, PathwayPart] = {}
    notes: list[NotePart] = []
