"""An edition that another one replaces on the day it takes effect: it is never in force."""

from datetime import date, timedelta

import pytest

from criteria.actions.policies.base import EditionRefusedError, publish_version
from criteria.models import Event, PolicyVersion
from criteria.policies.stored.load import version_in_force
from tests.factories.people import peter as publisher
from tests.factories.policy import draft, published

pytestmark = pytest.mark.django_db
DAY = date(2021, 10, 1)


def replace_on(day: date) -> tuple[PolicyVersion, PolicyVersion]:
    """One edition in force from ``DAY``, and one that takes its place from ``day``."""
    first = published(effective_from=DAY.isoformat())
    second = draft(number="next", effective_from=day.isoformat())
    publish_version(version=second, by=publisher(), close_previous=True)
    first.refresh_from_db()
    return first, second


def test_edition_replaced_on_its_first_day_is_never_in_force() -> None:
    first, second = replace_on(DAY)
    assert first.effective_until == first.effective_from
    for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=400)):
        assert version_in_force("commercial", day) == (second if day >= DAY else None)
    assert list(PolicyVersion.objects.in_force_on(DAY)) == [second]
    assert Event.objects.filter(verb="close", object_id=str(first.pk)).count() == 1


def test_edition_replaced_a_day_later_was_in_force_for_a_day() -> None:
    first, second = replace_on(DAY + timedelta(days=1))
    assert version_in_force("commercial", DAY) == first
    assert version_in_force("commercial", DAY + timedelta(days=1)) == second


def test_one_that_takes_effect_earlier_is_not_closed_by_a_later_one() -> None:
    published(effective_from=DAY.isoformat())
    earlier = draft(number="earlier", effective_from=(DAY - timedelta(days=1)).isoformat())
    with pytest.raises(EditionRefusedError, match="at the same time"):
        publish_version(version=earlier, by=publisher(), close_previous=True)


def test_edition_never_in_force_overlaps_nothing() -> None:
    replace_on(DAY)
    again = draft(number="third", effective_from=DAY.isoformat())
    publish_version(version=again, by=publisher(), close_previous=True)
    assert list(PolicyVersion.objects.in_force_on(DAY)) == [again]
