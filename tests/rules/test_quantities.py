"""Numbers in a sentence are read with what they count; names, codes and lines are not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.rules.numerals import number_of
from criteria.rules.quantities import Counts, Stance, quantities

UNITS = {"mg/dL": Decimal(1), "g/L": Decimal(100), "10^9/L": Decimal(1), "nerves": Decimal(1)}


def read(text: str) -> list[tuple[str, Decimal, str]]:
    """What is counted, how many, and how it is written."""
    return [(q.counts.name, q.value, q.text) for q in quantities(text, UNITS)]


@pytest.mark.parametrize(
    ("text", "counts", "value"),
    [
        ("2,000 mg/kg", "MG_PER_KG", 2000),
        ("2 g/kg", "MG_PER_KG", 2000),
        ("0.4 grams per kilogram", "MG_PER_KG", 400),
        ("within thirty days", "DAYS", 30),
        ("twenty-one consecutive days", "DAYS", 21),
        ("every 4 weeks", "DAYS", 28),
        ("a twelve-month course", "MONTHS", 12),
        ("two years", "MONTHS", 24),
        ("day 360 after it", "DAYS", 360),
        ("the 90th day", "DAYS", 90),
        ("six monthly courses", "COURSES", 6),
        ("up to 3 infusions", "COURSES", 3),
        ("given once", "COURSES", 1),
        ("a fourth exceeds", "COURSES", 4),
        ("until the 14th birthday", "BIRTHDAY", 14),
        ("until the fourteenth birthday", "BIRTHDAY", 14),
        ("until the twenty-first birthday", "BIRTHDAY", 21),
        ("at least two the following", "NEEDED", 2),
        ("5 g/L", "UNIT", 500),
        ("50 x 10^9/L", "UNIT", 50),
        ("one nerve", "UNIT", 1),
        ("400 itself fails", "BARE", 400),
        ("a child under 13", "BARE", 13),
    ],
)
def test_number_with_what_it_counts(text: str, counts: str, value: int) -> None:
    assert [(kind, number) for kind, number, _ in read(text)] == [(counts, value)]


@pytest.mark.parametrize(
    "text",
    [
        "line 118",
        "Lines 118-121, 400 and 652",
        "G61.81, IgG4, AQP4-IgG, anti-CD19, HTLV-1, beta-1a, type 1, interleukin 4",
        "the first infusion is day 1 of therapy, the transplant day 0",
        "30 % or more, 6.6 ms, and 80 % of it",
        "once a week",
        "one day",
        "more than two items",
        "each line counts as one",
    ],
)
def test_what_counts_nothing_is_left_alone(text: str) -> None:
    assert read(text) == []


def test_both_ends_of_a_range_have_its_unit() -> None:
    assert [(kind, number) for kind, number, _ in read("200 to 800 mg/kg every 3-4 weeks")] == [
        ("MG_PER_KG", 200),
        ("MG_PER_KG", 800),
        ("DAYS", 21),
        ("DAYS", 28),
    ]


def test_one_that_passes_and_one_that_fails() -> None:
    found = list(quantities("100 days passes, 101 does not."))
    assert [(q.counts, q.stance) for q in found] == [
        (Counts.DAYS, Stance.PASSES),
        (Counts.BARE, Stance.FAILS),
    ]
    (days,) = quantities("Fewer than 4 days does not exceed the limit.")
    assert days.stance is Stance.STATED


@given(st.integers(1, 99_999))
def test_any_amount_is_read_as_it_is_written(amount: int) -> None:
    for written in (f"{amount}", f"{amount:,}"):
        assert read(f"At most {written} mg/kg.") == [
            ("MG_PER_KG", amount, f"{written} mg/kg"),
        ]


@given(st.integers(1, 200))
def test_any_ordinal_is_a_number(number: int) -> None:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    ending = "th" if number % 100 in (11, 12, 13) else ending
    assert number_of(f"{number}{ending}") == number
