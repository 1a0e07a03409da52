"""Lays the pages of enclosures into the pages a packet has for them.

pikepdf and not pypdf: it reads a page only when it is written, so a packet of 500 pages takes the
memory of a few; it flattens forms and annotations; and qpdf, which it is made of, checks the file.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from pikepdf import Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Rectangle

from criteria.papers.packet.dividers import place_of
from criteria.papers.packet.pdf import ElementPlace, Printed

# Points kept free: beside and below as the margins of the style, above for the line that says
# which page of the enclosure it is.
SIDE_PT, FOOT_PT, LINE_PT = 39.6, 50.0, 18.0
_DRAWING = "/Enclosed"

# It warns of mended files, with what stands in them.
logging.getLogger("pikepdf").propagate = False


def joined(packet: Printed, documents: Mapping[str, Sequence[Object]]) -> Printed:
    """The packet with the drawings of each document, by its letter, in the places left for them."""
    if not any(documents.values()):
        return packet
    result = BytesIO()
    with Pdf.open(BytesIO(packet.pdf)) as pdf:
        pages = list(pdf.pages)
        for letter, drawings in documents.items():
            for number, drawing in enumerate(drawings, start=1):
                place = packet.places[place_of(letter, number)]
                _lay(pdf, pages[place.page], drawing, place)
        pdf.save(
            result,
            fix_metadata_version=False,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return replace(packet, pdf=result.getvalue())


def _lay(pdf: Pdf, page: Page, drawing: Object, place: ElementPlace) -> None:
    """One page of a document, shrunk into the frame below its line where it is larger."""
    form = pdf.copy_foreign(drawing)
    frame = _frame(page, place)
    # The pages of a packet share what they draw with: this one gets its own.
    shared: Any = page.obj.Resources
    page.obj.Resources = Dictionary({**shared, "/XObject": Dictionary({_DRAWING: form})})
    drawn = page.calc_form_xobject_placement(
        form,
        Name(_DRAWING),
        frame,
        invert_transformations=True,
        allow_shrink=True,
        allow_expand=False,
    )
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\nq " + _ruled(frame) + b" Q\n" + drawn)


def _frame(page: Page, place: ElementPlace) -> Rectangle:
    _, _, width, height = (float(each) for each in page.mediabox)
    top = height - place.top_pt - LINE_PT
    return Rectangle(SIDE_PT, FOOT_PT, width - SIDE_PT, top)


def _ruled(frame: Rectangle) -> bytes:
    """A thin line around: what lies within is somebody else's page."""
    box = f"{frame.llx:.2f} {frame.lly:.2f} {frame.width:.2f} {frame.height:.2f}"
    return f"0.35 w 0.5 G {box} re S".encode()
