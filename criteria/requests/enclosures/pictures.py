"""Pictures of the pages of stored documents: drawn once, then kept beside the documents."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from criteria.models import Enclosure
from criteria.requests.enclosures.process import asked
from criteria.requests.enclosures.refusal import Refusal, RefusedError
from criteria.requests.enclosures.settings import file_limits

THUMBNAIL, NORMAL, LARGE = WIDTHS = (240, 800, 1600)
PNG_START = b"\x89PNG\r\n\x1a\n"
FOLDER = "enclosure-pages"


def page_picture(enclosure: Enclosure, page: int, width: int) -> Path:
    """The PNG of page ``page``, from 1, ``width`` pixels wide (one of WIDTHS).

    The caller has checked who asks. Raises RefusedError for a page that cannot be drawn.
    """
    kept = _place(enclosure.sha256, page, width)
    if not kept.exists():
        with enclosure.file.open("rb") as file:
            answer = asked(file, file_limits(), "draw", str(page), str(width))
        if not answer.startswith(PNG_START):
            raise RefusedError(Refusal.WORK)
        _keep(answer, kept)
    return kept


def _place(sha256: str, page: int, width: int) -> Path:
    """Where a picture lies: by the content of the document, so that a name never is a path."""
    return Path(settings.MEDIA_ROOT) / FOLDER / sha256[:2] / f"{sha256}-{page}-{width}.png"


def _keep(content: bytes, place: Path) -> None:
    """Write it whole or not at all: two who ask at once may both have drawn it."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(name, place)
