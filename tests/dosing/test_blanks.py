"""Blank is never an answer: what is not stated of a dose never makes it pass."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from criteria.dosing import (
    DoseFacts,
    DoseOutcome,
    DoseRequest,
    DoseRule,
    DoseUnit,
    Limit,
    Regimen,
    judge,
)
from criteria.dosing.ceilings import shortest_interval
from tests.dosing.asking import per_dose
from tests.dosing.oracle.draw import asked
from tests.dosing.oracle.kinds import rules_by_kind
from tests.dosing.policy import RULES as DOSES

RULES = tuple(rule for rules in rules_by_kind().values() for rule in rules if rule.limits)
PASSING = (DoseOutcome.WITHIN, DoseOutcome.NO_LIMIT)
Blanked = Callable[[DoseRequest, DoseFacts], tuple[DoseRequest, DoseFacts]]


def of_request(**blank: None) -> Blanked:
    return lambda request, facts: (replace(request, **blank), facts)


def of_facts(**blank: None) -> Blanked:
    return lambda request, facts: (request, replace(facts, **blank))


def no_interval(request: DoseRequest, facts: DoseFacts) -> tuple[DoseRequest, DoseFacts]:
    return replace(request, interval_days=None, monthly=False), facts


def no_conditions(request: DoseRequest, facts: DoseFacts) -> tuple[DoseRequest, DoseFacts]:
    return request, replace(facts, conditions={})


BLANKS: dict[str, Blanked] = {
    "days": of_request(days=None),
    "consecutive": of_request(consecutive=None),
    "interval": no_interval,
    "courses": of_request(courses=None),
    "induction": of_request(induction=None),
    "weight": of_facts(weight_kg=None),
    "day of therapy": of_facts(day_of_therapy=None),
    "transplant": of_facts(days_since_transplant=None),
    "discontinuation": of_facts(days_since_discontinuation=None),
    "conditions": no_conditions,
}


def repeats(limit: Limit) -> bool:
    return shortest_interval(limit) is not None


def is_stated_otherwise(name: str, rule: DoseRule, request: DoseRequest, facts: DoseFacts) -> bool:
    """Where leaving a field out says something of its own, as the readings and files have it.

    A limit on one course is held against one course while nothing says that it is repeated, and
    such a course is the induction (line 384). Courses that are not counted go on as long as the
    authorization, which is shortened to what the limit allows. One dose "per dose" has one day.
    The first infusion of a first request is day 1 of therapy.
    """
    single = {
        "interval": not all(repeats(limit) for limit in rule.limits),
        "courses": request.interval_days is None
        or any(limit.max_courses is not None or not repeats(limit) for limit in rule.limits)
        or facts.authorization_months is not None,
        "induction": request.courses == 1 or request.interval_days is None,
        "days": request.basis == "per_dose",
        "day of therapy": facts.initial,
    }
    return single.get(name, False)


@pytest.mark.parametrize("name", BLANKS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(case=asked(RULES))
def test_blank_never_makes_a_dose_pass(
    name: str, case: tuple[DoseRule, DoseRequest, DoseFacts]
) -> None:
    rule, request, facts = case
    assume(not is_stated_otherwise(name, rule, request, facts))
    blank, less_known = BLANKS[name](request, facts)
    if judge(rule, blank, less_known).outcome in PASSING:
        assert judge(rule, request, facts).outcome in PASSING


@given(rule=st.sampled_from(RULES), initial=st.booleans())
def test_no_dose_is_no_dose_within(rule: DoseRule, initial: bool) -> None:
    outcome = judge(rule, None, DoseFacts(initial=initial)).outcome
    only_initial = all(limit.only_initial for limit in rule.limits)
    free = only_initial and not initial
    assert outcome is (DoseOutcome.NO_LIMIT if free else DoseOutcome.NOT_ENOUGH_INFORMATION)


@settings(max_examples=300, deadline=None)
@given(case=asked(RULES))
def test_grams_without_a_weight_never_pass(case: tuple[DoseRule, DoseRequest, DoseFacts]) -> None:
    rule, request, facts = case
    in_grams = replace(request, unit=DoseUnit.G)
    outcome = judge(rule, in_grams, replace(facts, weight_kg=None)).outcome
    limited = judge(rule, in_grams, facts).outcome is not DoseOutcome.NO_LIMIT
    assert outcome is not DoseOutcome.WITHIN
    assert not limited or outcome is DoseOutcome.NOT_ENOUGH_INFORMATION


@pytest.mark.parametrize(
    ("flag", "facts", "induction"),
    [
        ({"only_initial": True}, DoseFacts(initial=False), None),
        ({"only_induction": True}, DoseFacts(), False),
    ],
)
@pytest.mark.parametrize("day_of_therapy", [1, 50, 100])
def test_a_flag_frees_only_its_own_limit(
    flag: dict[str, Any], facts: DoseFacts, induction: bool | None, day_of_therapy: int
) -> None:
    """3,000 mg/kg every 28 days is not free because another phase binds first requests only."""
    (regimen,) = DOSES[144].regimens
    first, then = regimen.phases
    known = replace(facts, day_of_therapy=day_of_therapy, days_since_transplant=100)
    request = per_dose(3000, 28, courses=2, induction=induction)
    for phases in (
        (replace(first, **flag), then),
        (first, replace(then, **flag)),
    ):
        rule = DoseRule((Regimen(phases),), iv_only=True)
        assert judge(rule, request, known).outcome is DoseOutcome.EXCEEDS
        alone = DoseRule((Regimen((replace(first, **flag),)),), iv_only=True)
        found = judge(alone, request, known)
        assert found.outcome is DoseOutcome.NO_LIMIT
