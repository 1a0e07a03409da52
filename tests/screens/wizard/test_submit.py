"""From the first page to submission without JavaScript, and what submission keeps."""

import re

import pytest
from django.test import Client

from criteria.models import AuthorizationRequest, Event, PolicyVersion, Submission
from criteria.requests.content import content_from_json
from criteria.requests.record import submitted_draft
from tests.factories import request as factory
from tests.helpers.wizard.attest import attest
from tests.screens.wizard.conftest import Walker, errors_of, soup_of


def test_whole_way_without_javascript(ann: Client, uhc_version: PolicyVersion) -> None:
    first = {"line_of_business": "commercial", "phase": "initial"}
    start = soup_of(ann.get("/requests/new/")).select_one("#id_request_date")
    assert start is not None
    response = ann.post("/requests/new/", first | {"request_date": start["value"]})
    number = response["Location"].split("/")[2]
    walker, address = Walker(ann, number), response["Location"]
    hit = soup_of(ann.get(address, {"q": "cidp"})).select_one("button[name=choose]")
    assert hit is not None
    walker.client.post(address, walker.fields("diagnosis") | {"choose": hit["value"]})
    for slug, fields in (factory.CIDP | factory.PEOPLE).items():
        assert address == walker.url(slug), "the pages follow each other"
        response = walker.post(slug, **fields)
        assert response.status_code == 302, errors_of(response)
        address = response["Location"]
        if address == walker.url("result"):
            assert "Meets the criteria, as entered" in ann.get(address).content.decode()
            address = walker.url("patient")
    ann.post(walker.url("enclosures/add"), {"title": "EMG report"})
    assert not soup_of(ann.get(walker.url("check"))).select(".error-summary")
    response = ann.post(walker.url("submit"), attest(walker))
    assert response["Location"] == walker.url("packet")
    assert "is submitted" in ann.get(response["Location"]).content.decode()
    assert walker.request.status == "submitted"


def test_submission_keeps_what_was_shown(ready: Walker) -> None:
    case, overall = ready.draft.case, ready.draft.overall
    ready.client.post(ready.url("submit"), attest(ready))
    kept = Submission.objects.get(request=ready.request)
    assert submitted_draft(kept).case == case
    assert kept.overall == overall == "meets"
    assert re.fullmatch("[0-9a-f]{64}", kept.content_hash)
    content = content_from_json(kept.content)
    assert content.patient_name == "Doe, Jane"
    assert content.attestation is not None
    assert content.attestation.name == "Ann Lee"
    assert kept.assessment["overall"] == "meets"
    assert Event.objects.filter(verb="submit", object_id=str(ready.request.pk)).exists()


def test_submission_never_changes(ready: Walker) -> None:
    ready.client.post(ready.url("submit"), attest(ready))
    kept = Submission.objects.get(request=ready.request)
    with pytest.raises(TypeError):
        kept.save()
    with pytest.raises(TypeError):
        Submission.objects.update(overall="x")


def test_submitted_request_is_read_only(ready: Walker) -> None:
    sent = ready.fields("dose")
    ready.client.post(ready.url("submit"), attest(ready))
    assert ready.client.post(ready.url("dose"), sent).status_code == 403
    assert ready.client.post(ready.url("submit"), {}).status_code == 403
    assert ready.get("dose")["Location"] == ready.url()
    assert ready.client.post(ready.url("enclosures/add"), {"title": "x"}).status_code == 403
    assert ready.get("check").status_code == 200
    assert "Change" not in ready.soup("check").get_text()


@pytest.mark.parametrize(
    "fields,words",
    [({"attest": ""}, "Tick the box"), ({"signer": ""}, "Type the prescriber's name"),
     ({"signer": "Bob Roe"}, "Ann Lee")],
)  # fmt: skip
def test_attestation_is_needed(ready: Walker, fields: dict[str, str], words: str) -> None:
    response = ready.client.post(ready.url("submit"), attest(ready, **fields))
    assert response.status_code == 422
    assert words in errors_of(response)
    assert ready.request.status == "draft"


def test_changed_since_it_was_shown_is_not_submitted(ready: Walker) -> None:
    sent = attest(ready)
    ready.post("dose", dose="130")
    response = ready.client.post(ready.url("submit"), sent)
    assert response.status_code == 409
    assert "was changed since" in response.content.decode()
    assert ready.request.status == "draft"


def test_everything_missing_is_named_at_once(cidp: Walker) -> None:
    text = cidp.soup("check").select_one(".error-summary").get_text()
    for name in ("First name", "Date of birth", "Member ID", "NPI", "Where will it be given?"):
        assert name in text
    assert "at least one document" in text
    response = cidp.client.post(cidp.url("submit"), {"attest": "yes", "signer": "x"})
    assert response.status_code == 422
    assert cidp.request.status == "draft"


def test_open_criteria_do_not_block(ready: Walker) -> None:
    """Unknown stays unknown: the reviewer is told, the prescriber is warned."""
    ready.post("general-records", **{"q-lab_evidence": ""})
    assert "You can submit it as it is" in ready.soup("submit").get_text()
    ready.client.post(ready.url("submit"), attest(ready))
    assert Submission.objects.get(request=ready.request).overall == "incomplete"


def test_quick_check_is_not_submitted(ready: Walker) -> None:
    sent = attest(ready)
    AuthorizationRequest.objects.filter(number=ready.number).update(is_quick_check=True)
    assert ready.client.post(ready.url("submit"), sent).status_code == 422
    assert ready.request.status == "draft"


def test_withdraw_asks_first_and_deletes_nothing(ready: Walker) -> None:
    typed = ready.draft.typed
    assert ready.get("withdraw").status_code == 200
    assert ready.request.status == "draft"
    ready.client.post(ready.url("withdraw"))
    assert ready.request.status == "withdrawn"
    assert ready.draft.typed == typed


def test_what_is_missing_is_said_beside_its_field(ready: Walker) -> None:
    assert not soup_of(ready.get("submit")).select(".problem")
    soup = soup_of(ready.client.post(ready.url("submit"), attest(ready, attest="", signer="")))
    assert "Tick the box" in soup.select_one("#note-attest").get_text()
    assert "Type the prescriber's name" in soup.select_one("#note-signer").get_text()
    assert soup.select_one("#id_signer")["aria-invalid"] == "true"
