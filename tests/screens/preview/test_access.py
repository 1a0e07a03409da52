"""Who may preview: those who edit or publish policies. For everybody else there is nothing."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from criteria.accounts.permissions import Role
from criteria.models import PolicyVersion
from tests.factories import people
from tests.screens.preview.conftest import Previewer

PAGES = ("", "start", "result", "packet")
POSTS = ("start-again", "from-pathway", "start")


@pytest.fixture(
    params=["prescriber", "reviewer", "bare"],
)
def other(request: pytest.FixtureRequest, draft: PolicyVersion) -> User:
    if request.param == "reviewer":
        return people.person("rhea", Role.REVIEWERS)
    return people.prescriber() if request.param == "prescriber" else people.person("nobody")


def test_others_get_404(client: Client, draft: PolicyVersion, other: User) -> None:
    client.force_login(other)
    walker = Previewer(client, draft)
    assert {walker.get(slug).status_code for slug in PAGES} == {404}
    assert {client.post(walker.url(slug)).status_code for slug in POSTS} == {404}


def test_anonymous_is_sent_to_login(client: Client, draft: PolicyVersion) -> None:
    response = Previewer(client, draft).get()
    assert response["Location"] == f"/accounts/login/?next=/preview/{draft.pk}/"


def test_publisher_previews_too(client: Client, draft: PolicyVersion) -> None:
    client.force_login(people.peter())
    bar = Previewer(client, draft).soup("start").select_one(".preview-bar")
    assert bar is not None
    assert "See the days of the edition" in bar.get_text()


def test_published_edition_is_previewed(client: Client, draft: PolicyVersion) -> None:
    client.force_login(people.paula())
    assert draft.base is not None
    bar = Previewer(client, draft.base).soup().select_one(".preview-bar")
    assert bar is not None
    assert "(published): nothing is sent" in bar.get_text()


def test_unknown_edition_is_404(paula: Previewer) -> None:
    assert paula.client.get("/preview/999999/").status_code == 404


@pytest.mark.parametrize("slug", ["start-again", "from-pathway"])
def test_get_is_refused(paula: Previewer, slug: str) -> None:
    assert paula.get(slug).status_code == 405


def test_previews_are_of_one_person(cidp: Previewer) -> None:
    """Another editor sees nothing of what Paula typed."""
    other = Client()
    other.force_login(people.person("petra", Role.POLICY_EDITORS))
    assert Previewer(other, cidp.version).fields("diagnosis")["icd10"] == [""]


def test_page_that_is_not_there_leads_to_the_tasks(paula: Previewer) -> None:
    response = paula.get("patient")
    assert response["Location"] == paula.url()
