"""A letter whose text or reason says nothing is kept as it was typed, and not sent."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from criteria.models import AuthorizationRequest, Letter
from tests.factories.commercial import publish_commercial_policy
from tests.screens.review.reviewed import APPROVAL, DENIAL, INFORMATION, Desk, held, rhea
from tests.screens.wizard.conftest import soup_of

BLANK = ["", "  ", "\u200b\u2060", "…"]


@pytest.fixture(scope="module")
def stored(commercial_policy: object, django_db_blocker: Any) -> Iterator[AuthorizationRequest]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield held(publish_commercial_policy(), months="12")
        transaction.set_rollback(True)


@pytest.fixture
def desk(stored: AuthorizationRequest, client: Client, db: None) -> Desk:
    client.force_login(rhea())
    return Desk(client, AuthorizationRequest.objects.get(pk=stored.pk))


def problems_of(response: Any) -> str:
    return " ".join(li.get_text() for li in soup_of(response).select(".error-summary li"))


@pytest.mark.parametrize("kind", [APPROVAL, DENIAL])
@pytest.mark.parametrize("reason", BLANK)
def test_a_reason_of_nothing(kind: str, reason: str, desk: Desk) -> None:
    response = desk.post(kind, do="send", reason=reason)
    assert response.status_code == 422
    assert "Write the reason." in problems_of(response)
    assert desk.client.post(desk.url(kind, "send"), {"seen": "x"}).status_code == 422
    assert not Letter.objects.exists()


@pytest.mark.parametrize("text", BLANK)
def test_a_text_of_nothing(text: str, desk: Desk) -> None:
    response = desk.post(INFORMATION, do="send", documents="EMG report", text=text)
    assert response.status_code == 422
    assert "The letter is empty." in problems_of(response)
    assert not Letter.objects.exists()


def test_documents_of_nothing_are_none(desk: Desk) -> None:
    response = desk.post(INFORMATION, do="send", documents="\u200b\n - \n")
    assert "Nothing is asked for yet." in problems_of(response)
