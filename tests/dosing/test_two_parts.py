"""A dose of two parts, one after the other: each within, and both together on one calendar."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.dosing import (
    DoseBasis,
    DoseFacts,
    DoseOutcome,
    DoseRequest,
    FollowingDose,
    Per,
    judge,
)
from tests.dosing.asking import MONTHLY, found, per_day, per_dose, says, then, total
from tests.dosing.oracle.draw import requests
from tests.dosing.oracle.kinds import rules_by_kind
from tests.dosing.policy import RUNS, limit, one

START_MISSING = "not_enough_information/start_missing"
DATED: dict[str, Any] = {"days_since_transplant": 10, "day_of_therapy": 1}


def weekly_then_monthly(first: int = 13, second: int | None = 9, after: int = 28) -> DoseRequest:
    following = then(500, courses=second, begins_after_days=after, **MONTHLY)
    return per_dose(500, 7, courses=first, then=following)


def test_weekly_for_90_days_then_monthly_until_day_360() -> None:
    """Line 144: the last weekly dose on day 85, monthly from day 113 to day 337 of therapy."""
    assessment = found(144, weekly_then_monthly(), **DATED)
    assert assessment.outcome is DoseOutcome.WITHIN
    assert [finding.limit.key for finding in assessment.findings] == ["line-144", "line-144b"]
    assert assessment.text == (
        "The weekly part: 500 mg/kg is within the 500 mg/kg a dose of this policy. "
        "The monthly part: 500 mg/kg is within the 500 mg/kg a dose of this policy."
    )


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (weekly_then_monthly(first=14, second=8), "exceeds/too_often"),  # weekly on day 92
        (weekly_then_monthly(second=10), "exceeds/after_last_day"),  # day 365 + 10 - 1
        (weekly_then_monthly(after=27), "exceeds/too_often"),  # a month before each monthly dose
        (weekly_then_monthly(after=7), "exceeds/too_often"),  # day 92: as the 14th weekly dose
        (weekly_then_monthly(first=12, after=7), "within"),  # day 85 is weekly, then day 113
        (weekly_then_monthly(second=None), "within"),  # until the authorization ends
    ],
)
def test_line_144_across_the_seam(request_: DoseRequest, expected: str) -> None:
    assert says(144, request_, **DATED, authorization_months=10) == expected


def test_last_dose_on_day_360_and_a_day_later() -> None:
    """Monthly doses on days 113 to 337 of therapy: the last one 336 days after the first."""
    for passed, expected in ((23, "within"), (24, "within"), (25, "exceeds/after_last_day")):
        assert says(144, weekly_then_monthly(), days_since_transplant=passed) == expected


def test_the_text_names_the_part() -> None:
    request = weekly_then_monthly()
    assert request.then is not None
    more = replace(request, then=replace(request.then, amount=Decimal(501)))
    assert found(144, more, **DATED).text == (
        "The monthly part: 501 mg/kg is 1 mg/kg (0.2 %) above the 500 mg/kg a dose of this policy."
    )
    soon = found(144, weekly_then_monthly(after=7), **DATED).text
    assert "The monthly part: it begins 7 days after the dose before it." in soon


def test_parts_given_as_often_are_told_apart_by_their_order() -> None:
    request = total(2001, 5, courses=2, then=then(2000, days=5, courses=2, **MONTHLY), **MONTHLY)
    assert found(174, request).text.startswith("The first part: 2,001 mg/kg")


def test_it_has_to_be_known_when_the_second_part_begins() -> None:
    monthly = then(500, courses=9, **MONTHLY)
    assert says(144, per_dose(500, 7, then=monthly), **DATED) == START_MISSING
    assert says(144, per_dose(500, None, courses=3, then=monthly), **DATED) == START_MISSING
    once = then(500, courses=1)
    assert says(144, per_dose(500, 7, courses=13, then=once), **DATED) == START_MISSING
    early = then(1000, begins_after_days=4, courses=2, **MONTHLY)
    assert says(393, total(1000, 5, courses=1, then=early)) == START_MISSING
    assert says(144, per_dose(501, 7, then=monthly), **DATED) == "exceeds/over_ceiling"


def course(days: int, after: int, amount: int = 1000, **more: Any) -> DoseRequest:
    """A course of so many days, and another one so many days later."""
    following = then(amount, days=days, courses=1, begins_after_days=after)
    return total(amount, days, courses=1, then=following, **more)


@pytest.mark.parametrize(
    ("after", "amount", "expected"),
    [
        (28, 2000, "within"),
        (27, 2000, "exceeds/over_ceiling"),  # 4,000 in 54 days are 2,074 in 28
        (27, 1900, "outside/window_28_days"),
        (27, 1000, "within"),
        (21, 1000, "within"),
        (20, 1000, "outside/not_consecutive"),
    ],
)
def test_a_month_is_counted_over_both_parts(after: int, amount: int, expected: str) -> None:
    assert says(174, course(2, after, amount)) == expected


def test_days_of_a_month_are_counted_over_both_parts() -> None:
    assert says(418, course(3, 10, 900)) == "outside/days"
    assert says(418, course(2, 10, 900)) == "within"


def test_parts_without_a_gap_are_one_course() -> None:
    """Line 286: 400 mg/kg on five days; on three days and then on two it is the same."""

    def kawasaki(second: int, after: int) -> DoseRequest:
        following = then(400, DoseBasis.PER_DAY, days=second, courses=1, begins_after_days=after)
        return per_day(400, 3, courses=1, then=following)

    assert says(286, kawasaki(2, 3)) == "within"
    assert says(286, kawasaki(3, 3)) == "exceeds/over_ceiling"
    assert says(286, kawasaki(2, 4)) == "exceeds/too_many_courses"


def test_courses_of_both_parts_are_counted() -> None:
    request = total(1000, 2, courses=3, then=then(1000, days=2, courses=3, **MONTHLY), **MONTHLY)
    assert says(167, request) == "within"
    assert request.then is not None
    seven = replace(request, then=replace(request.then, courses=4))
    assert says(167, seven) == "exceeds/too_many_courses"
    assert "with those of the first part, 7 courses" in found(167, seven).text


def test_an_induction_and_what_follows_it() -> None:
    """Line 384 binds the induction alone; blank does not say that the first part is one."""
    monthly = then(1000, courses=6, begins_after_days=28, **MONTHLY)
    request = per_day(400, 5, courses=1, then=monthly)
    assert says(384, replace(request, induction=True)) == "within"
    assert says(384, replace(request, induction=False)) == "no_limit/not_induction"
    assert says(384, request) == "not_enough_information/induction_missing"
    more = replace(request, amount=Decimal(401), induction=True)
    assert says(384, more) == "exceeds/over_ceiling"
    noted = found(384, replace(request, induction=True)).notes
    assert any(note.startswith("The monthly part: the limit") for note in noted)


def test_a_range_has_a_longest_interval_across_the_seam() -> None:
    def asked(after: int) -> DoseRequest:
        return per_dose(400, 28, courses=3, then=then(400, begins_after_days=after, **MONTHLY))

    assert says(523, asked(28)) == "within"
    assert says(523, asked(29)) == "outside/interval"
    assert says(523, asked(21)) == "within"
    assert says(523, asked(20)) == "outside/interval"


def test_a_new_run_of_days_is_counted_from_the_start_of_the_one_before() -> None:
    """Days 1-5 and 6-7 are one run; the next one begins on day 26, 25 days later: 2 runs."""
    rule = one(limit(0, Per.MONTH, 2000, min_days=2, max_days=9, **RUNS))
    following = then(400, days=2, interval_days=20, courses=2, begins_after_days=5)
    request = total(1000, 5, courses=1, then=following)
    found_ = judge(rule, request, DoseFacts())
    assert "infusions that begin every 20 days" in found_.text


ALL_RULES = tuple(rule for rules in rules_by_kind().values() for rule in rules if rule.limits)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_schedule_cut_in_two_is_judged_as_the_one_it_is(data: st.DataObject) -> None:
    """The same courses at the same interval: where they are cut makes nothing fit."""
    rule = data.draw(st.sampled_from(ALL_RULES))
    whole = data.draw(requests(rule, Decimal(70)))
    if whole.interval_days is None or (whole.courses or 1) < 2:
        return
    number = whole.courses or 1
    cut = data.draw(st.integers(1, number - 1))
    part = {
        name: getattr(whole, name)
        for name in ("amount", "unit", "basis", "days", "consecutive", "interval_days", "monthly")
    }
    after = 28 if whole.monthly else whole.interval_days
    following = FollowingDose(**part, courses=number - cut, begins_after_days=after)
    request = replace(whole, courses=cut, then=following, induction=False)
    facts = DoseFacts(
        weight_kg=Decimal(70),
        day_of_therapy=1,
        days_since_transplant=5,
        days_since_discontinuation=5,
    )
    once, twice = judge(rule, replace(whole, induction=False), facts), judge(rule, request, facts)
    assert (once.outcome is DoseOutcome.WITHIN) == (twice.outcome is DoseOutcome.WITHIN)
