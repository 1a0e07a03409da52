"""The typed shape of a policy file. Every mapping refuses keys it does not know."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from criteria.dosing.limits import Event, Per, Route
from criteria.edition import Coverage, Phase
from criteria.rules import AnswerType, Role

KEY = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
LINES = r"^\d+(-\d+)?(, ?\d+(-\d+)?)*$"
COMPARISON = r"^(<|<=|=|>=|>) ?\d+(\.\d+)?$"
SPAN = r"^\d+ (day|days|week|weeks|month|months)$"

Key = Annotated[str, Field(pattern=KEY, max_length=80)]
Lines = Annotated[str, Field(pattern=LINES, max_length=60), BeforeValidator(str)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
SpanWords = Annotated[str, Field(pattern=SPAN)]
Positive = Annotated[Decimal, Field(gt=0)]
Days = Annotated[int, Field(ge=1, le=3660)]


class Part(BaseModel):
    """Base of every part of a policy file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PolicyPart(Part):
    """The policy an edition belongs to."""

    key: Key
    name: Words
    payer: Words
    line_of_business: Key


class EditionPart(Part):
    """Number, dates and source of the edition. ``effective_until`` is the first day not covered."""

    number: Words
    effective_from: date
    effective_until: date | None = None
    source: Words
    authorization_months: Annotated[int, Field(ge=1, le=60)]
    rounding_allowance_percent: Annotated[Decimal, Field(ge=0, le=100)] = Decimal(0)


class HistoryPart(Part):
    """One entry of the policy's own history."""

    day: date
    summary: Words
    lines: Lines


class QuestionPart(Part):
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
    role: Role | None = None


class CriterionPart(Part):
    """What every criterion carries; ``key`` is unique inside one tree."""

    key: Key | None = None
    title: Words
    lines: Lines
    section: str = ""
    note: str = ""


class QuestionCriterion(CriterionPart):
    """A question with its passing condition.

    ``passes``: yes or no; ``">= 2"`` for a number or the length of a list; the passing choices;
    the accepted outcomes of a therapy (all three when left out). ``within`` bounds a date before
    ``of``.
    """

    question: Key
    passes: (
        Annotated[bool, Field(strict=True)]
        | Annotated[str, Field(pattern=COMPARISON)]
        | list[Key]
        | None
    ) = None
    reviewer: list[Key] = []
    not_older_than: SpanWords | None = None
    within: SpanWords | None = None
    of: Key | None = None
    after: bool = False


class AllCriterion(CriterionPart):
    """Every member must be met."""

    all: Annotated[list["Criterion"], Field(min_length=1)]


class AnyCriterion(CriterionPart):
    """One member must be met."""

    any: Annotated[list["Criterion"], Field(min_length=1)]


class AtLeastCriterion(CriterionPart):
    """At least n members must be met."""

    at_least: Annotated[int, Field(ge=1)]
    of: Annotated[list["Criterion"], Field(min_length=1)]


class WhenCriterion(CriterionPart):
    """If ``when`` holds ``then`` counts, if not ``otherwise`` (left out: nothing is required)."""

    when: "Criterion"
    then: "Criterion"
    otherwise: "Criterion | None" = None


class DoseCriterion(CriterionPart):
    """The place of the dose among the criteria."""

    dose: Literal[True] = True


def _form(value: Any) -> str | None:
    """Which form of criterion a mapping is, by the one key that names the form.

    The tag stands in the places of errors, where no key of a file can be mistaken for it.
    """
    names = ("question", "all", "any", "at_least", "when", "dose")
    keys = value if isinstance(value, dict) else getattr(value, "model_fields", {})
    return next((f"form {name}" for name in names if name in keys), None)


Criterion = Annotated[
    Annotated[QuestionCriterion, Tag("form question")]
    | Annotated[AllCriterion, Tag("form all")]
    | Annotated[AnyCriterion, Tag("form any")]
    | Annotated[AtLeastCriterion, Tag("form at_least")]
    | Annotated[WhenCriterion, Tag("form when")]
    | Annotated[DoseCriterion, Tag("form dose")],
    Discriminator(
        _form,
        custom_error_type="criterion_form",
        custom_error_message="expected one of: question, all, any, at_least, when, dose",
    ),
]


class LimitPart(Part):
    """One amount the policy allows; see criteria.dosing.limits.Limit for the meaning of each."""

    key: Key
    words: Words
    lines: Lines
    section: str = ""
    per: Per
    max_mg_per_kg: Annotated[Decimal, Field(gt=0, le=10000)]
    min_mg_per_kg: Positive | None = None
    min_days: Days | None = None
    max_days: Days | None = None
    consecutive_days: bool = False
    equal_doses: bool = False
    shortest_interval_days: Days | None = None
    longest_interval_days: Days | None = None
    max_courses: Days | None = None
    through_day_of_therapy: Days | None = None
    until_event: Event | None = None
    until_days: Days | None = None
    only_induction: bool = False
    only_initial: bool = False
    condition: Criterion | None = None
    condition_words: str = ""


class RegimenPart(Part):
    """Phases one after the other; the regimens of a pathway are joined by "or"."""

    phases: Annotated[list[LimitPart], Field(min_length=1)]


class NotePart(Part):
    """Something the policy leaves open, for the reviewer."""

    key: Key
    text: Words
    lines: Lines
    when: Criterion | None = None
    unless: Criterion | None = None
    codes: list[str] = []


class PathwayPart(Part):
    """One set of criteria and the phases it serves."""

    name: Words
    serves: Annotated[list[Phase], Field(min_length=1)]
    lines: Lines
    criteria: Criterion
    dose: list[RegimenPart] = []
    dose_iv_only: bool = True
    notes: list[NotePart] = []


class IndicationPart(Part):
    """A diagnosis the policy names."""

    name: Words
    coverage: Coverage
    lines: Lines
    also_called: list[Words] = []
    help: str = ""
    route_words: str = ""
    pathways: dict[Key, PathwayPart] = {}
    notes: list[NotePart] = []


class ProductCodePart(Part):
    """A billing code with its first and last day of service."""

    code: Words
    first_day: date | None = None
    last_day: date | None = None


class ProductPart(Part):
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
    iv_to_sc_factor: Positive | None = None
    ml_per_g: Positive | None = None
    note: str = ""


class CodePart(Part):
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


class CodesPart(Part):
    """The code lists, by system."""

    icd10: dict[str, CodePart] = {}
    hcpcs: dict[str, CodePart] = {}
    cpt: dict[str, CodePart] = {}


class DiseasePart(Part):
    """An entry of a list given for help."""

    name: Words
    lines: Lines
    note: str = ""


class GeneralPart(Part):
    """The general requirements, one tree a phase."""

    initial: Criterion
    continuation: Criterion


class PolicyFile(Part):
    """A whole policy version."""

    policy: PolicyPart
    edition: EditionPart
    history: list[HistoryPart] = []
    questions: dict[Key, QuestionPart]
    general: GeneralPart
    indications: dict[Key, IndicationPart]
    diseases: dict[Key, list[DiseasePart]] = {}
    products: dict[Key, ProductPart] = {}
    codes: CodesPart = CodesPart()
    notes: list[NotePart] = []
