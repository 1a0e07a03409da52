"""Asks the child process about a document. Nothing of a document is opened in this one."""

import logging
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.files import File
from django.core.files.uploadedfile import TemporaryUploadedFile

from criteria.requests.enclosures.child import MOST_ANSWER_BYTES, STARTED
from criteria.requests.enclosures.confined import run_confined
from criteria.requests.enclosures.limits import FileLimits
from criteria.requests.enclosures.refusal import Refusal, RefusedError

logger = logging.getLogger(__name__)

# Seconds for a child that waits for a processor, beside those it may use one.
PATIENCE_SECONDS = 20
CHILD = "criteria.requests.enclosures.child"


def asked(file: "File[Any]", limits: FileLimits, verb: str, *more: str) -> bytes:
    """What the child answers. Raises RefusedError for a file that is too much for it."""
    command = (verb, limits.to_json(), *more)
    patience = limits.cpu_seconds + PATIENCE_SECONDS
    with _on_disk(file) as document, tempfile.TemporaryFile() as answer:
        try:
            done = run_confined(CHILD, *command, document=document, answer=answer, seconds=patience)
        except subprocess.TimeoutExpired:
            # Its own time was not used up: the machine was busy with other things.
            logger.warning("The check of a document waited too long for a processor")
            raise RefusedError(Refusal.UNCHECKED) from None
        return _answer(done.returncode, answer)


def _answer(code: int, answer: IO[bytes]) -> bytes:
    """What was answered. A child that was killed, or fell over the file, had too much to do."""
    answer.seek(0)
    said = answer.read(MOST_ANSWER_BYTES)
    if not said.startswith(STARTED):
        logger.error("The check of a document did not start: it ended with code %s", code)
        raise RefusedError(Refusal.UNCHECKED)
    if code:
        raise RefusedError(Refusal.WORK)
    return said.removeprefix(STARTED)


@contextmanager
def _on_disk(file: "File[Any]") -> Iterator[IO[bytes]]:
    """The file opened once more from its start: a copy where it has no place on this disk."""
    path = _path(file)
    if path:
        with open(path, "rb") as document:
            yield document
        return
    with tempfile.TemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        file.seek(0)
        copy.seek(0)
        yield copy


def _path(file: "File[Any]") -> str:
    """Where the file lies: an upload in its temporary place, a stored one in the media folder."""
    if isinstance(file, TemporaryUploadedFile):
        return file.temporary_file_path()
    try:
        return str(getattr(file, "path", ""))
    except NotImplementedError:
        return ""
