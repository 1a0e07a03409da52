"""A quick check asks no name and becomes a request with one press."""

from django.test import Client

from criteria.models import AuthorizationRequest, PolicyVersion
from tests.factories import people
from tests.factories import request as factory
from tests.screens.wizard.conftest import Walker


def test_quick_check_asks_no_patient(ann: Client, uhc_version: PolicyVersion) -> None:
    found = factory.started(uhc_version, is_quick_check=True)
    slugs = [page.slug for page in Walker(ann, found.number).walk.pages]
    assert slugs[-2:] == ["dose", "result"]


def test_quick_check_becomes_a_request(ann: Client, uhc_version: PolicyVersion) -> None:
    found = factory.started(uhc_version, is_quick_check=True)
    walker = Walker(ann, factory.saved(found, factory.CIDP).number)
    assert "Make this a request" in walker.get("result").content.decode()
    before = walker.draft.case
    response = ann.post(walker.url("make-request"))
    assert response["Location"] == walker.url("patient")
    assert walker.draft.case == before
    assert walker.request.is_quick_check is False
    assert "Make this a request" not in walker.get("result").content.decode()


def test_quick_check_is_started_by_its_own_address(ann: Client, uhc_version: PolicyVersion) -> None:
    sent = {"line_of_business": "commercial", "phase": "initial", "request_date": "2026-05-14"}
    number = ann.post("/quick-check/", sent)["Location"].split("/")[2]
    assert AuthorizationRequest.objects.get(number=number).is_quick_check


def test_list_shows_numbers_and_states(cidp: Walker) -> None:
    text = cidp.client.get("/requests/").content.decode()
    assert cidp.number in text
    assert "Meets the criteria, as entered" in text
    assert cidp.number in cidp.client.get("/requests/", {"q": cidp.number}).content.decode()
    assert "No request fits" in cidp.client.get("/requests/", {"q": "R-1999"}).content.decode()


def test_list_shows_no_other_practice(cidp: Walker) -> None:
    other = Client()
    other.force_login(people.ben())
    assert cidp.number not in other.get("/requests/").content.decode()


def test_list_asks_the_same_few_queries_for_many(
    ann: Client, uhc_version: PolicyVersion, django_assert_max_num_queries: object
) -> None:
    for _ in range(4):
        factory.started(uhc_version)
    ann.get("/requests/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        ann.get("/requests/")
