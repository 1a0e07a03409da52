from hashlib import sha256
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from pypdf import PdfReader

from criteria.models import AuthorizationRequest, Event, Packet
from criteria.screens.wizard.packets import content_now, issue
from tests.factories.people import rhea
from tests.papers.packet.stored import ann, ben, drafted, submitted

pytestmark = pytest.mark.django_db


def test_it_keeps_the_bytes_with_what_they_say() -> None:
    packet = issue(submitted(), by=ann())
    kept = Packet.objects.get()
    assert kept == packet
    assert kept.pdf.startswith(b"%PDF-")
    assert kept.sha256 == sha256(kept.pdf).hexdigest()
    assert kept.page_count == len(PdfReader(BytesIO(kept.pdf)).pages)
    assert kept.content["patient"]["name"] == "Doe, Jane"
    assert kept.content_code in PdfReader(BytesIO(kept.pdf)).pages[0].extract_text()
    assert (kept.sequence, kept.is_draft, kept.issued_by) == (1, False, ann())


def test_it_records_an_event_without_the_patient() -> None:
    packet = issue(submitted(), by=ann())
    event = Event.objects.get(verb="issue_packet")
    assert event.summary == f"Packet 1, {packet.page_count} pages, {packet.content_code}"


def test_a_submitted_request_is_printed_as_it_was_submitted() -> None:
    content = content_now(submitted(), at=timezone.now(), by=ann())
    assert not content.is_draft
    assert content.attestation.name == "Ann Lee, MD"
    assert content.asked.indication == "Immune deficiency"
    assert content.dose.facts


def test_a_draft_is_printed_as_it_stands() -> None:
    content = content_now(drafted(), at=timezone.now(), by=ann())
    assert content.is_draft
    assert content.attestation.at is None
    assert content.patient.name == "Doe, Jane"


def test_issuing_the_same_again_gives_the_packet_that_was_issued() -> None:
    request = submitted()
    assert issue(request, by=ann()) == issue(request, by=rhea())
    assert Packet.objects.count() == 1


def test_a_second_press_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    request = submitted()
    first = issue(request, by=ann())

    def unexpected(*args: object, **options: object) -> None:
        raise AssertionError("printed again")

    monkeypatch.setattr("criteria.papers.packet.issue.printed", unexpected)
    monkeypatch.setattr("criteria.papers.packet.issue.opened", unexpected)
    monkeypatch.setattr("criteria.papers.packet.issue.signed", unexpected)
    assert issue(request, by=ann()) == first


def test_a_changed_draft_gets_the_next_number() -> None:
    request = drafted()
    first = issue(request, by=ann())
    page = request.pages.get(slug="patient")
    page.data = {"last_name": ["Roe"]}
    page.save()
    request.revision += 1
    request.save()
    second = issue(request, by=ann())
    assert (first.sequence, second.sequence) == (1, 2)
    assert Packet.objects.get(sequence=1).pdf == bytes(first.pdf)
    assert (first.file_name, second.file_name) == (
        f"{request.number}-packet.pdf",
        f"{request.number}-packet-2.pdf",
    )


def test_a_packet_never_changes() -> None:
    packet = issue(submitted(), by=ann())
    packet.content_code = "AAAA-AAAA"
    for change in (
        packet.save,
        packet.delete,
        Packet.objects.all().delete,
        lambda: Packet.objects.update(page_count=9),
        lambda: Packet.objects.bulk_update([packet], ["page_count"]),
    ):
        with pytest.raises(TypeError):
            change()


def test_two_packets_never_share_a_number() -> None:
    packet = issue(submitted(), by=ann())
    packet.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        packet.save()


@pytest.mark.parametrize("who", [ben, rhea])
def test_nobody_else_issues_the_packet_of_a_draft(who: object) -> None:
    with pytest.raises(PermissionDenied):
        issue(drafted(), by=who())  # type: ignore[operator]
    assert not Packet.objects.exists()


def test_a_reviewer_issues_that_of_a_submitted_request_and_another_practice_does_not() -> None:
    request = submitted()
    with pytest.raises(PermissionDenied):
        issue(request, by=ben())
    assert issue(request, by=rhea()).issued_by == rhea()


def test_a_quick_check_has_no_packet() -> None:
    with pytest.raises(PermissionDenied):
        issue(drafted(is_quick_check=True), by=ann())


def test_without_a_policy_there_is_nothing_to_print() -> None:
    request = drafted()
    AuthorizationRequest.objects.filter(pk=request.pk).update(version=None)
    request.refresh_from_db()
    with pytest.raises(Http404):
        content_now(request, at=timezone.now(), by=ann())
