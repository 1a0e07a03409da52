"""What was typed beside the text of a letter, and what it comes to: items, terms, a reason."""

from collections.abc import Iterator
from functools import cached_property
from zlib import crc32

from django.utils import timezone

from criteria.models import LetterDraft, LetterKind
from criteria.papers.letters.basis import ReadSubmission
from criteria.papers.letters.content import DOCUMENT, LetterItem
from criteria.papers.letters.terms import Terms, terms_of
from criteria.requests.answers.typed import Typed, one
from criteria.requests.dispositions.gaps import ViewGap
from criteria.requests.dispositions.grounds import approval_gaps, denial_gaps, question_gaps
from criteria.screens.review.letters.choices import (
    LetterChoice,
    choices_of,
    no_reasons,
    no_reasons_text,
)
from criteria.screens.review.letters.forms import (
    ApprovalForm,
    DenialForm,
    InformationForm,
    LetterForm,
)
from criteria.screens.review.letters.start import newly_marked, start_typed

# What was typed for one submission, and is not carried over to the next.
SUBMISSION = ("criteria", "marked", "confirm")


class LetterTyped:
    """One letter to one submission, with what was typed. Read-only: actions write.

    ``row``: the letter as it is kept, None before it was saved. ``typed`` over it: what was sent
    just now.
    """

    def __init__(
        self,
        read: ReadSubmission,
        kind: LetterKind,
        row: LetterDraft | None,
        *,
        typed: Typed | None = None,
    ) -> None:
        """Keep what it is made of."""
        self.read, self.kind, self.row, self._sent = read, kind, row, typed

    @property
    def is_current(self) -> bool:
        """Whether the kept letter answers this submission, not an earlier one."""
        return self.row is not None and self.row.submission_id == self.read.submission.pk

    @cached_property
    def typed(self) -> dict[str, list[str]]:
        """What was typed: sent just now, kept, or what the form starts with."""
        if self._sent is not None:
            return dict(self._sent)
        start = start_typed(self.read, self.kind)
        kept = self.row.terms if self.row is not None else {}
        if self.is_current:
            return start | kept | newly_marked(start, kept)
        # The dose and the reason are still good to start from; the criteria are those of now.
        return start | {n: v for n, v in kept.items() if n not in SUBMISSION}

    @cached_property
    def fields(self) -> LetterForm:
        """The fields beside the text, which is composed from them."""
        return self.bound("")

    def bound(self, text: str) -> LetterForm:
        """The fields with a text."""
        typed = self.typed | {"text": [text]}
        if self.kind == LetterKind.APPROVAL:
            requested = self.read.assessment.case.request_date
            return ApprovalForm(typed, requested_on=requested, today=timezone.localdate())
        if self.kind == LetterKind.DENIAL:
            return DenialForm(typed, ids=tuple(item.id for item in self.read.grounds))
        return InformationForm(typed)

    # What the letter speaks of

    @cached_property
    def items(self) -> tuple[LetterItem, ...]:
        """The criteria asked about with the documents wanted, or those the decision rests on."""
        if self.kind == LetterKind.INFORMATION:
            return (*self.asked, *self._documents())
        if self.kind == LetterKind.DENIAL:
            ticked = set(self.typed.get("criteria", ()))
            return tuple(item for item in self.read.grounds if item.id in ticked)
        return self.against if self.terms is not None and self.terms.gives_less else ()

    @property
    def against(self) -> tuple[LetterItem, ...]:
        """What speaks against the whole of what was asked: what less than that may rest on."""
        read = self.read
        places = [ground.place for ground in read.grounds]
        silent = {gap.place for gap in denial_gaps(read.assessment, read.views, places)}
        return tuple(ground for ground in read.grounds if ground.place not in silent)

    @cached_property
    def gaps(self) -> tuple[ViewGap, ...]:
        """What is still to be said of its criteria before it is sent."""
        read, places = self.read, tuple(item.place for item in self.items)
        if self.kind == LetterKind.INFORMATION:
            return question_gaps(read.assessment, read.views, places)
        if self.kind == LetterKind.DENIAL:
            return denial_gaps(read.assessment, read.views, places)
        less = self.terms is not None and self.terms.gives_less
        return approval_gaps(read.assessment, read.views, gives_less=less)

    @property
    def asked(self) -> tuple[LetterItem, ...]:
        """The criteria the reviewer asks about."""
        return self.read.asked

    def _documents(self) -> Iterator[LetterItem]:
        enclosed = " ".join(e.letter for e in self.read.content.enclosures)
        for place, title in enumerate(self.fields.values.get("documents") or (), start=1):
            yield LetterItem(
                block=DOCUMENT, key=f"document-{place}", title=title, evidence=enclosed
            )

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

    @property
    def choices(self) -> tuple[LetterChoice, ...]:
        """What a denial may rest on."""
        return choices_of(self.read, set(self.typed.get("criteria", ())))

    @cached_property
    def no_reasons(self) -> str:
        """What is marked not accepted and is no reason, in a sentence; empty for nothing."""
        return no_reasons_text(no_reasons(self.read))
