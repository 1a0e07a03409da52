import csv
import io
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from criteria.actions import packets_zip
from criteria.actions.packets_zip import Wanted
from criteria.models import AuthorizationRequest, Event, Packet, PolicyVersion, Practice
from criteria.packet import zip_views
from criteria.packet.zip_stream import packets_zip as packets_zip_of
from tests.factories.policy import published, rhea
from tests.packet.stored import ann, ben, submitted

pytestmark = pytest.mark.django_db

ADDRESS = "/requests/zip/"


def packet_of(
    request: AuthorizationRequest,
    content: bytes = b"%PDF-1.7 packet",
    sequence: int = 1,
    is_draft: bool = False,
) -> Packet:
    """A packet, kept without being printed."""
    packet = Packet(
        request=request,
        sequence=sequence,
        is_draft=is_draft,
        content={},
        content_code="7F3K-94QX",
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
        page_count=3,
        issued_at=timezone.now(),
        issued_by=request.owner,
    )
    packet.file.save("packet.pdf", ContentFile(content), save=False)
    packet.save()
    return packet


def another(practice: str = "ACME Infusion", **changes: Any) -> AuthorizationRequest:
    """One more submitted request, as a list finds it."""
    now = timezone.now()
    count = AuthorizationRequest.objects.count()
    by = ann()
    values = {"submitted_at": now, "submitted_by": by, "status": "submitted"} | changes
    return AuthorizationRequest.objects.create(
        number=f"R-2026-9{count:04}",
        practice=Practice.objects.get_or_create(name=practice)[0],
        owner=by,
        created_at=now,
        created_by=by,
        updated_at=now,
        updated_by=by,
        due_at=now,
        version=PolicyVersion.objects.first() or published(),
        **values,
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: User, *requests: AuthorizationRequest, **more: Any) -> Any:
    return signed_in(user).post(ADDRESS, {"number": [one.number for one in requests]} | more)


def opened(response: Any) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    return archive


def wanted(*requests: AuthorizationRequest, is_own: bool = True) -> list[Wanted]:
    return [Wanted(one.pk, one.number, is_own) for one in requests]


def archive_of(*requests: AuthorizationRequest, is_own: bool = True) -> zipfile.ZipFile:
    made = b"".join(packets_zip_of(wanted(*requests, is_own=is_own)))
    return zipfile.ZipFile(io.BytesIO(made))


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


# From the lists


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_nothing_ticked_is_said_on_the_list_it_came_from() -> None:
    response = signed_in(ann()).post(ADDRESS, {}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("wizard:requests")
    assert said(response) == zip_views.NOTHING_TICKED
    data = {"state": "decided", "urgency": "expedited"}
    response = signed_in(rhea()).post(ADDRESS, data, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("review:worklist"))
    assert "state=decided" in response.redirect_chain[-1][0]
    assert "urgency=expedited" in response.redirect_chain[-1][0]
    assert said(response) == zip_views.NOTHING_TICKED


def test_a_search_is_shown_again_without_its_words_in_an_address() -> None:
    submitted()
    response = signed_in(rhea()).post(ADDRESS, {"state": "to-decide", "q": "Doe"})
    assert response.status_code == 200
    assert 'value="Doe"' in response.content.decode()
    assert said(response) == zip_views.NOTHING_TICKED


def test_all_that_fit_go_to_a_reviewer() -> None:
    submitted_one, decided = submitted(), another(status="withdrawn")
    for request in (submitted_one, decided):
        packet_of(request)
    for state, found in (("to-decide", submitted_one), ("withdrawn", decided)):
        response = signed_in(rhea()).post(ADDRESS, {"state": state, "all": "yes"})
        assert opened(response).namelist() == [f"{found.number}-packet.pdf", "manifest.csv"]


def test_all_that_a_search_finds_go_to_a_reviewer() -> None:
    request = submitted()
    packet_of(request)
    data = {"state": "to-decide", "q": request.number, "all": "yes"}
    archive = opened(signed_in(rhea()).post(ADDRESS, data))
    assert archive.namelist()[0] == f"{request.number}-packet.pdf"
    response = signed_in(rhea()).post(ADDRESS, data | {"q": "nobody"})
    assert said(response) == zip_views.NOTHING_FITS


def test_all_is_for_reviewers() -> None:
    assert signed_in(ann()).post(ADDRESS, {"all": "yes"}).status_code == 403


def test_nothing_that_fits_and_wrong_filters_are_said() -> None:
    client = signed_in(rhea())
    response = client.post(ADDRESS, {"state": "denied", "all": "yes"}, follow=True)
    assert said(response) == zip_views.NOTHING_FITS
    response = client.post(ADDRESS, {"state": "nonsense", "all": "yes"}, follow=True)
    assert said(response) == zip_views.TO_CORRECT


@pytest.mark.parametrize(("most", "is_sent"), [(1, False), (2, True), (3, True)])
def test_the_most_of_one_zip(monkeypatch: pytest.MonkeyPatch, most: int, is_sent: bool) -> None:
    monkeypatch.setattr(zip_views, "MOST", most)
    requests = [submitted(), another()]
    AuthorizationRequest.objects.update(worklist_group=None)
    for response in (
        post(rhea(), *requests),
        signed_in(rhea()).post(ADDRESS, {"state": "all", "all": "yes"}),
    ):
        assert (response.status_code == 200) is is_sent
