"""Courses before a request: "up to six", "three in all", "a single dose"; six an authorization."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from criteria.dosing import (
    ApprovedCourses,
    CoursesCounted,
    DoseFacts,
    DoseRule,
    EarlierCourses,
    Limit,
    Obstacle,
    Per,
    courses_left,
    judge,
)
from tests.dosing.asking import MONTHLY, found, per_day, says, then, total
from tests.dosing.policy import RULES, one

TODAY = date(2026, 11, 30)


def approval(courses: int, first: date = date(2026, 2, 2), **more: Any) -> ApprovedCourses:
    more.setdefault("last_day", date(2026, 4, 27))
    more.setdefault("interval_days", 28)
    return ApprovedCourses(courses=courses, first_day=first, **more)


def before(*approved: ApprovedCourses, elsewhere: int | None = 0, **more: Any) -> EarlierCourses:
    return EarlierCourses(approved=approved, elsewhere=elsewhere, first_dose_on=TODAY, **more)


@pytest.mark.parametrize(
    ("line", "approved", "elsewhere", "asked", "expected"),
    [
        (167, 3, 0, 2, "within"),
        (167, 3, 0, 3, "within"),
        (167, 3, 0, 4, "exceeds/too_many_courses"),
        (167, 3, 1, 3, "exceeds/too_many_courses"),
        (167, 0, 3, 3, "within"),
        (167, 0, 4, 3, "exceeds/too_many_courses"),
        (241, 1, 1, 1, "within"),
        (241, 1, 1, 2, "exceeds/too_many_courses"),
        (418, 2, 0, 1, "within"),
        (418, 3, 0, 1, "exceeds/too_many_courses"),
        (468, 5, 0, 1, "within"),
        (468, 6, 0, 1, "exceeds/too_many_courses"),
        (485, 60, 60, 6, "within"),  # each authorization begins anew
        (485, 60, 60, 7, "exceeds/too_many_courses"),
        (174, 60, 60, 12, "within"),  # no number is stated
    ],
)
def test_courses_of_before_count_with_those_asked_for(
    line: int, approved: int, elsewhere: int, asked: int, expected: str
) -> None:
    held = before(*([approval(approved)] if approved else []), elsewhere=elsewhere)
    request = total(2000, 5, **MONTHLY, courses=asked)
    assert says(line, request, before=held) == expected


@pytest.mark.parametrize("regimen", [per_day(400, 5, courses=1), total(2000, 1, courses=1)])
def test_kawasaki_is_given_once_over_requests_too(regimen: Any) -> None:
    """Line 286: the second request of either regimen is a second course."""
    assert says(286, regimen, before=before()) == "within"
    assert says(286, regimen, before=before(approval(1))).startswith("exceeds")
    assert says(286, regimen, before=before(elsewhere=1)).startswith("exceeds")


def test_the_sentence_shows_the_arithmetic() -> None:
    request = total(2000, 5, **MONTHLY, courses=3)
    assessment = found(167, request, before=before(approval(3), elsewhere=1))
    assert assessment.text == (
        "3 approved from 2 Feb 2026 to 27 Apr 2026 + 1 given elsewhere + 3 asked for = 7 courses, "
        "above the 6 in all of this policy."
    )
    assert assessment.in_the_way == () or Obstacle.NUMBER in assessment.in_the_way


@pytest.mark.parametrize(("asked", "expected"), [(6, "not_enough"), (7, "exceeds")])
def test_what_is_not_stated_is_not_none(asked: int, expected: str) -> None:
    request = total(2000, 5, **MONTHLY, courses=asked)
    assert says(167, request, before=EarlierCourses()).startswith(expected)
    assert says(485, request, before=EarlierCourses()) == (
        "within" if asked == 6 else "exceeds/too_many_courses"
    )


def test_nothing_is_offered_before_it_is_known_how_many_are_left() -> None:
    request = total(2500, 5, **MONTHLY, courses=3)
    open_ = found(167, request, before=EarlierCourses())
    assert open_.outcome == "exceeds" and open_.offers == ()
    assert found(485, request, before=EarlierCourses()).offers


def test_a_missing_number_does_not_hide_that_the_approvals_are_enough() -> None:
    request = total(2000, 5, **MONTHLY, courses=1)
    held = before(approval(6), elsewhere=None)
    assert says(167, request, before=held) == "exceeds/too_many_courses"


@pytest.mark.parametrize(
    ("stated", "others", "expected"),
    [(0, 4, "exceeds"), (4, 4, "exceeds"), (3, 3, "within"), (3, 2, "within"), (1, 3, "within")],
)
def test_approvals_a_request_cannot_name_are_among_those_given_elsewhere(
    stated: int, others: int, expected: str
) -> None:
    """The larger number counts: nothing twice, nothing left out."""
    held = before(elsewhere=stated, others=(approval(others),))
    request = total(2000, 5, **MONTHLY, courses=3)
    assessment = found(167, request, before=held)
    assert assessment.outcome == expected
    assert "approved" not in assessment.text


def test_fortnightly_courses_of_an_approval_are_counted_by_month() -> None:
    """As those asked for are: runs that begin within the same 28 days count as one."""
    held = before(approval(6, interval_days=14))
    assert says(167, total(2000, 5, **MONTHLY, courses=3), before=held) == "within"
    assert says(167, total(2000, 5, **MONTHLY, courses=4), before=held).startswith("exceeds")


@pytest.mark.parametrize(("used", "left"), [(0, 6), (2, 4), (5, 1)])
def test_no_more_is_offered_than_is_left(used: int, left: int) -> None:
    request = total(2000, 5, **MONTHLY, courses=8)
    (offer,) = found(167, request, before=before(elsewhere=used)).offers
    assert offer.courses == (left if left > 1 else 1)
    taken = offer.as_request(request)
    assert found(167, taken, before=before(elsewhere=used)).outcome == "within"


@pytest.mark.parametrize("line", [167, 241, 418, 468])
@pytest.mark.parametrize("used", [0, 1, 2])
@pytest.mark.parametrize("amount", [1900, 2000, 2500])
def test_no_course_is_split_to_offer_more_of_them(line: int, used: int, amount: int) -> None:
    request = total(amount, 5, **MONTHLY, courses=7)
    held = before(elsewhere=used)
    for offer in found(line, request, before=held, weight_kg=Decimal(70)).offers:
        left = (RULES[line].limits[0].max_courses or 0) - used
        assert offer.courses is not None and offer.courses <= left
        assert offer.monthly == (offer.interval_days == 28)


@pytest.mark.parametrize("used", [6, 7, 60])
def test_where_none_is_left_the_number_is_in_the_way(used: int) -> None:
    assessment = found(167, total(2000, 5, **MONTHLY, courses=1), before=before(elsewhere=used))
    assert assessment.offers == () and assessment.in_the_way == (Obstacle.NUMBER,)
    (row,) = assessment.maxima
    assert row.courses == 0 and row.per_authorization is not None
    assert row.per_authorization.mg_per_kg == 0


def test_the_maximum_of_an_authorization_is_of_what_is_left() -> None:
    facts: dict[str, Any] = {"authorization_months": 12}
    (row,) = found(167, None, **facts, before=before(approval(2), elsewhere=1)).maxima
    assert row.courses == 3
    (row,) = found(167, None, **facts, before=EarlierCourses()).maxima
    assert row.per_authorization is None and row.needs == "the number of courses given before"
    (row,) = found(485, None, **facts, before=EarlierCourses()).maxima
    assert row.courses == 6


def yearly(most: int) -> Limit:
    limit = replace(RULES[167].limits[0], max_courses=most)
    return replace(limit, courses_counted=CoursesCounted.A_YEAR)


def of_a_year(held: EarlierCourses, asked: int, most: int = 6) -> str:
    rule: DoseRule = one(yearly(most))
    request = total(2000, 5, **MONTHLY, courses=asked)
    return judge(rule, request, DoseFacts(before=held)).outcome.value


def test_a_total_of_a_year_counts_any_12_months() -> None:
    """Three courses of which the first was 365 days before: the day it drops out of the year."""
    inside = before(approval(3, date(2025, 12, 1), last_day=date(2026, 3, 1)))
    assert of_a_year(inside, 3) == "within"
    assert of_a_year(inside, 4) == "within"  # by the fourth the first one is a year ago
    assert of_a_year(inside, 7) == "exceeds"
    close = before(approval(3, date(2026, 9, 7), last_day=date(2026, 11, 29)))
    assert of_a_year(close, 3) == "within" and of_a_year(close, 4) == "exceeds"
    long_ago = before(approval(6, date(2024, 1, 1), last_day=date(2024, 6, 30)))
    assert of_a_year(long_ago, 6) == "within"


def test_what_was_given_elsewhere_counts_as_just_before() -> None:
    assert of_a_year(before(elsewhere=3), 3) == "within"
    assert of_a_year(before(elsewhere=3), 4) == "exceeds"
    assert courses_left(yearly(6), before(elsewhere=3), 28) == 3
    assert courses_left(yearly(20), before(elsewhere=3), 28) == 400  # never more than 14 a year


def test_only_amounts_bind_a_limit_without_a_number() -> None:
    assert courses_left(RULES[174].limits[0], before(elsewhere=40)) is None
    limit = RULES[485].limits[0]
    assert limit.per is Per.MONTH and courses_left(limit, before(elsewhere=40)) == 6


@pytest.mark.parametrize(("used", "expected"), [(0, "within"), (1, "exceeds/too_many_courses")])
def test_courses_of_both_parts_count_with_those_of_before(used: int, expected: str) -> None:
    later = then(1000, days=2, courses=3, **MONTHLY)
    request = total(1000, 2, courses=3, then=later, **MONTHLY)
    assert says(167, request, before=before(elsewhere=used)) == expected
    if used:
        text = found(167, request, before=before(approval(2), elsewhere=1)).text
        assert "+ 1 given elsewhere + 6 asked for in both parts = 9 courses, above the 6" in text


def test_a_second_part_is_counted_from_its_own_first_day() -> None:
    """Six courses of a year before the request are a year past when the second part begins."""
    held = before(approval(6, date(2026, 6, 1), last_day=date(2026, 11, 15)))
    rule: DoseRule = one(yearly(6))

    def after(days: int) -> str:
        later = then(1000, days=2, courses=3, begins_after_days=days, **MONTHLY)
        request = total(1000, 2, courses=1, then=later)
        return judge(rule, request, DoseFacts(before=replace(held, approved=()))).outcome.value

    assert after(28) == "within"
    later = then(1000, days=2, courses=6, begins_after_days=366, **MONTHLY)
    request = total(1000, 2, courses=1, then=later)
    assert judge(rule, request, DoseFacts(before=before())).outcome == "within"
    assert judge(rule, request, DoseFacts(before=held)).outcome == "exceeds"  # 6 and 1 in one year


@pytest.mark.parametrize("counted", list(CoursesCounted))
@pytest.mark.parametrize("huge", [10**6, 10**30])
def test_a_huge_number_is_counted_and_never_a_fault(counted: CoursesCounted, huge: int) -> None:
    rule: DoseRule = one(replace(yearly(6), courses_counted=counted))
    once = total(1000, 2, courses=huge, **MONTHLY)
    later = then(1000, days=2, courses=huge, begins_after_days=huge, **MONTHLY)
    for request in (once, total(1000, 2, courses=huge, then=later, **MONTHLY)):
        assert judge(rule, request, DoseFacts(before=before(elsewhere=huge))).outcome == "exceeds"
