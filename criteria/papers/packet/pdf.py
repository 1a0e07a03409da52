"""From HTML to PDF: tagged, and the same bytes for the same content."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock, get_ident

from django.conf import settings
from weasyprint import CSS, HTML, Document
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
from criteria.papers.pdf.fetcher import SCHEME, PacketFetcher, RefusedAddressError, static_file
from criteria.papers.pdf.finish import finished

VARIANT = "pdf/a-3a"
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
# How a warning names a sign that is drawn as an empty box.
_NO_FONT = re.compile(r"glyph.*\(U\+([0-9A-F]{4,6})\)", re.DOTALL)

# Pango's font map is not safe to share between threads that draw at once.
_drawing = Lock()


@dataclass(frozen=True, slots=True)
class Style:
    """The print style, parsed once, with the fonts it belongs to."""

    css: CSS
    fonts: FontConfiguration


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
    conforms = not any(each.pages for each in dividers)

    def printing(unprintable: str) -> Printed:
        html = packet_html(content, unprintable, mark, dividers)
        style_of = partial(style_for, page=page_name(content, unprintable))
        return print_html(html, style_of, attached=attached, conforms=conforms)

    first = printing("")
    return printing(first.unprintable) if first.unprintable else first


def print_html(
    html: str,
    style_of: Callable[[str], Style],
    *,
    attached: Attached | None = None,
    conforms: bool = True,
) -> Printed:
    """A PDF of our own HTML, in the page size of the settings. Raises RefusedAddressError.

    ``style_of``: the print style for a page size. ``conforms``: it claims PDF/A-3a and PDF/UA-1.
    """
    files = [attached.for_weasyprint()] if attached else []
    with _drawing, _unprintable() as unprintable:
        style = style_of(settings.PACKET_PAGE_SIZE)
        try:
            source = HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=PacketFetcher())
            document = source.render(style.fonts, stylesheets=[style.css], pdf_variant=VARIANT)
            # The pass that follows names the file by its content.
            pdf = document.write_pdf(attachments=files, pdf_variant=VARIANT, pdf_identifier=False)
        except FatalURLFetchingError as error:
            raise RefusedAddressError from error.__cause__
    signs = "".join(sorted(unprintable))
    return Printed(finished(pdf, conforms=conforms), len(document.pages), signs, _places(document))


class _SignsWithoutFont(logging.Handler):
    """Hears of the signs that one thread draws as an empty box."""

    def __init__(self) -> None:
        super().__init__()
        self.signs: set[str] = set()
        self.thread = get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and (found := _NO_FONT.search(record.getMessage())):
            self.signs.add(chr(int(found[1], 16)))


@contextmanager
def _unprintable() -> Iterator[set[str]]:
    """The signs that are drawn as an empty box in the meantime: WeasyPrint tells its log alone."""
    handler = _SignsWithoutFont()
    _log.addHandler(handler)
    try:
        yield handler.signs
    finally:
        _log.removeHandler(handler)


def _places(document: Document) -> dict[str, ElementPlace]:
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
