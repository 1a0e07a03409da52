"""One set of answers judged by several policies. Plain Python: no Django, no files, no clock."""

from criteria.requests.comparison.columns import Column, judged
from criteria.requests.comparison.need import FactKind, Need, Relevance
from criteria.requests.comparison.rows import ComparedFact, PolicyComparison, compared
from criteria.requests.comparison.transfer import (
    BY_DEFAULT,
    NONE_OF_THESE,
    CarriedCase,
    CarriedVia,
    ChosenPlaces,
    carries,
    carry,
)

__all__ = [
    "BY_DEFAULT",
    "NONE_OF_THESE",
    "Relevance",
    "CarriedCase",
    "ChosenPlaces",
    "Column",
    "PolicyComparison",
    "FactKind",
    "Need",
    "ComparedFact",
    "CarriedVia",
    "carries",
    "carry",
    "compared",
    "judged",
]
