"""Who may open which document and which picture, in which round."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from criteria.accounts.permissions import Role
from criteria.actions.requests.enclosures import remove_enclosure
from criteria.models import AuthorizationRequest, Enclosure, Event, RequestStatus
from tests.factories import people
from tests.factories.people import person
from tests.requests.enclosures.samples import pdf, picture
from tests.screens.wizard.conftest import Walker


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def add(walker: Walker, name: str, content: bytes) -> Enclosure:
    sent = {"title": "", "file": SimpleUploadedFile(name, content)}
    assert walker.client.post(walker.url("enclosures/add"), sent).status_code == 302
    return Enclosure.objects.filter(request=walker.request).latest("id")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def rhea(ready: Walker) -> Client:
    return signed_in(person("rhea", Role.REVIEWERS))


def submit(walker: Walker) -> None:
    """As the page does, with what it shows."""
    sent = {"attest": "yes", "signer": "Ann Lee", "revision": str(walker.request.revision)}
    response = walker.client.post(walker.url("submit"), sent)
    assert response.status_code == 302, response.content.decode()


def ask(walker: Walker) -> None:
    """Put the request back into the hands of the practice, as a letter does."""
    rows = AuthorizationRequest.objects.filter(number=walker.number)
    rows.update(status=RequestStatus.INFORMATION_REQUESTED)


def picture_url(walker: Walker, letter: str, page: int = 1) -> str:
    return f"{walker.url(f'enclosures/{letter}/pages')}{page}.png"


def status(client: Client, walker: Walker, letter: str) -> tuple[int, int]:
    """Of the original and of its first page."""
    addresses = (walker.url(f"enclosures/{letter}"), picture_url(walker, letter))
    original, page = (read(client.get(address)) for address in addresses)
    return original, page


def read(answer: Any) -> int:
    """The status, once all of it was read: a file that is sent stays open until then."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def test_original_is_a_download_that_runs_nothing(cidp: Walker) -> None:
    content = pdf(1)
    add(cidp, "Jane Doe EMG.pdf", content)
    response = cidp.get("enclosures/A")
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == f'attachment; filename="{cidp.number}-A.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Cache-Control"] == "private, no-store"
    said = Event.objects.filter(verb="download").values_list("summary", flat=True)
    assert list(said) == ["enclosure A"]


@pytest.mark.parametrize("width", [240, 800, 1600])
def test_page_is_a_picture_made_here(cidp: Walker, media: Path, width: int) -> None:
    add(cidp, "EMG.pdf", pdf(2))
    response = cidp.client.get(picture_url(cidp, "A", 2), {"width": width})
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "private" in response["Cache-Control"]
    (kept,) = media.glob("enclosure-pages/*/*-2-*.png")
    content = b"".join(response.streaming_content)
    assert content == kept.read_bytes()
    with Image.open(kept) as drawn:
        assert (drawn.format, drawn.width, drawn.mode) == ("PNG", width, "RGB")
    assert oct(kept.stat().st_mode & 0o777) == "0o600"


def test_picture_is_drawn_once(cidp: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    add(cidp, "EMG.pdf", pdf(1))
    first = b"".join(cidp.client.get(picture_url(cidp, "A")).streaming_content)
    monkeypatch.setattr("criteria.requests.enclosures.pictures.asked", None)
    assert b"".join(cidp.client.get(picture_url(cidp, "A")).streaming_content) == first


def test_photograph_is_made_anew_without_its_place(cidp: Walker) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    add(cidp, "photo.jpg", picture("JPEG", (400, 200), exif=exif))
    response = cidp.client.get(picture_url(cidp, "A"))
    content = b"".join(response.streaming_content)
    assert b"Camera" not in content
    path = Path(cidp.request.enclosures.get().file.path)
    assert b"Camera" in path.read_bytes()


@pytest.mark.parametrize("page", [0, 3, 10**12])
def test_page_there_is_not(cidp: Walker, page: int) -> None:
    add(cidp, "EMG.pdf", pdf(2))
    assert cidp.client.get(picture_url(cidp, "A", page)).status_code == 404


@pytest.mark.parametrize("width", ["0", "801", "1e9", "", "x", "8" * 5000])
def test_width_there_is_not(cidp: Walker, width: str) -> None:
    add(cidp, "EMG.pdf", pdf(1))
    assert cidp.client.get(picture_url(cidp, "A"), {"width": width}).status_code == 404


def test_page_that_cannot_be_drawn_says_so(cidp: Walker, settings: Any) -> None:
    kept = add(cidp, "EMG.pdf", pdf(1))
    Path(kept.file.path).write_bytes(b"%PDF-1.7\nbroken\n%%EOF")
    response = cidp.client.get(picture_url(cidp, "A"))
    assert (response.status_code, response["Content-Type"]) == (422, "text/plain; charset=utf-8")
    Path(kept.file.path).unlink()
    assert status(cidp.client, cidp, "A") == (404, 404)


def test_document_without_a_file_is_not_found(cidp: Walker) -> None:
    cidp.client.post(cidp.url("enclosures/add"), {"title": "By fax"})
    assert status(cidp.client, cidp, "A") == (404, 404)
    assert status(cidp.client, cidp, "B") == (404, 404)


def test_nobody_else_opens_a_draft(ready: Walker, rhea: Client) -> None:
    add(ready, "EMG.pdf", pdf(1))
    assert status(ready.client, ready, "B") == (200, 200)
    for client in (signed_in(people.ben()), rhea):
        assert status(client, ready, "B") == (404, 404)
    assert status(Client(), ready, "B") == (302, 302)


def test_reviewer_reads_what_was_submitted(ready: Walker, rhea: Client) -> None:
    add(ready, "EMG.pdf", pdf(1))
    submit(ready)
    assert status(rhea, ready, "B") == (200, 200)
    assert status(signed_in(people.ben()), ready, "B") == (404, 404)


def test_reviewer_reads_each_round_as_it_was(ready: Walker, rhea: Client) -> None:
    gone = add(ready, "first.pdf", pdf(1))
    submit(ready)
    ask(ready)
    gone.request = ready.request
    remove_enclosure(enclosure=gone, by=ready.request.owner)
    add(ready, "second.pdf", pdf(2))
    # While the practice answers: what was submitted, and nothing it adds.
    assert status(rhea, ready, "B") == (200, 200)
    assert status(rhea, ready, "C") == (404, 404)
    assert status(ready.client, ready, "C") == (200, 200)
    submit(ready)
    assert status(rhea, ready, "B") == (200, 200)
    assert status(rhea, ready, "C") == (200, 200)
    assert status(ready.client, ready, "B") == (200, 200)


def test_document_removed_before_it_was_submitted_is_gone(ready: Walker, rhea: Client) -> None:
    gone = add(ready, "wrong.pdf", pdf(1))
    gone.request = ready.request
    remove_enclosure(enclosure=gone, by=ready.request.owner)
    submit(ready)
    for client in (ready.client, rhea):
        assert status(client, ready, "B") == (404, 404)
