"""What a number of courses counts is said in the file, for each of them, and nowhere guessed."""

import copy
from typing import Any

import pytest

from criteria.dosing import CoursesCounted, counts_requests
from criteria.policies.file.compile import compile_edition
from criteria.policies.file.problem import PolicyFileError
from criteria.policies.file.schema import PolicyFile
from tests.helpers.actions.altered_policy import COMMERCIAL, edition_in

# Lines of the commercial policy that state a number, with that number and what it counts over.
STATED = {
    "167": (6, CoursesCounted.IN_ALL),
    "241": (3, CoursesCounted.IN_ALL),
    "286": (1, CoursesCounted.IN_ALL),
    "418": (3, CoursesCounted.IN_ALL),
    "468": (6, CoursesCounted.IN_ALL),
    "485": (6, CoursesCounted.AUTHORIZATION),
}


def test_every_number_of_the_commercial_policy_counts_as_it_says() -> None:
    limits = [
        limit
        for indication in edition_in(COMMERCIAL).indications.values()
        for pathway in indication.pathways
        for limit in pathway.dose.limits
        if limit.max_courses is not None
    ]
    assert {one.lines: (one.max_courses, one.courses_counted) for one in limits} == STATED
    assert [one.lines for one in limits if not counts_requests(one)] == ["485"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"courses_counted": None},
            "say what the most courses count: expected one of in_all",
        ),
        ({"max_courses": None}, "say also how many are the most"),
    ],
)
def test_one_without_the_other_is_told_at_its_line(change: dict[str, Any], said: str) -> None:
    document = copy.deepcopy(COMMERCIAL)
    document["indications"]["gbs"]["pathways"]["standard"]["dose"][0] |= change
    with pytest.raises(PolicyFileError) as caught:
        compile_edition(PolicyFile.model_validate(document))
    (problem,) = caught.value.problems
    assert problem.path[-1] == "courses_counted" and said in problem.message
