"""What must hold for any request whatever, over every dose line of the policy."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.dosing import (
    DoseBasis,
    DoseFacts,
    DoseOutcome,
    DoseRequest,
    DoseUnit,
    Limit,
    OutcomeReason,
    Per,
    Route,
    Vials,
    judge,
    maxima,
)
from criteria.dosing.schedule import stated_interval
from tests.dosing.asking import FIRST
from tests.dosing.cases import PRODUCTS
from tests.dosing.policy import RULES, one

LINES = sorted(RULES)
WITHIN, EXCEEDS = DoseOutcome.WITHIN, DoseOutcome.EXCEEDS

thorough = settings(max_examples=300, deadline=None)

amounts = st.decimals("0.01", "3000", places=2) | st.sampled_from(
    [Decimal(n) for n in (200, 400, 500, 800, 1000, 2000, 2400)]
)
counts = st.none() | st.integers(1, 14)
intervals = st.none() | st.sampled_from([7, 14, 20, 21, 27, 28, 30, 42]) | st.integers(1, 60)
days_on_a_clock = st.none() | st.integers(0, 400)


def requests(*units: DoseUnit) -> st.SearchStrategy[DoseRequest]:
    return st.builds(
        DoseRequest,
        amount=amounts,
        unit=st.sampled_from(units or tuple(DoseUnit)),
        basis=st.sampled_from(DoseBasis),
        days=st.none() | st.integers(1, 7),
        consecutive=st.none() | st.booleans(),
        interval_days=intervals,
        monthly=st.booleans(),
        courses=counts,
        induction=st.none() | st.booleans(),
        planned_day_of_therapy=days_on_a_clock,
        planned_day_after_transplant=days_on_a_clock,
        planned_day_after_discontinuation=days_on_a_clock,
    )


def any_facts(allowances: tuple[int, ...] = (0,)) -> st.SearchStrategy[DoseFacts]:
    return st.builds(
        DoseFacts,
        weight_kg=st.none() | st.decimals("0.5", "300", places=3),
        route=st.sampled_from(Route),
        initial=st.booleans(),
        authorization_months=st.none() | st.integers(0, 12),
        day_of_therapy=days_on_a_clock,
        days_since_transplant=days_on_a_clock,
        days_since_discontinuation=days_on_a_clock,
        rounding_allowance_percent=st.sampled_from(allowances).map(Decimal),
        before=st.just(FIRST),
        conditions=st.fixed_dictionaries({"fnait-high-risk": st.none() | st.booleans()}),
    )


lines = st.sampled_from(LINES)
products = st.none() | st.sampled_from(list(PRODUCTS.values()))
weighed = any_facts().map(lambda facts: replace(facts, weight_kg=facts.weight_kg or Decimal(70)))
in_mg_per_kg = requests(DoseUnit.MG_PER_KG)


@thorough
@given(lines, st.none() | requests(), any_facts((0, 1, 5)), products)
def test_any_request_gets_an_answer_with_its_reason(
    line: int, request: DoseRequest | None, facts: DoseFacts, vials: Vials | None
) -> None:
    assessment = judge(RULES[line], request, facts, vials)
    assert assessment.text.endswith(".")
    assert (assessment.reason is None) == (assessment.outcome is WITHIN)
    if assessment.outcome in (WITHIN, DoseOutcome.NO_LIMIT):
        assert assessment.offers == () and assessment.in_the_way == ()


strange = st.one_of(
    st.decimals(allow_nan=True, allow_infinity=True), st.decimals("-1", "1e9"), amounts
)
whole = st.none() | st.integers(-5, 5) | st.integers(-(10**9), 10**9)


@thorough
@given(lines, st.data())
def test_nothing_typed_makes_it_fail(line: int, data: Any) -> None:
    request = DoseRequest(
        amount=data.draw(strange),
        unit=data.draw(st.sampled_from(DoseUnit)),
        basis=data.draw(st.sampled_from(DoseBasis)),
        **{
            name: data.draw(whole)
            for name in ("days", "interval_days", "courses", "planned_day_of_therapy")
        },
    )
    facts = DoseFacts(
        weight_kg=data.draw(st.none() | st.decimals(allow_nan=True, allow_infinity=True)),
        authorization_months=data.draw(whole),
        day_of_therapy=data.draw(whole),
    )
    assert judge(RULES[line], request, facts).text


@thorough
@given(lines, requests(), any_facts(), st.decimals("0.01", "1", places=2))
def test_less_of_a_dose_that_is_within_never_exceeds(
    line: int, request: DoseRequest, facts: DoseFacts, share: Decimal
) -> None:
    if judge(RULES[line], request, facts).outcome is WITHIN:
        smaller = replace(request, amount=request.amount * share)
        outcome = judge(RULES[line], smaller, facts).outcome
        assert outcome in ({WITHIN, DoseOutcome.OUTSIDE} if line == 523 else {WITHIN})


@thorough
@given(lines, requests(), any_facts(), st.decimals("1", "10", places=2))
def test_more_of_a_dose_that_exceeds_always_exceeds(
    line: int, request: DoseRequest, facts: DoseFacts, factor: Decimal
) -> None:
    if judge(RULES[line], request, facts).outcome is EXCEEDS:
        larger = replace(request, amount=request.amount * factor)
        assert judge(RULES[line], larger, facts).outcome is EXCEEDS


@thorough
@given(lines, requests(), any_facts())
def test_a_shorter_interval_never_helps(line: int, request: DoseRequest, facts: DoseFacts) -> None:
    interval = stated_interval(request)
    if interval in (None, 1) or request.courses is None or line in (144, 509, 523):
        return
    assert interval is not None
    found = judge(RULES[line], request, facts)
    # Of monthly courses those of the same 28 days count as one: closer ones may be fewer.
    if found.outcome is EXCEEDS and found.reason is not OutcomeReason.TOO_MANY_COURSES:
        oftener = replace(request, interval_days=interval - 1, monthly=False)
        assert judge(RULES[line], oftener, facts).outcome is EXCEEDS


@thorough
@given(lines, in_mg_per_kg, weighed)
def test_grams_and_mg_per_kg_say_the_same(
    line: int, request: DoseRequest, facts: DoseFacts
) -> None:
    assert facts.weight_kg is not None
    grams = replace(request, unit=DoseUnit.G, amount=request.amount * facts.weight_kg / 1000)
    by_mass, by_weight = (judge(RULES[line], each, facts) for each in (grams, request))
    assert (by_mass.outcome, by_mass.reason, by_mass.text) == (
        by_weight.outcome,
        by_weight.reason,
        by_weight.text,
    )


@thorough
@given(lines, requests(), any_facts(), st.decimals("0.1", "5", places=1))
def test_a_rounding_allowance_never_turns_anything_into_within(
    line: int, request: DoseRequest, facts: DoseFacts, percent: Decimal
) -> None:
    plain = judge(RULES[line], request, facts)
    allowed = judge(RULES[line], request, replace(facts, rounding_allowance_percent=percent))
    assert (plain.outcome is WITHIN) == (allowed.outcome is WITHIN)


def asking_for_the_maximum(limit: Limit, mg_per_kg: Decimal, days: int) -> DoseRequest:
    interval = limit.shortest_interval_days or (28 if limit.per is Per.MONTH else None)
    return DoseRequest(
        amount=mg_per_kg,
        unit=DoseUnit.MG_PER_KG,
        basis=DoseBasis.TOTAL,
        days=days,
        consecutive=True,
        interval_days=interval,
        courses=2 if interval else None,
    )


@thorough
@given(lines, weighed, products)
def test_the_maximum_of_a_course_is_within_and_a_little_more_exceeds(
    line: int, facts: DoseFacts, vials: Vials | None
) -> None:
    facts = replace(
        facts, route=Route.IV, initial=True, day_of_therapy=1,
        days_since_transplant=1, days_since_discontinuation=1,
        conditions={"fnait-high-risk": True},
    )  # fmt: skip
    for row in maxima(RULES[line], facts, vials):
        assert row.per_course is not None
        most = row.per_course.mg_per_kg
        days = row.limit.max_days or 1
        alone = one(row.limit)
        asked = asking_for_the_maximum(row.limit, most, days)
        assert judge(alone, asked, facts).outcome is WITHIN
        above = replace(asked, amount=most + Decimal("0.0001"))
        assert judge(alone, above, facts).outcome is EXCEEDS


@thorough
@given(lines, weighed, products)
def test_no_maximum_is_rounded_up(line: int, facts: DoseFacts, vials: Vials | None) -> None:
    for row in maxima(RULES[line], facts, vials):
        for amount in (row.per_day, row.per_course, row.per_28_days, row.per_authorization):
            if amount is None:
                continue
            assert amount.exact_g is not None and facts.weight_kg is not None
            assert amount.exact_mg is not None
            assert amount.exact_mg <= amount.mg_per_kg * facts.weight_kg + Decimal("1e-6")
            assert amount.vials is None or amount.vials.total_g <= amount.exact_g
