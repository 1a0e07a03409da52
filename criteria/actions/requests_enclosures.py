"""Adds and removes the documents of a request."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from criteria.actions.events import record_event
from criteria.models import AuthorizationRequest, Enclosure
from criteria.permissions import check_may_edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A checked file."""

    content: bytes
    file_name: str
    media_type: str
    pages: int | None


def letter_of(position: int) -> str:
    """A, B ... Z, AA, AB ... for 0, 1 ..."""
    first, last = divmod(position, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)


@transaction.atomic
def add_enclosure(
    *,
    request: AuthorizationRequest,
    title: str,
    dated: date | None,
    document: Document | None,
    by: Any,
) -> Enclosure:
    """One more enclosure, with the next letter; letters are never given twice."""
    check_may_edit(by, request)
    enclosure = Enclosure(
        request=request,
        letter=letter_of(request.enclosures.count()),
        title=title,
        dated=dated,
        added_at=timezone.now(),
        added_by=by,
    )
    if document is not None:
        enclosure.file_name = document.file_name
        enclosure.media_type = document.media_type
        enclosure.size_bytes = len(document.content)
        enclosure.pages = document.pages
        enclosure.sha256 = hashlib.sha256(document.content).hexdigest()
        enclosure.file.save(document.file_name, ContentFile(document.content), save=False)
    enclosure.save()
    _note_letters(request, by)
    record_event(verb="enclose", obj=request, summary=f"Enclosure {enclosure.letter}", by=by)
    return enclosure


@transaction.atomic
def remove_enclosure(*, enclosure: Enclosure, by: Any) -> Enclosure:
    """Take an enclosure out of the request. The file stays until the request is removed."""
    check_may_edit(by, enclosure.request)
    enclosure.removed_at, enclosure.removed_by = timezone.now(), by
    enclosure.save(update_fields=["removed_at", "removed_by"])
    _note_letters(enclosure.request, by)
    summary = f"Enclosure {enclosure.letter}"
    record_event(verb="remove_enclosure", obj=enclosure.request, summary=summary, by=by)
    return enclosure


def _note_letters(request: AuthorizationRequest, by: Any) -> None:
    """Keep the letters with the request: every page offers them, and none asks for the rows."""
    letters = request.enclosures.filter(removed_at=None).values_list("letter", flat=True)
    request.enclosure_letters = " ".join(letters)
    request.revision = F("revision") + 1
    request.updated_at, request.updated_by = timezone.now(), by
    request.save(update_fields=["enclosure_letters", "revision", "updated_at", "updated_by"])
    request.refresh_from_db(fields=["revision"])
