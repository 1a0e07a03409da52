"""Stops an upload that is too large while it comes in, before it fills the disk."""

from enum import StrEnum
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from criteria.requests.enclosures.limits import MB

# Beyond this nothing more is read: a browser then sees a broken connection instead of the answer.
MOST_DRAINED_BYTES = 512 * MB


class Stopped(StrEnum):
    """Why an upload ended before its end."""

    TOO_LARGE = "too large"
    TOO_MANY = "too many"
    LOST = "lost"


class StoppingUploadHandler(FileUploadHandler):
    """Counts what comes in for one form; keeps nothing. First in FILE_UPLOAD_HANDLERS.

    The other fields of the form are read to its end, but for an upload that is too large even for
    that: then those before the file are kept. ``stopped_of`` tells the view why there is no file.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        """Nothing was seen yet."""
        super().__init__(request)
        self.announced = self.seen = self.files = 0
        self.most = settings.UPLOAD_MB * MB

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Note how much the browser says it will send."""
        self.announced = content_length

    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        """Stop before the first byte of a file that is known to be too much."""
        super().new_file(
            field_name, file_name, content_type, content_length, charset, content_type_extra
        )
        self.files += 1
        if self.files >= settings.DATA_UPLOAD_MAX_NUMBER_FILES:
            self._note(Stopped.TOO_MANY)
            raise StopUpload(connection_reset=False)
        if self.announced > self.most:
            self._leave_out()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand on what came, while it is not too much."""
        self.seen += len(raw_data)
        if self.seen > self.most:
            self._leave_out()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler makes the file."""

    def upload_interrupted(self) -> None:
        """The connection ended within a file; or the file was left out, which looks the same."""
        if self.request is not None and stopped_of(self.request) is None:
            self._note(Stopped.LOST)

    def _leave_out(self) -> None:
        """Read on without keeping a byte; or not at all."""
        self._note(Stopped.TOO_LARGE)
        if self.announced > MOST_DRAINED_BYTES:
            raise StopUpload(connection_reset=True)
        raise SkipFile

    def _note(self, why: Stopped) -> None:
        if self.request is not None:
            self.request.META["criteria.upload_stopped"] = why.value


def stopped_of(request: HttpRequest) -> Stopped | None:
    """Why the upload of this request ended early; None when it came whole."""
    found = request.META.get("criteria.upload_stopped")
    return None if found is None else Stopped(found)
