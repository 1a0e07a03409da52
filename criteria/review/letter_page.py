"""A letter while it is written: what its page and the page before sending are drawn from."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from zlib import crc32

from django.utils import timezone

from criteria.letters.basis import Read
from criteria.letters.compose import approval_text, denial_text, information_text
from criteria.letters.content import DOCUMENT, Item, LetterContent
from criteria.letters.issue import TITLES, letter_content
from criteria.letters.terms import Terms, terms_of
from criteria.letters.text import Block, blocks_of
from criteria.models import LetterDraft, LetterKind, Verdict
from criteria.review.letter_choices import Choice, choices_of
from criteria.review.letter_forms import ApprovalForm, DenialForm, InformationForm, LetterForm
from criteria.review.letter_needs import needs_of
from criteria.review.letter_start import start_typed
from criteria.wizard.forms import Problem
from criteria.wizard.typed import Typed, one

# Kept with what was typed, though no field of the form.
BEFORE = "text_before"


def plain(text: str) -> str:
    """A text as it is compared and kept: one kind of line end, none at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


class LetterPage:
    """One letter to one submission, with what was typed. Read-only: actions write.

    ``row``: the letter as it is kept, None before it was saved. ``typed`` over it: what was sent
    just now.
    """

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
        self.read, self.kind, self.row, self.is_sent = read, kind, row, is_sent
        self.conflict: LetterDraft | None = None
        self.refused = ""
        self.start = start_typed(read, kind)
        self._sent = typed

    @property
    def title(self) -> str:
        """What the letter is."""
        return TITLES[self.kind]

    @property
    def is_current(self) -> bool:
        """Whether the kept letter answers this submission, not an earlier one."""
        return self.row is not None and self.row.submission_id == self.read.submission.pk

    @property
    def revision(self) -> int:
        """The revision the page is drawn from."""
        return 0 if self.row is None else self.row.revision

    @cached_property
    def typed(self) -> dict[str, list[str]]:
        """What was typed: sent just now, kept, or what the form starts with."""
        if self._sent is not None:
            return dict(self._sent)
        kept = self.row.terms if self.row is not None else {}
        if self.is_current:
            return self.start | kept
        # The dose and the reason are still good to start from; the criteria are those of now.
        return self.start | {n: v for n, v in kept.items() if n not in ("criteria", "confirm")}

    @cached_property
    def form(self) -> LetterForm:
        """What was typed, read."""
        return self._bound(self.text)

    @property
    def drawn(self) -> LetterForm:
        """The form with what is said of its fields."""
        self.form.needs = self.problems
        return self.form

    @cached_property
    def fields(self) -> LetterForm:
        """The fields beside the text, which is composed from them."""
        return self._bound("")

    def _bound(self, text: str) -> LetterForm:
        typed = self.typed | {"text": [text]}
        if self.kind == LetterKind.APPROVAL:
            requested = self.read.assessment.case.request_date
            return ApprovalForm(typed, requested_on=requested, today=timezone.localdate())
        if self.kind == LetterKind.DENIAL:
            return DenialForm(typed, ids=tuple(item.id for item in self.read.basis.items))
        return InformationForm(typed)

    # What the letter speaks of

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The criteria asked about with the documents wanted, or those a denial rests on."""
        basis = self.read.basis
        if self.kind == LetterKind.INFORMATION:
            return (*self.asked, *self._documents())
        if self.kind == LetterKind.DENIAL:
            return basis.chosen(set(self.typed.get("criteria", ())))
        return ()

    @property
    def asked(self) -> tuple[Item, ...]:
        """The criteria the reviewer asks about."""
        return self.read.basis.with_verdict(Verdict.ASK)

    def _documents(self) -> Iterator[Item]:
        enclosed = " ".join(e.letter for e in self.read.content.enclosures)
        for place, title in enumerate(self.fields.values.get("documents") or (), start=1):
            yield Item(block=DOCUMENT, key=f"document-{place}", title=title, evidence=enclosed)

    @cached_property
    def terms(self) -> Terms | None:
        """What an approval gives; None for another letter, and while that cannot be read."""
        given = self.fields.given if isinstance(self.fields, ApprovalForm) else None
        if given is None or (given.as_asked and self.read.assessment.case.dose is None):
            return None
        content = self.read.content
        return terms_of(self.read.assessment, given, product=content.product, dose=content.dose)

    @property
    def token(self) -> str:
        """Value of the box that confirms what is above the policy; other figures, another one."""
        return "" if self.terms is None else f"{crc32(self.terms.warning.encode()):08x}"

    @property
    def is_confirmed(self) -> bool:
        """Whether that box is ticked, for these figures."""
        return one(self.typed, "confirm") == self.token

    @property
    def reason(self) -> str:
        """The reason, with what was confirmed when it was asked again."""
        typed = one(self.typed, "reason")
        warning = "" if self.terms is None else self.terms.warning
        return f"{typed}\n\nConfirmed when asked again: {warning}" if warning and typed else typed

    # Its text

    @cached_property
    def composed(self) -> str:
        """The text as it would be composed now."""
        basis = self.read.basis
        if self.kind == LetterKind.INFORMATION:
            return information_text(basis, self.items)
        if self.kind == LetterKind.APPROVAL:
            return approval_text(basis, self.terms, one(self.typed, "reason"))
        return denial_text(basis, self.items, one(self.typed, "reason"))

    @cached_property
    def drawn_from(self) -> str:
        """The composed text that the text began as; one nobody edited is composed each time."""
        if self._sent is not None:
            return LetterPage(self.read, self.kind, self.row).drawn_from
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
    def choices(self) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
        """What a denial may rest on: what was not accepted or is not met, then the rest."""
        return choices_of(self.read, set(self.typed.get("criteria", ())))

    @property
    def is_edited(self) -> bool:
        """Whether a person changed the text."""
        return plain(self.text) != plain(self.drawn_from)

    @property
    def is_stale(self) -> bool:
        """Whether the text was composed from other criteria or terms than those of now."""
        return plain(self.drawn_from) != plain(self.composed)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text as it is printed."""
        return blocks_of(self.text)

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

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is said at the top: after a button that leads to sending."""
        return self.needs if self.is_sent else ()
