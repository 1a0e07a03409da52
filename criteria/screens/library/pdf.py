"""What changed between two editions as a PDF: what the page says, in its order and its words."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from django.template.loader import get_template

from criteria.papers.packet.pdf import PAGE_SIZES, Printed, Style, print_html, sheet_style
from criteria.screens.library.page import DifferencePage

SHEET = "criteria/library/print.css"


def difference_pdf(page: DifferencePage, *, on: date, drafts: Collection[str] = ()) -> bytes:
    """The PDF of a difference; the same bytes on the same day. ``drafts``: numbers to mark so.

    Signs that no installed font can draw stand as their code points.
    """
    first = _printed(page, on, drafts, "")
    return (_printed(page, on, drafts, first.unprintable) if first.unprintable else first).pdf


def _printed(page: DifferencePage, on: date, drafts: Collection[str], unprintable: str) -> Printed:
    numbers = [page.old.edition.number, page.new.edition.number]
    names = [f"{each} (draft)" if each in drafts else each for each in numbers]
    context = {"page": page, "on": on, "old_name": names[0], "new_name": names[1]}
    html = get_template("criteria/library/print.html").render(context)
    return print_html(html.translate({ord(s): f"[U+{ord(s):04X}]" for s in unprintable}), style_for)


@lru_cache(maxsize=len(PAGE_SIZES))
def style_for(page_size: str) -> Style:
    """The print style for a page size: Letter or A4."""
    return sheet_style(SHEET, page_size)
