"""The fields a question is answered in, as data: a screen draws them, a kind reads them.

A field is named by its ``part`` of the answer, the same on every screen and in every file: empty
for the answer itself, then "unit", "measured_on", "outcome", "drug", "from", "to", "reason".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from criteria.rules.parse import UnreadableError, past_date_of

# What was typed into the fields of one question, by part; several values only in rows.
TypedParts = Mapping[str, Sequence[str]]
Choices = tuple[tuple[str, str], ...]
MOST_ROWS = 30


class FieldWidget(StrEnum):
    """How a field is drawn."""

    RADIO = "radio"
    SELECT = "select"
    FIGURE = "figure"
    DAY = "day"
    LINE = "line"
    TICK = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerField:
    """One field of a question.

    ``in_rows``: a column of rows that a person adds. ``hint``: an example of what to type.
    ``unit``: what a figure is in, where no other unit can be chosen or as the first of several.
    """

    part: str = ""
    widget: FieldWidget
    label: str = ""
    choices: Choices = ()
    hint: str = ""
    unit: str = ""
    in_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateBounds:
    """What a typed date is held against."""

    latest: date
    latest_is: str = "the date of the request"
    born: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAnswer:
    """What was typed into the fields of one question, with what is wrong with it.

    ``problems``: by part; in a column of rows it is "drug-0", "drug-1".
    """

    parts: TypedParts
    known: DateBounds
    problems: dict[str, str] = field(default_factory=dict)

    def part(self, part: str = "") -> str:
        """The one value of a field, without the spaces around it; empty when there is none."""
        values = self.parts.get(part) or ("",)
        return values[-1].strip()

    def day(self, part: str = "") -> date | None:
        """The day in a field; None, and what is wrong with it kept, where it is none."""
        try:
            return read_day(self.part(part), self.known)
        except UnreadableError as problem:
            self.problems[part] = str(problem)
            return None


def typed_rows(fields: Iterable[AnswerField], parts: TypedParts) -> list[dict[str, str]]:
    """The rows that say something, by part, as they were typed; at most MOST_ROWS."""
    columns = {
        each.part: [text.strip() for text in parts.get(each.part) or ()]
        for each in fields
        if each.in_rows
    }
    rows = [
        {part: (values[i] if i < len(values) else "") for part, values in columns.items()}
        for i in range(max(map(len, columns.values()), default=0))
    ]
    return [row for row in rows if any(row.values())][:MOST_ROWS]


def read_day(text: str, known: DateBounds, *, or_month: bool = False) -> date | None:
    """A day that has come; None for nothing. Raises UnreadableError."""
    return past_date_of(
        text, latest=known.latest, latest_is=known.latest_is, born=known.born, or_month=or_month
    )
