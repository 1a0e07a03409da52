"""The criteria on the desk: the lines of the packet, each with what the reviewer says of it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from criteria.actions.reviews.dispositions import Place, Stale
from criteria.models import Disposition, Verdict
from criteria.papers.packet.content import PacketContent, PacketGate
from criteria.papers.packet.lines import CriteriaPart, PacketCriterion
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import named_trees
from criteria.requests.case import GateFinding
from criteria.requests.content import RequestContent, StatedEvidence
from criteria.requests.dispositions.gates import GATE, gate_needs_words
from criteria.requests.marks import NOT_APPLICABLE, StateMark
from criteria.rules import FindingState, Leaf
from criteria.rules.explain import numbered
from criteria.rules.formats import says_something
from criteria.screens.review.desk.form import SentView, field_id, token_of
from criteria.screens.review.desk.rounds import AnswerChange, EarlierView, cited, word_of
from criteria.screens.review.desk.view_form import VERDICTS, ViewForm

COUNTED = {
    Verdict.ACCEPTED: "accepted",
    Verdict.ASK: "to ask",
    Verdict.NOT_ACCEPTED: "not accepted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineContext:
    """What the lines are drawn from, beside the packet itself; each by block and key."""

    stored: Mapping[Place, Disposition]
    earlier: Mapping[Place, Sequence[EarlierView]]
    changes: Mapping[Place, AnswerChange]
    evidence: Mapping[Place, StatedEvidence]
    # Of which criteria there is anything to say.
    viewable: Collection[Place]
    # What was sent and could not be saved: it stays in the boxes.
    unsaved: Mapping[Place, SentView]
    stale: Mapping[Place, Stale]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One criterion, or one gate. ``id`` names its fields; ``token`` what the form is drawn over.

    ``can_be_viewed``: whether there is anything to say of it; ``needs_words``: asking about it
    without a note says nothing. ``letter`` and ``page``: the enclosure its evidence is on; empty
    and 0 where none is named.
    """

    id: str
    place: Place
    criterion: PacketCriterion
    needs_words: bool
    cited: str
    verdict: str
    note: str
    token: str
    letter: str
    page: int
    saved: Disposition | None
    earlier: tuple[EarlierView, ...]
    change: AnswerChange | None
    stale: Stale | None
    can_be_viewed: bool

    @property
    def form(self) -> ViewForm:
        """What the reviewer says of it."""
        return ViewForm(self.id, verdict=self.verdict, note=self.note, seen=self.token)

    @property
    def named(self) -> str:
        """Its number, if it has one, and its title."""
        return f"{self.cited} {self.criterion.title}".strip()

    @property
    def said(self) -> StateMark | None:
        """What was said of it, as it is read back."""
        if self.verdict not in Verdict.values:
            return None
        return replace(VERDICTS[Verdict(self.verdict)], word=word_of(self.verdict))

    @property
    def is_aside(self) -> bool:
        """Whether it decides nothing here, and nobody said anything of it: it is folded away."""
        is_idle = self.criterion.is_condition or self.criterion.mark.css == NOT_APPLICABLE.css
        is_told = self.verdict or self.note or self.earlier or self.change or self.stale
        return is_idle and not is_told

    @property
    def lacks_words(self) -> bool:
        """Whether it is asked about without saying what: a group, or one that is met."""
        is_asked = self.verdict == Verdict.ASK
        return is_asked and self.needs_words and not says_something(self.note)

    @property
    def can_be_accepted_with_others(self) -> bool:
        """Whether "Accept everything that is met" means it: met, uncontradicted, no condition."""
        criterion = self.criterion
        is_sure = criterion.state is FindingState.MET and not criterion.is_contradicted
        return is_sure and not criterion.is_condition

    @property
    def theirs(self) -> str:
        """What another window saved over this line meanwhile, in words."""
        stored = None if self.stale is None else self.stale.stored
        if stored is None:
            return "nothing"
        return ": ".join(filter(None, (word_of(stored.verdict), stored.note)))

    @property
    def their_token(self) -> str:
        """What the form is over once the person has read what another window saved."""
        return token_of(None if self.stale is None else self.stale.stored)


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that follow each other, shown or folded away."""

    is_aside: bool
    lines: tuple[DeskLine, ...]

    @property
    def span(self) -> str:
        """The numbers of the first and the last that have one: "3.2 to 3.7"; empty for none."""
        numbers = [line.criterion.number for line in self.lines if line.criterion.number]
        if not numbers:
            return ""
        first, last = numbers[0], numbers[-1]
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class DeskPart:
    """One tree as it stands in the packet."""

    part: CriteriaPart
    lines: tuple[DeskLine, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its lines in their order, those that decide nothing folded where they stand."""
        grouped = groupby(self.lines, key=lambda line: line.is_aside)
        return tuple(Run(is_aside, tuple(lines)) for is_aside, lines in grouped)


