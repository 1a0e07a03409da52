"""Checks an uploaded document before it is kept."""

import io
import re
import warnings
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from criteria.actions.requests_enclosures import Document

MOST_BYTES = 20 * 1024 * 1024
KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


def document_of(upload: UploadedFile) -> Document:
    """A PDF, PNG or JPEG by its content, whatever its name says. Raises ValidationError."""
    size = upload.size or 0
    if not size:
        raise ValidationError("The file is empty.")
    if size > MOST_BYTES:
        found, most = size // (1024 * 1024), MOST_BYTES // (1024 * 1024)
        raise ValidationError(f"The file has {found} MB; at most {most} MB is kept.")
    content = upload.read()
    media_type = next((kind for start, kind in KINDS if content.startswith(start)), "")
    if not media_type:
        raise ValidationError("Only PDF, PNG and JPEG files can be enclosed.")
    return Document(
        content=content,
        file_name=_plain_name(upload.name or "document"),
        media_type=media_type,
        pages=_pages(content) if media_type == "application/pdf" else 1,
    )


def _plain_name(name: str) -> str:
    """The name without a path, control characters or quotes."""
    return re.sub(r"[^\w. ()+-]", "_", PurePath(name.replace("\\", "/")).name)[-120:] or "document"


def _pages(content: bytes) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted:
                raise ValidationError("This PDF asks for a password. Enclose one without it.")
            return len(reader.pages)
    except (PyPdfError, ValueError, KeyError, RecursionError):
        raise ValidationError("This PDF is damaged and cannot be opened.") from None
