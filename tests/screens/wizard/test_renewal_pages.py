"""What was stated at the approval, on the pages of a renewal."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.models import AuthorizationRequest
from criteria.requests.loading import draft_of
from tests.factories.people import prescriber
from tests.factories.renewal import continued, renewed, submitted_renewal
from tests.factories.review import approved, submitted_cidp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]
PLANNED = timezone.localdate() - timedelta(days=160)


@pytest.fixture
def approval() -> AuthorizationRequest:
    """Approved for a first course that was planned for a day gone by."""
    return approved(submitted_cidp(pages={"start": {"planned_start": PLANNED.isoformat()}}))


@pytest.fixture
def ann(client: Client) -> Client:
    client.force_login(prescriber())
    return client


GENERAL = "general-response_documented"


def shown(client: Client, request: AuthorizationRequest, slug: str) -> list[str]:
    page = client.get(reverse("wizard:page", args=[request.number, slug])).content.decode()
    found = re.findall(r'<p class="then">(.*?)</p>', page, re.S)
    return [" ".join(re.sub("<[^>]*>", " ", each).split()) for each in found]


def test_the_page_shows_it_and_fills_in_nothing(
    ann: Client, approval: AuthorizationRequest
) -> None:
    made = renewed(approval)
    day = f"({timezone.localdate().day} "
    (line,) = shown(ann, made, "criteria-objective_scale_response")
    assert line.startswith(f"At the approval of {approval.number} {day}")
    assert line.endswith(": Yes")
    page = ann.get(reverse("wizard:page", args=[made.number, "criteria-objective_scale_response"]))
    assert "checked" not in page.content.decode()


def test_the_dose_page_shows_what_was_approved(ann: Client, approval: AuthorizationRequest) -> None:
    (line,) = shown(ann, renewed(approval), "dose")
    assert "69.853 kg" in line
    assert "Gamunex-C 10 % · 135 g (1,932.6 mg/kg) a course" in line


def test_the_button_fills_the_field_and_comes_back_to_it(
    ann: Client, approval: AuthorizationRequest
) -> None:
    made = renewed(approval)
    url = reverse("wizard:page", args=[made.number, GENERAL])
    sent = {"q-response_documented": "yes", "again": f"{approval.number} therapy_start_date"}
    response = ann.post(url, sent)
    assert response.url == f"{url}#id_q-therapy_start_date"
    draft = draft_of(AuthorizationRequest.objects.get(pk=made.pk))
    assert draft.answers["therapy_start_date"] == PLANNED
    assert draft.answers["response_documented"] is True


def test_a_button_of_a_page_that_does_not_ask_it_changes_nothing(
    ann: Client, approval: AuthorizationRequest
) -> None:
    made = renewed(approval)
    slug = "criteria-objective_scale_response"
    url = reverse("wizard:page", args=[made.number, slug])
    ann.post(url, {"again": f"{approval.number} therapy_start_date"})
    assert "therapy_start_date" not in draft_of(renewed(approval)).answers


def test_an_ordinary_request_shows_none_and_asks_no_more(
    ann: Client, approval: AuthorizationRequest, django_assert_max_num_queries: Any
) -> None:
    """The renewal takes one query more than a request that continues nothing."""
    made = continued(approval)
    AuthorizationRequest.objects.filter(pk=made.pk).update(renewal_of=None, first_approved=None)
    plain = AuthorizationRequest.objects.select_related("version__policy").get(pk=made.pk)
    with django_assert_max_num_queries(1):
        assert draft_of(plain, today=date(2026, 1, 1)).baseline is None
    made = renewed(approval)
    found = AuthorizationRequest.objects.select_related("version__policy").get(pk=made.pk)
    with django_assert_max_num_queries(2):
        assert draft_of(found, today=date(2026, 1, 1)).baseline is not None


def test_a_chain_shows_both_ends(ann: Client, approval: AuthorizationRequest) -> None:
    second = approved(submitted_renewal(approval))
    lines = shown(ann, renewed(second), "criteria-objective_scale_response")
    assert [line.split(" (")[0] for line in lines] == [
        f"At the last approval, {second.number}",
        f"At the first approval, {approval.number}",
        f"At the last approval, {second.number}",
    ]


def test_a_weight_that_changed_is_asked_about(ann: Client, approval: AuthorizationRequest) -> None:
    made = continued(approval, {"dose": {"weight": "140"}})
    guards = [guard.message for _, guard, _ in draft_of(made).dose.guards]
    assert guards == []
    made = continued(approval, {"dose": {"weight": "138"}})
    (message,) = [guard.message for _, guard, _ in draft_of(made).dose.guards]
    assert message == "62.595 kg now, 69.853 kg on the last request: a change of 10.4 %."


def test_kilograms_typed_as_pounds_are_caught(ann: Client, approval: AuthorizationRequest) -> None:
    made = continued(approval, {"dose": {"weight": "154", "weight_unit": "kg"}})
    draft = draft_of(made)
    assert draft.dose.weight_kg is None
    assert any("Pounds typed as kg?" in g.suggestion for _, g, _ in draft.dose.guards)
