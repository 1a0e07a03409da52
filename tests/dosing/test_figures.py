"""One way to write each figure: cut off, and never onto a whole number that it is above."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from criteria.dosing import DoseFacts, DoseRule, WeightUnit, judge, kilograms, maxima
from criteria.dosing.figures import (
    grams_text,
    kg_text,
    limit_text,
    mg_per_kg_text,
)
from tests.dosing.asking import FIRST, MONTHLY, total
from tests.dosing.policy import RULES


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(165_000, 82), "2,012.1 mg/kg"),
        (Fraction(135_000, 70), "1,928.5 mg/kg"),
        (Fraction(2000, 3), "666.6 mg/kg"),
        (Decimal(2000), "2,000 mg/kg"),
        (Decimal("2000.02"), "2,000.02 mg/kg"),
        (Decimal("2000.0000001"), "2,000.0000001 mg/kg"),
        (Decimal("1999.99"), "1,999.9 mg/kg"),
        (Decimal("14.500"), "14.5 mg/kg"),
    ],
)
def test_mg_per_kg(value: Fraction | Decimal, shown: str) -> None:
    """Cut off, and never onto a whole number that it is above."""
    assert mg_per_kg_text(value) == shown


def test_grams_and_kilograms() -> None:
    assert grams_text(Decimal("139.70644996")) == "139.7 g"
    assert grams_text(Decimal("167.829")) == "167.82 g"
    assert grams_text(Decimal("14.500")) == "14.5 g"
    assert grams_text(2000) == "2,000 g"
    assert kg_text(Decimal("83.91458845")) == "83.914 kg"
    assert kg_text(Decimal("3.255")) == "3.255 kg"
    assert limit_text(Decimal("12.25")) == "12.25 mg/kg"


NUMBER = r"[\d,]+(?:\.\d+)?"
ALL_LIMITS = tuple({id(rule): rule for rule in RULES.values()}.values())


def worked_out(formula: str) -> Fraction:
    """What the numbers of a formula, as they are shown, come to: mg/kg times kg, in grams."""
    value, operation = Fraction(1), "×"
    for sign, number in re.findall(rf"([×÷]?) ?({NUMBER}(?:/\d+)?)(?: mg/kg| kg)?", formula):
        operation = sign or "×"
        factor = Fraction(number.replace(",", ""))
        value = value * factor if operation == "×" else value / factor
    return value / 1000


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(ALL_LIMITS),
    st.decimals("1", "400", places=1) | st.decimals("1", "400", places=3),
    st.sampled_from(list(WeightUnit)),
    st.none() | st.integers(1, 6),
)
@example(RULES[174], Decimal(185), WeightUnit.LB, 5)
@example(RULES[329], Decimal("69.051"), WeightUnit.KG, 5)
def test_a_formula_comes_to_the_figure_beside_it(
    rule: DoseRule, weight: Decimal, unit: WeightUnit, days: int | None
) -> None:
    """By the numbers as they are shown; no maximum is above what they come to."""
    facts = DoseFacts(
        weight_kg=kilograms(weight, unit), authorization_months=6, day_of_therapy=1, before=FIRST
    )
    for most in maxima(rule, facts, days=days):
        for amount in (most.per_day, most.per_course, most.per_28_days, most.per_authorization):
            if amount is not None:
                left, _, right = amount.formula.rpartition(" = ")
                assert grams_text(worked_out(left)) == right, amount.formula


@given(st.decimals("0.001", "5000", places=6))
def test_a_dose_never_looks_within_a_whole_limit_that_it_passes(value: Decimal) -> None:
    whole = int(value)
    shown = Decimal(mg_per_kg_text(value).removesuffix(" mg/kg").replace(",", ""))
    assert (shown > whole) == (value > whole)
    assert Decimal(grams_text(value).removesuffix(" g").replace(",", "")) <= value


def test_the_sentence_writes_a_dose_as_every_table_does() -> None:
    found = judge(RULES[174], total(165, 5, unit="g", **MONTHLY), DoseFacts(weight_kg=Decimal(82)))
    assert found.first.mg_per_kg is not None
    assert mg_per_kg_text(found.first.mg_per_kg) == "2,012.1 mg/kg"
    assert "165 g is 2,012.1 mg/kg: 1 g" in found.text
