"""Our documents are laid out by a style of our own elements: as by WeasyPrint's, to the byte."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from criteria.papers.letters.pdf import printed_letter
from criteria.papers.packet.pdf import printed
from criteria.papers.pdf.parse import WellFormed
from tests.helpers.papers.letters import LETTER
from tests.papers.packet.contents import complete, draft, not_meeting
from tests.papers.packet.enclosed import corner_pdf, packet_with

PRINTED: dict[str, Callable[[], bytes]] = {
    "complete": lambda: printed(complete()).pdf,
    "draft": lambda: printed(draft()).pdf,
    "not-meeting": lambda: printed(not_meeting()).pdf,
    "joined": lambda: packet_with(corner_pdf(2))[0].pdf,
    "letter": lambda: printed_letter(LETTER).pdf,
    "preview": lambda: printed_letter(replace(LETTER, is_sent=False)).pdf,
}


@pytest.mark.parametrize("name", PRINTED)
def test_it_looks_as_with_the_style_of_weasyprint(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = PRINTED[name]()
    monkeypatch.setattr(WellFormed, "_ua_stylesheets", HTML._ua_stylesheets)
    assert found == PRINTED[name]()


def sheets(body: str) -> list[Any]:
    text = f"<!doctype html><html><body>{body}</body></html>"
    return WellFormed(text, "packet:", URLFetcher())._ua_stylesheets()


@pytest.mark.parametrize(
    ("body", "is_plain"),
    [
        ("<p>Plain</p>", True),
        ("<blockquote>Said</blockquote>", False),
        ('<p dir="rtl">Turned</p>', False),
        ('<p hidden="">Unseen</p>', False),
    ],
)
def test_another_element_brings_back_the_style_of_weasyprint(body: str, is_plain: bool) -> None:
    whole = HTML(string=body)._ua_stylesheets()
    assert (sheets(body) != whole) is is_plain
