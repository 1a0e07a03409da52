"""A letter as PDF: tagged, in the packet's fonts, by its fetcher."""

from functools import lru_cache

from criteria.papers.letters.content import LetterContent
from criteria.papers.letters.html import LEAST_HEAD, MOST_HEAD, letter_html
from criteria.papers.packet.pdf import PAGE_SIZES, Printed, Style, print_html, sheet_style

SHEET = "criteria/letters/letter.css"
# The head of a page that was not sent: framed, and it says so first.
UNSENT_HEAD = (
    "@top-left { border-top: 2pt solid; font-weight: 700;"
    ' content: "NOT SENT · not a decision" "\\A" string(payer) "\\A" string(patient) }'
    "@top-right { border-top: 2pt solid }"
)


def printed_letter(content: LetterContent) -> Printed:
    """The letter. Signs that no installed font can draw stand as their code points."""
    first = print_html(letter_html(content), style_for)
    if not first.unprintable:
        return first
    return print_html(letter_html(content, first.unprintable), style_for)


@lru_cache(maxsize=len(PAGE_SIZES))
def style_for(page_size: str) -> Style:
    """The print style for a page size: Letter or A4."""
    pages = (_page_below(lines) for lines in range(LEAST_HEAD, MOST_HEAD + 1))
    return sheet_style(SHEET, page_size, *pages)


def _page_below(head_lines: int) -> str:
    """A page whose text begins below a head of that many lines; one that was not sent is framed."""
    top = 1.0 + 0.17 * (head_lines - LEAST_HEAD)
    names = ((f"head-{head_lines}", "", 0.0), (f"unsent-{head_lines}", UNSENT_HEAD, 0.2))
    return "".join(
        f"@page {name} {{ margin-top: {top + more:.2f}in; {boxes} }} body.{name} {{ page: {name} }}"
        for name, boxes, more in names
    )
