"""The page of what changed between two editions."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from criteria.accounts.permissions import Role
from criteria.models import Indication
from tests.factories.people import paula, person
from tests.factories.policy import draft
from tests.screens.library.shelf import KEY, ended, first_and_second, soup_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(person("ann", Role.PRESCRIBERS))
    return client


def url(number: str, since: str = "", key: str = KEY) -> str:
    address = reverse("library:changes", args=[key, number])
    return f"{address}?from={since}" if since else address


def test_anonymous_is_sent_to_login() -> None:
    assert Client().get(url("1"))["Location"].startswith("/accounts/login/")


def test_post_is_refused(reader: Client) -> None:
    assert reader.post(url("1")).status_code == 405


def test_counts_lead_to_their_sections(reader: Client) -> None:
    first_and_second()
    soup = soup_of(reader.get(url("2/b", "1")))
    link = soup.select_one(".counts a")
    assert link is not None
    assert link.get_text() == "1 ICD-10-CM code added"
    section = soup.select_one(f"section{link['href']}")
    assert section is not None
    words = " ".join(section.get_text(" ").split())
    assert "+ added D83.9" in words
    assert "CVID line 62" in words


def test_payer_says_what_changed(reader: Client) -> None:
    first_and_second()
    said = text_of(reader.get(url("2/b")))
    assert "What the payer says changed" in said
    assert "1 Jan 2022: D83.9 joins. line 81" in said


def test_the_edition_before_is_taken_when_none_is_named(reader: Client) -> None:
    first_and_second()
    assert "What changed from 1 to 2/b" in text_of(reader.get(url("2/b")))


def test_backwards_what_was_added_is_removed(reader: Client) -> None:
    first_and_second()
    assert "1 ICD-10-CM code removed" in text_of(reader.get(url("1", "2/b")))


def test_lesser_changes_are_folded(reader: Client) -> None:
    first_and_second()
    folded = soup_of(reader.get(url("2/b"))).select_one("details#lesser")
    assert folded is not None
    assert not folded.has_attr("open")
    assert "In force from" in folded.get_text()


def test_first_edition_has_nothing_before_it(reader: Client) -> None:
    first_and_second()
    assert "No edition comes before this one" in text_of(reader.get(url("1")))


def test_edition_and_itself(reader: Client) -> None:
    first_and_second()
    assert "does not differ from itself" in text_of(reader.get(url("1", "1")))


def test_form_leads_to_the_address(reader: Client) -> None:
    first_and_second()
    response = reader.get(f"/policies/{KEY}/changes/", {"from": "1", "to": "2/b"})
    assert response["Location"] == url("2/b", "1")
    response = reader.get(f"/policies/{KEY}/changes/", {"from": "a&b"}, follow=True)
    assert response.status_code == 404


@pytest.mark.parametrize(
    "address", [url("9"), url("2/b", "9"), url("1", key="nobody"), "/policies/nobody/changes/"]
)
def test_unknown_is_not_found(reader: Client, address: str) -> None:
    first_and_second()
    assert reader.get(address).status_code == 404


def test_edition_of_another_policy_is_refused_in_words(reader: Client) -> None:
    first_and_second()
    ended(date(2022, 1, 1), key="article", line_of_business="medicare", number="R1")
    response = reader.get(url("2/b", "R1"))
    assert response.status_code == 400
    assert "belongs to another policy" in text_of(response)


def test_drafts_are_for_those_who_edit(reader: Client) -> None:
    first_and_second()
    draft(number="3", effective_from="2023-01-01")
    assert reader.get(url("3")).status_code == 404
    assert reader.get(url("2/b", "3")).status_code == 404
    reader.force_login(person("rhea", Role.REVIEWERS))
    assert reader.get(url("3")).status_code == 404
    reader.force_login(paula())
    assert "What changed from 2/b to 3" in text_of(reader.get(url("3")))


def test_unfinished_draft_says_what_is_missing(reader: Client) -> None:
    first_and_second()
    version = draft(number="3", effective_from="2023-01-01")
    Indication.objects.get(version=version, key="kawasaki").delete()
    Indication.objects.filter(version=version, key="asthma").update(coverage="criteria")
    reader.force_login(paula())
    response = reader.get(url("3"))
    assert response.status_code == 200
    assert "unfinished" in text_of(response)


def test_admin_leads_to_it(client: Client) -> None:
    _, second = first_and_second()
    user = paula()
    client.force_login(user)
    page = client.get(reverse("admin:criteria_policyversion_change", args=[second.pk]))
    assert url("2/b") in page.content.decode()


def test_few_queries(reader: Client, django_assert_max_num_queries: Any) -> None:
    first_and_second()
    reader.get(url("2/b"))
    with django_assert_max_num_queries(6):
        reader.get(url("2/b"))
