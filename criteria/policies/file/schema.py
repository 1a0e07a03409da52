"""The typed shape of a policy file. Every mapping refuses keys it does not know."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

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
from criteria.policies.file.schema_indication import (
    IndicationPart,
    LimitPart,
    NotePart,
    PathwayPart,
)
from criteria.policies.file.schema_lists import (
    CodePart,
    CodesPart,
    DiseasePart,
    LabelPart,
    ProductCodePart,
    ProductPart,
)
from criteria.rules import AnswerType, FactRole
from criteria.rules.terms import TherapyPhase

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
