"""Why a document is not kept: the reason as a code, and as a sentence that says what to do."""

from enum import StrEnum

from criteria.requests.enclosures.limits import FileLimits

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
    megapixels = limits.image_pixels // 1_000_000
    return _SENTENCES[reason].format(limits=limits, megapixels=megapixels, anew=ANEW)


_SENTENCES = {
    Refusal.EMPTY: "The file is empty. Choose another one.",
    Refusal.BYTES: (
        "The file is larger than {limits.megabytes} MB. Scan it in grey or at 200 dpi, or attach "
        "it in parts."
    ),
    Refusal.KIND: "Only PDF, PNG and JPEG files can be enclosed. {anew}",
    Refusal.DAMAGED: "This file is damaged or incomplete. {anew}",
    Refusal.MIXED: "This file holds something else beside the document. {anew}",
    Refusal.PASSWORD: "This PDF asks for a password. {anew}",
    Refusal.LOCKED: (
        "This PDF is locked by its author, so it cannot be joined into the packet. {anew}"
    ),
    Refusal.SCRIPT: "This PDF contains a script. {anew}",
    Refusal.ACTION: "This PDF does something when it is opened. {anew}",
    Refusal.MEDIA: "This PDF contains sound, film or 3D. {anew}",
    Refusal.FILES: "This PDF contains other files. {anew} Attach the other files one by one.",
    Refusal.FORM: "This PDF is an interactive (XFA) form. {anew}",
    Refusal.NO_PAGES: "This PDF has no pages. Choose another file.",
    Refusal.PAGES: (
        "The document has more than {limits.file_pages} pages. Attach the pages the request rests "
        "on, or attach it in parts."
    ),
    Refusal.PAGE_SIZE: (
        "A page of this PDF has a size no paper has: each side must be from 0.1 to "
        "{limits.page_inches} inches. {anew}"
    ),
    Refusal.PIXELS: (
        "The picture has more than {megapixels} megapixels. Save it smaller and attach that."
    ),
    Refusal.WORK: "This file asks for too much work. {anew}",
    Refusal.UNCHECKED: "The file could not be checked just now. Try again in a few minutes.",
}
