from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.actions.requests.edit import withdraw_request
from criteria.models import AuthorizationRequest, PolicyVersion, RequestStatus
from criteria.requests.loading import draft_of
from criteria.rules.terms import Coverage
from criteria.screens.wizard.renewal.start import CARRIED, Renewal
from tests.factories.people import ben, prescriber
from tests.factories.policy import published
from tests.factories.renewal import renewed
from tests.factories.request import cidp
from tests.factories.review import approved, denied, reviewer, submitted_cidp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commercial_policy")]
TODAY = timezone.localdate()


@pytest.fixture
def approval() -> AuthorizationRequest:
    """Approved a hundred days ago, for another twenty."""
    first, last = TODAY - timedelta(days=100), TODAY + timedelta(days=20)
    return approved(submitted_cidp(), starts_on=first, ends_on=last)


@pytest.fixture
def ann(client: Client) -> Client:
    """Ann, signed in."""
    client.force_login(prescriber())
    return client


def press(client: Client, request: AuthorizationRequest, **sent: str) -> Any:
    return client.post(reverse("wizard:renew", args=[request.number]), sent)


def test_one_press_starts_it_and_says_what_came_along(
    ann: Client, approval: AuthorizationRequest
) -> None:
    response = press(ann, approval)
    made = AuthorizationRequest.objects.get(renewal_of=approval)
    assert response.url == reverse("wizard:tasks", args=[made.number])
    page = ann.get(response.url).content.decode()
    assert f"{made.number} continues {approval.number}." in page
    assert "Everything clinical is asked afresh." in page


def test_identity_and_diagnosis_come_along_to_be_checked(approval: AuthorizationRequest) -> None:
    draft = draft_of(renewed(approval))
    assert set(draft.rows) == {"start", "diagnosis", *CARRIED}
    assert {slug for slug, row in draft.rows.items() if not row.please_check} == {"start"}
    typed = {name: values[-1] for name, values in draft.typed.items() if any(values)}
    assert typed == {
        "line_of_business": "commercial",
        "phase": "continuation",
        "request_date": TODAY.isoformat(),
        "indication": "cidp",
        "icd10": "G61.81",
        "first_name": "Jane",
        "last_name": "Doe",
        "born": "1961-03-12",
        "sex": "F",
        "patient_phone": "(555) 010-1234",
        "member_id": "912345678 01",
        "prescriber_name": "Ann Lee",
        "credential": "MD",
        "npi": "1234567893",
        "specialty": "Neurology",
        "office_phone": "555 010 9999",
        "place": "home",
    }


def test_nothing_clinical_comes_along(approval: AuthorizationRequest) -> None:
    made = renewed(approval)
    draft = draft_of(made)
    assert draft.answers == {}
    assert draft.dose.weight_kg is None
    assert draft.dose.product is None
    assert draft.notes_text == ""
    assert draft.letters == ()
    assert made.enclosures.count() == 0
    assert made.urgency == "standard"
    assert "urgency" not in draft.typed
    assert not {"consultant_name", "allergies", "confidence", "confirm"} & draft.typed.keys()


def test_what_was_typed_after_the_submission_does_not_come_along(
    approval: AuthorizationRequest,
) -> None:
    approval.pages.filter(slug="patient").update(data={"last_name": ["Other"]})
    assert draft_of(renewed(approval)).typed["last_name"] == ["Doe"]


def test_lists_know_it_at_once(approval: AuthorizationRequest) -> None:
    made = renewed(approval)
    assert (made.patient_name, made.member_key, made.prescriber_name) == (
        "Doe, Jane",
        "91234567801",
        "Ann Lee",
    )
    assert (made.indication_key, made.pathway_key) == ("cidp", "continuation")
    assert (made.request_date, made.dose_text) == (TODAY, "")


def test_a_page_that_came_along_says_so(ann: Client, approval: AuthorizationRequest) -> None:
    made = renewed(approval)
    page = ann.get(reverse("wizard:page", args=[made.number, "patient"])).content.decode()
    assert "It came along from the approved request." in page
    tasks = ann.get(reverse("wizard:tasks", args=[made.number])).content.decode()
    assert f'It continues <a href="/requests/{approval.number}/">' in tasks


