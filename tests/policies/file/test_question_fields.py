"""A field of a question that goes with one kind of answer is refused on every other."""

from typing import Any

import pytest

from criteria.policies.file.checks import file_problems
from criteria.rules import KINDS, AnswerType
from tests.factories.policy_file import QUESTIONS, policy_file

STATED: dict[str, Any] = {
    "unit": "mg/dL",
    "other_units": {"g/L": 100},
    "min": 0,
    "max": 9,
    "whole": True,
    "dated": True,
    "choices": {"one": "The first", "two": "The second"},
}
FIELDS = [
    (field, owner.type, type)
    for owner in KINDS.values()
    for field in owner.question_fields
    for type in AnswerType
]


@pytest.mark.parametrize(("field", "owner", "type"), FIELDS)
def test_field_of_one_kind_is_refused_on_others(
    field: str, owner: AnswerType, type: AnswerType
) -> None:
    said = {"ask": "What of it?", "type": type.value, field: STATED[field]}
    file = policy_file(questions={**QUESTIONS, "spare": said})
    told = [p.message for p in file_problems(file) if p.path == ("questions", "spare", field)]
    refused = [f"expected only on a {owner} question, not {type}"]
    assert told == ([] if type is owner else refused)
