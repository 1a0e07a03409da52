"""What is asked: a question, where the policy says so, and lengths of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from dateutil.relativedelta import relativedelta

from criteria.rules.answers import AnswerType
from criteria.rules.names import NO_NAMES, NameTable


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


Questions = Mapping[str, QuestionDefinition]
NO_QUESTIONS: Questions = MappingProxyType({})
