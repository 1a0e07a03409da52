from datetime import UTC, datetime, timedelta

import pytest

from criteria.models import AuthorizationRequest, RequestStatus
from criteria.screens.review.clock_words import clock_mark, length_text

NOW = datetime(2026, 11, 20, 15, 44, tzinfo=UTC)


def request(**fields: object) -> AuthorizationRequest:
    return AuthorizationRequest(**({"status": "submitted", "due_at": NOW} | fields))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "1 min"),
        (1, "1 min"),
        (59, "59 min"),
        (60, "1 h"),
        (119, "1 h"),
        (48 * 60 - 1, "47 h"),
        (48 * 60, "2 days"),
        (72 * 60 - 1, "2 days"),
        (7 * 24 * 60, "7 days"),
    ],
)
def test_a_length_is_cut_off(minutes: int, words: str) -> None:
    assert length_text(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("left", "sign", "word", "css"),
    [
        (timedelta(hours=24), "○", "due in 24 h", "state-not-answered"),
        (timedelta(hours=24, seconds=-1), "▲", "due in 23 h", "state-for-reviewer"),
        (timedelta(0), "▲", "due in 1 min", "state-for-reviewer"),
        (timedelta(seconds=-1), "!", "overdue by 1 min", "state-not-met"),
        (timedelta(hours=-3), "!", "overdue by 3 h", "state-not-met"),
    ],
)
def test_the_clock_of_a_submitted_request(left: timedelta, sign: str, word: str, css: str) -> None:
    mark = clock_mark(request(due_at=NOW + left), NOW)
    assert (mark.sign, mark.word, mark.css) == (sign, word, css)


def test_the_practice_is_waited_for() -> None:
    asked = request(status=RequestStatus.INFORMATION_REQUESTED, asked_at=NOW)
    words = "overdue by 9 days, waiting for the practice since 20 Nov 2026 10:44 EST"
    mark = clock_mark(asked, NOW + timedelta(days=9))
    assert (mark.sign, mark.word, mark.css) == ("!", words, "state-not-met")


@pytest.mark.parametrize(
    ("ahead", "before", "after"),
    [
        (timedelta(hours=3), "", ", the clock stands still with 3 h left"),
        (timedelta(0), "", ", the clock stands still with 1 min left"),
        (timedelta(hours=-3), "overdue by 3 h when the practice was asked, ", ""),
    ],
)
def test_a_clock_that_stands_still_says_what_is_left(
    ahead: timedelta, before: str, after: str
) -> None:
    fields = {"status": RequestStatus.INFORMATION_REQUESTED, "asked_at": NOW, "clock_stops": True}
    asked = request(due_at=NOW + ahead, **fields)
    words = f"{before}waiting for the practice since 20 Nov 2026 10:44 EST{after}"
    assert clock_mark(asked, NOW + timedelta(days=9)).word == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "approved", "decided_at": NOW}, "decided 20 Nov 2026 10:44 EST"),
        ({"status": "denied", "decided_at": NOW}, "decided 20 Nov 2026 10:44 EST"),
        ({"status": "withdrawn", "withdrawn_at": NOW}, "withdrawn 20 Nov 2026 10:44 EST"),
    ],
)
def test_a_closed_request_has_no_clock(fields: dict[str, object], words: str) -> None:
    assert clock_mark(request(**fields), NOW + timedelta(days=9)).word == words
