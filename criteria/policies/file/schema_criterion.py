"""The typed shape of a criterion in a policy file, and of the words every part is made of."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

KEY = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
CODE = r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$"
LINES = r"^\d+(-\d+)?(, ?\d+(-\d+)?)*$"
COMPARISON = r"^(<|<=|=|>=|>) ?\d+(\.\d+)?$"
NAMES = r"^[^\s,][^,\n]*(, ?[^\s,][^,\n]*)*$"
SPAN = r"^\d+ (day|days|week|weeks|month|months)$"

Key = Annotated[str, Field(pattern=KEY, max_length=80)]
Lines = Annotated[str, Field(pattern=LINES, max_length=60), BeforeValidator(str)]
Code = Annotated[str, Field(pattern=CODE)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
# A name with its other spellings: azathioprine, Imuran, Azasan.
NameLine = Annotated[str, Field(pattern=NAMES, max_length=500)]
SpanWords = Annotated[str, Field(pattern=SPAN)]
Positive = Annotated[Decimal, Field(gt=0)]
Days = Annotated[int, Field(ge=1, le=3660)]


class FilePart(BaseModel):
    """Base of every part of a policy file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CriterionPart(FilePart):
    """What every criterion carries; ``key`` is unique inside one tree."""

    key: Key | None = None
    title: Words
    lines: Lines
    section: str = ""
    note: str = ""


class QuestionCriterion(CriterionPart):
    """A question with its passing condition.

    ``passes``: yes or no; ``">= 2"`` for a number or the length of a list; the passing choices;
    the accepted outcomes of a therapy (all three when left out); the codes that count, where
    ``principal`` asks for the one the request rests on. ``within`` bounds a date before ``of``.
    ``contradiction``: what does not pass (of choices: those in ``reviewer``) is for a reviewer.
    """

    question: Key
    passes: (
        Annotated[bool, Field(strict=True)]
        | Annotated[str, Field(pattern=COMPARISON)]
        | list[Key | Code]
        | None
    ) = None
    reviewer: list[Key] = []
    not_older_than: SpanWords | None = None
    within: SpanWords | None = None
    of: Key | None = None
    after: bool = False
    principal: bool = False
    contradiction: Key | None = None


class AllCriterion(CriterionPart):
    """Every member must be met."""

    all: Annotated[list["Criterion"], Field(min_length=1)]


class AnyCriterion(CriterionPart):
    """One member must be met."""

    any: Annotated[list["Criterion"], Field(min_length=1)]


class AtLeastCriterion(CriterionPart):
    """At least n members must be met; 0: they are advised, none is required."""

    at_least: Annotated[int, Field(ge=0)]
    of: Annotated[list["Criterion"], Field(min_length=1)]


class WhenCriterion(CriterionPart):
    """If ``when`` holds ``then`` counts, if not ``otherwise`` (left out: nothing is required)."""

    when: "Criterion"
    then: "Criterion"
    otherwise: "Criterion | None" = None


class DoseCriterion(CriterionPart):
    """The place of the dose among the criteria."""

    dose: Literal[True] = True


def _form(value: object) -> str | None:
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
