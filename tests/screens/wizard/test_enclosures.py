"""Documents: by their content, with letters that are never given twice."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from criteria.actions.requests.enclosures import letter_of
from criteria.models import Enclosure
from tests.factories.people import ben
from tests.helpers.wizard.enclosures import add
from tests.requests.enclosures.samples import pdf, picture
from tests.screens.wizard.conftest import Walker, soup_of

PNG = picture("PNG")


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


# Several at once


def add_all(walker: Walker, *files: tuple[str, bytes], htmx: bool = False, **fields: str) -> Any:
    sent = {"title": "", **fields, "file": [SimpleUploadedFile(*file) for file in files]}
    headers = {"HX-Request": "true"} if htmx else {}
    return walker.client.post(walker.url("enclosures/add"), sent, headers=headers)


def kept_of(walker: Walker) -> list[tuple[str, str]]:
    rows = Enclosure.objects.current().filter(request=walker.request)
    return list(rows.values_list("letter", "title"))


def test_each_file_is_an_enclosure_called_by_its_name(cidp: Walker) -> None:
    response = add_all(cidp, ("EMG_study.pdf", pdf(2)), ("photo.png", PNG))
    assert response["Location"] == f"{cidp.url('enclosures')}?added=B#enclosure-B"
    assert kept_of(cidp) == [("A", "EMG study"), ("B", "photo")]


def test_title_of_several_files_counts_them(cidp: Walker) -> None:
    add_all(cidp, ("a.png", PNG), ("b.png", PNG), title="Notes")
    assert kept_of(cidp) == [("A", "Notes (1)"), ("B", "Notes (2)")]


def test_good_files_are_added_and_the_others_named(cidp: Walker) -> None:
    response = add_all(cidp, ("good.png", PNG), ("page.html", b"<html>"))
    assert response["Location"].endswith("?added=A")
    text = cidp.client.get(response["Location"]).content.decode()
    assert "page.html: Only PDF, PNG and JPEG" in text
    assert kept_of(cidp) == [("A", "good")]


@pytest.mark.parametrize("count", [10, 11])
def test_so_many_at_once(cidp: Walker, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {"document": None}
    monkeypatch.setattr(
        "criteria.screens.wizard.documents.uploads.checked", lambda file: seen["document"]
    )
    response = add_all(cidp, *((f"{i}.png", PNG) for i in range(count)))
    assert len(kept_of(cidp)) == (10 if count == 10 else 0)
    assert (response.status_code == 422) == (count > 10)
    if count > 10:
        assert "at most 10 documents at once. You chose 11." in response.content.decode()


def test_htmx_gets_the_part_of_the_page(cidp: Walker) -> None:
    response = add_all(cidp, ("page.html", b"<html>"), htmx=True, title="EMG", dated="1 May 2026")
    assert response.status_code == 422
    part = soup_of(response)
    whole = soup_of(add_all(cidp, ("page.html", b"<html>"), title="EMG", dated="1 May 2026"))
    assert part.select_one("#documents") == whole.select_one("#documents")
    assert part.select_one("#id_title")["value"] == "EMG"
    assert part.select_one("#id_dated")["value"] == "1 May 2026"
    done = add_all(cidp, ("a.png", PNG), htmx=True)
    assert done["HX-Redirect"].endswith("?added=A#enclosure-A")


def test_full_request_says_so(cidp: Walker, settings: Any) -> None:
    settings.ENCLOSURE_REQUEST_PAGES = 3
    add(cidp, pdf(2))
    assert "more than 3 pages" in add(cidp, pdf(2)).content.decode()
    assert add(cidp, pdf(1)).status_code == 302


# What else was typed


def test_button_keeps_the_rest_of_the_page(cidp: Walker) -> None:
    sent = cidp.fields("enclosures") | {"notes_text": "Please call.", "title": "EMG report"}
    assert cidp.client.post(cidp.url("enclosures/add"), sent).status_code == 302
    assert cidp.fields("enclosures")["notes_text"] == ["Please call."]
    sent = cidp.fields("enclosures") | {"notes_text": "Call today."}
    cidp.client.post(cidp.url("enclosures/A/remove"), sent)
    assert cidp.fields("enclosures")["notes_text"] == ["Call today."]
    assert kept_of(cidp) == []


def test_refused_file_keeps_the_rest_of_the_page_too(cidp: Walker) -> None:
    sent = cidp.fields("enclosures") | {"notes_text": "Please call.", "title": "EMG report"}
    sent["file"] = SimpleUploadedFile("x.pdf", b"<html>")
    response = cidp.client.post(cidp.url("enclosures/add"), sent)
    assert response.status_code == 422
    assert "Please call." in response.content.decode()
    assert cidp.fields("enclosures")["notes_text"] == ["Please call."]


def test_page_of_another_window_is_not_overwritten(cidp: Walker) -> None:
    mine, other = cidp.fields("enclosures"), cidp.fields("enclosures")
    cidp.client.post(cidp.url("enclosures"), other | {"notes_text": "There", "continue": "1"})
    sent = mine | {"notes_text": "Here", "title": "EMG report"}
    for headers in ({}, {"HX-Request": "true"}):
        response = cidp.client.post(cidp.url("enclosures/add"), sent, headers=headers)
        assert response.status_code == 409
        assert "saved in another window" in response.content.decode()
    assert response["HX-Reswap"] == "none"
    assert kept_of(cidp) == []


def test_too_much_text_is_said_and_nothing_added(cidp: Walker) -> None:
    sent = cidp.fields("enclosures") | {"notes_text": "n" * 400_000, "title": "EMG report"}
    response = cidp.client.post(cidp.url("enclosures/add"), sent)
    assert response.status_code == 422
    assert "too much text" in response.content.decode()
    assert kept_of(cidp) == []


def test_first_button_of_the_page_still_goes_on(cidp: Walker) -> None:
    add(cidp, None)
    buttons = cidp.soup("enclosures").select("form.page-form button[type=submit]")
    assert buttons[0]["name"] == "continue"


# Uploads that do not arrive


@pytest.mark.parametrize("htmx", [False, True])
def test_too_much_is_said_in_the_page_and_loses_nothing(
    cidp: Walker, settings: Any, htmx: bool
) -> None:
    settings.UPLOAD_MB = 0
    sent = cidp.fields("enclosures") | {"notes_text": "Call.", "title": "EMG", "dated": "x"}
    sent["file"] = SimpleUploadedFile("a.png", PNG)
    headers = {"HX-Request": "true"} if htmx else {}
    response = cidp.client.post(cidp.url("enclosures/add"), sent, headers=headers)
    assert response.status_code == 422
    text = response.content.decode()
    assert "larger than 0 MB" in text and "Nothing else was lost" in text
    soup = soup_of(response)
    assert (soup.select_one("#id_title")["value"], soup.select_one("#id_dated")["value"]) == (
        "EMG",
        "x",
    )
    assert cidp.fields("enclosures")["notes_text"] == ["Call."]
    assert kept_of(cidp) == []


def test_lost_connection_announces_no_document(cidp: Walker) -> None:
    start = (
        '--edge\r\nContent-Disposition: form-data; name="title"\r\n\r\nEMG\r\n'
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    )
    response = cidp.client.generic(
        "POST",
        cidp.url("enclosures/add"),
        start.encode() + PNG[:20],
        "multipart/form-data; boundary=edge",
    )
    assert response.status_code == 422
    assert "The upload stopped. Nothing else was lost." in response.content.decode()
    assert kept_of(cidp) == []


def test_page_that_broke_off_is_not_saved(cidp: Walker) -> None:
    cidp.post("enclosures", notes_text="Please call.")
    sent = {k: v for k, v in cidp.fields("enclosures").items() if k != "whole"}
    cidp.client.post(cidp.url("enclosures/add"), sent | {"notes_text": "", "title": "EMG"})
    assert cidp.fields("enclosures")["notes_text"] == ["Please call."]
