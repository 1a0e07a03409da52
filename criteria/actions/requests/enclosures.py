"""Adds and removes the documents of a request."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import User
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, F, Sum
from django.utils import timezone

from criteria.accounts.permissions import check_may_edit
from criteria.actions.events import record_event
from criteria.models import AuthorizationRequest, Enclosure
from criteria.requests.enclosures.checking import CheckedDocument
from criteria.requests.enclosures.limits import MB
from criteria.requests.enclosures.names import shown_line
from criteria.requests.enclosures.settings import MOST_DOCUMENTS, request_limits

__all__ = ["CheckedDocument", "FullError", "add_enclosure", "letter_of", "remove_enclosure"]

HASHED_AT_ONCE = MB


class FullError(Exception):
    """The request holds as much as it may; the message says what to do."""


def letter_of(position: int) -> str:
    """A, B ... Z, AA, AB ... for 0, 1 ..."""
    first, last = divmod(position, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)


def add_enclosure(
    *,
    request: AuthorizationRequest,
    title: str,
    dated: date | None,
    document: CheckedDocument | None,
    by: User,
) -> Enclosure:
    """One more enclosure, with the next letter; letters are never given twice.

    ``document`` was checked; None announces one that follows by fax or mail. Raises FullError, and
    PermissionDenied; then no file is left behind.
    """
    enclosure = Enclosure(title=shown_line(title), dated=dated, added_by=by)
    try:
        with transaction.atomic():
            _add(enclosure, request, document, by)
    except BaseException:
        if enclosure.file.name:
            enclosure.file.storage.delete(enclosure.file.name)
        raise
    return enclosure


def _add(
    enclosure: Enclosure, request: AuthorizationRequest, document: CheckedDocument | None, by: User
) -> None:
    _lock(request, by)
    file, size = _file(document)
    _check_room(request, document, size)
    enclosure.request, enclosure.added_at = request, timezone.now()
    enclosure.letter = letter_of(request.enclosures.count())
    if document is not None and file is not None:
        enclosure.file_name = document.file_name
        enclosure.media_type = document.media_type
        enclosure.size_bytes, enclosure.pages = size, document.pages
        enclosure.sha256 = _sha256(file)
        enclosure.file.save(document.file_name, file, save=False)
    enclosure.save()
    _note_letters(request, by)
    record_event(verb="enclose", obj=request, summary=f"Enclosure {enclosure.letter}", by=by)


def _lock(request: AuthorizationRequest, by: User) -> None:
    """One at a time for each request: letters follow each other, and totals are exact."""
    rows = AuthorizationRequest.objects.select_for_update()
    request.status = rows.values_list("status", flat=True).get(pk=request.pk)
    check_may_edit(by, request)


def _file(document: CheckedDocument | None) -> tuple["File[bytes] | None", int]:
    """The content to keep, and its size in bytes."""
    if document is None:
        return None, 0
    content = document.content
    file = ContentFile(content) if isinstance(content, bytes) else content
    return file, file.size


def _check_room(request: AuthorizationRequest, document: CheckedDocument | None, size: int) -> None:
    """Refuse what would be more than a request may hold."""
    limits = request_limits()
    held = request.enclosures.current().aggregate(bytes=Sum("size_bytes"), pages=Sum("pages"))
    ever = request.enclosures.aggregate(count=Count("pk"))["count"]
    pages = 0 if document is None else document.pages or 0
    if ever >= MOST_DOCUMENTS:
        raise FullError(
            f"A request takes {MOST_DOCUMENTS} documents in all. Join several into one PDF."
        )
    if (held["bytes"] or 0) + size > limits.bytes:
        raise FullError(
            f"With it the documents come to more than {limits.bytes // MB} MB. Remove one, or "
            "scan in grey or at 200 dpi."
        )
    if (held["pages"] or 0) + pages > limits.pages:
        raise FullError(
            f"With it the documents come to more than {limits.pages} pages. Attach only the pages "
            "the request rests on."
        )


def _sha256(file: "File[bytes]") -> str:
    """The digest of the content, read a piece at a time; the file stands at its start after."""
    digest = hashlib.sha256()
    file.seek(0)
    pieces: Iterable[bytes] = iter(lambda: file.read(HASHED_AT_ONCE), b"")
    for piece in pieces:
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


@transaction.atomic
def remove_enclosure(*, enclosure: Enclosure, by: User) -> Enclosure:
    """Take an enclosure out of the request. The file stays: an earlier round may rest on it."""
    _lock(enclosure.request, by)
    enclosure.removed_at, enclosure.removed_by = timezone.now(), by
    enclosure.save(update_fields=["removed_at", "removed_by"])
    _note_letters(enclosure.request, by)
    summary = f"Enclosure {enclosure.letter}"
    record_event(verb="remove_enclosure", obj=enclosure.request, summary=summary, by=by)
    return enclosure


def _note_letters(request: AuthorizationRequest, by: User) -> None:
    """Keep the letters with the request: every page offers them, and none asks for the rows."""
    letters = request.enclosures.current().values_list("letter", flat=True)
    request.enclosure_letters = " ".join(letters)
    request.revision = F("revision") + 1
    request.updated_at, request.updated_by = timezone.now(), by
    request.save(update_fields=["enclosure_letters", "revision", "updated_at", "updated_by"])
    request.refresh_from_db(fields=["revision"])
