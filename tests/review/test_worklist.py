import pytest
from django.test import Client
from django.urls import reverse

from criteria.packet.issue import issue
from tests.factories.policy import paula
from tests.packet.stored import ann, ben, drafted, rhea, submitted

pytestmark = pytest.mark.django_db


def test_anonymous_is_sent_to_login() -> None:
    response = Client().get(reverse("review:worklist"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", [ann, ben, paula])
def test_only_reviewers_see_it(who: object, client: Client) -> None:
    client.force_login(who())  # type: ignore[operator]
    assert client.get(reverse("review:worklist")).status_code == 403


def test_post_is_refused(client: Client) -> None:
    client.force_login(rhea())
    assert client.post(reverse("review:worklist")).status_code == 405


def test_a_draft_is_not_for_reviewers(client: Client) -> None:
    draft = drafted()
    client.force_login(rhea())
    assert draft.number not in client.get(reverse("review:worklist")).content.decode()


def test_submitted_requests_lead_to_their_packets(client: Client) -> None:
    request = submitted()
    packet = issue(request, by=ann())
    client.force_login(rhea())
    page = client.get(reverse("review:worklist")).content.decode()
    assert request.number in page
    address = reverse("packet:download", args=[request.number, packet.sequence])
    assert address in page
    assert client.get(address).status_code == 200


def test_a_reviewer_starts_at_the_worklist(client: Client) -> None:
    client.force_login(rhea())
    response = client.get("/", follow=True)
    assert response.redirect_chain == [(reverse("review:worklist"), 302)]
    assert "Nothing has been submitted yet" in response.content.decode()
