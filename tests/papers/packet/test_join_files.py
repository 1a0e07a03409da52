import logging
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from pypdf import PdfReader

from criteria.actions.requests.submit import submit_request
from criteria.models import AuthorizationRequest, Enclosure, Packet, RequestStatus
from criteria.papers.packet.joined.files import ALTERED, ANNOUNCED, DAMAGED, MISSING
from criteria.requests.content import StatedAttestation
from criteria.screens.wizard.packets import content_now, draft_packet, issue
from tests.factories.people import rhea
from tests.factories.submitted import record_now
from tests.papers.packet.contents import DATA
from tests.papers.packet.enclosed import PDF, corner_pdf
from tests.papers.packet.stored import ann, drafted

pytestmark = pytest.mark.django_db


def enclose(request: AuthorizationRequest, letter: str, content: bytes = b"") -> Enclosure:
    """A document as it is stored; without content it is only announced."""
    row = Enclosure(request=request, letter=letter, title=f"Document {letter}", added_by=ann())
    row.added_at = timezone.now()
    if content:
        row.file_name, row.media_type, row.pages = f"{letter}.pdf", PDF, 1
        row.sha256, row.size_bytes = sha256(content).hexdigest(), len(content)
        row.file.save("x", ContentFile(content), save=False)
    row.save()
    return row


def sent(request: AuthorizationRequest) -> AuthorizationRequest:
    request.refresh_from_db()
    assert isinstance(DATA.attestation, StatedAttestation)
    record = record_now(request, DATA.attestation)
    submit_request(request=request, revision=request.revision, record=record, by=request.owner)
    request.refresh_from_db()
    return request


def text(packet: Packet) -> str:
    pages = PdfReader(BytesIO(packet.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_pages_follow_and_are_counted() -> None:
    request = drafted()
    enclose(request, "A", corner_pdf(3)[0])
    packet = issue(sent(request), by=ann())
    assert "Enclosure A · page 3 of 3" in text(packet) and "Word 3" in text(packet)
    assert packet.page_count == len(PdfReader(BytesIO(packet.pdf)).pages)


def test_what_was_enclosed_when_it_was_sent_is_joined_not_what_is_there_today() -> None:
    request = drafted()
    row = enclose(request, "A", corner_pdf()[0])
    request = sent(request)
    row.removed_at, row.removed_by = timezone.now(), ann()
    row.save()
    enclose(request, "B", corner_pdf(2)[0])
    found = text(issue(request, by=ann()))
    assert "Enclosure A · page 1 of 1" in found and "Enclosure B" not in found


def test_a_document_without_a_file_is_announced_and_breaks_no_claim() -> None:
    request = drafted()
    enclose(request, "A")
    packet = issue(sent(request), by=ann())
    assert ANNOUNCED in text(packet)
    assert b"pdfaid:part" in _metadata(packet)


def test_a_changed_file_is_not_joined(caplog: pytest.LogCaptureFixture) -> None:
    request = drafted()
    row = enclose(request, "A", corner_pdf()[0])
    request = sent(request)
    with open(row.file.path, "ab") as file:
        file.write(b"%more")
    assert ALTERED in text(issue(request, by=ann()))
    assert caplog.messages == [f"Enclosure A of {request.number} was changed"]


def test_a_missing_file_is_said(caplog: pytest.LogCaptureFixture) -> None:
    request = drafted()
    row = enclose(request, "A", corner_pdf()[0])
    request = sent(request)
    row.file.storage.delete(row.file.name)
    assert MISSING in text(issue(request, by=ann()))
    assert caplog.messages == [f"Enclosure A of {request.number} is missing"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"\x89PNG", b"%PDF-1.7\n" + b"x" * 9000])
def test_a_damaged_file_is_said(content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    request = drafted()
    enclose(request, "A", content)
    enclose(request, "B", corner_pdf()[0])
    request = sent(request)
    with caplog.at_level(logging.WARNING):
        found = text(issue(request, by=ann()))
    assert DAMAGED in found and "Enclosure B · page 1 of 1" in found
    assert caplog.messages == [f"Enclosure A of {request.number} cannot be read"]


def test_a_draft_lists_its_documents_and_joins_none() -> None:
    request = drafted()
    enclose(request, "A", corner_pdf()[0])
    pages = PdfReader(BytesIO(draft_packet(request, by=ann()).pdf)).pages
    found = " ".join(page.extract_text() for page in pages)
    assert "Document A" in found and "page 1 of 1" not in found


def test_while_information_is_asked_for_a_reviewer_reads_what_was_sent() -> None:
    request = sent(drafted())
    AuthorizationRequest.objects.filter(pk=request.pk).update(
        status=RequestStatus.INFORMATION_REQUESTED
    )
    request.refresh_from_db()
    now = timezone.now()
    assert not content_now(request, at=now, by=rhea()).is_draft
    assert content_now(request, at=now, by=ann()).is_draft


def _metadata(packet: Packet) -> bytes:
    found: bytes = PdfReader(BytesIO(packet.pdf)).trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]
    return found
