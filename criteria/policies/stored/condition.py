"""The passing condition of a question: what the file says, and the columns that hold it."""

from typing import Any

from criteria.models import Criterion
from criteria.policies.file import schema
from criteria.policies.file.compile_tree import compared
from criteria.policies.stored.spelling import OUTCOMES, comparison_words, span_columns, span_words
from criteria.rules import Anchor, AnswerType


def columns_of(part: schema.QuestionCriterion, type: AnswerType) -> dict[str, Any]:
    """The columns of a passing condition, without the choices and the question of the anchor."""
    columns: dict[str, Any] = {}
    if isinstance(part.passes, bool):
        columns["passes_on"] = part.passes
    elif isinstance(part.passes, str):
        columns["comparison"], columns["threshold"] = compared(part.passes)
    elif isinstance(part.passes, list) and type is AnswerType.THERAPY:
        columns |= {f"accepts_{outcome}": True for outcome in part.passes}
    elif isinstance(part.passes, list) and type is AnswerType.CODES:
        columns |= {"codes": " ".join(part.passes), "principal": part.principal}
    if part.not_older_than is not None:
        columns["max_age_count"], columns["max_age_unit"] = span_columns(part.not_older_than)
    if part.within is not None:
        columns["window_count"], columns["window_unit"] = span_columns(part.within)
        columns["window_after"] = part.after
    if part.of is not None and part.of in set(Anchor):
        columns["anchor"] = part.of
    return columns


def condition_of(row: Criterion, keys: dict[str, list[str]], anchor: str) -> dict[str, Any]:
    """What the file says; ``keys`` are the passing and reviewer choices."""
    assert row.question is not None  # noqa: S101
    said: dict[str, Any] = {"passes": _passes(row, AnswerType(row.question.type), keys)}
    if keys.get("reviewer"):
        said["reviewer"] = keys["reviewer"]
    if row.max_age_count is not None:
        said["not_older_than"] = span_words(row.max_age_count, row.max_age_unit)
    if row.window_count is not None:
        said |= {"within": span_words(row.window_count, row.window_unit), "after": row.window_after}
    if row.principal:
        said["principal"] = True
    if anchor or row.anchor:
        said["of"] = anchor or row.anchor
    return said


def _passes(row: Criterion, type: AnswerType, keys: dict[str, list[str]]) -> Any:
    if row.threshold is not None:
        return comparison_words(row.comparison, row.threshold)
    if type is AnswerType.CHOICE:
        return keys.get("passing", [])
    if type is AnswerType.THERAPY:
        return [o for o in OUTCOMES if getattr(row, f"accepts_{o}")] or None
    if type is AnswerType.CODES:
        return row.codes.split()
    return row.passes_on
