"""The lines of the criteria as the cells of a table row.

A cell is a few texts with line breaks in them and not an element for each: what WeasyPrint takes
to print a packet goes with the number of its elements.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from criteria.papers.packet.lines import PacketCriterion
from criteria.requests.marks import FOR_REVIEWER


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCriterion:
    """One criterion in print. ``said`` is its answer, ``unsaid`` what stands in place of one.

    ``more`` and ``needs`` stand smaller below title and answer. A long answer and its source
    leave their cells: they follow as ``long_answer`` and ``long_source`` in the page's width.
    """

    kind: str
    number: str
    state: str
    title: str
    level: int
    more: str
    is_group: bool
    said: str
    unsaid: str
    needs: str
    citation: str
    evidence: str
    long_answer: str = ""
    long_source: str = ""


def row_of(line: PacketCriterion) -> PrintedCriterion:
    """The cells of one criterion."""
    evidence = line.evidence
    note = f"Note: {line.note}" if line.note else ""
    is_group = bool(line.joins)
    return PrintedCriterion(
        kind=" ".join(_kinds(line)),
        number=line.number,
        state=f"{line.mark.sign} {line.mark.word}",
        title=f"{line.part.upper()} {line.title}".strip(),
        level=line.level,
        more=_below(
            line.joins,
            line.question,
            note,
            line.reason if is_group else "",
            *_contradicted(line),
        ),
        is_group=is_group,
        said="" if line.is_long else line.answer,
        unsaid=_unsaid(line),
        needs=_below(_needs(line), "" if is_group else line.reason),
        citation=line.citation,
        evidence=_below("" if line.is_long else evidence.source, evidence.place),
        long_answer=line.answer if line.is_long else "",
        long_source=evidence.source if line.is_long else "",
    )


def _kinds(line: PacketCriterion) -> Iterable[str]:
    yield line.mark.css
    if line.joins:
        yield "group"
    if line.is_long:
        yield "lead"


def _unsaid(line: PacketCriterion) -> str:
    """What stands where the answer would."""
    if line.is_long:
        return "see below"
    if line.answer or not line.question:
        return ""
    if line.advised:
        return "not answered, only advised"
    return "not answered" if line.needed else "not answered, not needed"


def _needs(line: PacketCriterion) -> str:
    if not line.required:
        return ""
    if line.is_condition:
        return f"applies if {line.required}"
    return f"{'advised:' if line.advised else 'needs'} {line.required}"


def _contradicted(line: PacketCriterion) -> Iterable[str]:
    sign = FOR_REVIEWER.sign
    return (f"{sign} Contradicted: {text}" for text in line.contradictions)


def _below(*texts: str) -> str:
    """One below the other, without the empty ones."""
    return "\n".join(filter(None, texts))
