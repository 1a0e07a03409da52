"""One set of answers judged by several policies. Plain Python: no Django, no files, no clock."""

from criteria.requests.comparison.columns import Column, judged
from criteria.requests.comparison.need import Bearing, Fact, Need
from criteria.requests.comparison.rows import Comparison, Row, compared
from criteria.requests.comparison.transfer import (
    BY_DEFAULT,
    NONE_OF_THESE,
    Carried,
    Chosen,
    Via,
    carries,
    carry,
)

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
