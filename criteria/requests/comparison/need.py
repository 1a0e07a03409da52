"""What one policy asks of one fact, and how much that counts there."""

from dataclasses import dataclass
from enum import StrEnum

from criteria.rules import FindingState


class Relevance(StrEnum):
    """How much a criterion counts for the result of its policy. The first weigh the most.

    UNDECIDED: not met, and something else may still do. ADVISED: not met, and none is required.
    DECIDES: only says whether something else applies. IDLE: cannot change the result, or does not
    apply. WARNS: worth a word, and changes nothing.
    """

    FAILS = "fails"
    OPEN = "open"
    UNDECIDED = "undecided"
    REVIEW = "review"
    WARNS = "warns"
    PASSES = "passes"
    ADVISED = "advised"
    DECIDES = "decides"
    IDLE = "idle"


class FactKind(StrEnum):
    """What a row is about when it is not about a question."""

    DIAGNOSIS = "diagnosis"
    CODE = "code"
    PRODUCT = "product"
    DOSE = "dose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One criterion of one policy.

    ``required``: what is needed. ``why``: more on its state. ``context``: what it is joined with,
    so that one of several ways is never read as the only one. ``place``: section and lines.
    ``is_advised``: wanted, and not required.
    """

    title: str
    required: str
    state: FindingState
    bearing: Relevance
    place: str = ""
    why: str = ""
    context: tuple[str, ...] = ()
    is_advised: bool = False
