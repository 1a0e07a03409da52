"""The criteria of a packet, line by line."""

from dataclasses import dataclass

from criteria.requests.marks import (
    ADVISED,
    CONTRADICTED,
    MARKS,
    NOT_APPLICABLE,
    NOT_NEEDED,
    NOT_THERE,
    StateMark,
)
from criteria.rules import FindingState

DEEPEST = 5
CONDITION = "If"
# Longer than this, text leaves its narrow column for a row of its own.
LONG_ANSWER = 160
LONG_SOURCE = 60


@dataclass(frozen=True, slots=True)
class PacketEvidence:
    """Where in the records the answer stands: "EMG report", "Encl. B p. 2"."""

    source: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketCriterion:
    """One line of a tree. ``joins`` is the conjunction of a group.

    ``key`` names it in its tree, whatever its number; the tree is named by the ``block`` of its
    part. ``part`` is what it is to the line above (if, then, otherwise); ``required`` says what its
    answer must be, ``reason`` why it is in its state. ``needed`` False: not answered, and a group
    it belongs to is satisfied without it. ``advised``: nobody has to meet it. ``contradictions``:
    facts elsewhere in the request that its answer does not agree with; ``is_contradicted``: it is
    met only by such an answer.
    """

    key: str
    number: str
    depth: int
    state: FindingState
    title: str
    part: str = ""
    question: str = ""
    joins: str = ""
    answer: str = ""
    required: str = ""
    reason: str = ""
    citation: str = ""
    note: str = ""
    evidence: PacketEvidence = PacketEvidence()
    contradictions: tuple[str, ...] = ()
    is_contradicted: bool = False
    needed: bool = True
    advised: bool = False

    @property
    def mark(self) -> StateMark:
        """The state with its sign."""
        if self.advised:
            return self._advice
        if self.is_contradicted:
            return CONTRADICTED
        if self.is_condition and self.state is FindingState.NOT_MET:
            return NOT_APPLICABLE
        return MARKS[self.state] if self.needed else NOT_NEEDED

    @property
    def _advice(self) -> StateMark:
        if self.joins or self.state is FindingState.NOT_ANSWERED:
            return ADVISED
        return NOT_THERE if self.state is FindingState.NOT_MET else MARKS[self.state]

    @property
    def is_condition(self) -> bool:
        """Whether it only decides if others apply: nobody has to meet it."""
        return self.part == CONDITION

    @property
    def is_long(self) -> bool:
        """Whether answer or evidence need the width of the page."""
        return len(self.answer) > LONG_ANSWER or len(self.evidence.source) > LONG_SOURCE

    @property
    def level(self) -> int:
        """How far its title is set in; deeper ones are set in no further."""
        return min(self.depth, DEEPEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaPart:
    """One tree: the general requirements, or the pathway's own criteria.

    ``block`` says which of the two: general, criteria.
    """

    block: str
    title: str
    state: FindingState
    joins: str
    citation: str
    criteria: tuple[PacketCriterion, ...]
    note: str = ""
    is_contradicted: bool = False

    @property
    def mark(self) -> StateMark:
        """The state with its sign."""
        return CONTRADICTED if self.is_contradicted else MARKS[self.state]
