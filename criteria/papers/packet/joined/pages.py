"""The pages of one enclosed file as drawings that can be laid into a page of a packet."""

from contextlib import ExitStack
from io import BytesIO
from threading import Lock
from typing import BinaryIO

from pikepdf import Array, Name, Object, Page, Pdf, PdfError
from PIL.Image import DecompressionBombError
from pypdfium2 import PdfDocument, PdfiumError

from criteria.papers.packet.joined.pictures import picture_drawing

# What is raised over a file that was checked when it came and cannot be read today.
UNREADABLE = (
    PdfError,
    PdfiumError,
    DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RuntimeError,
)
# PDFium is not made for two threads at once.
_filling = Lock()


def drawings_of(file: BinaryIO, media_type: str, stack: ExitStack) -> list[Object]:
    """A drawing for each page, upright and with everything filled in.

    They live as long as ``stack``, and read from ``file`` until then. Raises one of UNREADABLE.
    """
    if media_type != "application/pdf":
        return [picture_drawing(file, stack.enter_context(Pdf.new()))]
    pdf = stack.enter_context(Pdf.open(file, suppress_warnings=True))
    if Name.AcroForm in pdf.Root:
        pdf = stack.enter_context(Pdf.open(_filled(file), suppress_warnings=True))
    pdf.flatten_annotations("all")
    return [_drawing(page) for page in pdf.pages]


def _filled(file: BinaryIO) -> BinaryIO:
    """The file with what was typed into its form drawn on its pages.

    PDFium draws values that the program they were typed in left undrawn, of several lines too.
    """
    file.seek(0)
    result = BytesIO()
    with _filling, PdfDocument(file.read()) as document:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            page.flatten()
            page.close()
        document.save(result)
    return result


def _drawing(page: Page) -> Object:
    """A page as people see it: what its crop box shows, turned and sized as it says."""
    # The drawing is cut at the trim box, which may be less than what a viewer shows.
    page.trimbox = _seen(page)
    return page.as_form_xobject()


def _seen(page: Page) -> Array:
    """The part of the crop box that lies on the paper."""
    paper, crop = _corners(page.mediabox), _corners(page.cropbox)
    seen = [*map(max, paper[:2], crop[:2]), *map(min, paper[2:], crop[2:])]
    return Array(seen if seen[0] < seen[2] and seen[1] < seen[3] else paper)


def _corners(box: Array) -> list[float]:
    left, bottom, right, top = (float(each) for each in box)
    return [min(left, right), min(bottom, top), max(left, right), max(bottom, top)]
