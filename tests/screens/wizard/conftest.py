"""One draft, and the people who may and may not touch it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from criteria.actions.requests.enclosures import add_enclosure
from criteria.models import AuthorizationRequest, PolicyVersion
from criteria.requests.loading import draft_of
from criteria.requests.stated_request import StatedRequest
from criteria.screens.wizard.walkthrough import Walkthrough
from tests.factories import people
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy


class Walker:
    """A prescriber at a request, without JavaScript unless asked otherwise."""

    def __init__(self, client: Client, number: str) -> None:
        self.client, self.number = client, number

    def url(self, slug: str = "") -> str:
        return f"/requests/{self.number}/{slug}/" if slug else f"/requests/{self.number}/"

    def get(self, slug: str = "", **query: str) -> HttpResponse:
        return self.client.get(self.url(slug), query)

    def soup(self, slug: str = "") -> BeautifulSoup:
        response = self.get(slug)
        assert response.status_code == 200, response
        return BeautifulSoup(response.content, "html.parser")

    def fields(self, slug: str) -> dict[str, Any]:
        """What the browser would send back unchanged."""
        return fields_of(self.soup(slug))

    def post(self, slug: str, *, htmx: bool = False, **fields: Any) -> HttpResponse:
        """Fill in some fields and press the button."""
        headers = {"HX-Request": "true"} if htmx else {}
        sent = self.fields(slug) | fields | ({} if htmx else {"continue": "1"})
        return self.client.post(self.url(slug), sent, headers=headers)

    @property
    def request(self) -> AuthorizationRequest:
        return AuthorizationRequest.objects.get(number=self.number)

    @property
    def walk(self) -> Walkthrough:
        """Its pages as they stand."""
        return Walkthrough(self.draft)

    @property
    def draft(self) -> StatedRequest:
        return draft_of(self.request)


def fields_of(soup: BeautifulSoup) -> dict[str, Any]:
    """The values of the page's form."""
    form = soup.select_one("form.page-form")
    assert form is not None
    found: dict[str, list[str]] = {}
    for field in form.select("input, select, textarea"):
        name, kind = str(field.get("name")), field.get("type")
        if kind in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            value = "" if chosen is None else str(chosen["value"])
        elif field.name == "textarea":
            value = field.get_text().removeprefix("\n")
        else:
            value = str(field.get("value", ""))
        found.setdefault(name, []).append(value)
    return found


def soup_of(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def errors_of(response: HttpResponse) -> str:
    """What the summary at the top says."""
    return " ".join(
        li.get_text(" ", strip=True) for li in soup_of(response).select(".error-summary li")
    )


@dataclass(frozen=True)
class World:
    """What every test of a module starts from; each test's own changes are rolled back."""

    version: PolicyVersion
    new: str
    cidp: str
    ready: str


@pytest.fixture(scope="module")
def world(commercial_policy: object, django_db_blocker: Any) -> Iterator[World]:
    """The real policy and three drafts, stored once a module: loading it takes half a second."""
    with django_db_blocker.unblock(), transaction.atomic():
        version = publish_commercial_policy()
        ready = factory.saved(factory.cidp(version), factory.PEOPLE)
        add_enclosure(request=ready, title="EMG report", dated=None, document=None, by=ready.owner)
        yield World(
            version, factory.started(version).number, factory.cidp(version).number, ready.number
        )
        transaction.set_rollback(True)


@pytest.fixture
def uhc_version(world: World, db: None) -> PolicyVersion:
    """The commercial policy, published."""
    return world.version


@pytest.fixture
def ann(client: Client, world: World, db: None) -> Client:
    client.force_login(people.prescriber())
    return client


@pytest.fixture
def new(ann: Client, world: World) -> Walker:
    """A draft with its first page only."""
    return Walker(ann, world.new)


@pytest.fixture
def cidp(ann: Client, world: World) -> Walker:
    """A CIDP draft with every clinical question answered."""
    return Walker(ann, world.cidp)


@pytest.fixture
def ready(ann: Client, world: World) -> Walker:
    """A CIDP draft that can be submitted."""
    return Walker(ann, world.ready)


@pytest.fixture
def editions(
    commercial_policy: PolicyVersion, medicare_policies: dict[str, PolicyVersion]
) -> dict[str, PolicyVersion]:
    """Both policies by number, the commercial one as "uhc"."""
    return medicare_policies | {"uhc": commercial_policy}


@pytest.fixture
def prescriber(client: Client, editions: object, db: None) -> Client:
    """Ann, with both policies at hand."""
    client.force_login(people.prescriber())
    return client
