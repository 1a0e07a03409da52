"""Whether a passing condition fits the kind of answer it is held against, in plain words."""

from collections.abc import Iterator
from typing import Protocol

from criteria.models.question import Question
from criteria.rules import KINDS, AnswerType, QuestionDefinition
from criteria.rules.kinds.stated import ColumnValue, TestColumn

CONDITION: dict[str, TestColumn] = {
    column.name: column for kind in KINDS.values() for row in kind.columns for column in row
}
# The columns of a passing condition, and the kinds of answers they go with.
COLUMNS: dict[str, tuple[AnswerType, ...]] = {
    name: tuple(type for type, kind in KINDS.items() if any(column in row for row in kind.columns))
    for name, column in CONDITION.items()
} | {"contradiction": tuple(type for type, kind in KINDS.items() if kind.may_contradict)}
LINKS = tuple(name for name, column in CONDITION.items() if column.is_link)
ColumnMisfit = tuple[str, str]


class ConditionRow(Protocol):
    """The questions of a criterion; its columns have the names of ``CONDITION``."""

    question: Question | None
    anchor_question: Question | None


def condition_values(row: ConditionRow) -> dict[str, ColumnValue]:
    """What the columns of a passing condition hold, apart from links and the anchor's question."""
    names = (name for name in CONDITION if name not in LINKS and name != "anchor_question")
    return {name: getattr(row, name) for name in names}


def condition_misfits(row: ConditionRow, type: AnswerType) -> Iterator[ColumnMisfit]:
    """The fields of a passing condition that do not go with a kind of answer, each with why."""
    kind = KINDS[type]
    for name, types in COLUMNS.items():
        if name not in LINKS and type not in types and _says(row, name):
            yield name, f"The question asks for {kind.asks_for}: leave this empty."
    if row.question is None or any(column.is_link for line in kind.columns for column in line):
        return
    asked = [question_of(each) for each in (row.question, row.anchor_question) if each is not None]
    questions = {each.key: each for each in asked}
    anchor = None if row.anchor_question is None else row.anchor_question.key
    stated = kind.stated_of(condition_values(row) | {"anchor_question": anchor})
    wrong = [] if kind.fits(stated) else [("passes", kind.advice)]
    wrong += [(each.field, each.advice) for each in kind.misfits(stated, asked[0], questions)]
    first: dict[str, str] = {}
    for field, advice in wrong:
        first.setdefault(kind.field_columns[field], advice)
    yield from first.items()


def question_of(row: Question) -> QuestionDefinition:
    """What a test has to know of a question that is stored."""
    type = AnswerType(row.type)
    return QuestionDefinition(key=row.key, wording=row.wording, type=type, dated=row.dated)


def _says(row: ConditionRow, name: str) -> bool:
    value = getattr(row, name)
    return value is not None and value != "" and (value is not False or name == "passes_on")
