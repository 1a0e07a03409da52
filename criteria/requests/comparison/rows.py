"""The facts of a request as rows, a cell for each policy: what differs first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from criteria.requests.comparison.columns import Column
from criteria.requests.comparison.need import FactKind, Need, Relevance
from criteria.rules import KINDS, Answer, QuestionDefinition
from criteria.rules.explain import answer_text

# What a cell comes to. Everything else does the request no harm.
_TROUBLE = {
    Relevance.FAILS: "fails",
    Relevance.OPEN: "open",
    Relevance.UNDECIDED: "open",
    Relevance.REVIEW: "review",
    Relevance.WARNS: "warns",
}
_FINE = "fine"


class Rank(IntEnum):
    """Where a row stands. Up to WORDS it is a difference; PARTLY is asked by some only."""

    FAILS = 0
    FAILS_ALONE = 1
    STATE = 2
    OPEN_ALONE = 3
    WORDS = 4
    PARTLY = 5
    SAME = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFact:
    """One fact. ``answer`` is as it was given, empty while it is not.

    ``cells``: for each policy what it needs; empty where it does not ask.
    """

    fact: str
    title: str
    answer: str
    cells: tuple[tuple[Need, ...], ...]
    rank: Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyComparison:
    """Every policy, and every fact one of them asks for."""

    columns: tuple[Column, ...]
    rows: tuple[ComparedFact, ...]

    @property
    def differing(self) -> tuple[ComparedFact, ...]:
        """What comes to something else, the weightiest first; then what needs something else."""
        found = (row for row in self.rows if row.rank <= Rank.WORDS)
        return tuple(sorted(found, key=lambda row: row.rank))

    @property
    def partly(self) -> tuple[ComparedFact, ...]:
        """What not every policy asks, and where it is asked does no harm."""
        return tuple(row for row in self.rows if row.rank is Rank.PARTLY)

    @property
    def same(self) -> tuple[ComparedFact, ...]:
        """What comes to the same in each."""
        return tuple(row for row in self.rows if row.rank is Rank.SAME)


def compared(columns: Sequence[Column], said: dict[str, str]) -> PolicyComparison:
    """Put the policies side by side.

    ``said`` is what the request says of its diagnosis, product and dose, by Fact.
    """
    facts = dict.fromkeys(fact for column in columns for fact in column.needs)
    return PolicyComparison(
        columns=tuple(columns), rows=tuple(_row(fact, columns, said) for fact in facts)
    )


def _row(fact: str, columns: Sequence[Column], said: dict[str, str]) -> ComparedFact:
    cells = tuple(column.needs.get(fact, ()) for column in columns)
    title, answer = _told(fact, columns, said)
    return ComparedFact(fact=fact, title=title, answer=answer, cells=cells, rank=_rank(cells))


def _told(fact: str, columns: Sequence[Column], said: dict[str, str]) -> tuple[str, str]:
    """What a fact is called, and what was said of it."""
    if fact.split(" ")[0] == FactKind.CODE:
        return "ICD-10-CM code", fact.partition(" ")[2]
    if fact in set(FactKind):
        return fact.capitalize(), said.get(fact, "")
    question, answer = _answered(fact, columns)
    if KINDS[question.type].is_from_request or answer is None:
        return question.wording, ""
    return question.wording, answer_text(question, answer)


def _answered(key: str, columns: Sequence[Column]) -> tuple[QuestionDefinition, Answer | None]:
    """The question in the words of the first policy that has it, with its answer."""
    asking = [column for column in columns if key in column.edition.questions]
    answers = (column.found.facts.answers.get(key) for column in asking)
    return asking[0].edition.questions[key], next((a for a in answers if a is not None), None)


def _rank(cells: Sequence[tuple[Need, ...]]) -> Rank:
    asking = [cell for cell in cells if cell]
    states = {_worst(cell) for cell in asking}
    if len(asking) == 1 and len(cells) > 1:
        return _alone(states.pop())
    if len(states) > 1:
        return Rank.FAILS if "fails" in states else Rank.STATE
    if len({tuple(_wording(cell)) for cell in asking}) > 1:
        return Rank.WORDS
    return Rank.SAME if len(asking) == len(cells) else _alone(states.pop())


def _alone(state: str) -> Rank:
    """Of a fact that not every policy asks for."""
    if state == "fails":
        return Rank.FAILS_ALONE
    return Rank.PARTLY if state in (_FINE, "warns") else Rank.OPEN_ALONE


def _worst(cell: tuple[Need, ...]) -> str:
    bearings = {need.bearing for need in cell}
    return next((_TROUBLE[one] for one in Relevance if one in bearings and one in _TROUBLE), _FINE)


def _wording(cell: tuple[Need, ...]) -> Iterator[str]:
    """What is needed, where it counts for this request at all."""
    idle = (Relevance.IDLE, Relevance.DECIDES)
    yield from sorted({need.required for need in cell if need.bearing not in idle})
