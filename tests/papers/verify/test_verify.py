from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from criteria.models import AuthorizationRequest, Letter, Packet, Submission
from criteria.papers.verify.issued import code_from
from criteria.screens.wizard.packets import issue
from tests.factories.people import rhea
from tests.helpers.papers.altered import resaved, text_of
from tests.papers.packet.stored import ann, drafted, submitted
from tests.papers.verify.conftest import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def packet() -> Packet:
    return issue(submitted(), by=ann())


def letter(request: AuthorizationRequest, **changes: Any) -> Letter:
    pdf = changes.pop("pdf", b"%PDF-1.7 letter")
    return Letter.objects.create(
        request=request,
        submission=Submission.objects.get(request=request),
        text="Dear practice",
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        page_count=1,
        issued_at=datetime(2026, 11, 21, 15, 0, tzinfo=UTC),
        issued_by=rhea(),
        **{"kind": "denial", "sequence": 1, "code": "ACDE-FGHJ"} | changes,
    )


def test_everybody_sees_the_page(client: Client) -> None:
    response = client.get(reverse("verify:verify"))
    assert response.status_code == 200
    assert "no-cache" in response["Cache-Control"]
    assert client.put(reverse("verify:verify")).status_code == 405


# By code


def test_a_code_says_what_was_issued_and_nothing_of_the_patient(page: Page, packet: Packet) -> None:
    text = text_of(page.code(packet.content_code))
    assert f"We issued the code {packet.content_code}" in text
    assert f"Packet 1 of {packet.request.number}" in text
    assert "no newer one" in text
    for word in ("Doe", "Jane", "123456789", "1961", "ACME", "Immune", "ubmitted", "by ann"):
        assert word not in text


@pytest.mark.parametrize("change", [str.lower, str.title, lambda code: code.replace("-", "")])
def test_a_code_is_taken_in_any_case_with_or_without_hyphen(
    page: Page, packet: Packet, change: Any
) -> None:
    assert "We issued" in text_of(page.code(change(packet.content_code)))


@pytest.mark.parametrize(
    "typed", ["7f3k94qx", " 7F3K 94QX ", "7F3K–94QX", "7F-3K-94-QX", "7F3K\u201194QX", "7f3k.94qx"]
)
def test_spaces_and_hyphens_of_any_kind_do_not_matter(typed: str) -> None:
    assert code_from(typed) == "7F3K-94QX"


@pytest.mark.parametrize("typed", ["", "7F3K-94Q", "7F3K-94QXX", "7F3K-94Q0", "ÄÖÜ", "' OR 1=1"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert code_from(typed) == ""


def test_an_unknown_code_gets_a_clear_answer_and_no_hint(page: Page, packet: Packet) -> None:
    near = packet.content_code[:-1] + ("A" if packet.content_code[-1] != "A" else "C")
    far = "AAAA-AAAA"
    texts = [text_of(page.code(code)).replace(code, "") for code in (near, far)]
    assert "Nothing we issued carries the code" in texts[0]
    assert texts[0].replace(near, "") == texts[1].replace(far, "")
    assert packet.request.number not in texts[0]


@pytest.mark.parametrize(("typed", "words"), [("", "Type the code."), ("nonsense", "two groups")])
def test_what_is_no_code_is_said_in_place_and_kept(page: Page, typed: str, words: str) -> None:
    response = page.code(typed)
    assert response.status_code == 422
    assert words in text_of(response)
    assert f'value="{typed}"' in text_of(response) or not typed


def test_a_code_much_too_long_is_refused(page: Page) -> None:
    assert page.code("A" * 1000).status_code == 422


def test_a_newer_packet_is_told(page: Page) -> None:
    request = drafted()
    first = issue(request, by=ann())
    row = request.pages.get(slug="patient")
    row.data = {"last_name": ["Roe"]}
    row.save()
    request.revision += 1
    request.save()
    second = issue(request, by=ann())
    assert "a newer one was issued" in text_of(page.code(first.content_code))
    assert "no newer one" in text_of(page.code(second.content_code))
    assert f"Draft packet 2 of {request.number}" in text_of(page.code(second.content_code))


def test_a_letter_is_found_and_its_kind_is_not_told(page: Page, packet: Packet) -> None:
    letter(packet.request)
    text = text_of(page.code("acdefghj"))
    assert f"Letter 1 of {packet.request.number}" in text
    assert "21 Nov 2026 10:00 EST" in text
    for word in ("pproved", "enied", "enial", "decision", "Dear"):
        assert word not in text


# By file


def test_the_file_as_issued_is_known(page: Page, packet: Packet) -> None:
    text = text_of(page.file(packet.pdf))
    assert f"This is packet 1 of {packet.request.number} exactly as issued on" in text
    assert "signature" not in text


def test_the_name_of_the_file_is_not_kept_or_shown(page: Page, packet: Packet) -> None:
    assert "Jane" not in text_of(page.file(packet.pdf, name="Doe Jane.pdf"))


def test_a_letter_as_issued_is_known(page: Page, packet: Packet) -> None:
    kept = letter(packet.request, pdf=b"%PDF-1.7 other", sequence=2)
    assert f"This is letter 2 of {packet.request.number} exactly" in text_of(page.file(kept.pdf))


@pytest.mark.parametrize("change", [resaved, lambda pdf: pdf + b"\n"])
def test_a_changed_file_is_told_by_the_code_it_carries(
    page: Page, packet: Packet, change: Any
) -> None:
    text = text_of(page.file(change(packet.pdf)))
    assert (
        f"It carries the code of packet 1 of {packet.request.number}, but is not the file" in text
    )
    assert "changed or saved anew" in text


def test_any_changed_byte_is_no_longer_the_file_issued(page: Page, packet: Packet) -> None:
    for place in (20, len(packet.pdf) // 2, len(packet.pdf) - 10):
        changed = bytearray(packet.pdf)
        changed[place] ^= 1
        assert "exactly as issued" not in text_of(page.file(bytes(changed)))


def test_a_code_of_nothing_we_issued_is_no_file_of_ours(page: Page, packet: Packet) -> None:
    with pikepdf.open(BytesIO(packet.pdf)) as opened:
        opened.docinfo["/Keywords"] = "R-2026-00001, AAAA-AAAA"
        del opened.Root.Metadata
        kept = BytesIO()
        opened.save(kept)
    assert "We did not issue this file" in text_of(page.file(kept.getvalue()))


def test_only_the_first_code_of_a_file_counts(page: Page, packet: Packet) -> None:
    with pikepdf.open(BytesIO(packet.pdf)) as opened:
        opened.docinfo["/Keywords"] = f"AAAA-AAAA, {packet.content_code}"
        kept = BytesIO()
        opened.save(kept)
    assert "We did not issue this file" in text_of(page.file(kept.getvalue()))


def test_nothing_chosen_and_an_empty_file_are_said_in_place(page: Page) -> None:
    response = page.client.post(page.address, {"by": "file"})
    assert (response.status_code, "Choose a file." in text_of(response)) == (422, True)
    response = page.file(b"")
    assert (response.status_code, "This file is empty." in text_of(response)) == (422, True)


def test_nothing_is_written(page: Page, packet: Packet, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6) as seen:
        page.file(packet.pdf)
        page.code(packet.content_code)
    assert all(query["sql"].startswith("SELECT") for query in seen.captured_queries)
