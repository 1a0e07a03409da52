"""How much and how often a stranger may ask, and what a hostile file can do."""

import io
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import RequestFactory
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from criteria.papers.packet.pdf import printed
from criteria.papers.sign.sign import signed
from criteria.papers.verify import incoming, reading
from criteria.papers.verify.reading import Inside, inside
from criteria.screens.verify import rate
from criteria.screens.wizard.packets import issue
from tests.helpers.papers.altered import resaved, text_of
from tests.papers.packet.certificates import PASSPHRASE, p12
from tests.papers.packet.contents import complete
from tests.papers.packet.stored import ann, submitted
from tests.papers.verify.conftest import Page


def asked(content: bytes, tmp_path: Path) -> Inside:
    path = tmp_path / "file"
    path.write_bytes(content)
    with path.open("rb") as file:
        return inside(file)


# How often


def test_tries_are_counted_by_address_and_minute(page: Page, settings: Any, db: None) -> None:
    settings.VERIFY_TRIES_PER_MINUTE = 3
    assert [page.code("AAAA-AAAA").status_code for _ in range(3)] == [200] * 3
    response = page.code("AAAA-AAAA")
    assert response.status_code == 429
    assert "Wait a minute" in text_of(response)
    assert page.code("AAAA-AAAA", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert page.client.get(page.address).status_code == 200


def test_a_wrong_file_counts_too(page: Page, settings: Any, db: None) -> None:
    settings.VERIFY_TRIES_PER_MINUTE = 1
    assert page.file(b"no PDF").status_code == 200
    assert page.file(b"no PDF").status_code == 429


@pytest.mark.parametrize(
    ("behind", "sent", "address"),
    [
        (None, "203.0.113.9", "127.0.0.1"),
        (("HTTP_X_FORWARDED_PROTO", "https"), "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (("HTTP_X_FORWARDED_PROTO", "https"), "", "127.0.0.1"),
    ],
)
def test_an_address_is_that_seen_by_our_own_proxy(
    settings: Any, behind: Any, sent: str, address: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = behind
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=sent)
    assert rate.address_of(request) == address


# How much


@pytest.mark.parametrize(("more", "is_too_large"), [(-1, False), (0, False), (1, True)])
def test_the_most_a_form_may_send(more: int, is_too_large: bool) -> None:
    most = incoming.MOST_MB * incoming.MB + incoming.MB
    request = RequestFactory().post("/", CONTENT_LENGTH=most + more)
    assert incoming.is_too_large(request) is is_too_large


def test_a_file_too_large_is_said_in_place(
    page: Page, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(incoming, "MOST_MB", 0)
    response = page.file(b"x" * (2 * incoming.MB))
    assert response.status_code == 413
    assert "Nothing was read" in text_of(response)


@pytest.mark.parametrize("announced", ["", "many", "-5"])
def test_a_senseless_length_is_no_length(announced: str) -> None:
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = announced
    assert incoming.announced(request) <= 0
    assert not incoming.is_too_large(request)


def test_no_more_is_passed_over_than_twice_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MOST_MB", 1)
    request = RequestFactory().post("/", b"x" * 5 * incoming.MB, content_type="text/plain")
    incoming.pass_over(request)
    assert len(request.read()) == 3 * incoming.MB


def test_only_the_first_file_of_the_form_is_taken(page: Page, db: None) -> None:
    more = {"by": "file", "other": BytesIO(b"other"), "file": [BytesIO(b"one"), BytesIO(b"two")]}
    assert "We did not issue this file" in text_of(page.client.post(page.address, more))


# Hostile files


def bomb() -> bytes:
    """A PDF whose metadata unpack to two gigabytes."""
    packer = zlib.compressobj(9)
    first, again = (
        packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    packed = first + 2047 * again + packer.flush()
    return (
        b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Type/Metadata/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>" % (len(packed), packed)
    )


def circle() -> bytes:
    """A PDF whose page tree holds itself and says it has a billion pages."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>endobj\n"
        b"trailer<</Root 1 0 R/Info 2 0 R>>"
    )


def locked() -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(BytesIO(printed(complete()).pdf)) as pdf:
        pdf.save(kept, encryption=pikepdf.Encryption(owner="a", user="b"))
    return kept.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"%PDF-1.7",
        lambda: b"\x89PNG\r\n",
        lambda: b"%PDF-1.7\n" + b"[" * 1_000_000,
        bomb,
        circle,
        locked,
    ],
    ids=["header", "picture", "brackets", "bomb", "circle", "locked"],
)
def test_a_hostile_file_is_none_of_ours(page: Page, db: None, make: Any) -> None:
    assert "We did not issue this file" in text_of(page.file(make()))


def test_a_child_that_takes_too_long_finds_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reading, "MOST_SECONDS", 0)
    monkeypatch.setattr(reading, "PATIENCE_SECONDS", 0.001)
    assert asked(printed(complete()).pdf, tmp_path) == Inside()


# Signatures


@pytest.fixture
def with_certificate(settings: Any, tmp_path: Path) -> None:
    settings.PACKET_SIGNING_P12 = p12(tmp_path)
    settings.PACKET_SIGNING_PASSPHRASE = PASSPHRASE


def added_to(pdf: bytes) -> bytes:
    """The same file with another revision behind it, which leaves the first one untouched."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Added"] = NumberObject(1)
    writer.update_root()
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.django_db
def test_a_signature_of_ours_is_told(page: Page, with_certificate: None) -> None:
    packet = issue(submitted(), by=ann())
    text = text_of(page.file(packet.pdf))
    assert "exactly as issued" in text
    assert "Its digital signature is ours and fits the whole file." in text


@pytest.mark.django_db
def test_what_became_of_a_signature_is_told(
    page: Page, with_certificate: None, settings: Any, tmp_path: Path
) -> None:
    packet = issue(submitted(), by=ann())
    added = io.BytesIO()
    with pikepdf.open(BytesIO(packet.pdf)) as pdf:
        pdf.save(added)
    assert "does not fit" in text_of(page.file(added.getvalue()))
    assert "Something was added" in text_of(page.file(added_to(packet.pdf)))
    settings.PACKET_SIGNING_P12 = p12(tmp_path, name="Somebody")
    foreign = signed(printed(complete()).pdf)
    settings.PACKET_SIGNING_P12 = ""
    assert "not with the certificate we sign with today" in text_of(page.file(foreign))


def test_a_file_saved_anew_still_carries_its_code(tmp_path: Path) -> None:
    content = complete()
    pdf = printed(content).pdf
    assert asked(pdf, tmp_path) == asked(resaved(pdf), tmp_path)
    assert asked(pdf, tmp_path).code