def parts_of(content: PacketContent, known: LineContext) -> tuple[DeskPart, ...]:
    """Both trees, line by line, as the packet prints them."""
    return tuple(
        DeskPart(part, tuple(_line(part.block, line, known) for line in part.criteria))
        for part in content.parts
    )


def gates_of(
    content: PacketContent, gates: Iterable[GateFinding], known: LineContext
) -> tuple[DeskLine, ...]:
    """What stands before the criteria, as the packet prints it. ``gates`` in the same order."""
    both = zip(content.gates, gates, strict=True)
    return tuple(_gate_line(printed, gate, known) for printed, gate in both)


def evidence_of(data: RequestContent, assessment: Assessment) -> dict[Place, StatedEvidence]:
    """Where the records bear out the answer to each criterion that names a place."""
    return {
        (tree.block, node.key): data.evidence[node.question.key]
        for tree in named_trees(assessment)
        for place in numbered(tree.finding)
        if isinstance(node := place.finding.node, Leaf) and node.question.key in data.evidence
    }


def page_in(text: str) -> int:
    """The page a typed place means: 2 for "2", "p. 2-3", 1 where no number is in it."""
    found = re.search(r"\d{1,4}", text)
    return max(int(found[0]), 1) if found else 1


def by_place(dispositions: Iterable[Disposition]) -> dict[Place, Disposition]:
    """Dispositions by block and key."""
    return {(one.block, one.key): one for one in dispositions}


def counts(lines: Iterable[DeskLine]) -> tuple[tuple[str, int], ...]:
    """How far the reviewer is: each view with how many lines have it, then those without one."""
    saved = [line.saved for line in lines if not line.is_aside]
    verdicts = ["" if one is None else one.verdict for one in saved]
    named = [(word, verdicts.count(verdict)) for verdict, word in COUNTED.items()]
    return (*named, ("without a view", verdicts.count("")))


def _gate_line(printed: PacketGate, gate: GateFinding, known: LineContext) -> DeskLine:
    criterion = PacketCriterion(
        key=gate.key,
        number="",
        depth=1,
        state=gate.state,
        title=gate.title,
        reason="\n".join(filter(None, (printed.text, printed.words))),
        citation=printed.citation,
    )
    return _made((GATE, gate.key), criterion, known, needs_words=gate_needs_words(gate))


def _line(block: str, criterion: PacketCriterion, known: LineContext) -> DeskLine:
    is_idle = criterion.is_condition or criterion.advised or bool(criterion.joins)
    is_told = not is_idle and criterion.state in (FindingState.NOT_MET, FindingState.NOT_ANSWERED)
    return _made((block, criterion.key), criterion, known, needs_words=not is_told)


def _made(
    place: Place, criterion: PacketCriterion, known: LineContext, *, needs_words: bool
) -> DeskLine:
    stored, sent = known.stored.get(place), known.unsaved.get(place)
    found = known.evidence.get(place, StatedEvidence())
    verdict, note = sent.said.words if sent is not None else _words(stored)
    return DeskLine(
        id=field_id(place),
        place=place,
        criterion=criterion,
        needs_words=needs_words,
        cited=cited(place[0], criterion.number),
        verdict=verdict,
        note=note,
        token=token_of(stored) if sent is None else sent.token,
        letter=found.enclosure,
        page=page_in(found.page) if found.enclosure else 0,
        saved=stored,
        earlier=tuple(known.earlier.get(place, ())),
        change=known.changes.get(place),
        stale=known.stale.get(place),
        can_be_viewed=place[0] == GATE or place in known.viewable,
    )


def _words(stored: Disposition | None) -> tuple[str, str]:
    return ("", "") if stored is None else (stored.verdict, stored.note)
