"""One set of answers judged by several policies. Plain Python: no Django, no files, no clock."""

from criteria.comparison.carrying import (
    BY_DEFAULT,
    NONE_OF_THESE,
    Carried,
    Chosen,
    Via,
    carries,
    carry,
)
from criteria.comparison.columns import Column, judged
from criteria.comparison.need import Bearing, Fact, Need
from criteria.comparison.rows import Comparison, Row, compared

__all__ = [
    "BY_DEFAULT",
    "NONE_OF_THESE",
    "Bearing",
    "Carried",
    "Chosen",
    "Column",
    "Comparison",
    "Fact",
    "Need",
    "Row",
    "Via",
    "carries",
    "carry",
    "compared",
    "judged",
]
