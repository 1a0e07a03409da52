"""Our own HTML, read by the parser of XML: a tenth of the time WeasyPrint's own takes."""

from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from criteria.papers.pdf.fetcher import static_file

_DOCTYPE = "<!doctype html>"
# What elements.css says everything of.
# fmt: off
_ELEMENTS = frozenset((
    "html", "head", "meta", "title", "body", "section", "div", "span", "h1", "h2", "h3", "p",
    "br", "strong", "em", "small", "ul", "li", "table", "colgroup", "col", "thead", "tbody",
    "tr", "th", "td",
))
# fmt: on
# Attributes that mean something to WeasyPrint's own style and nothing to elements.css.
_STYLED = frozenset(("dir", "hidden"))


@lru_cache(maxsize=1)
def _elements() -> Any:
    """The style of our few elements.

    WeasyPrint's own styles six pseudo-elements of each element there is, notes and markers that
    a packet has none of: a fifth of a render, and most of the garbage it leaves.
    """
    return CSS(string=static_file("criteria/packet/elements.css").decode())


class WellFormed(HTML):
    """A document whose HTML is well-formed XML too: every element closed, no named entity."""

    def __init__(self, text: str, base_url: str, url_fetcher: URLFetcher) -> None:
        """Read it. Raises xml.etree.ElementTree.ParseError for any other HTML."""
        root = ElementTree.fromstring(text.removeprefix(_DOCTYPE))  # noqa: S314
        self.base_url = base_url
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
        self._is_plain = all(
            each.tag in _ELEMENTS and _STYLED.isdisjoint(each.keys()) for each in root.iter()
        )

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        """The style WeasyPrint puts below ours; its own where a document holds other elements."""
        own: list[Any] = super()._ua_stylesheets(forms)
        return [_elements()] if self._is_plain and not forms else own


def parsed(text: str, base_url: str, url_fetcher: URLFetcher) -> HTML:
    """A document to print; HTML that is no XML is read by WeasyPrint's own parser."""
    try:
        return WellFormed(text, base_url, url_fetcher)
    except ElementTree.ParseError:
        return HTML(string=text, base_url=base_url, url_fetcher=url_fetcher)
