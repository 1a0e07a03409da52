from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from criteria.models import AuthorizationRequest, Event, Packet, RequestStatus
from criteria.screens.wizard.packets import issue
from tests.factories.people import rhea
from tests.papers.packet.stored import ann, ben, drafted, submitted

pytestmark = pytest.mark.django_db

NAMES = ("draft", "issue", "download")


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def address(name: str, request: AuthorizationRequest) -> str:
    return reverse(f"packet:{name}", args=[request.number])


@pytest.mark.parametrize("name", NAMES)
def test_anonymous_is_sent_to_login(name: str) -> None:
    response = Client().generic("POST" if name == "issue" else "GET", address(name, drafted()))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", NAMES)
def test_another_practice_gets_404(name: str) -> None:
    request = submitted()
    issue(request, by=ann())
    method = "POST" if name == "issue" else "GET"
    assert signed_in(ben()).generic(method, address(name, request)).status_code == 404


def test_a_reviewer_does_not_see_a_draft() -> None:
    assert signed_in(rhea()).get(address("draft", drafted())).status_code == 404


def test_get_does_not_issue_and_post_does_not_show() -> None:
    request = drafted()
    client = signed_in(ann())
    assert client.get(address("issue", request)).status_code == 405
    assert client.post(address("draft", request)).status_code == 405
    assert not Packet.objects.exists()


def test_draft_is_shown_marked_and_not_kept() -> None:
    request = drafted()
    response = signed_in(ann()).get(address("draft", request))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        f'inline; filename="{request.number}-draft.pdf"'
    )
    assert "no-store" in response.headers["Cache-Control"]
    assert all("DRAFT" in p.extract_text() for p in PdfReader(BytesIO(response.content)).pages)
    assert not Packet.objects.exists()


def test_issued_packet_is_downloaded_as_it_was_kept() -> None:
    request = submitted()
    client = signed_in(ann())
    response = client.post(address("issue", request), follow=True)
    packet = Packet.objects.get()
    assert body(response) == packet.pdf
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="{request.number}-packet.pdf"'
    )
    again = client.get(address("download", request))
    assert body(again) == packet.pdf
    assert again.headers["ETag"] == f'"{packet.sha256}"'


def test_a_packet_is_found_by_its_sequence() -> None:
    request = submitted()
    issue(request, by=ann())
    client = signed_in(rhea())
    first = client.get(reverse("packet:download", args=[request.number, 1]))
    assert body(first).startswith(b"%PDF-")
    assert client.get(reverse("packet:download", args=[request.number, 2])).status_code == 404


def test_before_one_is_issued_there_is_none_to_download() -> None:
    assert signed_in(ann()).get(address("download", submitted())).status_code == 404


def test_draft_of_a_submitted_request_leads_to_the_one_issued() -> None:
    request = submitted()
    response = signed_in(ann()).get(address("draft", request))
    assert response.headers["Location"] == address("download", request)


def test_addresses_name_no_patient() -> None:
    request = submitted()
    issue(request, by=ann())
    assert "Doe" not in "".join(address(name, request) for name in NAMES)
    response = signed_in(ann()).get(address("download", request))
    assert body(response)
    assert "Doe" not in str(response.headers)


def test_whoever_has_the_packet_is_not_sent_it_again() -> None:
    request = submitted()
    packet = issue(request, by=ann())
    client = signed_in(ann())
    etag = {"If-None-Match": f'"{packet.sha256}"'}
    known = client.get(address("download", request), headers=etag)
    assert (known.status_code, known.content) == (304, b"")
    other = client.get(address("download", request), headers={"If-None-Match": '"x"'})
    assert body(other) == packet.pdf


def test_head_tells_the_size_and_sends_nothing() -> None:
    request = submitted()
    packet = issue(request, by=ann())
    response = signed_in(ann()).head(address("download", request))
    assert response.status_code == 200
    assert response.headers["Content-Length"] == str(packet.size_bytes)
    assert response.headers["ETag"] == f'"{packet.sha256}"'
    assert not Event.objects.filter(verb__contains="download").exists()


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_packet_that_was_changed_is_kept_back(
    is_gone: bool, caplog: pytest.LogCaptureFixture
) -> None:
    request = submitted()
    packet = issue(request, by=ann())
    if is_gone:
        packet.file.storage.delete(str(packet.file.name))
    else:
        with open(packet.file.path, "ab") as file:
            file.write(b" ")
    response = signed_in(ann()).get(address("download", request))
    assert response.status_code == 409
    assert b"This packet is kept back" in response.content
    assert b"Doe" not in response.content
    assert caplog.messages[0] == f"Packet 1 of {request.number} was changed or lost"
    assert not Event.objects.filter(verb__contains="download").exists()


def test_a_reviewer_sees_no_draft_while_information_is_asked_for() -> None:
    request = submitted()
    AuthorizationRequest.objects.filter(pk=request.pk).update(
        status=RequestStatus.INFORMATION_REQUESTED
    )
    response = signed_in(rhea()).get(address("draft", request))
    assert response.headers["Location"] == address("download", request)
    assert signed_in(ann()).get(address("draft", request)).status_code == 200


def test_a_second_press_does_not_hide_that_the_file_is_lost() -> None:
    request = submitted()
    packet = issue(request, by=ann())
    packet.file.storage.delete(str(packet.file.name))
    response = signed_in(ann()).post(address("issue", request), follow=True)
    assert response.status_code == 409
    assert b"This packet is kept back" in response.content
    assert Packet.objects.count() == 1
