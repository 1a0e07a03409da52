"""From HTML to PDF: tagged, and the same bytes for the same content."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from criteria.packet.content import PacketContent
from criteria.packet.fetcher import SCHEME, PacketFetcher, RefusedAddress, print_file
from criteria.packet.html import DRAFT, LEAST_HEAD, MOST_HEAD, DraftMark, packet_html

VARIANT = "pdf/ua-1"
PAGE_SIZES = {"Letter": "8.5in 11in", "A4": "210mm 297mm"}

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
class Printed:
    """A finished packet. ``unprintable``: signs that no installed font can draw."""

    pdf: bytes
    page_count: int
    unprintable: str = ""


def printed(content: PacketContent, mark: DraftMark = DRAFT) -> Printed:
    """The packet of a content. Signs without a font are named in it by their code points."""
    first = print_html(packet_html(content, mark=mark))
    if not first.unprintable:
        return first
    return print_html(packet_html(content, first.unprintable, mark))


def print_html(html: str, style_of: Callable[[str], Style] | None = None) -> Printed:
    """A PDF of our own HTML, in the page size of the settings. Raises RefusedAddress.

    ``style_of``: the print style for a page size; the packet's own unless another is given.
    """
    with _drawing, _no_collecting():
        style = (style_of or style_for)(settings.PACKET_PAGE_SIZE)
        try:
            document = HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=PacketFetcher()).render(
                stylesheets=[style.css], font_config=style.fonts, pdf_variant=VARIANT
            )
            pdf = document.write_pdf(pdf_variant=VARIANT)
        except FatalURLFetchingError as error:
            raise RefusedAddress from error.__cause__
    return Printed(pdf, len(document.pages), _unprintable(document))


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


@lru_cache(maxsize=len(PAGE_SIZES))
def style_for(page_size: str) -> Style:
    """The print style for a page size: Letter or A4."""
    fonts = FontConfiguration()
    rules = [print_file("packet.css").decode(), f"@page {{ size: {PAGE_SIZES[page_size]} }}"]
    rules += [_page_below(lines) for lines in range(LEAST_HEAD, MOST_HEAD + 1)]
    css = CSS(string="\n".join(rules), font_config=fonts, url_fetcher=PacketFetcher())
    return Style(css, fonts)


def _page_below(head_lines: int) -> str:
    """A page whose text begins below a head of that many lines."""
    top = 0.95 + 0.17 * (head_lines - LEAST_HEAD)
    name = f"head-{head_lines}"
    return f"@page {name} {{ margin-top: {top:.2f}in }} body.{name} {{ page: {name} }}"
