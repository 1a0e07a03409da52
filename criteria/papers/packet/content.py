"""Everything a packet says, in the order and the words in which it is printed.

Pure data: the same content gives the same bytes. Text is whole; the layout makes room for it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from criteria.papers.packet.changed import Changes
from criteria.papers.packet.lines import CriteriaPart
from criteria.papers.packet.therapies import Therapy
from criteria.papers.packet.worksheet import DoseWorksheet, LabelledFact
from criteria.requests.marks import MARKS, OVERALL_ON_PAPER, StateMark
from criteria.requests.renewal import BaselineTable
from criteria.rules import FindingState
from criteria.rules.formats import date_text
from criteria.rules.terms import Overall


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Whom the request is for, as it stands on every page."""

    name: str = ""
    born_on: date | None = None
    member_id: str = ""

    @property
    def born(self) -> str:
        """Date of birth as 12 Mar 1961."""
        return date_text(self.born_on) if self.born_on else ""

    @property
    def running_head(self) -> str:
        """Whom a page is about, as every page says it."""
        name, born = self.name or "name not stated", self.born or "not stated"
        return f"Patient {name} · born {born} · member {self.member_id or 'not stated'}"


@dataclass(frozen=True, slots=True)
class PacketSection:
    """Facts under one heading: patient, coverage, prescriber, site of care."""

    title: str
    facts: tuple[LabelledFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyEdition:
    """The edition the request was judged by. ``label`` names it on every page."""

    label: str
    payer: str
    name: str
    number: str
    effective: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class RequestedLine:
    """What is asked for: the diagnosis and the criteria it is held against, then a line each."""

    indication: str
    pathway: str
    facts: tuple[LabelledFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketSummary:
    """What the software finds. ``missing`` was not stated; ``steps`` would meet the criteria.

    ``blocks``: what nobody can change, and nothing else would then help.
    """

    overall: Overall
    sentence: str = ""
    missing: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()

    @property
    def mark(self) -> StateMark:
        """The finding with its sign."""
        return OVERALL_ON_PAPER[self.overall]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketGate:
    """A thing settled before any criterion: an excluded product, an unproven use."""

    state: FindingState
    text: str
    words: str = ""
    citation: str = ""
    is_contradiction: bool = False

    @property
    def mark(self) -> StateMark:
        """The state with its sign."""
        return MARKS[self.state]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence with its place in the policy: a note for the reviewer, a warning on a code."""

    text: str
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketEnclosure:
    """A document sent along. ``letter`` is how the criteria refer to it."""

    letter: str
    name: str
    file: str = ""
    dated_on: date | None = None
    pages: int | None = None
    criteria: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def dated(self) -> str:
        """Its own date as 12 Mar 2026."""
        return date_text(self.dated_on) if self.dated_on else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketAttestation:
    """What was attested, by whom and when; unsigned until ``at`` is set."""

    text: str = ""
    name: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def signed(self) -> str:
        """When it was attested; empty while it is not."""
        return moment_text(self.at) if self.at else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketContent:
    """One packet. ``issued_at`` carries the zone it is shown in.

    ``words`` are the prescriber's own; ``confirmations`` what was confirmed when asked again;
    ``changes`` what is new since the packet before.
    """

    number: str
    practice: str
    is_draft: bool
    issued_at: datetime
    issued_by: str
    patient: Patient
    policy: PolicyEdition
    asked: RequestedLine
    summary: PacketSummary
    dose: DoseWorksheet
    attestation: PacketAttestation = PacketAttestation()
    sections: tuple[PacketSection, ...] = ()
    gates: tuple[PacketGate, ...] = ()
    parts: tuple[CriteriaPart, ...] = ()
    therapies: tuple[Therapy, ...] = ()
    notes: tuple[Remark, ...] = ()
    code_notes: tuple[Remark, ...] = ()
    enclosures: tuple[PacketEnclosure, ...] = ()
    words: str = ""
    confirmations: tuple[str, ...] = ()
    baseline: BaselineTable | None = None
    changes: Changes | None = None

    @property
    def settled(self) -> tuple[PacketGate, ...]:
        """What is settled before the criteria."""
        return tuple(gate for gate in self.gates if not gate.is_contradiction)

    @property
    def contradictions(self) -> tuple[PacketGate, ...]:
        """What stands in two places and does not agree."""
        return tuple(gate for gate in self.gates if gate.is_contradiction)

    @property
    def title(self) -> str:
        """The document's title: the number and nothing of the patient."""
        return f"Authorization request {self.number}"

    @property
    def issued(self) -> str:
        """When it was issued."""
        return moment_text(self.issued_at)


def moment_text(moment: datetime) -> str:
    """A moment as 20 Nov 2026 10:44 EST, in its own zone."""
    return f"{date_text(moment.date())} {moment:%H:%M} {moment:%Z}".rstrip()
