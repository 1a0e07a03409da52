"""One way to write each figure: what is asked for never looks smaller than a whole number below."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.dosing import DoseFacts, judge
from criteria.dosing.figures import (
    grams_text,
    kg_text,
    limit_text,
    mg_per_kg_text,
    most_grams_text,
    most_mg_per_kg_text,
)
from tests.dosing.asking import MONTHLY, total
from tests.dosing.policy import RULES


@pytest.mark.parametrize(
    ("value", "asked", "most"),
    [
        (Fraction(165_000, 82), "2,012.2 mg/kg", "2,012.1 mg/kg"),
        (Decimal(2000), "2,000 mg/kg", "2,000 mg/kg"),
        (Decimal("2000.02"), "2,000.02 mg/kg", "2,000 mg/kg"),
        (Decimal("2000.0000001"), "2,000.0000001 mg/kg", "2,000 mg/kg"),
        (Decimal("1999.99"), "2,000 mg/kg", "1,999.9 mg/kg"),
        (Decimal("14.500"), "14.5 mg/kg", "14.5 mg/kg"),
    ],
)
def test_mg_per_kg(value: Fraction | Decimal, asked: str, most: str) -> None:
    assert mg_per_kg_text(value) == asked
    assert most_mg_per_kg_text(value) == most


def test_grams_and_kilograms() -> None:
    assert grams_text(Decimal("139.70644996")) == "139.71 g"
    assert most_grams_text(Decimal("139.70644996")) == "139.7 g"
    assert grams_text(Decimal("14.500")) == most_grams_text(Decimal("14.5")) == "14.5 g"
    assert grams_text(2000) == "2,000 g"
    assert kg_text(Decimal("83.91458845")) == "83.915 kg"
    assert kg_text(Decimal("3.255")) == "3.255 kg"
    assert limit_text(Decimal("12.25")) == "12.25 mg/kg"


@given(st.decimals("0.001", "5000", places=6))
def test_a_dose_never_looks_within_a_whole_limit_that_it_passes(value: Decimal) -> None:
    whole = int(value)
    shown = Decimal(mg_per_kg_text(value).removesuffix(" mg/kg").replace(",", ""))
    assert (shown > whole) == (value > whole)
    assert Decimal(most_grams_text(value).removesuffix(" g").replace(",", "")) <= value


def test_the_sentence_writes_a_dose_as_every_table_does() -> None:
    found = judge(RULES[174], total(165, 5, unit="g", **MONTHLY), DoseFacts(weight_kg=Decimal(82)))
    assert found.first.mg_per_kg is not None
    assert mg_per_kg_text(found.first.mg_per_kg) == "2,012.2 mg/kg"
    assert "165 g is 2,012.2 mg/kg: 1 g" in found.text
