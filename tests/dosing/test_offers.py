"""What fits instead of a dose that does not: whole regimens, none of them more than asked for."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.dosing import (
    DoseAssessment,
    DoseFacts,
    DoseOutcome,
    DoseRequest,
    DoseRule,
    EarlierCourses,
    Obstacle,
    Offer,
    ShortfallSpan,
    Vials,
    judge,
    kilograms,
)
from criteria.dosing.sentences import offer_shortfall, offer_words
from tests.dosing.asking import FIRST, MONTHLY, per_day, per_dose, total
from tests.dosing.cases import PRODUCTS
from tests.dosing.oracle.decide import expected
from tests.dosing.oracle.draw import asked
from tests.dosing.oracle.kinds import rules_by_kind
from tests.dosing.policy import RULES

LB_154 = kilograms(Decimal(154), "lb")
NOTHING_KNOWN: dict[str, Any] = {}


def found(
    line: int, request: DoseRequest, product: str = "Gamunex-C", **facts: Any
) -> DoseAssessment:
    facts.setdefault("weight_kg", Decimal(82))
    facts.setdefault("before", FIRST)
    return judge(RULES[line], request, DoseFacts(**facts), PRODUCTS[product])


def in_words(assessment: DoseAssessment) -> list[str]:
    return [
        f"{offer_words(offer)}: {offer_shortfall(offer) or 'all of it'}"
        for offer in assessment.offers
    ]


def by_day(offer: Offer) -> list[str]:
    assert offer.course is not None
    return [f"{day.grams:f}" for day in offer.course.days]


def test_the_whole_amount_on_other_days_comes_first() -> None:
    """CIDP, 164 g on one day: over two days it is all allowed, on one day only half of it."""
    assessment = found(174, total(164, 1, unit="g", **MONTHLY))
    assert in_words(assessment) == [
        "164 g (2,000 mg/kg) over 2 days in a row, every month: all of it"
    ]
    assert by_day(assessment.offers[0]) == ["82", "82"]
    assert assessment.in_the_way == (Obstacle.DAYS,)


def test_kawasaki_on_two_days_is_offered_each_regimen() -> None:
    assessment = found(286, total(2000, 2, courses=1), "Gammagard Liquid", weight_kg=Decimal(18))
    assert in_words(assessment) == [
        "36 g (2,000 mg/kg) on 1 day, once: all of it",
        "35 g (1,944.4 mg/kg) over 5 days in a row, once: 1 g less in each course",
    ]
    assert by_day(assessment.offers[1]) == ["7"] * 5


@pytest.mark.parametrize("days", [2, 4])
def test_bullous_140_g_fits_over_five_days(days: int) -> None:
    best, other = found(132, total(140, days, unit="g", **MONTHLY)).offers
    assert (best.days, best.grams_per_course, best.is_less) == (5, 140, False)
    assert (other.days, other.grams_per_course, other.is_less) == (3, Decimal("139.5"), True)
    assert by_day(other) == ["46.5"] * 3


def test_seven_days_are_offered_five() -> None:
    for line in (174, 241):
        (offer,) = found(line, total(2000, 7, **MONTHLY)).offers
        assert (offer.days, offer.grams_per_course) == (5, 164)
        assert by_day(offer) == ["33", "33", "33", "32.5", "32.5"]


@pytest.mark.parametrize("request_", [per_dose(500, 7), per_day(500, 2, interval_days=14)])
def test_infusions_spread_over_the_month_are_offered_as_one_run(request_: DoseRequest) -> None:
    """On as many days as they were: no day gets more than was asked for on any."""
    assessment = found(174, request_)
    (offer,) = assessment.offers
    assert (offer.days, offer.consecutive, offer.interval_days) == (4, True, 28)
    assert by_day(offer) == ["41"] * 4 and not offer.is_less
    assert assessment.in_the_way == (Obstacle.INTERVAL,)


def test_140_g_at_154_lb_is_cut_and_says_so() -> None:
    request = total(140, 5, unit="g", courses=6, **MONTHLY)
    assessment = found(167, request, weight_kg=LB_154)
    assert assessment.text == (
        "140 g is 2,004.2 mg/kg: 0.29 g (0.2 %) above the 2,000 mg/kg a month of this policy."
    )
    (offer,) = assessment.offers
    assert by_day(offer) == ["28", "28", "28", "28", "27.5"]
    assert (offer.less_by_g, offer.less_over) == (Decimal("0.5"), ShortfallSpan.COURSE)
    assert assessment.in_the_way == (Obstacle.AMOUNT,)


def test_fewer_courses_are_said_to_be_less() -> None:
    (offer,) = found(241, total(2000, 5, courses=7, **MONTHLY)).offers
    assert (offer.courses, offer.less_by_g, offer.less_over) == (3, 656, ShortfallSpan.ALL)
    (once,) = found(263, per_day(1000, 2, **MONTHLY)).offers
    assert (once.interval_days, once.courses, once.fewer_courses, once.is_less) == (
        None, 1, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "courses", "interval", "offered"),
    [
        (1, 5, 1, "160 g (1,951.2 mg/kg) over 5 days in a row, once: 5 g less in all"),
        (1, 4, 1, None),
        (1, 7, 1, "160 g (1,951.2 mg/kg) over 5 days in a row, once: 71 g less in all"),
        (2, 3, 2, "160 g (1,951.2 mg/kg) over 5 days in a row, once: 38 g less in all"),
        (5, 1, None, "160 g (1,951.2 mg/kg) over 5 days in a row, once: 5 g less in each course"),
    ],
)
def test_courses_that_touch_are_offered_as_the_run_they_are(
    days: int, courses: int, interval: int | None, offered: str | None
) -> None:
    """82 kg: 33 g a day on five days is 165 g; no day is offered twice of what it had."""
    request = per_day(33, days, unit="g", courses=courses, interval_days=interval)
    assessment = found(174, request, "Privigen", authorization_months=6)
    assert in_words(assessment) == ([] if offered is None else [offered])


@pytest.mark.parametrize(
    ("request_", "months", "courses"),
    [
        (per_dose(400, 7, courses=22), 6, 6),
        (per_dose(400, 7, courses=26), 6, 6),
        (per_dose(400, 7, courses=26), 7, 7),
        (per_dose(400, 7, courses=26), None, 7),
        (per_dose(1000, 14, courses=13), 6, 6),
        (total(2100, 5, courses=5, **MONTHLY), 6, 5),
        (total(2100, 5, courses=6, **MONTHLY), 6, 6),
        (total(2100, 5, courses=7, **MONTHLY), 6, 6),
        (total(2100, 5, courses=7, interval_days=28), 6, 6),
    ],
)
def test_the_courses_of_an_offer_begin_in_the_months_asked_for(
    request_: DoseRequest, months: int | None, courses: int
) -> None:
    for offer in found(174, request_, authorization_months=months).offers:
        assert offer.courses == courses


@pytest.mark.parametrize(("monthly", "courses"), [(True, 6), (False, 7)])
def test_four_weeks_are_a_month_where_the_policy_or_the_request_says_so(
    monthly: bool, courses: int
) -> None:
    """Line 253 speaks of 28 days: seven such courses begin in the 182 days of six months."""
    request = per_dose(500, 28, courses=7, monthly=monthly)
    (offer,) = found(253, request, authorization_months=6).offers
    assert offer.courses == courses


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        (174, total(160, 4, unit="g", consecutive=None, **MONTHLY)),
        (174, total(160, 7, unit="g", consecutive=None, **MONTHLY)),
        (174, total(2000, 1, courses=None)),
        (384, per_day(400, 7, interval_days=28, courses=3)),
        (224, per_dose(1500, 7)),
    ],
)
def test_nothing_is_offered_that_would_answer_what_is_blank(
    line: int, request_: DoseRequest
) -> None:
    assessment = found(line, request_, before=EarlierCourses())
    assert assessment.outcome is DoseOutcome.NOT_ENOUGH_INFORMATION
    assert assessment.offers == () and assessment.in_the_way == ()


def test_courses_end_before_the_last_day() -> None:
    (offer,) = found(
        144, per_dose(500, 7, courses=20), days_since_transplant=10, day_of_therapy=1
    ).offers
    assert offer.courses == 13  # days 1, 8 ... 85 of therapy


def test_a_course_that_may_be_given_sooner_keeps_its_days() -> None:
    """58 kg, 959 g over seven days every four weeks: what fits is offered over seven days, too."""
    request = total(959, 7, unit="g", interval_days=28, courses=9)
    best, *_ = found(523, request, "Privigen", weight_kg=Decimal(58)).offers
    assert (best.days, best.interval_days, best.grams_per_course) == (7, 21, 45)


def test_nothing_is_offered_above_what_was_asked_for() -> None:
    assessment = found(523, per_dose(100, 28))
    assert assessment.offers == () and assessment.in_the_way == (Obstacle.AMOUNT,)


def test_nothing_is_offered_while_the_schedule_is_not_known() -> None:
    for request in (total(3000, None, **MONTHLY), total(3000, 5)):
        assert found(174, request).offers == ()


def test_an_unanswered_condition_opens_nothing() -> None:
    (offer,) = found(224, per_dose(3000, 7)).offers
    assert offer.mg_per_kg_per_course == 1000
    best, _ = found(224, per_dose(3000, 7), conditions={"fnait-high-risk": True}).offers
    assert best.mg_per_kg_per_course == 2000


def test_where_whole_vials_make_nothing_the_exact_dose_is_offered() -> None:
    """10 kg: 4 g; the smallest vial has 5 g. What is left in it is discarded, by name."""
    assessment = found(253, per_dose(500, 28), "Privigen", weight_kg=Decimal(10))
    (offer,) = assessment.offers
    assert offer.course is not None and offer.grams_per_course == 4
    assert (offer.course.discarded_g, offer.course.is_whole) == (1, False)
    assert "No vials of this product make an amount that is within." in assessment.notes


def test_without_a_weight_an_offer_is_in_mg_per_kg() -> None:
    assessment = judge(RULES[174], total(3000, 5, **MONTHLY), DoseFacts(), PRODUCTS["Privigen"])
    (offer,) = assessment.offers
    assert (offer.mg_per_kg_per_course, offer.course, offer.less_by_g) == (2000, None, None)
    assert offer.less_by_mg_per_kg == 1000


ALL_RULES = tuple(rule for rules in rules_by_kind().values() for rule in rules if rule.limits)
products = st.none() | st.sampled_from(list(PRODUCTS.values()))


def treatment(request: DoseRequest, facts: DoseFacts) -> tuple[Decimal, Decimal | None]:
    """mg/kg of a course, and of all courses where their number is stated."""
    course = judge(DoseRule(), request, facts).first.mg_per_kg
    assert course is not None
    return course, None if request.courses is None else course * request.courses


def assert_begins_in_time(offer: Offer, months: int | None) -> None:
    """The last course begins within the authorization; a course a month as often as it has any."""
    if months is None or offer.interval_days is None or offer.courses is None:
        return
    assert (offer.courses - 1) * offer.interval_days < Decimal(months) * 365 / 12
    if offer.monthly:
        assert offer.courses <= months


def fullest_day(request: DoseRequest, facts: DoseFacts) -> Decimal:
    """mg/kg on the fullest day asked for, in so many lines of its own."""
    course = judge(DoseRule(), request, facts).first.mg_per_kg
    assert course is not None
    days = request.days or 1
    each = course / days
    given_on: dict[int, Decimal] = {}
    step = request.interval_days if request.courses != 1 else None
    for number in range(1 if step is None else min(request.courses or 40, 40)):
        for day in range(days):
            at = number * (step or 0) + day
            given_on[at] = given_on.get(at, Decimal(0)) + each
    return max(given_on.values())


def assert_no_day_is_fuller_than_it_need_be(
    rule: DoseRule, request: DoseRequest, facts: DoseFacts, offer: Offer
) -> None:
    """More on a day than was asked for on any only where the same grams on more days do not fit."""
    slack = Decimal("1e-6")
    most = fullest_day(request, facts)
    if offer.mg_per_kg_per_day <= most + slack:
        return
    regimen = DoseRule((rule.regimens[offer.regimen - 1],), iv_only=True)
    for days in range(offer.days + 1, 11):
        spread = replace(offer.as_request(request), days=days, consecutive=True)
        if offer.mg_per_kg_per_course / days <= most:
            assert judge(regimen, spread, facts).outcome is not DoseOutcome.WITHIN


@pytest.mark.parametrize(
    ("mg_per_kg", "days", "each"), [(40, 10, 40), (50, 8, 50), (30, 10, 40), (400, 1, 400)]
)
def test_a_daily_dose_is_offered_on_as_many_days_as_it_needs(
    mg_per_kg: int, days: int, each: int
) -> None:
    """400 mg/kg a dose every 28 days: what is asked for daily is never offered in one day."""
    request = per_day(mg_per_kg, 1, interval_days=1)
    facts = DoseFacts(weight_kg=Decimal(82), before=FIRST)
    (offer,) = judge(RULES[253], request, facts).offers
    assert (offer.days, offer.mg_per_kg_per_day, offer.interval_days) == (days, each, 28)


@settings(max_examples=600, deadline=None)
@given(asked(ALL_RULES), products)
def test_an_offer_taken_is_within_and_never_more_than_asked_for(
    case: tuple[DoseRule, DoseRequest, DoseFacts], vials: Vials | None
) -> None:
    rule, request, facts = case
    assessment = judge(rule, request, facts, vials)
    for offer in assessment.offers:
        taken = offer.as_request(request)
        assert judge(rule, taken, facts, vials).outcome is DoseOutcome.WITHIN
        assert expected(rule, taken, facts) is DoseOutcome.WITHIN
        asked_course, asked_all = treatment(request, facts)
        course, in_all = treatment(taken, facts)
        slack = Decimal("1e-6")
        if offer.interval_days == request.interval_days and offer.interval_days is not None:
            assert course <= asked_course + slack
        if offer.courses == 1:
            assert offer.interval_days is None
        assert_begins_in_time(offer, facts.authorization_months)
        if vials is None:  # where whole vials make an amount, they may make it on these days only
            assert_no_day_is_fuller_than_it_need_be(rule, request, facts, offer)
        if asked_all is not None and in_all is not None:
            assert in_all <= asked_all + slack
            assert (in_all < asked_all - slack) <= offer.is_less
        if offer.course is not None:
            # Shown as it will be shown once taken: the same days, vials and what is discarded.
            assert judge(rule, taken, facts, vials).first.course == offer.course
            assert sum(day.grams for day in offer.course.days) <= offer.course.total_g + slack
            assert len(offer.course.days) == offer.days
    if assessment.outcome in (DoseOutcome.EXCEEDS, DoseOutcome.OUTSIDE):
        closed = assessment.reason == "fits_no_alternative" and not assessment.findings
        assert assessment.in_the_way or closed


@settings(max_examples=250, deadline=None)
@given(asked(ALL_RULES, in_parts=True), products)
def test_an_offer_for_two_parts_is_within_and_never_more_than_asked_for(
    case: tuple[DoseRule, DoseRequest, DoseFacts], vials: Vials | None
) -> None:
    """One part is replaced, or both; what is shown of it is what is shown once it is taken."""
    rule, request, facts = case
    slack = Decimal("1e-6")
    for offer in judge(rule, request, facts, vials).offers:
        taken = offer.as_request(request)
        found = judge(rule, taken, facts, vials)
        assert found.outcome is DoseOutcome.WITHIN
        assert expected(rule, taken, facts) is DoseOutcome.WITHIN
        before = judge(DoseRule(), request, facts).parts
        for one in offer.each:
            position = int(one.is_what_follows)
            if one.course is not None:
                assert found.parts[position].course == one.course
            was, now = before[position], found.parts[position]
            assert was.mg_per_kg is not None and now.mg_per_kg is not None
            if was.courses is not None and now.courses is not None:
                assert now.mg_per_kg * now.courses <= was.mg_per_kg * was.courses + slack
            if one.interval_days == was.interval_days and one.interval_days is not None:
                assert now.mg_per_kg <= was.mg_per_kg + slack
        if len(offer.each) == 1 and not offer.is_what_follows:
            assert taken.then == request.then
        elif len(offer.each) == 1:
            assert replace(taken, then=None) == replace(request, then=None)
