"""The text of a letter while it is written: as composed, and as a person made it."""

from functools import cached_property

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.models import LetterKind
from criteria.papers.letters.compose import approval_text, denial_text, information_text
from criteria.papers.letters.content import LetterContent
from criteria.papers.letters.issue import letter_content
from criteria.requests.answers.typed import one
from criteria.screens.review.letters.forms import LetterForm
from criteria.screens.review.letters.typed import LetterTyped

# Kept with what was typed, though no field of the form.
BEFORE = "text_before"


def plain(text: str) -> str:
    """A text as it is compared and kept: one kind of line end, none at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


class LetterText(LetterTyped):
    """The same with its text."""

    @cached_property
    def form(self) -> LetterForm:
        """What was typed, read."""
        return self.bound(self.text)

    @cached_property
    def composed(self) -> str:
        """The text as it would be composed now."""
        basis = self.read.basis
        if self.kind == LetterKind.INFORMATION:
            return information_text(basis, self.items)
        if self.kind == LetterKind.APPROVAL:
            return approval_text(basis, self.terms, one(self.typed, "reason"), self.items)
        return denial_text(basis, self.items, one(self.typed, "reason"))

    @cached_property
    def drawn_from(self) -> str:
        """The composed text that the text began as; one nobody edited is composed each time."""
        if self._sent is not None:
            return type(self)(self.read, self.kind, self.row).drawn_from
        row = self.row if self.is_current else None
        return self.composed if row is None or row.text == row.composed else row.composed

    @cached_property
    def text(self) -> str:
        """The text as it stands."""
        if self._sent is not None and "text" in self._sent:
            return plain("".join(self._sent["text"][-1:]))
        row = self.row if self.is_current else None
        return self.composed if row is None or row.text == row.composed else row.text

    @property
    def text_before(self) -> str:
        """A text that was replaced, or written for an earlier submission; nothing is lost."""
        if self.row is None:
            return ""
        return "".join(self.row.terms.get(BEFORE, ())[-1:]) if self.is_current else self.row.text

    @property
    def is_edited(self) -> bool:
        """Whether a person changed the text."""
        return plain(self.text) != plain(self.drawn_from)

    @property
    def is_stale(self) -> bool:
        """Whether the text was composed from other criteria or terms than those of now."""
        return plain(self.drawn_from) != plain(self.composed)

    def content(self, *, by: User) -> LetterContent:
        """The letter as it would be printed now, marked as not sent."""
        return letter_content(
            self.read,
            self.kind,
            text=self.text,
            terms=self.terms,
            is_sent=False,
            at=timezone.now(),
            by=by,
        )
