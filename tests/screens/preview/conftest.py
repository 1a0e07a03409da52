"""A draft copied from the real commercial policy, and Paula, who previews it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from criteria.actions.policies.drafts import copy_to_draft
from criteria.models import PolicyVersion
from tests.factories import people
from tests.factories.commercial import publish_commercial_policy
from tests.screens.wizard.conftest import fields_of

START = {"phase": "initial"}


class Previewer:
    """Someone who walks a preview, without JavaScript unless asked otherwise."""

    def __init__(self, client: Client, version: PolicyVersion) -> None:
        self.client, self.version = client, version

    def url(self, slug: str = "") -> str:
        base = f"/preview/{self.version.pk}/"
        return f"{base}{slug}/" if slug else base

    def get(self, slug: str = "", **query: str) -> HttpResponse:
        return self.client.get(self.url(slug), query)

    def soup(self, slug: str = "") -> BeautifulSoup:
        response = self.get(slug)
        assert response.status_code == 200, (slug, response)
        return BeautifulSoup(response.content, "html.parser")

    def fields(self, slug: str) -> dict[str, Any]:
        """What the browser would send back unchanged."""
        return fields_of(self.soup(slug))

    def post(self, slug: str, *, htmx: bool = False, **fields: Any) -> HttpResponse:
        """Fill in some fields and press the button."""
        headers = {"HX-Request": "true"} if htmx else {}
        sent = self.fields(slug) | fields | ({} if htmx else {"continue": "1"})
        return self.client.post(self.url(slug), sent, headers=headers)

    def walked(self, pages: dict[str, dict[str, str]]) -> "Previewer":
        """These pages typed, one after the other."""
        for slug, fields in pages.items():
            response = self.post(slug, **fields)
            assert response.status_code == 302, (slug, response.content.decode())
        return self


@pytest.fixture(scope="module")
def copied(commercial_policy: object, django_db_blocker: Any) -> Iterator[PolicyVersion]:
    """The draft, copied once a module; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        base = publish_commercial_policy()
        first = date(2021, 12, 1)
        by = people.paula()
        yield copy_to_draft(version=base, number="2022D0035AE", effective_from=first, by=by)
        transaction.set_rollback(True)


@pytest.fixture
def draft(copied: PolicyVersion, db: None) -> PolicyVersion:
    """The draft as it is stored now."""
    return PolicyVersion.objects.select_related("policy").get(pk=copied.pk)


@pytest.fixture
def paula(client: Client, draft: PolicyVersion) -> Previewer:
    """Paula, before anything is typed."""
    client.force_login(people.paula())
    return Previewer(client, draft)


@pytest.fixture
def cidp(paula: Previewer) -> Previewer:
    """Paula, with CIDP chosen."""
    diagnosis = {"indication": "cidp", "icd10": "G61.81"}
    return paula.walked({"start": START, "diagnosis": diagnosis})
