"""Baseline and today on the reviewer's desk."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.renewal import submitted_renewal
from tests.factories.review import approved, reviewer, submitted_cidp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]


def test_the_desk_lays_a_renewal_beside_its_approval(client: Client) -> None:
    approval = approved(submitted_cidp())
    request = submitted_renewal(approval, {"dose": {"dose": "130"}})
    client.force_login(reviewer())
    page = client.get(reverse("review:request", args=[request.number])).content.decode()
    assert "Baseline and today" in page
    assert "−5 g (−3.7 %)" in page
    first = client.get(reverse("review:request", args=[approval.number])).content.decode()
    assert "Baseline and today" not in first
