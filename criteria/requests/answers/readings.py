"""From what was typed for a question to its answer, or to what is wrong with it.

The fields of a question stand side by side: ``q-<key>`` is the answer itself, ``q-<key>-unit`` its
unit, ``-on`` the day it was measured, ``-drug``, ``-start``, ``-stop`` and ``-reason`` describe a
therapy, and ``-source``, ``-encl`` and ``-page`` say where in the records it is found.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from criteria.requests.answers.typed import Typed, many, one
from criteria.requests.content import StatedEvidence
from criteria.rules import (
    Answer,
    AnswerType,
    ListAnswer,
    NumberAnswer,
    QuestionDefinition,
    TherapyAnswer,
    TherapyOutcome,
)
from criteria.rules.formats import amount_text, number_text, unit_text
from criteria.rules.parse import UnreadableError, number_of, past_date_of

LONGEST_TEXT = 200
LONGEST_NOTE = 2_000
MOST_ROWS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class DateBounds:
    """What a typed date is held against."""

    latest: date
    latest_is: str = "the date of the request"
    born: date | None = None


@dataclass(slots=True)
class Reading:
    """An answer, or none, with what is wrong by field and what was understood ("= 500 mg/dL")."""

    answer: Answer | None = None
    problems: dict[str, str] = field(default_factory=dict)
    echo: str = ""


def name_of(question: QuestionDefinition, part: str = "") -> str:
    """The name of a field of a question."""
    return f"q-{question.key}-{part}" if part else f"q-{question.key}"


def read(question: QuestionDefinition, typed: Typed, known: DateBounds) -> Reading:
    """The answer to ``question`` in what was typed."""
    reading = Reading()
    answer = _READ[question.type](question, typed, known, reading)
    reading.answer = None if reading.problems else answer
    return reading


def evidence_of(question: QuestionDefinition, typed: Typed) -> StatedEvidence:
    """Where the records say so."""
    return StatedEvidence(
        *(one(typed, name_of(question, p))[:LONGEST_TEXT] for p in ("source", "encl", "page"))
    )


def names_of(question: QuestionDefinition) -> tuple[str, ...]:
    """Every field of a question."""
    parts = ["", *_PARTS.get(question.type, ()), "source", "encl", "page"]
    if question.dated:
        parts.insert(1, "on")
    return tuple(name_of(question, part) for part in parts)


_THERAPY_PARTS = ("drug", "start", "stop", "reason")
_PARTS: dict[AnswerType, tuple[str, ...]] = {
    AnswerType.NUMBER: ("unit",),
    AnswerType.THERAPY: _THERAPY_PARTS,
    AnswerType.LIST: ("outcome", *_THERAPY_PARTS),
}


def _yes_no(
    question: QuestionDefinition, typed: Typed, known: DateBounds, reading: Reading
) -> Answer | None:
    found = one(typed, name_of(question))
    if found not in ("", "yes", "no"):
        reading.problems[name_of(question)] = "Choose yes or no."
    return {"yes": True, "no": False}.get(found)


def _choice(
    question: QuestionDefinition, typed: Typed, known: DateBounds, reading: Reading
) -> Answer | None:
    found = one(typed, name_of(question))
    if found and found not in {choice.key for choice in question.choices}:
        reading.problems[name_of(question)] = "Choose one of the answers."
    return found or None


def _date(
    question: QuestionDefinition, typed: Typed, known: DateBounds, reading: Reading
) -> Answer | None:
    return _day(typed, name_of(question), known, reading)


def _number(
    question: QuestionDefinition, typed: Typed, known: DateBounds, reading: Reading
) -> Answer | None:
    name = name_of(question)
    measured = _day(typed, name_of(question, "on"), known, reading) if question.dated else None
    text = one(typed, name)
    try:
        value = number_of(text)
    except UnreadableError as problem:
        reading.problems[name] = str(problem)
        return None
    if value is None:
        if measured is not None:
            reading.problems[name] = "Enter the figure for this date, or clear the date."
        return None
    chosen = _unit(question, typed, reading)
    if chosen is None:
        return None
    unit, factor = chosen
    own = value * factor
    wrong = _out_of_range(question, own)
    if wrong:
        reading.problems[name] = wrong
    elif factor != 1:
        typed_amount = amount_text(value, unit)
        reading.echo = f"{typed_amount} = {amount_text(own, question.unit)}"
    return NumberAnswer(own, measured, f"{text} {unit}".strip() if text else "")


def _unit(
    question: QuestionDefinition, typed: Typed, reading: Reading
) -> tuple[str, Decimal] | None:
    """The unit chosen and its factor to the question's own; the own one where there is no other.

    Of several none is taken for granted: 4 is no IgG until it is 4 g/L or 4 mg/dL.
    """
    name = name_of(question, "unit")
    known = {question.unit: Decimal(1)} | dict(question.other_units)
    chosen = one(typed, name) if question.other_units else question.unit
    if chosen not in known:
        reading.problems[name] = f"Choose the unit: {' or '.join(map(unit_text, known))}."
        return None
    return chosen, known[chosen]


def _out_of_range(question: QuestionDefinition, value: Decimal) -> str:
    if question.whole and value != value.to_integral_value():
        return "Enter a whole number."
    low = Decimal(0) if question.minimum is None else question.minimum
    high = question.maximum
    if value >= low and (high is None or value <= high):
        return ""
    unit = unit_text(question.unit)
    found = amount_text(value, question.unit)
    if high is None:
        return f"{found} cannot be right: it must be {number_text(low)} or more."
    return (
        f"{found} cannot be right: enter {number_text(low)} to {number_text(high)} {unit}.".replace(
            " .", "."
        )
    )


def _therapy(
    question: QuestionDefinition, typed: Typed, known: DateBounds, reading: Reading
) -> Answer | None:
    row = {part: one(typed, name_of(question, part)) for part in _THERAPY_PARTS}
    row["outcome"] = one(typed, name_of(question))
    names = {part: name_of(question, part) for part in row} | {"outcome": name_of(question)}
    return _therapy_row(row, names, known, reading)


def _list(
    question: QuestionDefinition, typed: Typed, known: DateBounds, reading: Reading
) -> Answer | None:
    entries = []
    for i, row in enumerate(rows_of(question, typed)):
        names = {part: f"{name_of(question, part)}-{i}" for part in row}
        if not row["drug"]:
            reading.problems[names["drug"]] = "Name the drug of this row."
        entry = _therapy_row(row, names, known, reading)
        if entry is not None:
            entries.append(entry)
    count = _count(question, typed, reading)
    return ListAnswer(tuple(entries), count) if entries or count is not None else None


def _count(question: QuestionDefinition, typed: Typed, reading: Reading) -> int | None:
    """0 states that there is none; otherwise the rows are counted."""
    found = one(typed, name_of(question))
    if found not in ("", "none"):
        reading.problems[name_of(question)] = "Tick it, or leave it empty."
    return 0 if found == "none" else None


def rows_of(question: QuestionDefinition, typed: Typed) -> list[dict[str, str]]:
    """The rows of a list that say something, as they were typed, at most ``MOST_ROWS``."""
    columns = {part: many(typed, name_of(question, part)) for part in ("outcome", *_THERAPY_PARTS)}
    rows = [
        {part: (values[i] if i < len(values) else "") for part, values in columns.items()}
        for i in range(max(map(len, columns.values())))
    ]
    return [row for row in rows if any(row.values())][:MOST_ROWS]


def _therapy_row(
    row: dict[str, str], names: dict[str, str], known: DateBounds, reading: Reading
) -> TherapyAnswer | None:
    """One therapy. Its details without an outcome are no answer yet, and nothing wrong."""
    before = len(reading.problems)
    started = _past(row["start"], names["start"], known, reading)
    stopped = _past(row["stop"], names["stop"], known, reading)
    if started and stopped and stopped < started:
        reading.problems[names["stop"]] = "The therapy stops before it starts. Check both dates."
    for part, text in _too_long(row):
        reading.problems[names[part]] = text
    if row["outcome"] and row["outcome"] not in set(TherapyOutcome):
        reading.problems[names["outcome"]] = "Choose one of the answers."
    if not row["outcome"]:
        if row["drug"] and "-outcome" in names["outcome"]:
            reading.problems[names["outcome"]] = "Say what became of this drug."
        return None
    if len(reading.problems) > before:
        return None
    return TherapyAnswer(
        TherapyOutcome(row["outcome"]), row["drug"], started, stopped, row["reason"]
    )


def _too_long(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for part, most in (("drug", LONGEST_TEXT), ("reason", LONGEST_NOTE)):
        if len(row[part]) > most:
            yield part, f"Shorten this to {most:,} characters: it has {len(row[part]):,}."


def _past(text: str, name: str, known: DateBounds, reading: Reading) -> date | None:
    return _day({name: [text]}, name, known, reading, or_month=True)


def _day(
    typed: Typed, name: str, known: DateBounds, reading: Reading, *, or_month: bool = False
) -> date | None:
    try:
        return past_date_of(
            one(typed, name),
            latest=known.latest,
            latest_is=known.latest_is,
            born=known.born,
            or_month=or_month,
        )
    except UnreadableError as problem:
        reading.problems[name] = str(problem)
        return None


_READ: dict[
    AnswerType, Callable[[QuestionDefinition, Typed, DateBounds, Reading], Answer | None]
] = {
    AnswerType.YES_NO: _yes_no,
    AnswerType.NUMBER: _number,
    AnswerType.DATE: _date,
    AnswerType.CHOICE: _choice,
    AnswerType.THERAPY: _therapy,
    AnswerType.LIST: _list,
}
