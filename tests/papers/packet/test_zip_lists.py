"""A ZIP asked for on a list: of what is ticked, or of all that fit."""

from typing import Any

import pytest
from django.urls import reverse

from criteria.models import AuthorizationRequest
from criteria.screens.review import zip_views
from tests.factories.people import rhea
from tests.papers.packet.stored import ann, submitted
from tests.papers.packet.zipped import ADDRESS, another, opened, packet_of, post, signed_in

pytestmark = pytest.mark.django_db


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_nothing_ticked_is_said_on_the_list_it_came_from() -> None:
    response = signed_in(ann()).post(ADDRESS, {}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("wizard:requests")
    assert said(response) == zip_views.NOTHING_TICKED
    data = {"state": "decided", "urgency": "expedited"}
    response = signed_in(rhea()).post(ADDRESS, data, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("review:worklist"))
    assert "state=decided" in response.redirect_chain[-1][0]
    assert "urgency=expedited" in response.redirect_chain[-1][0]
    assert said(response) == zip_views.NOTHING_TICKED


def test_a_search_is_shown_again_without_its_words_in_an_address() -> None:
    submitted()
    response = signed_in(rhea()).post(ADDRESS, {"state": "to-decide", "q": "Doe"})
    assert response.status_code == 200
    assert 'value="Doe"' in response.content.decode()
    assert said(response) == zip_views.NOTHING_TICKED


def test_all_that_fit_go_to_a_reviewer() -> None:
    submitted_one, decided = submitted(), another(status="withdrawn")
    for request in (submitted_one, decided):
        packet_of(request)
    for state, found in (("to-decide", submitted_one), ("withdrawn", decided)):
        response = signed_in(rhea()).post(ADDRESS, {"state": state, "all": "yes"})
        assert opened(response).namelist() == [f"{found.number}-packet.pdf", "manifest.csv"]


def test_all_that_a_search_finds_go_to_a_reviewer() -> None:
    request = submitted()
    packet_of(request)
    data = {"state": "to-decide", "q": request.number, "all": "yes"}
    archive = opened(signed_in(rhea()).post(ADDRESS, data))
    assert archive.namelist()[0] == f"{request.number}-packet.pdf"
    response = signed_in(rhea()).post(ADDRESS, data | {"q": "nobody"})
    assert said(response) == zip_views.NOTHING_FITS


def test_all_is_for_reviewers() -> None:
    assert signed_in(ann()).post(ADDRESS, {"all": "yes"}).status_code == 403


def test_nothing_that_fits_and_wrong_filters_are_said() -> None:
    client = signed_in(rhea())
    response = client.post(ADDRESS, {"state": "denied", "all": "yes"}, follow=True)
    assert said(response) == zip_views.NOTHING_FITS
    response = client.post(ADDRESS, {"state": "nonsense", "all": "yes"}, follow=True)
    assert said(response) == zip_views.TO_CORRECT


@pytest.mark.parametrize(("most", "is_sent"), [(1, False), (2, True), (3, True)])
def test_the_most_of_one_zip(monkeypatch: pytest.MonkeyPatch, most: int, is_sent: bool) -> None:
    monkeypatch.setattr(zip_views, "MOST", most)
    requests = [submitted(), another()]
    AuthorizationRequest.objects.update(worklist_group=None)
    for response in (
        post(rhea(), *requests),
        signed_in(rhea()).post(ADDRESS, {"state": "all", "all": "yes"}),
    ):
        assert (response.status_code == 200) is is_sent
