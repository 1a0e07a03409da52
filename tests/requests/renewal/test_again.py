from datetime import date
from typing import Any

import pytest

from criteria.requests.renewal import can_be_stated_again
from criteria.rules import ListAnswer, QuestionDefinition, TherapyAnswer, TherapyOutcome
from tests.requests.renewal.snapshots import COURSE, DRUG, DRUGS, SCORE, STARTED, WALKS, figure


@pytest.mark.parametrize(
    ("question", "answer", "again"),
    [
        (STARTED, date(2026, 3, 12), True),
        (DRUG, TherapyAnswer(TherapyOutcome.FAILURE), True),
        (DRUGS, ListAnswer(stated_count=0), True),
        (SCORE, figure("6", date(2026, 3, 1)), True),
        (SCORE, figure("6"), False),
        (WALKS, True, False),
        (COURSE, "up", False),
    ],
)
def test_only_what_tells_of_the_past_is_stated_again(
    question: QuestionDefinition, answer: Any, again: bool
) -> None:
    assert can_be_stated_again(question, answer) is again
