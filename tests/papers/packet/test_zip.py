"""A ZIP of packets: what is in it, and who gets it."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from criteria.actions.packets import bundle as packets_zip
from criteria.models import Event
from criteria.papers.packet.zip_stream import packets_zip as packets_zip_of
from tests.factories.people import rhea
from tests.papers.packet.stored import ann, ben, submitted
from tests.papers.packet.zipped import (
    ADDRESS,
    another,
    archive_of,
    opened,
    packet_of,
    post,
    signed_in,
    wanted,
)

pytestmark = pytest.mark.django_db


def test_the_address_is_named() -> None:
    assert reverse("packet:zip") == ADDRESS


def test_anonymous_is_sent_to_login() -> None:
    response = Client().post(ADDRESS, {"number": ["R-2026-00001"]})
    assert response.headers["Location"].startswith("/accounts/login/")


def test_get_is_refused() -> None:
    assert signed_in(ann()).get(ADDRESS).status_code == 405


# What is in it


def test_the_packets_lie_in_it_as_they_were_issued_with_a_list_of_them() -> None:
    first, second = submitted(), another()
    packets = [packet_of(first), packet_of(second, b"%PDF-1.7 other")]
    response = post(ann(), second, first)
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="packets-2')
    archive = opened(response)
    names = [f"{one.number}-packet.pdf" for one in (first, second)]
    assert archive.namelist() == [*sorted(names), "manifest.csv"]
    assert archive.read(names[0]) == packets[0].pdf
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    rows = list(csv.reader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    assert rows[0] == ["Number", "File", "Pages", "SHA-256", "Code", "Issued"]
    assert [row[:5] for row in rows[1:]] == [
        [p.request.number, p.file_name, "3", p.sha256, "7F3K-94QX"]
        for p in sorted(packets, key=lambda p: p.request.number)
    ]


def test_nothing_in_it_names_the_patient() -> None:
    request = submitted()
    packet_of(request)
    response = post(ann(), request)
    archive = opened(response)
    told = "".join(archive.namelist()) + archive.read("manifest.csv").decode()
    assert "Doe" not in told + str(response.headers)


def test_the_last_packet_of_a_submission_is_taken_before_any_draft() -> None:
    request = submitted()
    packet_of(request, b"one", 1)
    packet_of(request, b"two", 2)
    packet_of(request, b"draft", 3, is_draft=True)
    assert archive_of(request).read(f"{request.number}-packet-2.pdf") == b"two"


def test_a_draft_packet_goes_to_its_own_practice_alone() -> None:
    request = submitted()
    packet_of(request, b"draft", is_draft=True)
    assert archive_of(request).read(f"{request.number}-packet.pdf") == b"draft"
    told = archive_of(request, is_own=False)
    assert "no packet was issued" in told.read("problems.txt").decode()


def test_what_is_missing_or_altered_is_left_out_and_named() -> None:
    sound, altered, gone, without = submitted(), another(), another(), another()
    packet_of(sound)
    for request, change in ((altered, "write_bytes"), (gone, "unlink")):
        path = Path(packet_of(request).file.path)
        assert path.is_relative_to(configured.MEDIA_ROOT)
        path.write_bytes(b"%PDF-1.7 pocket") if change == "write_bytes" else path.unlink()
    archive = archive_of(sound, altered, gone, without)
    assert archive.namelist() == [f"{sound.number}-packet.pdf", "manifest.csv", "problems.txt"]
    problems = archive.read("problems.txt").decode().splitlines()
    assert problems[0] == "Not in this ZIP:"
    assert [line.split(":")[0] for line in problems[1:]] == [
        f"{altered.number}, packet 1",
        f"{gone.number}, packet 1",
        without.number,
    ]
    assert len(archive.read("manifest.csv").decode().splitlines()) == 2


def test_queries_do_not_grow_with_every_packet(django_assert_max_num_queries: Any) -> None:
    requests = [submitted(), *(another() for _ in range(20))]
    for request in requests:
        packet_of(request)
    with django_assert_max_num_queries(1):
        assert len(archive_of(*requests).namelist()) == 22


def test_no_more_than_a_piece_of_a_file_is_given_at_once() -> None:
    request = submitted()
    packet_of(request, bytes(3_000_000))
    assert max(map(len, packets_zip_of(wanted(request)))) <= 256 * 1024


# Who gets what


def test_a_request_of_another_practice_is_a_404_for_the_whole(
    django_assert_max_num_queries: Any,
) -> None:
    own, other = submitted(), another("Other Practice")
    packet_of(own)
    packet_of(other)
    assert post(ann(), own, other).status_code == 404
    assert post(ben(), own).status_code == 404
    assert not Event.objects.filter(summary=packets_zip.IN_A_ZIP).exists()


@pytest.mark.parametrize("number", ["R-2026-99999", "../../x", "a\x00b", "ä" * 3, "x" * 21, ""])
def test_a_number_that_is_none_is_a_404(number: str) -> None:
    assert signed_in(rhea()).post(ADDRESS, {"number": [number]}).status_code == 404


def test_a_reviewer_gets_what_was_submitted_and_no_draft() -> None:
    request = submitted()
    unsent = {"submitted_at": None, "submitted_by": None, "status": "draft"}
    a_draft = another(**unsent)
    packet_of(request)
    assert opened(post(rhea(), request)).namelist()[0] == f"{request.number}-packet.pdf"
    assert post(rhea(), request, a_draft).status_code == 404


def test_a_quick_check_is_a_404_for_a_reviewer() -> None:
    assert post(rhea(), another(is_quick_check=True, status="draft")).status_code == 404


@pytest.mark.parametrize(("who", "verb"), [(ann, "download"), (rhea, "review_download")])
def test_each_request_is_written_down_without_the_patient(who: Any, verb: str) -> None:
    requests = [submitted(), another()]
    post(who(), *requests, requests[0])
    events = Event.objects.filter(summary=packets_zip.IN_A_ZIP)
    assert {(e.verb, e.object_type, e.actor_name) for e in events} == {
        (verb, "authorizationrequest", who().username)
    }
    assert sorted(e.object_id for e in events) == sorted(str(one.pk) for one in requests)


def test_events_are_written_by_the_batch(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(packets_zip, "BATCH", 10)
    requests = [submitted(), *(another() for _ in range(24))]
    by = ann()
    with django_assert_max_num_queries(11):
        packets_zip.hand_out_found(pks=[one.pk for one in requests], by=by)
    assert Event.objects.filter(summary=packets_zip.IN_A_ZIP).count() == 25
