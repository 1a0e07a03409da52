"""Whether a PDF is whole, opens without a password and holds pages alone. In the child process."""

import io

import pikepdf
import pypdfium2

from criteria.requests.enclosures.limits import POINTS_PER_INCH, FileLimits
from criteria.requests.enclosures.pdf_pages import counted_pages
from criteria.requests.enclosures.pdf_parts import check_parts
from criteria.requests.enclosures.refusal import Refusal, RefusedError

# No paper is smaller, and such a page cannot be drawn.
LEAST_INCHES = 0.1
# A point is stored as a binary fraction: 7.2 may come back a little less.
ROUNDING = 0.01


def check_pdf(content: bytes, limits: FileLimits) -> int:
    """The number of pages. Raises RefusedError."""
    try:
        # A file that must be mended first shows different pages in different programs.
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise RefusedError(Refusal.LOCKED)
            pages = counted_pages(pdf, limits.file_pages)
            check_parts(pdf, limits)
    except pikepdf.PasswordError:
        raise RefusedError(Refusal.PASSWORD) from None
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError):
        raise RefusedError(Refusal.DAMAGED) from None
    _check_opens(content, pages, limits)
    return pages


def _check_opens(content: bytes, pages: int, limits: FileLimits) -> None:
    """Whether the program that draws the pages finds the same ones, of sizes that can be drawn."""
    least, most = LEAST_INCHES * POINTS_PER_INCH, limits.page_inches * POINTS_PER_INCH
    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) != pages:
            raise RefusedError(Refusal.DAMAGED)
        for number in range(pages):
            page = document[number]
            sides = (*page.get_size(), *_box(page.get_mediabox()))
            page.close()
            if not all(least - ROUNDING <= side <= most + ROUNDING for side in sides):
                raise RefusedError(Refusal.PAGE_SIZE)
    except pypdfium2.PdfiumError:
        raise RefusedError(Refusal.DAMAGED) from None


def _box(box: tuple[float, float, float, float]) -> tuple[float, float]:
    left, bottom, right, top = box
    return abs(right - left), abs(top - bottom)
