"""Columns and cells of a comparison as they are drawn: signs, words, places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from criteria.requests.assessment.contradicted import contradictions_by_fact
from criteria.requests.case import GateKind
from criteria.requests.comparison import (
    CarriedCase,
    CarriedVia,
    Column,
    ComparedFact,
    FactKind,
    Need,
    Relevance,
)
from criteria.requests.marks import (
    MARKS,
    MET,
    NO_LONGER_NEEDED,
    NOT_ANSWERED,
    NOT_APPLICABLE,
    OPTIONAL,
    OVERALL,
    PLEASE_CHECK,
    StateMark,
)
from criteria.rules import FindingState
from criteria.rules.formats import counted, date_text
from criteria.screens.wizard.panel import criteria_counts, maximum_lines
from criteria.screens.wizard.words import cited

NOT_ASKED = "Not asked by this policy"
WARNING = PLEASE_CHECK.saying("a warning only")
LISTED = MET.saying("in the list")
CONDITION = NOT_APPLICABLE.saying("only a condition")
NOT_NEEDED = NOT_APPLICABLE.saying("not met, not needed")
ONLY_ADVISED = NOT_APPLICABLE.saying("not met, advised only")
UNDECIDED = NOT_ANSWERED.saying("not met, another may do")
NO_LIMIT = NOT_APPLICABLE.saying("no limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands over a column. ``label`` is short, for the cells below.

    ``still_asked``: questions, each with the address of its page, if the request asks it.
    """

    label: str
    title: str
    name: str
    number: str
    since: str
    is_own: bool
    mark: StateMark
    gates: tuple[tuple[StateMark, str, str], ...]
    doses: tuple[str, ...]
    months: str
    progress: str
    still_asked: tuple[tuple[str, str], ...]
    carried: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewNeed:
    """One criterion in a cell."""

    title: str
    required: str
    mark: StateMark
    why: str
    context: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class ViewCell:
    """What one policy says of one fact; nothing where it does not ask."""

    label: str
    needs: tuple[ViewNeed, ...]


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One fact."""

    title: str
    answer: str
    cells: tuple[ViewCell, ...]


def line_words(line: str) -> str:
    """A line of business as it is read."""
    return line.replace("-", " ").capitalize()


def heading_of(column: Column, label: str, asked_at: Mapping[str, str] | None) -> Heading:
    """The head of a column; of the request's own policy with ``asked_at``, by question."""
    edition, found = column.edition, column.found
    until = edition.effective_until
    return Heading(
        label=label,
        title=edition.payer if edition.payer.startswith(label) else f"{label}: {edition.payer}",
        name=edition.policy_name,
        number=edition.number,
        since=f"In force since {date_text(edition.effective_from)}"
        + (f", until {date_text(until)}" if until else ""),
        is_own=asked_at is not None,
        mark=OVERALL[column.overall],
        gates=tuple((MARKS[g.state], g.text, cited(g.lines)) for g in found.gates),
        doses=_doses(column),
        months=counted(found.authorization_months, "month"),
        progress=_progress(column),
        still_asked=tuple((q.wording, (asked_at or {}).get(q.key, "")) for q in column.still_asked),
        carried=tuple(_carried(column.carried)),
    )


def row_of(row: ComparedFact, labels: tuple[str, ...]) -> ViewRow:
    """One fact, drawn."""
    told = row.fact == FactKind.DIAGNOSIS or row.title == CODE_TITLE
    cells = (tuple(_need(need, row, with_title=told) for need in cell) for cell in row.cells)
    return ViewRow(
        title=row.title,
        answer=row.answer,
        cells=tuple(ViewCell(*pair) for pair in zip(labels, cells, strict=True)),
    )


CODE_TITLE = "ICD-10-CM code"


def _need(need: Need, row: ComparedFact, *, with_title: bool) -> ViewNeed:
    return ViewNeed(
        title=need.title if with_title else "",
        required=_required(need, row),
        mark=_mark(need, row),
        why=need.why,
        context=need.context,
        place=need.place,
    )


def _required(need: Need, row: ComparedFact) -> str:
    """What a question needs; what is said of the rest speaks for itself."""
    if row.title == CODE_TITLE or row.fact in set(FactKind):
        return f"{need.required[:1].upper()}{need.required[1:]}"
    return f"{'Advised' if need.is_advised else 'Needs'}: {need.required}"


def _mark(need: Need, row: ComparedFact) -> StateMark:
    """The state of a criterion; one that does no harm is never shown as failing."""
    is_open = need.state is FindingState.NOT_ANSWERED
    match need.bearing:
        case Relevance.WARNS:
            return WARNING
        case Relevance.UNDECIDED:
            return UNDECIDED
        case Relevance.DECIDES:
            return CONDITION
        case Relevance.ADVISED:
            return OPTIONAL if is_open else ONLY_ADVISED
        case Relevance.IDLE if row.fact == FactKind.DOSE:
            return NO_LIMIT
        case Relevance.IDLE if need.state is not FindingState.NOT_APPLICABLE:
            return NO_LONGER_NEEDED if is_open else NOT_NEEDED
        case Relevance.PASSES if row.title == CODE_TITLE:
            return LISTED
    return MARKS[need.state]


def _progress(column: Column) -> str:
    """5 of 6 met, 1 answer open."""
    facts = contradictions_by_fact(column.found)
    counts = [criteria_counts(tree, facts) for tree in column.found.trees]
    met, count = sum(one for one, _ in counts), sum(all_ for _, all_ in counts)
    return f"{met} of {count} met, {counted(len(column.still_asked), 'answer')} open"


def _doses(column: Column) -> tuple[str, ...]:
    """The largest dose in a line for each limit, or why there is none."""
    found = column.found
    if any(gate.gate is GateKind.PATHWAY for gate in found.gates):
        return ("Known once it is chosen which criteria apply.",)
    return maximum_lines(found) or (found.dose.text,)


def _carried(carried: CarriedCase) -> Iterator[str]:
    """What was found for a person, who may know better."""
    if carried.case.indication is None:
        yield (
            "This policy does not name the diagnosis: judged on the general requirements and the "
            "codes alone."
        )
    elif carried.via is CarriedVia.CODE:
        name = carried.edition.indications[carried.case.indication or ""].name
        yield f"The diagnosis was found by the code {carried.code}: {name}."
    if carried.indications:
        yield "Several diagnoses fit the codes. The likeliest is taken unless you choose another."
    if carried.pathways:
        yield (
            "Several sets of criteria fit. The one with the most answers is taken unless you "
            "choose another."
        )
