"""Opens the documents of a submission as they were when it was made."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest
from io import BufferedReader
from typing import BinaryIO, cast

from pikepdf import Object

from criteria.models import AuthorizationRequest, Enclosure
from criteria.papers.packet.joined.pages import UNREADABLE, drawings_of
from criteria.requests.content import EnclosedDocument, RequestContent

logger = logging.getLogger(__name__)

ANNOUNCED = "Announced only: the practice sent no file of this document."
MISSING = "The file of this document is not in the store any more. Ask the practice for it."
ALTERED = (
    "The stored file is not the one that was enclosed (its SHA-256 differs), so its pages are not"
    " printed. Ask the practice for the document."
)
DAMAGED = (
    "The file of this document cannot be read today, so its pages are not printed."
    " Ask the practice for it."
)


class NotJoinedError(Exception):
    """Why the pages of a document do not follow, in words for its divider."""


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document with a drawing of each page, or with what is wrong instead."""

    document: EnclosedDocument
    drawings: list[Object] = field(default_factory=list)
    trouble: str = ""


@contextmanager
def opened(request: AuthorizationRequest, data: RequestContent) -> Iterator[list[OpenDocument]]:
    """The documents enclosed when ``data`` was submitted, in order; those of today do not count."""
    ids = [each.id for each in data.enclosures if each.id is not None]
    rows = {row.pk: row for row in Enclosure.objects.filter(request=request, pk__in=ids)}
    with ExitStack() as stack:
        yield [_opened(each, rows.get(each.id or 0), stack) for each in data.enclosures]


def _opened(document: EnclosedDocument, row: Enclosure | None, stack: ExitStack) -> OpenDocument:
    try:
        file = _file(document, row, stack)
        return OpenDocument(document, drawings_of(file, document.media_type, stack))
    except NotJoinedError as trouble:
        return OpenDocument(document, trouble=str(trouble))
    except UNREADABLE:
        logger.error("Enclosure %s of %s cannot be read", document.letter, _number(row))
        return OpenDocument(document, trouble=DAMAGED)


def _file(document: EnclosedDocument, row: Enclosure | None, stack: ExitStack) -> BinaryIO:
    """The file, if it is the one that was enclosed. Raises NotJoinedError."""
    if not document.has_file:
        raise NotJoinedError(ANNOUNCED)
    try:
        if row is None or not row.file:
            raise FileNotFoundError
        stored = stack.enter_context(row.file.storage.open(str(row.file.name), "rb"))
    except OSError:
        logger.error("Enclosure %s of %s is missing", document.letter, _number(row))
        raise NotJoinedError(MISSING) from None
    file = cast(BufferedReader, stored.file)
    if file_digest(file, "sha256").hexdigest() != document.sha256:
        logger.error("Enclosure %s of %s was changed", document.letter, _number(row))
        raise NotJoinedError(ALTERED)
    file.seek(0)
    return file


def _number(row: Enclosure | None) -> str:
    return "a request" if row is None else row.request.number