def test_what_renewing_does_is_read_before_the_press(
    ann: Client, approval: AuthorizationRequest
) -> None:
    page = ann.get(reverse("wizard:renew", args=[approval.number])).content.decode()
    assert "it ends in 20 days" in page
    assert "Commercial policy 2021D0035AD, the edition in force today" in page
    assert not approval.renewals.exists()


def test_pressed_again_it_goes_to_the_draft_there_is(
    ann: Client, approval: AuthorizationRequest
) -> None:
    first = press(ann, approval)
    second = press(ann, approval)
    assert second.url == first.url
    assert "already" in ann.get(second.url).content.decode()
    page = ann.get(reverse("wizard:renew", args=[approval.number])).content.decode()
    assert "continues it already" in page


def test_after_a_withdrawal_another_press_starts_another(
    ann: Client, approval: AuthorizationRequest
) -> None:
    withdraw_request(request=renewed(approval), by=prescriber())
    response = press(ann, approval)
    assert approval.renewals.exclude(status=RequestStatus.WITHDRAWN).get().number in response.url


@pytest.mark.parametrize("how", ["draft", "denied", "ended long ago"])
def test_what_cannot_be_renewed_says_why_and_where_to_go(
    how: str, ann: Client, uhc_version: PolicyVersion
) -> None:
    if how == "draft":
        request = cidp(uhc_version)
    elif how == "denied":
        request = denied(submitted_cidp())
    else:
        day = TODAY - timedelta(days=91)
        request = approved(submitted_cidp(), starts_on=day, ends_on=day)
    response = press(ann, request)
    assert response.status_code == 422
    page = response.content.decode()
    assert "tart a new request" in page
    assert reverse("wizard:new") in page
    assert not request.renewals.exists()


def test_that_of_another_practice_is_not_found(
    client: Client, approval: AuthorizationRequest
) -> None:
    client.force_login(ben())
    assert press(client, approval).status_code == 404
    assert client.get(reverse("wizard:renew", args=[approval.number])).status_code == 404


def test_a_reviewer_does_not_renew(client: Client, approval: AuthorizationRequest) -> None:
    client.force_login(reviewer())
    assert press(client, approval).status_code == 404


def test_nobody_renews_without_signing_in(client: Client, approval: AuthorizationRequest) -> None:
    assert "/accounts/login/" in press(client, approval).url


def close(version: PolicyVersion) -> None:
    """The edition ends yesterday, and nothing follows it."""
    PolicyVersion.objects.filter(pk=version.pk).update(effective_until=TODAY)


def test_no_edition_in_force_is_said_with_what_to_do(
    ann: Client, approval: AuthorizationRequest
) -> None:
    assert approval.version is not None
    close(approval.version)
    response = press(ann, approval)
    assert response.status_code == 422
    assert "No policy is in force on" in response.content.decode()
    assert not approval.renewals.exists()


def replaced(approval: AuthorizationRequest) -> PolicyVersion:
    """Today the small policy rules on the same line of business: it knows no CIDP."""
    assert approval.version is not None
    close(approval.version)
    return published(number="SMALL", effective_from=TODAY.isoformat())


def test_a_diagnosis_the_edition_does_not_name_any_more_is_said_at_once(
    ann: Client, approval: AuthorizationRequest
) -> None:
    other = replaced(approval)
    response = press(ann, approval)
    page = response.content.decode()
    assert response.status_code == 422
    assert "no longer names Chronic inflammatory demyelinating polyneuropathy" in page
    assert not approval.renewals.exists()
    press(ann, approval, all_the_same="1")
    made = approval.renewals.get()
    assert made.version == other
    draft = draft_of(made)
    assert draft.is_not_listed
    assert draft.typed["other_diagnosis"] == ["Chronic inflammatory demyelinating polyneuropathy"]


def test_a_diagnosis_that_became_unproven_is_said_with_the_way_on(
    approval: AuthorizationRequest,
) -> None:
    renewal = Renewal(approval)
    assert renewal.edition is not None
    known = dict(renewal.edition.indications)
    known["cidp"] = replace(known["cidp"], coverage=Coverage.UNPROVEN, route_words="Ask for it.")
    renewal.edition = replace(renewal.edition, indications=known)
    assert renewal.warning.endswith("as unproven. Ask for it.")
    assert renewal.problem == ""
