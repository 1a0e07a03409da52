"""Uploads that are stopped: nothing is kept, and the page says what to do."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest
from django.test import RequestFactory

from criteria.requests.enclosures import uploading
from criteria.requests.enclosures.uploading import Stopped, StoppingUploadHandler, stopped_of

MB = 1024 * 1024
EDGE = "edge"


def part(name: str, content: bytes, file_name: str = "") -> bytes:
    named = f'; filename="{file_name}"' if file_name else ""
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


class Endless:
    """A connection that sends for as long as it is read, and counts."""

    def __init__(self, start: bytes, size: int) -> None:
        self.start, self.left, self.given = start, size, 0

    def read(self, size: int = 0) -> bytes:
        piece, self.start = (self.start or b"\0" * min(size, self.left)), b""
        self.left -= len(piece)
        self.given += len(piece)
        return piece if self.left >= 0 else b""

    readline = read


def sent(body: Any, length: int) -> HttpRequest:
    return RequestFactory().generic(
        "POST",
        "/",
        **{
            "CONTENT_TYPE": f"multipart/form-data; boundary={EDGE}",
            "CONTENT_LENGTH": str(length),
            "wsgi.input": body,
        },
    )


@pytest.fixture
def one_mb(settings: Any) -> Iterator[None]:
    settings.UPLOAD_MB = 1
    yield


def whole(content: bytes) -> HttpRequest:
    parts = [part("title", b"EMG"), part("file", content, "a.pdf"), part("notes", b"Call.")]
    body = b"".join(parts) + f"--{EDGE}--\r\n".encode()
    return sent(io.BytesIO(body), len(body))


@pytest.mark.parametrize("size", [0, 1, MB // 2])
def test_upload_that_fits_lies_on_disk(one_mb: None, size: int) -> None:
    request = whole(b"x" * size)
    assert request.POST["title"] == "EMG"
    with request.FILES["file"] as file:
        assert file.size == size
        assert file.temporary_file_path()
    assert stopped_of(request) is None


def test_too_large_by_what_it_says_is_stopped_before_a_byte(one_mb: None) -> None:
    request = whole(b"x" * (MB + 1))
    assert (request.POST["title"], request.POST["notes"]) == ("EMG", "Call.")
    assert not request.FILES
    assert stopped_of(request) is Stopped.TOO_LARGE


def test_five_gigabytes_are_not_read(one_mb: None) -> None:
    start = part("title", b"EMG") + part("file", b"", "a.pdf")[:-2]
    body = Endless(start, 5 * 1024 * MB)
    request = sent(body, 5 * 1024 * MB)
    assert request.POST["title"] == "EMG"
    assert stopped_of(request) is Stopped.TOO_LARGE
    assert body.given < 2 * MB


def test_too_large_by_what_comes_is_stopped_whatever_it_says(settings: Any) -> None:
    settings.UPLOAD_MB = 1
    handler = StoppingUploadHandler(HttpRequest())
    handler.handle_raw_input(None, {}, 10, "")
    handler.new_file("file", "a.pdf", "", None)
    assert handler.receive_data_chunk(b"x" * MB, 0) == b"x" * MB
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"x", MB)
    assert stopped_of(handler.request) is Stopped.TOO_LARGE  # type: ignore[arg-type]


def test_upload_a_little_too_large_is_read_to_its_end(
    one_mb: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "MOST_DRAINED_BYTES", 4 * MB)
    start = part("file", b"", "a.pdf")[:-2]
    body = Endless(start, 3 * MB)
    assert stopped_of_read(sent(body, 3 * MB)) is Stopped.TOO_LARGE
    assert body.left <= 0


def stopped_of_read(request: HttpRequest) -> Stopped | None:
    assert not request.FILES
    return stopped_of(request)


def test_lost_connection_is_no_document_without_a_file() -> None:
    body = part("title", b"EMG") + part("file", b"x" * 1000, "a.pdf")
    request = sent(io.BytesIO(body), len(body) + 5000)
    assert request.POST["title"] == "EMG"
    assert not request.FILES
    assert stopped_of(request) is Stopped.LOST


def test_very_many_files_are_stopped_with_a_word(settings: Any) -> None:
    parts = [part("file", b"x", f"{i}.pdf") for i in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES)]
    body = b"".join(parts) + f"--{EDGE}--\r\n".encode()
    request = sent(io.BytesIO(body), len(body))
    for file in request.FILES.getlist("file"):
        file.close()
    assert stopped_of(request) is Stopped.TOO_MANY
