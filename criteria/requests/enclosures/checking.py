"""Checks a document before anything of it is kept."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.files import File

from criteria.requests.enclosures.content import MediaType
from criteria.requests.enclosures.names import shown_name
from criteria.requests.enclosures.process import asked
from criteria.requests.enclosures.refusal import Refusal, RefusedError
from criteria.requests.enclosures.settings import file_limits


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """A checked file. ``content`` is its bytes, or where they are read from."""

    content: "bytes | File[Any]"
    file_name: str
    media_type: str
    pages: int | None


def checked(file: "File[Any]") -> CheckedDocument:
    """A PDF, PNG or JPEG by its content, whatever its name says. Raises RefusedError."""
    limits = file_limits()
    if not file.size:
        raise RefusedError(Refusal.EMPTY)
    if file.size > limits.file_bytes:
        raise RefusedError(Refusal.BYTES)
    media_type, pages = _found(asked(file, limits, "check"))
    if pages > limits.file_pages:
        raise RefusedError(Refusal.PAGES)
    return CheckedDocument(
        content=file,
        file_name=shown_name(file.name or ""),
        media_type=media_type.value,
        pages=pages,
    )


def _found(answer: bytes) -> tuple[MediaType, int]:
    """What the child found. It opened a stranger's file, so its words are read with care."""
    try:
        said = json.loads(answer)
        if "refused" in said:
            raise RefusedError(Refusal(said["refused"]))
        media_type, pages = MediaType(said["media_type"]), said["pages"]
        if type(pages) is not int or pages < 1:
            raise ValueError(pages)
    except (ValueError, TypeError, KeyError):
        raise RefusedError(Refusal.UNCHECKED) from None
    return media_type, pages
