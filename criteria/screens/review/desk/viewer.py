"""The enclosure beside the criteria: one page of one document, and the list of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from criteria.papers.packet.content import PacketContent
from criteria.requests.content import EnclosedDocument, RequestContent
from criteria.screens.forms import UnseenForm, unseen
from criteria.screens.review.desk.form import field_id

MOST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What the address asks for: the letter of an enclosure, a page, the line it was asked from."""

    letter: str = ""
    page: str = ""
    line: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "ShownPage":
        """From the address, or from the hidden fields of the form."""
        return cls(query.get("encl", "")[:2], query.get("page", "")[:9], query.get("line", "")[:99])

    @property
    def unseen(self) -> UnseenForm:
        """The same as fields of the form of the criteria, to come back to this page."""
        shown = {"encl": self.letter, "page": self.page, "line": self.line}
        return unseen(shown, form="dispositions")

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        given = {"encl": self.letter, "page": self.page, "line": self.line}
        filled = {name: value for name, value in given.items() if value}
        return f"?{urlencode(filled)}" if filled else ""


@dataclass(frozen=True)
class Viewer:
    """The enclosures of a submission, with one page open."""

    number: str
    data: RequestContent
    content: PacketContent
    shown: ShownPage

    @cached_property
    def document(self) -> EnclosedDocument | None:
        """The document asked for; the first one with a file where none is asked for."""
        wanted = self.shown.letter
        if wanted:
            return next((d for d in self.data.enclosures if d.letter == wanted), None)
        return next((d for d in self.data.enclosures if d.has_file), None)

    @cached_property
    def last_page(self) -> int:
        """How many pages the document has; a picture has one. 0 where it is not known."""
        document = self.document
        if document is None:
            return 0
        return document.pages or (1 if document.media_type.startswith("image/") else 0)

    @cached_property
    def page(self) -> int:
        """The page asked for, from 1; 0 for one the document does not have."""
        text = self.shown.page or "1"
        if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
            return 0
        page = int(text)
        return page if page <= (self.last_page or page) else 0

    @property
    def problem(self) -> str:
        """Why nothing is shown; empty while a page is."""
        document, wanted = self.document, self.shown.letter
        if document is None:
            return f"This submission has no enclosure {wanted}." if wanted else ""
        if not document.has_file:
            return f"Enclosure {document.letter} is announced; no file came with it."
        if not self.page:
            pages = f"has {self.last_page}" if self.last_page else "counts its pages from 1"
            return f"Page {self.shown.page} is not there: enclosure {document.letter} {pages}."
        return ""

    @property
    def picture_url(self) -> str:
        """The page as a picture; empty where none can be shown."""
        if self.document is None or self.problem:
            return ""
        try:
            return reverse(
                "wizard:enclosure-page", args=[self.number, self.document.letter, self.page]
            )
        except NoReverseMatch:
            return ""

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self._page_url(self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        is_last = self.last_page and self.page >= self.last_page
        return "" if is_last or not self.page else self._page_url(self.page + 1)

    @property
    def criteria(self) -> tuple[str, ...]:
        """The numbers of the criteria that point to the open document."""
        letter = "" if self.document is None else self.document.letter
        return next((e.criteria for e in self.content.enclosures if e.letter == letter), ())

    @property
    def return_to(self) -> str:
        """The number of the criterion it was opened from; empty where it was none."""
        numbers = {
            field_id((part.block, line.key)): line.number
            for part in self.content.parts
            for line in part.criteria
        }
        return numbers.get(self.shown.line, "")

    def _page_url(self, page: int) -> str:
        letter = "" if self.document is None else self.document.letter
        return ShownPage(letter, str(page), self.shown.line).query
