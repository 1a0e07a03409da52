"""What a letter is written from, and what it says. Plain data."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from criteria.papers.packet.content import Patient, moment_text
from criteria.papers.packet.worksheet import LabelledFact
from criteria.rules.formats import date_text

# Block of an item beside those that a reviewer views.
DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterItem:
    """One thing a letter speaks of: a criterion, a gate before all of them, a document wanted.

    ``required`` says what its answer must be, ``answered`` what was stated, of a gate what was
    found, ``way`` what would meet it, ``evidence`` where in the records it was said to be; nothing
    is required of what does not apply. ``question``: key of what it asks; ``wording``: that
    question where yes or no answers it, which says nothing alone; ``is_dose``: it is the dose,
    which an approval gives; ``about``: of a gate, the facts that settle it, named as contradictions
    name theirs. ``needs_words``: asking about it without a note says nothing. ``parts``: what the
    reviewer says of the criteria below it.
    """

    block: str
    key: str
    title: str
    number: str = ""
    verdict: str = ""
    note: str = ""
    citation: str = ""
    question: str = ""
    wording: str = ""
    is_dose: bool = False
    about: tuple[str, ...] = ()
    required: str = ""
    answered: str = ""
    way: str = ""
    evidence: str = ""
    needs_words: bool = False
    parts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What names it in a form: criteria:mdl."""
        return f"{self.block}:{self.key}"

    @property
    def place(self) -> tuple[str, str]:
        """Block and key."""
        return self.block, self.key

    @property
    def heading(self) -> str:
        """3.1 Prolonged latency."""
        return f"{self.number} {self.title}".strip()

    def as_row(self) -> dict[str, Any]:
        """As plain JSON values, kept with the letter."""
        return asdict(self)


def judged(item: LetterItem, said: Mapping[tuple[str, str], tuple[str, str]]) -> LetterItem:
    """The item with what the reviewer said of it: verdict and note, by block and key."""
    verdict, note = said.get((item.block, item.key), ("", ""))
    return replace(item, verdict=verdict, note=note.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBasis:
    """A submission as letters speak of it. ``items``: everything they may speak of, in order.

    ``asked`` is the dose in the prescriber's words; ``dose_limits`` the limits it is held against.
    """

    number: str
    submission: int
    received_on: date
    practice: str
    payer: str
    policy: str
    policy_name: str
    prescriber: str
    patient: Patient
    indication: str
    asked: str = ""
    dose_limits: tuple[str, ...] = ()
    items: tuple[LetterItem, ...] = ()

    def with_verdict(self, verdict: str) -> tuple[LetterItem, ...]:
        """The criteria of which the reviewer said so."""
        return tuple(item for item in self.items if item.verdict == verdict)

    def chosen(self, ids: Collection[str]) -> tuple[LetterItem, ...]:
        """The items of some ids, in their order."""
        return tuple(item for item in self.items if item.id in ids)

    def at(self, places: Collection[tuple[str, str]]) -> tuple[LetterItem, ...]:
        """The items of some places, in their order."""
        return tuple(item for item in self.items if item.place in places)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """A whole letter. ``facts`` stand in a table before the text, apart from what was edited.

    ``issued_at`` carries the zone it is shown in. ``is_sent`` False marks every page.
    """

    kind: str
    title: str
    is_sent: bool
    basis: LetterBasis
    facts: tuple[LabelledFact, ...]
    text: str
    issued_at: datetime
    issued_by: str

    @property
    def document_title(self) -> str:
        """The document's title: the number and nothing of the patient."""
        return f"{self.title} {self.basis.number}"

    @property
    def issued(self) -> str:
        """When it was sent."""
        return moment_text(self.issued_at)

    @property
    def on(self) -> str:
        """The day it was sent."""
        return date_text(self.issued_at.date())
