from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from criteria.actions.requests.submit import submit_request
from criteria.models import AuthorizationRequest, Packet, RequestPage
from criteria.screens.wizard.packets import draft_packet, issue
from tests.factories.people import rhea
from tests.factories.submitted import record_now
from tests.papers.packet.contents import DATA
from tests.papers.packet.stored import ann, drafted, submitted
from tests.papers.packet.zipped import packet_of

pytestmark = pytest.mark.django_db


def retyped(request: AuthorizationRequest, slug: str, **typed: Any) -> None:
    page = RequestPage.objects.get(request=request, slug=slug)
    page.data |= typed
    page.save()
    request.revision += 1
    request.save()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())


def test_a_first_packet_tells_of_no_change() -> None:
    packet = issue(submitted(), by=ann())
    assert packet.content["changes"] is None
    assert "What changed since" not in text_of(packet.pdf)


def test_the_next_packet_tells_what_changed_since_the_one_before() -> None:
    request = drafted()
    first = issue(request, by=ann())
    retyped(request, "patient", last_name=["Roe"])
    second = issue(request, by=ann())
    assert second.content["changes"]["since"].startswith("draft packet 1, issued ")
    text = text_of(second.pdf)
    assert f"code {first.content_code}" in text
    assert "Doe, Jane" in text and "Roe, Jane" in text
    assert "Packet 2" not in text_of(first.pdf)


def test_a_submitted_packet_is_what_the_next_is_compared_with() -> None:
    request = submitted()
    first = issue(request, by=ann())
    AuthorizationRequest.objects.filter(pk=request.pk).update(status="information_requested")
    request.refresh_from_db()
    issue(request, by=ann())
    retyped(request, "patient", last_name=["Roe"])
    third = issue(request, by=ann())
    assert [p.is_draft for p in Packet.objects.order_by("sequence")] == [False, True, True]
    assert first.content_code in third.content["changes"]["since"]


def submitted_again(request: AuthorizationRequest) -> None:
    record = record_now(request, DATA.attestation)  # type: ignore[arg-type]
    submit_request(request=request, revision=request.revision, record=record, by=request.owner)
    request.refresh_from_db()


def test_a_second_submission_tells_a_reviewer_what_changed_since_the_first() -> None:
    request = submitted()
    first = issue(request, by=rhea())
    AuthorizationRequest.objects.filter(pk=request.pk).update(status="information_requested")
    request.refresh_from_db()
    retyped(request, "dose", weight=["150"])
    submitted_again(request)
    second = issue(request, by=rhea())
    assert (second.sequence, second.is_draft) == (2, False)
    assert f"What changed since packet 1, issued {first.content['issued_at'][8:10]}" in text_of(
        second.pdf
    )
    lines = [
        (line["before"], line["now"])
        for group in second.content["changes"]["groups"]
        for change in group["changes"]
        for line in change["lines"]
        if change["title"] == "Weight"
    ]
    assert lines == [
        ("69.853 kg", "68.038 kg"),
        ("154 lb (69.853 kg)", "150 lb (68.038 kg)"),
    ]


def test_what_was_submitted_is_held_against_no_draft() -> None:
    request = submitted()
    packet_of(request, is_draft=True)
    packet = issue(request, by=ann())
    assert (packet.sequence, packet.content["changes"]) == (2, None)


def test_a_draft_shows_what_it_changes() -> None:
    request = drafted()
    issue(request, by=ann())
    retyped(request, "patient", last_name=["Roe"])
    assert "What changed since" in text_of(draft_packet(request, by=ann()).pdf)
    assert Packet.objects.count() == 1
