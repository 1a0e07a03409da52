"""A letter while it is written: what its page and the page before sending are drawn from."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from criteria.gaps import Gap
from criteria.letters.basis import Read
from criteria.letters.compose import approval_text, denial_text, information_text
from criteria.letters.content import Item, LetterContent
from criteria.letters.issue import TITLES, letter_content
from criteria.models import LetterDraft, LetterKind
from criteria.review.desk_form import field_id
from criteria.review.letter_forms import LetterForm
from criteria.review.letter_needs import needs_of
from criteria.review.letter_typed import LetterTyped
from criteria.review.newer import Newer, newer_of
from criteria.viewed_gates import GATE
from criteria.wizard.field_problem import Problem
from criteria.wizard.typed import Typed, one

# Kept with what was typed, though no field of the form.
BEFORE = "text_before"


def plain(text: str) -> str:
    """A text as it is compared and kept: one kind of line end, none at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


@dataclass(frozen=True, slots=True)
class ViewNeeded:
    """What is still to be said of a criterion; ``line`` is its place on the desk."""

    heading: str
    text: str
    line: str


def _named(item: Item) -> str:
    """A criterion by its number; a gate by what it says, which tells several apart."""
    said = item.answered or item.required
    return f"{item.heading} “{said}”" if item.block == GATE else item.heading


class LetterPage(LetterTyped):
    """The same with its text, and with what it still needs to be sent."""

    def __init__(
        self,
        read: Read,
        kind: LetterKind,
        row: LetterDraft | None,
        *,
        typed: Typed | None = None,
        is_sent: bool = False,
    ) -> None:
        """``is_sent``: whether what is still needed is said beside the fields."""
        super().__init__(read, kind, row, typed=typed)
        self.is_sent = is_sent
        self.conflict: LetterDraft | None = None
        self.refused = ""

    @property
    def title(self) -> str:
        """What the letter is."""
        return TITLES[self.kind]

    @cached_property
    def newer(self) -> Newer | None:
        """A newer edition than the one the letter is written by."""
        return newer_of(self.read.submission, timezone.localdate())

    @property
    def revision(self) -> int:
        """The revision the page is drawn from."""
        return 0 if self.row is None else self.row.revision

    @cached_property
    def form(self) -> LetterForm:
        """What was typed, read."""
        return self.bound(self.text)

    @property
    def drawn(self) -> LetterForm:
        """The form with what is said of its fields."""
        self.form.needs = self.problems
        return self.form

    # Its text

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

    def content(self, *, by: Any) -> LetterContent:
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

    # What it needs

    @cached_property
    def needs(self) -> tuple[Problem, ...]:
        """What keeps it from being sent."""
        return tuple(needs_of(self))

    @cached_property
    def views_needed(self) -> tuple[ViewNeeded, ...]:
        """What is still to be said at the desk, each with its line there."""
        return tuple(map(self._needed, self.gaps))

    def _needed(self, gap: Gap) -> ViewNeeded:
        items = {item.place: item for item in self.read.basis.items}
        item = None if gap.place is None else items.get(gap.place)
        line = "criteria" if gap.place is None else f"line-{field_id(gap.place)}"
        return ViewNeeded(_named(item) if item else gap.title, gap.text, line)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is said at the top: after a button that leads to sending."""
        return self.needs if self.is_sent else ()
