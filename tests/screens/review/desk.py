"""A submitted request on Rhea's desk, and the desk as a browser without JavaScript uses it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.actions.requests.submit import submit_request
from criteria.actions.reviews.hold import take_request
from criteria.models import AuthorizationRequest, Enclosure, RequestStatus
from criteria.requests.content import StatedAttestation
from tests.factories import request as factory
from tests.factories.commercial import publish_commercial_policy
from tests.factories.people import rhea
from tests.factories.submitted import record_now
from tests.screens.wizard.conftest import fields_of, soup_of

EVIDENCE = {
    "q-cidp_mdl_nerves-source": "EMG report",
    "q-cidp_mdl_nerves-encl": "B",
    "q-cidp_mdl_nerves-page": "p. 2-3",
    "q-neurologist_involved-source": "letter of 3 Nov",
}


@contextmanager
def module_world(blocker: Any) -> Iterator[str]:
    """The commercial policy and one submitted CIDP request, stored once a module: its number."""
    with blocker.unblock(), transaction.atomic():
        request = submitted_cidp()
        yield request.number
        transaction.set_rollback(True)


def submitted_cidp(**pages: dict[str, str]) -> AuthorizationRequest:
    """A CIDP request with two documents, one only announced; ``pages``: fields that differ."""
    request = factory.started(publish_commercial_policy())
    for letter, title, pages_of_it in (("A", "Clinic note", 0), ("B", "EMG report", 3)):
        _enclose(request, letter, title, pages_of_it)
    request.enclosure_letters = "A B"
    request.save(update_fields=["enclosure_letters"])
    return submitted_with(request, pages)


def submitted_with(
    request: AuthorizationRequest, pages: dict[str, dict[str, str]]
) -> AuthorizationRequest:
    """The same request with these fields typed, submitted."""
    typed = factory.CIDP | factory.PEOPLE
    typed = typed | {"enclosures": typed["enclosures"] | EVIDENCE}
    for slug, fields in pages.items():
        typed = typed | {slug: typed[slug] | fields}
    return submitted_as_typed(factory.saved(request, typed))


def submitted_as_typed(request: AuthorizationRequest) -> AuthorizationRequest:
    """Submitted with whatever was typed."""
    attestation = StatedAttestation(
        name="Ann Lee", statement="It is so.", attested_at=timezone.now(), attested_by="ann"
    )
    record = record_now(request, attestation)
    submit_request(request=request, revision=request.revision, record=record, by=request.owner)
    return AuthorizationRequest.objects.get(pk=request.pk)


def resubmitted(request: AuthorizationRequest, **pages: dict[str, str]) -> AuthorizationRequest:
    """Asked for information, and submitted again with these fields changed."""
    asked(request)
    return submitted_with(AuthorizationRequest.objects.get(pk=request.pk), pages)


def asked(request: AuthorizationRequest) -> None:
    """Waiting for the practice."""
    waiting = {"status": RequestStatus.INFORMATION_REQUESTED, "asked_at": timezone.now()}
    AuthorizationRequest.objects.filter(pk=request.pk).update(**waiting)


def held(number: str) -> AuthorizationRequest:
    """Taken by Rhea."""
    return take_request(request=AuthorizationRequest.objects.get(number=number), by=rhea())


def _enclose(request: AuthorizationRequest, letter: str, title: str, pages: int) -> None:
    row = Enclosure(
        request=request, letter=letter, title=title, added_at=timezone.now(), added_by=request.owner
    )
    if pages:
        row.file_name, row.media_type, row.pages = f"{title}.pdf", "application/pdf", pages
        row.sha256 = "ab" * 32
        row.file.save("x", ContentFile(b"%PDF-"), save=False)
    row.save()


class Reviewer:
    """A reviewer at one request."""

    def __init__(self, client: Client, number: str, user: User) -> None:
        client.force_login(user)
        self.client, self.number = client, number

    def url(self, name: str = "request") -> str:
        return reverse(f"review:{name}", args=[self.number])

    def soup(self, **query: str) -> BeautifulSoup:
        response: Any = self.client.get(self.url(), query)
        assert response.status_code == 200, response
        return soup_of(response)

    def text(self, **query: str) -> str:
        return self.soup(**query).get_text(" ", strip=True)

    def fields(self) -> dict[str, Any]:
        """What the browser would send back unchanged."""
        soup = self.soup()
        found = fields_of(soup)
        for field in soup.select("input[form=dispositions]"):
            found[str(field["name"])] = [str(field["value"])]
        return found

    def save(self, *, fields: dict[str, Any], htmx: bool = False) -> Any:
        """Press Save; with ``htmx`` as it is sent while someone types."""
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(self.url("disposition"), fields, headers=headers)
