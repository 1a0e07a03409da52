"""From what was typed for a question to its answer, or to what is wrong with it.

The fields of a question stand side by side: ``q-<key>`` is the answer itself, ``q-<key>-<part>``
each further field of its kind (``criteria.rules.kinds.fields``), and ``-source``, ``-encl`` and
``-page`` say where in the records it is found.
"""

from dataclasses import dataclass, field

from criteria.requests.answers.typed import Typed, one
from criteria.requests.content import StatedEvidence
from criteria.rules import KINDS, Answer, QuestionDefinition
from criteria.rules.kinds.fields import DateBounds, TypedAnswer, typed_rows

LONGEST_TEXT = 200
EVIDENCE = ("source", "encl", "page")


@dataclass(slots=True)
class Reading:
    """An answer, or none, with what is wrong by field and what was understood ("= 500 mg/dL")."""

    answer: Answer | None = None
    problems: dict[str, str] = field(default_factory=dict)
    echo: str = ""


def name_of(question: QuestionDefinition, part: str = "") -> str:
    """The name of a field of a question."""
    return f"q-{question.key}-{part}" if part else f"q-{question.key}"


def parts_of(question: QuestionDefinition, typed: Typed) -> dict[str, list[str]]:
    """What was typed into the fields of a question, by part."""
    fields = KINDS[question.type].fields(question)
    return {each.part: typed.get(name_of(question, each.part)) or [] for each in fields}


def read(question: QuestionDefinition, typed: Typed, known: DateBounds) -> Reading:
    """The answer to ``question`` in what was typed."""
    kind = KINDS[question.type]
    found = TypedAnswer(parts=parts_of(question, typed), known=known)
    answer = kind.read(question, found)
    if found.problems:
        named = {name_of(question, part): text for part, text in found.problems.items()}
        return Reading(problems=named)
    return Reading(answer, echo="" if answer is None else kind.echo(question, answer))


def rows_of(question: QuestionDefinition, typed: Typed) -> list[dict[str, str]]:
    """The rows of a question that say something, as they were typed, by part."""
    return typed_rows(KINDS[question.type].fields(question), parts_of(question, typed))


def evidence_of(question: QuestionDefinition, typed: Typed) -> StatedEvidence:
    """Where the records say so."""
    return StatedEvidence(
        *(one(typed, name_of(question, part))[:LONGEST_TEXT] for part in EVIDENCE)
    )


def names_of(question: QuestionDefinition) -> tuple[str, ...]:
    """Every field of a question."""
    parts = [each.part for each in KINDS[question.type].fields(question)]
    return tuple(name_of(question, part) for part in (*parts, *EVIDENCE))
