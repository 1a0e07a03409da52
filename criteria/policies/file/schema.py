"""The typed shape of a policy file. Every mapping refuses keys it does not know."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from criteria.dosing.limits import CoursesCounted, Joined, Per, RegimenEvent, Route
from criteria.policies.file.schema_criterion import (
    AllCriterion,
    AnyCriterion,
    AtLeastCriterion,
    Criterion,
    CriterionPart,
    Days,
    DoseCriterion,
    FilePart,
    Key,
    Lines,
    NameLine,
    Positive,
    QuestionCriterion,
    WhenCriterion,
    Words,
)
from criteria.rules import AnswerType, FactRole
from criteria.rules.terms import Coverage, TherapyPhase

__all__ = [
    "AllCriterion",
    "AnyCriterion",
    "AtLeastCriterion",
    "CodePart",
    "CodesPart",
    "ContradictionPart",
    "Criterion",
    "CriterionPart",
    "Days",
    "DiseasePart",
    "DoseCriterion",
    "EditionPart",
    "GeneralPart",
    "HistoryPart",
    "IndicationPart",
    "Key",
    "LabelPart",
    "LimitPart",
    "Lines",
    "NameLine",
    "NotePart",
    "FilePart",
    "PathwayPart",
    "PolicyFile",
    "PolicyPart",
    "Positive",
    "ProductCodePart",
    "ProductPart",
    "QuestionCriterion",
    "QuestionPart",
    "WhenCriterion",
    "Words",
]


class PolicyPart(FilePart):
    """The policy an edition belongs to."""

    key: Key
    name: Words
    payer: Words
    line_of_business: Key


class EditionPart(FilePart):
    """Number, dates and source of the edition, and what it says of what it does not list.

    ``effective_until`` is the first day not covered; the day it took effect where another edition
    replaced it at once. ``comparison_only``: never published, since its start is unknown;
    ``effective_from`` is a day it is known to have ruled. ``codes_bind``: only a diagnosis code of
    its list is covered.
    """

    number: Words
    effective_from: date
    effective_until: date | None = None
    comparison_only: bool = False
    source: Words
    authorization_months: Annotated[int, Field(ge=1, le=60)]
    rounding_allowance_percent: Annotated[Decimal, Field(ge=0, le=100)] = Decimal(0)
    codes_bind: bool = False
    codes_lines: Lines | None = None
    codes_words: str = ""
    products_lines: Lines | None = None
    products_words: str = ""


class HistoryPart(FilePart):
    """One entry of the policy's own history."""

    day: date
    summary: Words
    lines: Lines


class QuestionPart(FilePart):
    """A question: the wording, its help, and the kind of answer."""

    ask: Words
    type: AnswerType
    help: str = ""
    unit: str = ""
    other_units: dict[str, Positive] = {}
    min: Decimal | None = None
    max: Decimal | None = None
    whole: bool = False
    dated: bool = False
    choices: dict[Key, Words] = {}
    examples: str = ""
    role: FactRole | None = None
    names: list[NameLine] = []
    names_not_counted: list[NameLine] = []
    unchangeable: bool = False


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


class ContradictionPart(FilePart):
    """Two sides of a point on which the policy contradicts itself; see policies.edition."""

    name: Words
    one_side: Words
    one_side_lines: Lines
    other_side: Words
    other_side_lines: Lines
    indications: list[Key] = []
    phases: Annotated[list[TherapyPhase], Field(min_length=1)] = [
        TherapyPhase.INITIAL,
        TherapyPhase.CONTINUATION,
    ]
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


class ProductCodePart(FilePart):
    """A billing code with its first and last day of service."""

    code: Words
    first_day: date | None = None
    last_day: date | None = None


class LabelPart(FilePart):
    """The subcutaneous rules of one label; see criteria.dosing.label.LabelRules for each."""

    source: Words
    first_day: date | None = None
    last_day: date | None = None
    confirmed: bool = True
    iv_to_sc_factor: Positive | None = None
    same_from_sc: bool = False
    min_mg_per_kg: Positive | None = None
    max_mg_per_kg: Positive | None = None
    shortest_interval_days: Days | None = None
    longest_interval_days: Days | None = None
    days_after_iv: Days | None = None
    ramp_weeks: list[Days] = []
    trough_ml_per_kg: Positive | None = None
    trough_least_mg_per_dl: Days | None = None
    note: str = ""


class ProductPart(FilePart):
    """One brand and strength."""

    brand: Words
    routes: Annotated[list[Route], Field(min_length=1)]
    form: Words
    concentration_percent: Positive | None = None
    vial_sizes_g: Annotated[list[Positive], Field(min_length=1)]
    unconfirmed_vial_sizes_g: list[Positive] = []
    billing_unit_mg: Annotated[int, Field(gt=0)] | None = None
    codes: list[ProductCodePart] = []
    listed: bool = True
    excluded: bool = False
    exclusion_words: str = ""
    exclusion_lines: Lines | None = None
    labels: list[LabelPart] = []
    ml_per_g: Positive | None = None
    note: str = ""


class CodePart(FilePart):
    """A listed code (``listed`` no: only mapped), what it suggests, and when it is valid."""

    description: Words
    lines: Lines | None = None
    listed: bool = True
    first_day: date | None = None
    last_day: date | None = None
    indications: list[Key] = []
    unproven: list[Key] = []
    clear: bool = False
    note: str = ""


class CodesPart(FilePart):
    """The code lists, by system."""

    icd10: dict[str, CodePart] = {}
    hcpcs: dict[str, CodePart] = {}
    cpt: dict[str, CodePart] = {}


class DiseasePart(FilePart):
    """An entry of a list given for help."""

    name: Words
    lines: Lines
    note: str = ""


class GeneralPart(FilePart):
    """The general requirements, one tree a phase."""

    initial: Criterion
    continuation: Criterion


class PolicyFile(FilePart):
    """A whole policy version."""

    policy: PolicyPart
    edition: EditionPart
    history: list[HistoryPart] = []
    questions: dict[Key, QuestionPart]
    general: GeneralPart
    contradictions: dict[Key, ContradictionPart] = {}
    indications: dict[Key, IndicationPart]
    diseases: dict[Key, list[DiseasePart]] = {}
    products: dict[Key, ProductPart] = {}
    codes: CodesPart = CodesPart()
    notes: list[NotePart] = []
