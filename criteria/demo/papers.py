"""Enclosures of the example requests: short records of nobody, printed or as a picture of them."""

from html import escape

from weasyprint import HTML

from criteria.actions.requests.enclosures import CheckedDocument
from criteria.demo.examples import Paper
from criteria.requests.enclosures.content import MediaType
from criteria.requests.enclosures.pictures_drawn import drawn
from criteria.requests.enclosures.settings import file_limits

# A line of its own in the text of a paper: what follows stands on a new page.
NEW_PAGE = "---"
PICTURE_PIXELS = 850


def document_of(paper: Paper) -> CheckedDocument:
    """Pages that say they are an example, with the text of the file."""
    printed = HTML(string=_html(paper)).render()
    content, pages = printed.write_pdf(), len(printed.pages)
    if not paper.is_picture:
        return _document(paper, content, MediaType.PDF, pages)
    picture = drawn(content, 1, PICTURE_PIXELS, file_limits())
    return _document(paper, picture, MediaType.PNG, 1)


def _document(paper: Paper, content: bytes, media_type: MediaType, pages: int) -> CheckedDocument:
    return CheckedDocument(
        content=content,
        file_name=f"{paper.title}{media_type.ending}",
        media_type=media_type.value,
        pages=pages,
    )


def _html(paper: Paper) -> str:
    lines = "".join(
        '<hr style="break-after: page; visibility: hidden">'
        if line == NEW_PAGE
        else f"<p>{escape(line)}</p>"
        for line in paper.text.splitlines()
    )
    return f"<h1>{escape(paper.title)}</h1><p><em>Invented, for demonstration.</em></p>{lines}"
