"""Requests by state, decision and week, on the days, lines and diagnoses chosen."""

from collections import Counter
from datetime import date

import pytest

from criteria.models import Outcome, WorklistGroup
from criteria.screens.figures.counted import by_outcome, by_state, by_week, weeks_of
from criteria.screens.figures.scope import FigureScope
from tests.factories.policy import published
from tests.factories.request import started
from tests.screens.figures.desk import Desk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)


def scope(**given: object) -> FigureScope:
    groups = {group.pk: group for group in WorklistGroup.objects.all()}
    return FigureScope(groups=groups, **given)  # type: ignore[arg-type]


def test_drafts_and_quick_checks_are_not_counted() -> None:
    version = published()
    started(version)
    started(version, is_quick_check=True)
    assert not by_state(scope())


def test_by_state_and_finding_of_the_last_submission() -> None:
    desk = Desk()
    desk.received("2026-05-04 08:00")
    desk.received("2026-05-04 08:00", overall="incomplete")
    typing = desk.received("2026-05-04 08:00")
    desk.asked(typing, "2026-05-05 08:00")
    typing.overall = "does not meet"
    typing.save()
    assert by_state(scope()) == Counter(
        {
            ("submitted", "meets"): 1,
            ("submitted", "incomplete"): 1,
            ("information_requested", "meets"): 1,
        }
    )


@pytest.mark.parametrize(
    ("moment", "counted"),
    [
        ("2026-05-03 23:59:59", 0),
        ("2026-05-04 00:00:00", 1),
        ("2026-05-05 23:59:59", 1),
        ("2026-05-06 00:00:00", 0),
    ],
)
def test_days_begin_and_end_at_midnight_of_the_site(moment: str, counted: int) -> None:
    Desk().received(moment)
    days = scope(first=date(2026, 5, 4), last=date(2026, 5, 5))
    assert by_state(days).total() == counted


def test_lines_and_diagnoses_choose() -> None:
    desk = Desk()
    desk.received("2026-05-04 08:00")
    desk.received("2026-05-04 08:00", line_of_business="medicare")
    desk.received("2026-05-04 08:00", indication_key="cidp")
    assert by_state(scope()).total() == 3
    assert by_state(scope(line_of_business="commercial")).total() == 2
    assert by_state(scope(indication="cidp")).total() == 1
    assert by_state(scope(line_of_business="medicare", indication="cidp")).total() == 0


def test_decisions_by_outcome_and_as_asked() -> None:
    desk = Desk()
    for outcome, as_asked in (
        (Outcome.APPROVED, True),
        (Outcome.APPROVED, True),
        (Outcome.APPROVED, False),
        (Outcome.DENIED, False),
    ):
        request = desk.received("2026-05-04 08:00")
        desk.decided(request, "2026-05-06 08:00", outcome, is_as_asked=as_asked)
    assert by_outcome(scope()) == Counter(
        {("approved", True): 2, ("approved", False): 1, ("denied", False): 1}
    )
    assert not by_outcome(scope(last=date(2026, 5, 5)))


# Weeks


def test_weeks_go_from_monday_to_the_last_day() -> None:
    days = FigureScope(first=date(2026, 5, 6), last=date(2026, 5, 18))
    assert weeks_of(days, TODAY) == [date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18)]


def test_weeks_are_at_most_a_year_and_never_in_the_future() -> None:
    found = weeks_of(FigureScope(first=date(2020, 1, 1), last=date(2030, 1, 1)), TODAY)
    assert len(found) == 53
    assert found[-1] == date(2026, 5, 18)
    assert weeks_of(FigureScope(first=date(2026, 6, 1)), TODAY) == []


def test_received_and_decided_week_by_week() -> None:
    desk = Desk()
    desk.received("2026-05-10 23:59")
    desk.decided(desk.received("2026-05-04 00:00"), "2026-05-11 00:00")
    days = scope(first=date(2026, 4, 27), last=date(2026, 5, 17))
    assert by_week(days, weeks_of(days, TODAY)) == [
        (date(2026, 4, 27), 0, 0),
        (date(2026, 5, 4), 2, 0),
        (date(2026, 5, 11), 0, 1),
    ]


def test_without_a_first_day_the_weeks_begin_with_the_first_request() -> None:
    desk = Desk()
    desk.received("2026-05-12 08:00")
    assert by_week(scope(), weeks_of(scope(), TODAY)) == [
        (date(2026, 5, 11), 1, 0),
        (date(2026, 5, 18), 0, 0),
    ]
    assert by_week(scope(first=date(2026, 6, 1)), []) == []
