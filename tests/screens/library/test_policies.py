"""The list of policies."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from criteria.accounts.permissions import Role
from criteria.actions.policies.base import retire_version
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.screens.library.shelf import ended, first_and_second, soup_of, text_of

pytestmark = pytest.mark.django_db
URL = "/policies/"


@pytest.fixture
def reader(client: Client) -> Client:
    """Someone with no role at all."""
    client.force_login(person("otto"))
    return client


def rows(client: Client) -> list[str]:
    found = soup_of(client.get(URL)).select("tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in found]


def test_anonymous_is_sent_to_login() -> None:
    assert Client().get(URL)["Location"].startswith("/accounts/login/")


def test_post_is_refused(reader: Client) -> None:
    assert reader.post(URL).status_code == 405


def test_nothing_is_published_yet(reader: Client) -> None:
    draft()
    assert "No policy is published yet" in text_of(reader.get(URL))


def test_editions_with_their_days_the_latest_first(reader: Client) -> None:
    first_and_second()
    latest, oldest = rows(reader)
    assert "2/b" in latest
    assert "In force" in latest
    assert "from 1 Jan 2022" in latest
    assert "Since 1" in latest
    assert "Past" in oldest
    assert "1 Oct 2021 to 31 Dec 2021" in oldest
    assert "Example policy, PDF" in oldest


def test_replaced_the_day_it_took_effect(reader: Client) -> None:
    published(number="R5", effective_until="2021-10-01")
    ended(date(2022, 1, 1), number="R6")
    latest, replaced = rows(reader)
    assert "R6" in latest
    assert "Since R5" in latest
    assert "Replaced the day it took effect" in replaced
    assert "never" in replaced


def test_one_to_come_and_one_retired(reader: Client) -> None:
    retire_version(version=ended(date(2022, 1, 1), number="1"), by=peter())
    ended(date(2901, 1, 1), number="2", effective_from="2900-01-01")
    to_come, retired = rows(reader)
    assert "To come" in to_come
    assert "Retired" in retired


def test_lines_of_business_are_headings(reader: Client) -> None:
    first_and_second()
    ended(date(2022, 1, 1), key="article", line_of_business="medicare")
    headings = [h2.get_text() for h2 in soup_of(reader.get(URL)).select("h2")]
    assert headings == ["Commercial", "Medicare"]


def test_drafts_are_for_those_who_edit(reader: Client) -> None:
    first_and_second()
    draft(number="3", effective_from="2023-01-01")
    assert len(rows(reader)) == 2
    for role in (Role.PRESCRIBERS, Role.REVIEWERS):
        reader.force_login(person(role.value, role))
        assert len(rows(reader)) == 2
    reader.force_login(paula())
    assert "Draft" in rows(reader)[0]


def test_link_to_the_list_stands_in_the_navigation(reader: Client) -> None:
    found = soup_of(reader.get(URL)).select_one("nav a[href='/policies/']")
    assert found is not None


def test_few_queries(reader: Client, django_assert_max_num_queries: Any) -> None:
    first_and_second()
    with django_assert_max_num_queries(6):
        reader.get(URL)
