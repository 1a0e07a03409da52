"""Shares and times in words."""

from decimal import Decimal

import pytest

from criteria.rules.formats import counted
from criteria.screens.figures.figure import hours_words, line_words, percent_words, share


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, "no requests"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (1, 3, "33.3%"),
        (1, 100_000, "0.1%"),
        (99_999, 100_000, "99.9%"),
        (1, 2, "50%"),
    ],
)
def test_a_share_never_rounds_to_all_or_none(part: int, whole: int, words: str) -> None:
    assert percent_words(part, whole) == words


def test_a_share_of_nothing_is_none() -> None:
    assert share(0, 0) is None
    assert share(1, 8) == Decimal("12.5")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "nothing to measure"),
        ("0", "under 6 minutes"),
        ("0.1", "0.1 hours"),
        ("1", "1 hour"),
        ("20.0", "20 hours"),
        ("47.9", "47.9 hours"),
        ("48", "2 days"),
        ("240", "10 days"),
    ],
)
def test_hours_in_words(hours: str | None, words: str) -> None:
    assert hours_words(None if hours is None else Decimal(hours)) == words


def test_counts_and_lines_in_words() -> None:
    assert counted(1, "request") == "1 request"
    assert counted(1200, "request") == "1,200 requests"
    assert counted(2, "criterion", "criteria") == "2 criteria"
    assert line_words("medicare_part-b") == "Medicare part b"
