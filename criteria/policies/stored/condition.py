"""The passing test of a question: what the file says, and the columns that hold it."""

from criteria.models import Criterion
from criteria.models.criterion_fit import condition_values
from criteria.policies.file import schema
from criteria.policies.file.compile_tree import stated_test
from criteria.rules import KINDS, AnswerType
from criteria.rules.kinds.stated import ColumnValue, StatedValue


def columns_of(part: schema.QuestionCriterion, type: AnswerType) -> dict[str, ColumnValue]:
    """The columns of a passing test; choices, and the question of an anchor, by key."""
    return KINDS[type].columns_of(stated_test(part))


def condition_of(row: Criterion, keys: dict[str, list[str]], anchor: str) -> dict[str, StatedValue]:
    """What the file says; ``keys`` are the passing and reviewer choices.

    What stands in columns of another kind is said as well, to be refused.
    """
    assert row.question is not None  # noqa: S101
    values = condition_values(row) | keys | {"anchor_question": anchor or None}
    own = KINDS[AnswerType(row.question.type)]
    said = own.stated_of(values)
    for kind in KINDS.values():
        for field, value in kind.stated_of(values).items():
            if value not in (None, [], False) and said.get(field) in (None, []):
                said[field] = value
    return said
