from datetime import date, timedelta

import pytest

from criteria.requests.renewal import RENEWABLE_DAYS, left_text, why_not_renewable

FIRST, LAST = date(2026, 3, 12), date(2026, 9, 7)


def on(days_after_end: int) -> date:
    return LAST + timedelta(days=days_after_end)


@pytest.mark.parametrize(
    "today", [FIRST, FIRST + timedelta(days=1), LAST, on(1), on(RENEWABLE_DAYS)]
)
def test_an_approval_is_renewed_from_its_first_day_until_ninety_days_after_its_last(
    today: date,
) -> None:
    assert why_not_renewable(FIRST, LAST, today) == ""


def test_one_that_starts_later_says_from_when_on() -> None:
    assert why_not_renewable(FIRST, LAST, FIRST - timedelta(days=1)) == (
        "This approval starts on 12 Mar 2026. It can be renewed from that day on."
    )


def test_one_that_ended_long_ago_says_how_long_and_what_to_do() -> None:
    assert why_not_renewable(FIRST, LAST, on(RENEWABLE_DAYS + 1)) == (
        "This approval ended on 7 Sep 2026. Up to 90 days after its end it can be renewed; "
        "after that, start a new request."
    )


@pytest.mark.parametrize(
    ("days_after_end", "words"),
    [
        (-60, "ends in 60 days"),
        (-2, "ends in 2 days"),
        (-1, "ends tomorrow"),
        (0, "ends today"),
        (1, "ended yesterday"),
        (2, "ended 2 days ago"),
    ],
)
def test_how_long_it_lasts_is_said_in_words(days_after_end: int, words: str) -> None:
    assert left_text(LAST, on(days_after_end)) == words
