"""A comparison with a number: the test, its words, and how files and columns hold it."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from criteria.rules.answers import AnswerType
from criteria.rules.formats import amount_text, number_text, unit_text
from criteria.rules.kinds.stated import (
    ColumnValue,
    ColumnValues,
    StatedTest,
    StatedValue,
    TestColumn,
    text_in,
)
from criteria.rules.question import QuestionDefinition, TimeSpan

# The columns of a comparison with a number.
COMPARED = (TestColumn("comparison", ""), TestColumn("threshold"))
_COMPARISON = re.compile(r"([<>=]+) ?([\d.]+)")


class NumberComparison(StrEnum):
    """How a number is compared with the threshold of a criterion."""

    LT = "<"
    LE = "<="
    EQ = "="
    GE = ">="
    GT = ">"


@dataclass(frozen=True, slots=True)
class Compares:
    """Number: compared with a threshold in its unit, measured at most ``max_age`` ago."""

    type: ClassVar[AnswerType] = AnswerType.NUMBER
    comparison: NumberComparison
    threshold: Decimal
    max_age: TimeSpan | None = None

    def has_size(self, value: Decimal) -> bool:
        """Whether the figure itself passes, whatever its age."""
        return _COMPARE[self.comparison](value, self.threshold)


_COMPARE: dict[NumberComparison, Callable[[Decimal, Decimal], bool]] = {
    NumberComparison.LT: operator.lt,
    NumberComparison.LE: operator.le,
    NumberComparison.EQ: operator.eq,
    NumberComparison.GE: operator.ge,
    NumberComparison.GT: operator.gt,
}
_COMPARED = {
    NumberComparison.LT: "below {}",
    NumberComparison.LE: "at most {}",
    NumberComparison.EQ: "exactly {}",
    NumberComparison.GE: "{} or more",
    NumberComparison.GT: "above {}",
}


def size_text(test: Compares, question: QuestionDefinition) -> str:
    """The comparison alone: "below 50 ×10⁹/L", "2 or more nerves"."""
    unit = unit_text(question.unit)
    if question.whole and test.comparison is NumberComparison.GE:
        return f"{number_text(test.threshold)} or more {unit}".rstrip()
    return _COMPARED[test.comparison].format(amount_text(test.threshold, unit))


def compared(words: str) -> tuple[NumberComparison, Decimal]:
    """ ">= 2" as comparison and threshold; the form was checked before."""
    found = _COMPARISON.fullmatch(words)
    assert found is not None, words  # noqa: S101
    return NumberComparison(found[1]), Decimal(found[2])


def comparison_words(comparison: str, threshold: Decimal) -> str:
    """A comparison as a policy file says it: without trailing zeros and without an exponent."""
    return f"{comparison} {Decimal(f'{threshold.normalize():f}'):f}"


def compared_columns(stated: StatedTest) -> dict[str, ColumnValue]:
    """The columns of a comparison."""
    comparison, threshold = compared(text_in(stated.get("passes")))
    return {"comparison": comparison, "threshold": threshold}


def stated_comparison(values: ColumnValues) -> dict[str, StatedValue]:
    """The comparison that columns hold; None while a half of it is missing."""
    comparison, threshold = text_in(values.get("comparison")), values.get("threshold")
    if not comparison or not isinstance(threshold, Decimal):
        return {"passes": None}
    return {"passes": comparison_words(comparison, threshold)}
