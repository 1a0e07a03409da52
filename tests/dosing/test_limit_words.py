"""A limit reads as its numbers say: every number stands in its sentence, and no other."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.dosing import CoursesCounted, DoseRule, Joined, Limit, Per, Regimen, RegimenEvent
from criteria.dosing.limits import regimens_of
from tests.dosing.policy import RULES, limit

APART = "a new run of days at least 21 days after the one before began"
SENTENCES = {
    132: (
        "At most 2,000 mg/kg a month, as 3 equal doses on 3 consecutive days, " + APART,
        "Or at most 400 mg/kg a day, on up to 5 consecutive days, "
        + APART
        + ", no more than one course every 4 weeks",
    ),
    144: (
        "At most 500 mg/kg a dose, no more than one dose a week, through day 90 of therapy",
        "Then at most 500 mg/kg a dose, no more than one dose every 4 weeks, until day 360 after "
        "the transplant",
    ),
    167: (
        "At most 2,000 mg/kg a month, over 2 to 5 consecutive days, "
        + APART
        + ", up to 6 monthly courses in all",
    ),
    485: (
        "At most 2,000 mg/kg a month, over 2 to 5 days, up to 6 monthly courses in each "
        "authorization",
    ),
    187: ("At most 400 mg/kg a dose, one dose every 3 to 4 weeks",),
    224: (
        "At most 1,000 mg/kg a dose, no more than one dose a week, until delivery",
        "Or at most 2,000 mg/kg a dose, no more than one dose a week, until delivery, only if "
        "high risk of intracranial hemorrhage",
    ),
    263: ("At most 1,000 mg/kg a day, on 1 to 2 days",),
    286: (
        "At most 400 mg/kg a day, on up to 5 consecutive days, one course in all",
        "Or at most 2,000 mg/kg a course, on a single day, one course in all",
    ),
    384: ("At most 400 mg/kg a day, on up to 5 days, only for an induction course",),
    393: ("At most 1,000 mg/kg a month",),
    509: (
        "At most 400 mg/kg a dose, no more than one dose every 4 weeks, until day 360 after the "
        "end of the earlier therapy",
    ),
    523: ("200 to 800 mg/kg a dose, one dose every 3 to 4 weeks, only for a first request",),
}


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_of_the_commercial_policy(line: int) -> None:
    assert tuple(RULES[line].sentences().values()) == SENTENCES[line]


NUMBERS = st.fixed_dictionaries(
    {
        "max_mg_per_kg": st.decimals("800", "10000", places=1),
        "min_mg_per_kg": st.none() | st.decimals("1", "799", places=1),
        "max_days": st.none() | st.integers(2, 40),
        "shortest_interval_days": st.none() | st.integers(1, 400),
        "min_days_between_runs": st.none() | st.integers(2, 99),
        "max_courses": st.none() | st.integers(2, 99),
        "through_day_of_therapy": st.none() | st.integers(1, 3660),
        "until_days": st.none() | st.integers(1, 3660),
    }
)


@given(st.sampled_from(Per), NUMBERS)
def test_every_number_stands_in_the_sentence(per: Per, numbers: dict[str, Any]) -> None:
    event = RegimenEvent.TRANSPLANT if numbers["until_days"] else None
    over = CoursesCounted.IN_ALL if numbers["max_courses"] else None
    stated = Limit(key="k", per=per, lines="1", until_event=event, courses_counted=over, **numbers)
    found = {Decimal(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", stated.words)}
    expected = {Decimal(value) for value in numbers.values() if value is not None}
    interval = numbers["shortest_interval_days"]
    if interval is not None:
        size = 7 if interval % 7 == 0 else 1
        rest = [v for name, v in numbers.items() if name != "shortest_interval_days"]
        expected = {Decimal(value) for value in rest if value is not None}
        expected |= {Decimal(interval // size)} if interval != size else set()
    assert found == expected


@pytest.mark.parametrize(
    ("fields", "clause"),
    [
        ({"shortest_interval_days": 7}, "no more than one dose a week"),
        ({"shortest_interval_days": 10}, "no more than one dose every 10 days"),
        ({"longest_interval_days": 28}, "at least one dose every 4 weeks"),
        ({"shortest_interval_days": 28, "longest_interval_days": 28}, "one dose every 4 weeks"),
        (
            {"shortest_interval_days": 21, "longest_interval_days": 30},
            "one dose every 21 to 30 days",
        ),
        (
            {"max_days": 5, "min_days": 2, "equal_doses": True},
            "over 2 to 5 days in equal daily doses",
        ),
        ({"max_days": 3, "min_days": 3}, "over 3 days"),
        ({"consecutive_days": True}, "on consecutive days"),
        (
            {"consecutive_days": True, "min_days_between_runs": 21},
            "on consecutive days, a new run of days at least 21 days after the one before began",
        ),
        (
            {"min_days_between_runs": 1},
            "a new run of days at least 1 day after the one before began",
        ),
        ({"max_courses": 1}, "one dose in all"),
        (
            {"max_courses": 6, "courses_counted": CoursesCounted.AUTHORIZATION},
            "up to 6 doses in each authorization",
        ),
        (
            {"max_courses": 4, "courses_counted": CoursesCounted.A_YEAR},
            "up to 4 doses in any 12 months",
        ),
        ({"until_event": RegimenEvent.DELIVERY}, "until delivery"),
        (
            {"only_initial": True, "only_induction": True},
            "only for an induction course of a first request",
        ),
    ],
)
def test_clause_of_a_field(fields: dict[str, Any], clause: str) -> None:
    assert limit(1, Per.DOSE, 400, **fields).words == f"At most 400 mg/kg a dose, {clause}"


def test_limits_in_order_are_regimens_and_tell_how_they_go_together() -> None:
    first, second, third, fourth = (replace(limit(1, Per.DAY, n), key=str(n)) for n in (1, 2, 3, 4))
    open_if = replace(fourth, conditional=True, condition_words="it is bad")
    joined = (None, Joined.THEN, Joined.OR, Joined.ONLY_IF)
    stated = list(zip((first, second, third, open_if), joined, strict=True))
    rule = DoseRule(regimens_of(stated), iv_only=True)
    assert [len(regimen.phases) for regimen in rule.regimens] == [2, 1, 1]
    assert rule.joins == tuple(stated)
    assert [words.split()[0] for words in rule.sentences().values()] == ["At", "Then", "Or", "Or"]
    assert rule.sentences([second, third]) == {
        "2": "At most 2 mg/kg a day",
        "3": "Or at most 3 mg/kg a day",
    }


@pytest.mark.parametrize("half", [{"max_courses": 6}, {"courses_counted": CoursesCounted.IN_ALL}])
def test_a_number_of_courses_does_not_stand_without_what_it_counts(half: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="what the number of courses counts"):
        Limit(key="k", per=Per.MONTH, max_mg_per_kg=Decimal(400), lines="1", **half)


def test_limits_do_not_stand_without_their_route() -> None:
    with pytest.raises(ValueError, match="intravenous"):
        DoseRule((Regimen((limit(1, Per.DAY, 400),)),))
    assert DoseRule().iv_only is None
