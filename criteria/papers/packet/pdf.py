"""From HTML to PDF: tagged, and the same bytes for the same content."""

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock
from typing import Any

from django.conf import settings
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from criteria.papers.packet.attach import Attached, record_of
from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.dividers import PAGE_MARK, Divider
from criteria.papers.packet.html import (
    DRAFT,
    LEAST_HEAD,
    USUAL_PAGE,
    DraftMark,
    PageName,
    packet_html,
    page_name,
)
from criteria.papers.pdf.conform import INTENT, VARIANT, color_profiles, finish, unclaimed
from criteria.papers.pdf.fetcher import SCHEME, PacketFetcher, RefusedAddressError, static_file
from criteria.papers.pdf.parse import parsed

PAGE_SIZES = {"Letter": "8.5in 11in", "A4": "210mm 297mm"}

PT_PER_PX = 0.75

# The head of a page that is a draft: framed, and it says so first.
DRAFT_HEAD = (
    "@top-left { border-top: 2pt solid; font-weight: 700;"
    ' content: string(mark) "\\A" string(practice) "\\A" string(patient) }'
    "@top-right { border-top: 2pt solid }"
)

# Its warnings repeat the text that is printed: a patient's name has no place in a log.
_log = logging.getLogger("weasyprint")
_log.propagate = False
_log.setLevel(logging.WARNING)

# Pango's font map is not safe to share between threads that draw at once.
_drawing = Lock()


@dataclass(frozen=True, slots=True)
class Style:
    """The print style, parsed once, with the fonts it belongs to."""

    css: Any
    fonts: Any


@dataclass(frozen=True, slots=True)
class ElementPlace:
    """Where a marked element stands: the page counted from 0, and points down from its top."""

    page: int
    top_pt: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished document. ``unprintable``: signs that no installed font can draw.

    ``places``: of each element whose id begins with the mark asked for.
    """

    pdf: bytes
    page_count: int
    unprintable: str = ""
    places: Mapping[str, ElementPlace] = field(default_factory=dict)


def printed(
    content: PacketContent,
    mark: DraftMark = DRAFT,
    *,
    record: bytes = b"",
    dividers: Sequence[Divider] = (),
) -> Printed:
    """The packet of a content. Signs without a font are named in it by their code points.

    ``record`` is attached as request.json. ``dividers`` leave a page for each page of a document
    that is laid in afterwards, and such a packet claims no conformity.
    """
    attached = record_of(record, content.issued_at) if record else None
    finisher = unclaimed if any(each.pages for each in dividers) else finish

    def printing(unprintable: str) -> Printed:
        html = packet_html(content, unprintable, mark, dividers)
        style_of = partial(style_for, page=page_name(content, unprintable))
        return print_html(html, style_of, attached=attached, finisher=finisher)

    first = printing("")
    return printing(first.unprintable) if first.unprintable else first


def print_html(
    html: str,
    style_of: Callable[[str], Style],
    *,
    attached: Attached | None = None,
    finisher: Callable[[Any, Any], None] = finish,
) -> Printed:
    """A PDF of our own HTML, in the page size of the settings. Raises RefusedAddressError.

    ``style_of``: the print style for a page size.
    ``finisher``: what is done before the bytes are written; it makes or leaves out the claims.
    """
    with _drawing, _no_collecting():
        style = style_of(settings.PACKET_PAGE_SIZE)
        options = {"pdf_variant": VARIANT, "output_intent": INTENT}
        files = [attached.for_weasyprint()] if attached else []
        try:
            document = parsed(html, f"{SCHEME}:", PacketFetcher()).render(
                style.fonts, None, color_profiles(), stylesheets=[style.css], **options
            )
            pdf = document.write_pdf(finisher=finisher, attachments=files, **options)
        except FatalURLFetchingError as error:
            raise RefusedAddressError from error.__cause__
    return Printed(pdf, len(document.pages), _unprintable(document), _places(document))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Pause the cyclic garbage collector: it costs a fifth of a render, and frees next to nothing
    before the document is finished.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _unprintable(document: Any) -> str:
    """The signs that were drawn as an empty box."""
    missing = {code for font in document.fonts.values() for code in font.missing}
    return "".join(chr(code) for code in sorted(missing))


def _places(document: Any) -> dict[str, ElementPlace]:
    """Where the pages left for enclosures begin, by their ids."""
    return {
        name: ElementPlace(number, anchor[1] * PT_PER_PX)
        for number, page in enumerate(document.pages)
        for name, anchor in page.anchors.items()
        if name.startswith(PAGE_MARK)
    }


# Every page rule is tried on every page: a style has the one its document is printed on.
@lru_cache(maxsize=len(PAGE_SIZES) * 8)
def style_for(page_size: str, page: PageName = USUAL_PAGE) -> Style:
    """The print style for a page size, Letter or A4, and a kind of page."""
    return sheet_style("criteria/packet/packet.css", page_size, _page(page))


def sheet_style(sheet: str, page_size: str, *rules: str) -> Style:
    """A style sheet of the static files for a page size, with rules of its own after it."""
    fonts = FontConfiguration()
    all_rules = [static_file(sheet).decode(), f"@page {{ size: {PAGE_SIZES[page_size]} }}", *rules]
    css = CSS(string="\n".join(all_rules), font_config=fonts, url_fetcher=PacketFetcher())
    return Style(css, fonts)


def _page(page: PageName) -> str:
    """A page whose text begins below a head of so many lines; that of a draft is framed."""
    top = 0.95 + 0.17 * (page.head_lines - LEAST_HEAD)
    boxes = DRAFT_HEAD if page.is_draft else ""
    return f"@page {page} {{ margin-top: {top:.2f}in; {boxes} }} body.{page} {{ page: {page} }}"
