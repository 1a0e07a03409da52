"""Why a document is not kept: the reason as a code, and as a sentence that says what to do."""

from enum import StrEnum
from typing import assert_never

from criteria.enclosures.limits import FileLimits

ANEW = "Print it to PDF anew and attach that."


class Refusal(StrEnum):
    """Why a file is refused. The values are what the child process answers."""

    EMPTY = "empty"
    BYTES = "bytes"
    KIND = "kind"
    DAMAGED = "damaged"
    MIXED = "mixed"
    PASSWORD = "password"  # noqa: S105
    LOCKED = "locked"
    SCRIPT = "script"
    ACTION = "action"
    MEDIA = "media"
    FILES = "files"
    FORM = "form"
    NO_PAGES = "no pages"
    PAGES = "pages"
    PAGE_SIZE = "page size"
    PIXELS = "pixels"
    WORK = "work"
    # Not the file's fault.
    UNCHECKED = "unchecked"


class RefusedError(Exception):
    """A file that is not kept."""

    def __init__(self, reason: Refusal) -> None:
        """``reason`` says why."""
        self.reason = reason
        super().__init__(reason.value)


def sentence(reason: Refusal, limits: FileLimits) -> str:
    """Why a file was refused, and what to do now."""
    match reason:
        case Refusal.EMPTY:
            return "The file is empty. Choose another one."
        case Refusal.BYTES:
            return (
                f"The file is larger than {limits.megabytes} MB. Scan it in grey or at "
                "200 dpi, or attach it in parts."
            )
        case Refusal.KIND:
            return f"Only PDF, PNG and JPEG files can be enclosed. {ANEW}"
        case Refusal.DAMAGED:
            return f"This file is damaged or incomplete. {ANEW}"
        case Refusal.MIXED:
            return f"This file holds something else beside the document. {ANEW}"
        case Refusal.PASSWORD:
            return f"This PDF asks for a password. {ANEW}"
        case Refusal.LOCKED:
            return (
                "This PDF is locked by its author, so it cannot be joined into the packet. " + ANEW
            )
        case Refusal.SCRIPT:
            return f"This PDF contains a script. {ANEW}"
        case Refusal.ACTION:
            return f"This PDF does something when it is opened. {ANEW}"
        case Refusal.MEDIA:
            return f"This PDF contains sound, film or 3D. {ANEW}"
        case Refusal.FILES:
            return f"This PDF contains other files. {ANEW} Attach the other files one by one."
        case Refusal.FORM:
            return f"This PDF is an interactive (XFA) form. {ANEW}"
        case Refusal.NO_PAGES:
            return "This PDF has no pages. Choose another file."
        case Refusal.PAGES:
            return (
                f"The document has more than {limits.file_pages} pages. Attach the pages the "
                "request rests on, or attach it in parts."
            )
        case Refusal.PAGE_SIZE:
            return (
                "A page of this PDF has a size no paper has: each side must be from 0.1 to "
                f"{limits.page_inches} inches. {ANEW}"
            )
        case Refusal.PIXELS:
            return (
                f"The picture has more than {limits.image_pixels // 1_000_000} megapixels. Save "
                "it smaller and attach that."
            )
        case Refusal.WORK:
            return f"This file asks for too much work. {ANEW}"
        case Refusal.UNCHECKED:
            return "The file could not be checked just now. Try again in a few minutes."
    assert_never(reason)
