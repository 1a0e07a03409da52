"""Who may come to which address, by which method."""

import pytest
from django.test import Client

from criteria.accounts.permissions import Role
from criteria.actions.requests.edit import withdraw_request
from criteria.models import AuthorizationRequest, PolicyVersion
from tests.factories import people
from tests.factories.people import person
from tests.screens.wizard.conftest import Walker

OF_A_REQUEST = {
    "": "GET",
    "start": "GET POST",
    "diagnosis": "GET POST",
    "general-records": "GET POST",
    "dose": "GET POST",
    "patient": "GET POST",
    "result": "GET",
    "check": "GET",
    "submit": "GET POST",
    "packet": "GET",
    "withdraw": "GET POST",
    "make-request": "POST",
    "edition": "GET POST",
    "enclosures/add": "POST",
    "enclosures/A/remove": "POST",
    "enclosures/A": "GET",
}
OTHERS = {
    "/": "GET",
    "/requests/": "GET",
    "/requests/new/": "GET POST",
    "/quick-check/": "GET POST",
}
ALLOWED = [(slug, method) for slug, methods in OF_A_REQUEST.items() for method in methods.split()]
REFUSED = [
    (slug, method)
    for slug, methods in OF_A_REQUEST.items()
    for method in ("GET", "POST", "PUT", "DELETE")
    if method not in methods
]


@pytest.mark.parametrize("slug,method", ALLOWED)
def test_anonymous_is_sent_to_login(cidp: Walker, slug: str, method: str) -> None:
    response = Client().generic(method, cidp.url(slug))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/requests/")


@pytest.mark.parametrize("path,method", [(p, m) for p, ms in OTHERS.items() for m in ms.split()])
def test_anonymous_is_sent_to_login_first(db: None, path: str, method: str) -> None:
    response = Client().generic(method, path)
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("slug,method", ALLOWED)
def test_other_prescriber_gets_404(cidp: Walker, slug: str, method: str) -> None:
    before = AuthorizationRequest.objects.values().get(number=cidp.number)
    other = Client()
    other.force_login(people.ben())
    assert other.generic(method, cidp.url(slug)).status_code == 404
    assert AuthorizationRequest.objects.values().get(number=cidp.number) == before


@pytest.mark.parametrize("slug,method", REFUSED)
def test_method_is_refused(cidp: Walker, slug: str, method: str) -> None:
    assert cidp.client.generic(method, cidp.url(slug)).status_code == 405


@pytest.mark.parametrize("slug,method", ALLOWED)
def test_number_altered_is_404(cidp: Walker, slug: str, method: str) -> None:
    cidp.number = "R-2026-99999"
    assert cidp.client.generic(method, cidp.url(slug)).status_code == 404


def test_reviewer_does_not_see_a_draft(cidp: Walker) -> None:
    reviewer = Client()
    reviewer.force_login(person("rhea", Role.REVIEWERS))
    for slug in ("", "result", "check", "dose"):
        assert reviewer.get(cidp.url(slug)).status_code == 404


def test_colleague_of_the_practice_goes_on(cidp: Walker) -> None:
    colleague = Client()
    colleague.force_login(people.prescriber("cara"))
    found = Walker(colleague, cidp.number)
    assert found.post("general-records").status_code == 302


def test_someone_of_no_practice_starts_nothing(client: Client, uhc_version: PolicyVersion) -> None:
    client.force_login(person("stranger"))
    assert client.get("/requests/new/").status_code == 403
    assert "belongs to no practice" in client.get("/requests/").content.decode()


def test_withdrawn_request_is_read_only(cidp: Walker) -> None:
    sent = cidp.fields("dose")
    withdraw_request(request=cidp.request, by=cidp.request.owner)
    assert cidp.client.post(cidp.url("dose"), sent).status_code == 403
    assert cidp.get("dose").status_code == 302
    assert cidp.client.post(cidp.url("withdraw")).status_code == 409


def test_post_without_token_is_refused(cidp: Walker) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cidp.request.owner)
    assert strict.post(cidp.url("dose"), {"weight": "1"}).status_code == 403
