"""What a file is, by its content. Runs in the child process: plain Python, no Django."""

import re
from enum import StrEnum

from criteria.requests.enclosures.refusal import Refusal, RefusedError

HEAD_BYTES = 1024
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
PDF_HEAD = re.compile(rb"%PDF-\d\.\d[ \t]*[\r\n]")
# What a browser or a shell would take the start of a file for.
OTHER_KINDS = re.compile(rb"<(!doctype|html|script|svg|body|iframe|\?php)|^#!", re.IGNORECASE)
PADDING = b"\x00\t\n\f\r "


class MediaType(StrEnum):
    """The kinds of files that can be enclosed."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return {MediaType.PDF: ".pdf", MediaType.PNG: ".png", MediaType.JPEG: ".jpg"}[self]


_STARTS = {
    b"%PDF-": MediaType.PDF,
    b"\x89PNG\r\n\x1a\n": MediaType.PNG,
    b"\xff\xd8\xff": MediaType.JPEG,
}


def media_type_of(content: bytes) -> MediaType:
    """The kind of a file. Raises RefusedError for an empty one, another kind or two in one."""
    if not content:
        raise RefusedError(Refusal.EMPTY)
    found = next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
    if found is None:
        raise RefusedError(Refusal.KIND)
    if found is MediaType.PDF:
        _check_pdf(content)
    elif found is MediaType.PNG and not content.rstrip(PADDING).endswith(PNG_END.rstrip(PADDING)):
        raise RefusedError(Refusal.MIXED if PNG_END in content else Refusal.DAMAGED)
    return found


def _check_pdf(content: bytes) -> None:
    """A PDF begins with its version and ends with its end: nothing stands before or after."""
    if not PDF_HEAD.match(content) or OTHER_KINDS.search(content[:HEAD_BYTES]):
        raise RefusedError(Refusal.MIXED)
    if not content.rstrip(PADDING).endswith(b"%%EOF"):
        has_end = b"%%EOF" in content
        raise RefusedError(Refusal.MIXED if has_end and _has_more(content) else Refusal.DAMAGED)


def _has_more(content: bytes) -> bool:
    """Whether what follows the last end is no cut-off part of a PDF."""
    rest = content[content.rindex(b"%%EOF") + 5 :]
    return b" obj" not in rest
