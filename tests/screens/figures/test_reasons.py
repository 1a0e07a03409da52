"""What was asked about, what denials rest on, and what submissions missed."""

from datetime import date

import pytest

from criteria.models import Outcome
from criteria.screens.figures.reasons import NO_CRITERION, asked_about, denied_for, most_missed
from criteria.screens.figures.scope import FigureScope
from tests.screens.figures.desk import Desk

pytestmark = pytest.mark.django_db


def test_letters_are_counted_by_criterion() -> None:
    desk = Desk()
    first, second = desk.received("2026-05-04 08:00"), desk.received("2026-05-04 08:00")
    desk.asked(first, "2026-05-05 08:00", "IgG level", "Weight")
    desk.asked(second, "2026-05-06 08:00", "Weight")
    found = [(reason.title, reason.count) for reason in asked_about(FigureScope())]
    assert found == [("Weight", 2), ("IgG level", 1)]
    assert asked_about(FigureScope())[0].policy == desk.version.policy.name
    later = FigureScope(first=date(2026, 5, 6))
    assert [(r.title, r.count) for r in asked_about(later)] == [("Weight", 1)]


def test_a_point_without_a_criterion_is_counted_as_such() -> None:
    desk = Desk()
    desk.asked(desk.received("2026-05-04 08:00"), "2026-05-05 08:00", "")
    assert [reason.title for reason in asked_about(FigureScope())] == [NO_CRITERION]


def test_denials_are_counted_by_what_they_rest_on() -> None:
    desk = Desk()
    denied, approved = desk.received("2026-05-04 08:00"), desk.received("2026-05-04 08:00")
    desk.decided(denied, "2026-05-05 08:00", Outcome.DENIED, "Two nerves", "Neurologist")
    desk.decided(approved, "2026-05-05 08:00")
    found = [(reason.title, reason.count) for reason in denied_for(FigureScope())]
    assert found == [("Neurologist", 1), ("Two nerves", 1)]
    assert not asked_about(FigureScope())


def test_missed_criteria_count_once_a_request() -> None:
    desk = Desk()
    first, second = desk.received("2026-05-04 08:00"), desk.received("2026-05-08 08:00")
    desk.missed(first, "Weight", "not_answered")
    desk.answered(first, "2026-05-06 08:00")
    desk.missed(first, "Weight", "not_answered")
    desk.missed(second, "Weight")
    desk.missed(second, "Neurologist")
    found = [(one.title, one.not_met, one.not_answered) for one in most_missed(FigureScope())]
    assert found == [("Weight", 1, 1), ("Neurologist", 1, 0)]
    early = FigureScope(last=date(2026, 5, 7))
    assert [(one.title, one.count) for one in most_missed(early)] == [("Weight", 1)]


def test_nothing_is_no_reason() -> None:
    assert asked_about(FigureScope()) == denied_for(FigureScope()) == []
    assert most_missed(FigureScope()) == []
