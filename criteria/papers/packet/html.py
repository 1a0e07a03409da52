"""From content to the HTML that is printed: no rows, no clock, no files but the templates."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from unicodedata import east_asian_width, name

from django.template.loader import get_template

from criteria.papers.packet.code import content_code
from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.dividers import Divider
from criteria.papers.packet.lines import CriteriaPart
from criteria.papers.packet.rows import PrintedCriterion, row_of
from criteria.papers.packet.worksheet import LabelledFact
from criteria.papers.pdf.checking import check_words
from criteria.requests.marks import StateMark

# Signs that are no text at all: controls and halves of a pair. Shown as such, never dropped.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A value longer than this gets a row of its own.
_HALF_ROW = 60
# Columns of text that a line of the page's head holds, with room to spare for wide letters.
_HEAD_LINE = 56
# The lowest and the tallest head of a page.
LEAST_HEAD, MOST_HEAD = 2, 26
NO_NUMBERS: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DraftMark:
    """What stands on each page of a packet that is no issued one."""

    word: str = "DRAFT"
    words: str = "not submitted · not for a decision"


DRAFT = DraftMark()


@dataclass(frozen=True, slots=True)
class PageName:
    """A kind of page in the style: how tall its head is, and whether it is that of a draft."""

    head_lines: int = LEAST_HEAD
    is_draft: bool = False

    def __str__(self) -> str:
        return f"{'draft' if self.is_draft else 'head'}-{self.head_lines}"


USUAL_PAGE = PageName()


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """One tree of criteria: what heads it, and its rows."""

    title: str
    mark: StateMark
    joins: str
    citation: str
    note: str
    rows: tuple[PrintedCriterion, ...]


@dataclass(frozen=True, slots=True)
class FactBlock:
    """A titled block of facts, two to a row."""

    title: str
    rows: tuple[tuple[LabelledFact, ...], ...]


def packet_html(
    content: PacketContent,
    unprintable: str = "",
    mark: DraftMark = DRAFT,
    dividers: Sequence[Divider] = (),
) -> str:
    """The whole packet as one HTML document without a single address in it.

    ``unprintable`` signs, those no font has, stand as their numbers: [U+D55C]. ``mark``: what a
    content that is a draft is marked with. ``dividers``: of the documents whose pages follow.
    """
    template = get_template("criteria/packet/packet.html")
    numbers = _numbers(unprintable)
    context = context_of(content) | {"body_class": page_name(content, unprintable)}
    context |= {"mark": mark, "dividers": dividers}
    html = template.render(context | {"unprintable": _named(unprintable)})
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", html.translate(numbers))


def context_of(content: PacketContent) -> dict[str, Any]:
    """What the template reads."""
    return {
        "content": content,
        "code": content_code(content),
        "check": check_words("packet"),
        "issued_iso": content.issued_at.isoformat(timespec="seconds"),
        "asked_rows": in_rows(content.asked.facts),
        "dose_rows": in_rows(content.dose.facts),
        "parts": tuple(_table(part) for part in content.parts),
        "sections": tuple(FactBlock(s.title, in_rows(s.facts)) for s in content.sections),
    }


def _table(part: CriteriaPart) -> CriteriaTable:
    rows = tuple(row_of(line) for line in part.criteria)
    return CriteriaTable(part.title, part.mark, part.joins, part.citation, part.note, rows)


def _numbers(signs: str) -> dict[int, str]:
    return {ord(sign): f"[U+{ord(sign):04X}]" for sign in signs}


def _named(signs: str) -> str:
    """U+D55C HANGUL SYLLABLE HAN, and so on."""
    return ", ".join(f"U+{ord(sign):04X} {name(sign, '')}".strip() for sign in signs)


def page_name(content: PacketContent, unprintable: str = "") -> PageName:
    """The page a content is printed on, with those signs as their numbers."""
    return PageName(head_lines(content, _numbers(unprintable)), content.is_draft)


def in_rows(facts: Sequence[LabelledFact]) -> tuple[tuple[LabelledFact, ...], ...]:
    """Short facts two to a row, a long one alone, in their order."""
    rows: list[tuple[LabelledFact, ...]] = []
    for fact in facts:
        short = width(fact.value) <= _HALF_ROW and "\n" not in fact.value
        room = rows and len(rows[-1]) == 1 and width(rows[-1][0].value) <= _HALF_ROW
        if short and room and "\n" not in rows[-1][0].value:
            rows[-1] = (*rows[-1], fact)
        else:
            rows.append((fact,))
    return tuple(rows)


def width(text: str) -> int:
    """Columns a text takes: a wide East Asian sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def head_lines(content: PacketContent, numbers: Mapping[int, str] = NO_NUMBERS) -> int:
    """Lines the head of each page takes, so that it is given room and never cut off."""
    patient = content.patient
    words = f"Patient {patient.name} · born {patient.born or 14 * 'x'} · member {patient.member_id}"
    columns = (width(text.translate(numbers)) for text in (content.practice, words))
    lines = sum(-(-each // _HEAD_LINE) for each in columns)
    return min(max(lines + content.is_draft, LEAST_HEAD), MOST_HEAD)
