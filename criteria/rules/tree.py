"""The criteria language: questions, passing conditions, and the tree they are joined in."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from dateutil.relativedelta import relativedelta

from criteria.rules.answers import CodesAnswer, TherapyOutcome
from criteria.rules.names import NO_NAMES, NameTable


class AnswerType(StrEnum):
    """What kind of fact a question asks for."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    THERAPY = "therapy"
    LIST = "list"
    CODES = "codes"


class FactRole(StrEnum):
    """A question whose answer the request itself may already hold."""

    DIAGNOSIS_STATED = "diagnosis_stated"
    AGE_YEARS = "age_years"
    THERAPY_START = "therapy_start"
    TRANSPLANT_DATE = "transplant_date"
    DISCONTINUATION_DATE = "discontinuation_date"
    LONG_TERM = "long_term"
    DIAGNOSIS_CODES = "diagnosis_codes"
    GIVEN_AT_HOME = "given_at_home"
    SPECIALIST = "specialist"


# An age, the days of what is past, and the codes of the disease: facts nobody makes others.
UNCHANGEABLE_ROLES = frozenset(
    {
        FactRole.AGE_YEARS,
        FactRole.THERAPY_START,
        FactRole.TRANSPLANT_DATE,
        FactRole.DISCONTINUATION_DATE,
        FactRole.DIAGNOSIS_CODES,
    }
)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the policy says so: section and line or lines of the source ("156" or "154-162")."""

    lines: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One of several answers; ``key`` is stored, ``label`` is read."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDefinition:
    """One fact asked of the prescriber, kept once per policy version and used by many criteria.

    ``dated``: a number that also asks for the day it was measured. ``other_units``: units it may be
    typed in, with the factor to the question's own unit. ``names``: the drugs, or the specialties,
    that it knows by name. ``unchangeable``: a fact nobody can make another one, such as a disease
    or a day in the past.
    """

    key: str
    wording: str
    type: AnswerType
    help: str = ""
    unit: str = ""
    other_units: tuple[tuple[str, Decimal], ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    whole: bool = False
    dated: bool = False
    choices: tuple[AnswerChoice, ...] = ()
    examples: str = ""
    role: FactRole | None = None
    names: NameTable = NO_NAMES
    unchangeable: bool = False

    @property
    def is_unchangeable(self) -> bool:
        """Whether it asks for such a fact, by what it says of itself or by its role."""
        return self.unchangeable or self.role in UNCHANGEABLE_ROLES


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A length of time in days or calendar months; both ends count as inside."""

    days: int = 0
    months: int = 0

    def before(self, day: date) -> date:
        """The first day that still lies within this span before ``day``."""
        if self.months:
            return day - relativedelta(months=self.months) - timedelta(days=self.days)
        return day - timedelta(days=self.days)

    def after(self, day: date) -> date:
        """The last day that still lies within this span after ``day``."""
        if self.months:
            return day + relativedelta(months=self.months) + timedelta(days=self.days)
        return day + timedelta(days=self.days)


class Anchor(StrEnum):
    """Days a window can be counted from; any other anchor is the key of a date question."""

    REQUEST = "request_date"
    THERAPY_START = "therapy_start"


class NumberComparison(StrEnum):
    """How a number is compared with the threshold of a criterion."""

    LT = "<"
    LE = "<="
    EQ = "="
    GE = ">="
    GT = ">"


@dataclass(frozen=True, slots=True)
class PassesOn:
    """Yes/no: the answer that passes. A negative criterion passes on no."""

    type: ClassVar[AnswerType] = AnswerType.YES_NO
    answer: bool = True


@dataclass(frozen=True, slots=True)
class Compares:
    """Number: compared with a threshold in its unit, measured at most ``max_age`` ago."""

    type: ClassVar[AnswerType] = AnswerType.NUMBER
    comparison: NumberComparison
    threshold: Decimal
    max_age: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """Date: on or before the anchor, and at most ``span`` before it (or after, ``after`` True)."""

    type: ClassVar[AnswerType] = AnswerType.DATE
    span: TimeSpan
    anchor: str = Anchor.REQUEST
    after: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """Choice: the passing ones; those in ``reviewer`` are left to a person."""

    type: ClassVar[AnswerType] = AnswerType.CHOICE
    passing: frozenset[str]
    reviewer: frozenset[str] = frozenset()


TRIED = frozenset(
    {TherapyOutcome.FAILURE, TherapyOutcome.CONTRAINDICATION, TherapyOutcome.INTOLERANCE}
)


@dataclass(frozen=True, slots=True)
class Tried:
    """Therapy: failure, contraindication or intolerance; any of the accepted outcomes passes."""

    type: ClassVar[AnswerType] = AnswerType.THERAPY
    outcomes: frozenset[TherapyOutcome] = TRIED


@dataclass(frozen=True, slots=True)
class ListsAtLeast:
    """List: at least ``n`` different entries that count, by the names its question knows."""

    type: ClassVar[AnswerType] = AnswerType.LIST
    n: int


@dataclass(frozen=True, slots=True)
class NamesCode:
    """Codes: one of those stated is one of these, or lies below it (E11 covers E11.9).

    ``principal``: only the code the request rests on counts.
    """

    type: ClassVar[AnswerType] = AnswerType.CODES
    codes: frozenset[str]
    principal: bool = False

    def is_named_by(self, answer: CodesAnswer) -> bool:
        """Whether one of the codes stated counts."""
        stated = (answer.principal,) if self.principal else answer.codes
        bare = tuple(each.replace(".", "") for each in self.codes)
        return any(code.replace(".", "").startswith(bare) for code in stated)


Test = PassesOn | Compares | Within | OneOf | Tried | ListsAtLeast | NamesCode


class GroupKind(StrEnum):
    """How the members of a group are joined."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question with the condition its answer must pass.

    ``contradiction``: the point of the policy that a failing answer meets, by key. The policy
    contradicts itself there, or leaves it open: such an answer is for a reviewer, never a failure.
    Of a choice only the answers in ``reviewer`` meet it.
    """

    key: str
    question: QuestionDefinition
    test: Test
    title: str
    citation: Citation
    note: str = ""
    contradiction: str = ""


@dataclass(frozen=True, slots=True)
class DoseLeaf:
    """The place of the dose in the tree; its state comes from the dose arithmetic."""

    key: str
    title: str
    citation: Citation
    note: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """Members joined by all, any, or at least ``n``; at least 0: advised, none is required."""

    key: str
    kind: GroupKind
    members: tuple["Node", ...]
    title: str
    citation: Citation
    n: int = 1
    note: str = ""
    required: int = field(init=False)

    def __post_init__(self) -> None:
        """Work out once how many members must be satisfied."""
        counts = {GroupKind.ALL: len(self.members), GroupKind.ANY: 1, GroupKind.AT_LEAST: self.n}
        object.__setattr__(self, "required", counts[self.kind])


@dataclass(frozen=True, slots=True)
class When:
    """If the condition holds, ``then`` counts; if it does not, ``otherwise`` (None = satisfied)."""

    key: str
    condition: "Node"
    then: "Node"
    title: str
    citation: Citation
    otherwise: "Node | None" = None
    note: str = ""


Node = Leaf | DoseLeaf | CriteriaGroup | When


def is_advised(node: Node) -> bool:
    """Whether the policy only advises it: a group of which none is required."""
    return isinstance(node, CriteriaGroup) and node.kind is GroupKind.AT_LEAST and not node.required
