"""Answers to a policy's questions, as typed values. A missing answer is not in the mapping."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class AnswerType(StrEnum):
    """What kind of fact a question asks for."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    THERAPY = "therapy"
    LIST = "list"
    CODES = "codes"


class TherapyOutcome(StrEnum):
    """What became of a therapy that was tried or considered. NONE is an answer: it was neither."""

    FAILURE = "failure"
    CONTRAINDICATION = "contraindication"
    INTOLERANCE = "intolerance"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A figure in the unit of its question, with the day it was measured when that was given.

    ``typed`` keeps the figure and unit as they were entered ("5 g/L"), for display.
    """

    value: Decimal
    measured_on: date | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class TherapyAnswer:
    """One therapy: its outcome, and the drug, dates and reason as far as given."""

    outcome: TherapyOutcome
    drug: str = ""
    started_on: date | None = None
    stopped_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """A list of named therapies. Only a number may be stated, or more than are named."""

    entries: tuple[TherapyAnswer, ...] = ()
    stated_count: int | None = None

    @property
    def count(self) -> int:
        """How many the answer stands for: the number stated, or more if more are named.

        A therapy listed with no outcome was neither tried nor ruled out, and does not count. One
        that is named twice, such as failed and later contraindicated, is one therapy.
        """
        counted = [one for one in self.entries if one.outcome is not TherapyOutcome.NONE]
        names = [" ".join(one.drug.casefold().split()) for one in counted]
        named = len(set(filter(None, names))) + names.count("")
        return max(named, self.stated_count or 0)


@dataclass(frozen=True, slots=True)
class CodesAnswer:
    """The ICD-10-CM codes of a request, and the one of them that it rests on.

    Codes in standard form ("G61.81"), the main one first. ``principal`` is empty where the codes
    decide nothing, and then there may be none.
    """

    codes: tuple[str, ...]
    principal: str


# A choice is answered by the key of the choice (str); a yes/no question by a bool.
Answer = bool | NumberAnswer | date | str | TherapyAnswer | ListAnswer | CodesAnswer
