"""Documents: by their content, with letters that are never given twice."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from criteria.actions.requests_enclosures import letter_of
from criteria.models import Enclosure
from tests.enclosures.samples import pdf, picture
from tests.factories.request import ben
from tests.wizard.conftest import Walker, soup_of

PNG = picture("PNG")


def add(walker: Walker, content: bytes | None = None, name: str = "EMG.pdf", **fields: str) -> Any:
    sent: dict[str, object] = {"title": "EMG report", **fields}
    if content is not None:
        sent["file"] = SimpleUploadedFile(name, content)
    return walker.client.post(walker.url("enclosures/add"), sent)


def test_pdf_is_kept_with_its_pages_and_handed_out(cidp: Walker) -> None:
    content = pdf()
    assert add(cidp, content).status_code == 302
    kept = Enclosure.objects.get(request=cidp.request)
    assert (kept.letter, kept.pages, kept.media_type) == ("A", 2, "application/pdf")
    assert "EMG" not in kept.file.name
    response = cidp.get("enclosures/A")
    assert b"".join(response.streaming_content) == content
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "content,words",
    [
        (b"MZ\x90\x00", "Only PDF, PNG and JPEG"),
        (b"<html><script>", "Only PDF, PNG and JPEG"),
        (b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
        (b"", "The file is empty"),
    ],
)
def test_other_files_are_refused_with_a_reason(cidp: Walker, content: bytes, words: str) -> None:
    response = add(cidp, content)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert 'value="EMG report"' in response.content.decode()
    assert not Enclosure.objects.filter(request=cidp.request).exists()


def test_large_file_is_refused(cidp: Walker, settings: Any) -> None:
    settings.ENCLOSURE_FILE_MB = 0
    assert "larger than 0 MB" in add(cidp, PNG).content.decode()


@pytest.mark.parametrize(
    "fields,words", [({"title": ""}, "Say what it is"), ({"dated": "x"}, "Enter a date")]
)
def test_document_needs_a_title_and_a_real_date(
    cidp: Walker, fields: dict[str, str], words: str
) -> None:
    response = add(cidp, None, **fields)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_file_name_loses_its_path_and_odd_signs(cidp: Walker) -> None:
    add(cidp, PNG, name='a"b<c>.png')
    assert Enclosure.objects.get(request=cidp.request).file_name == "a_b_c_.png"


@pytest.mark.parametrize("name", ["../../x.png", "x" * 296 + ".png", "\u202egnp.x.png", "'.png"])
def test_name_is_never_a_path(cidp: Walker, name: str) -> None:
    add(cidp, PNG, name=name, title="")
    kept = Enclosure.objects.get(request=cidp.request)
    assert "/" not in kept.file_name and len(kept.file_name) <= 120 and kept.title
    assert kept.file.name.startswith("enclosures/") and "x" not in kept.file.name.split("/")[1]


def test_removed_document_is_gone_and_its_letter_stays_taken(cidp: Walker) -> None:
    add(cidp, PNG)
    cidp.client.post(cidp.url("enclosures/A/remove"))
    assert cidp.get("enclosures/A").status_code == 404
    add(cidp, PNG)
    assert cidp.request.enclosure_letters == "B"
    assert cidp.client.post(cidp.url("enclosures/A/remove")).status_code == 404


def test_other_practice_gets_no_document(cidp: Walker) -> None:
    add(cidp, PNG)
    other = Client()
    other.force_login(ben())
    assert other.get(cidp.url("enclosures/A")).status_code == 404
    assert other.post(cidp.url("enclosures/A/remove")).status_code == 404


def test_answers_name_the_document_that_shows_them(cidp: Walker) -> None:
    add(cidp, PNG)
    box = cidp.soup("criteria-electrodiagnostic").select_one("#id_q-cidp_mdl_nerves-encl")
    assert [o["value"] for o in box.select("option")] == ["", "A"]
    cidp.post("enclosures", **{"q-cidp_mdl_nerves-encl": "A", "q-cidp_mdl_nerves-page": "2"})
    text = soup_of(cidp.get("result", show="everything")).get_text(" ", strip=True)
    assert "encl. A, p. 2" in text


def test_letters() -> None:
    assert [letter_of(i) for i in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]
