"""Takes in a file to be checked: hashed as it comes, in a file without a name, never stored."""

import tempfile
from hashlib import sha256
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

MB = 1024 * 1024
MOST_MB = 250
FIELD = "file"
# The form around the file: boundaries and the name of the field.
_FORM_BYTES = MB
_CHUNK = MB


class CheckedFile(UploadedFile):  # type: ignore[type-arg]  # generic only in the stubs
    """A file as it came in, with its SHA-256. Its name is not kept: it may name a patient."""

    def __init__(self, file: IO[bytes], size: int, digest: str) -> None:
        """``digest``: the SHA-256 in hex."""
        super().__init__(file=file, name="file", size=size)
        self.content = file
        self.sha256 = digest


class HashingUploadHandler(FileUploadHandler):
    """Hashes the one file of the form, and keeps it only until the answer is given."""

    chunk_size = _CHUNK

    def __init__(self, request: HttpRequest | None = None) -> None:
        """Nothing came in yet."""
        super().__init__(request)
        self.digest = sha256()
        self.kept: IO[bytes] | None = None
        self.is_taking = False

    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        """Begin with the one file; whatever else the form holds goes by."""
        super().new_file(
            field_name, file_name, content_type, content_length, charset, content_type_extra
        )
        self.is_taking = self.kept is None and self.field_name == FIELD
        if self.is_taking:
            # Without a name from the start: gone with the last who holds it, whatever happens.
            self.kept = tempfile.TemporaryFile()  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hash and keep a chunk; no other handler sees it."""
        if self.is_taking and self.kept is not None:
            self.digest.update(raw_data)
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> CheckedFile | None:
        """The whole file, from its start."""
        if not self.is_taking or self.kept is None:
            return None
        self.kept.seek(0)
        return CheckedFile(self.kept, file_size, self.digest.hexdigest())

    def upload_interrupted(self) -> None:
        """The connection ended within the file."""
        if self.kept is not None:
            self.kept.close()


def is_too_large(request: HttpRequest) -> bool:
    """Whether what is announced is more than is taken. Reads none of it."""
    return announced(request) > MOST_MB * MB + _FORM_BYTES


def announced(request: HttpRequest) -> int:
    """Bytes the browser says it sends; none if it does not say so."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def pass_over(request: HttpRequest) -> None:
    """Read on without keeping anything, so that a browser gets to see the answer.

    No more than twice what is taken: beyond that the connection is cut instead.
    """
    left = min(announced(request), 2 * MOST_MB * MB)
    while left > 0 and (chunk := request.read(min(_CHUNK, left))):
        left -= len(chunk)
