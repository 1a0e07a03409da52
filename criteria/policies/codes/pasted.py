"""Tells codes from words in what is typed or pasted into a search."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from criteria.policies.codes.spelling import normalized_icd10

# For each code that is known whether it is one, and no heading.
Known = Callable[[Collection[str]], Mapping[str, bool]]

# The longest description has 228.
MOST_TYPED = 300
_LABEL = re.compile(
    r"\bICD(?:[\s-]*10)?(?:[\s-]*CM)?(?:\s+codes?)?\b[\s:#=]*|\b(?:dx|diagnos[ie]s|codes?)\b[\s:#=]*",
    re.IGNORECASE,
)
# A code of letters and digits: its first three signs, and what may stand behind the dot.
_HEAD = re.compile(r"(?<![^\W_])[A-Z0][0-9ILO][0-9A-Z]", re.IGNORECASE | re.ASCII)
_TAIL = re.compile(
    r"[\s.,:;_·\u2010-\u2014-]{0,2}[0-9A-Z]{1,4}(?![^\W_])", re.IGNORECASE | re.ASCII
)
_ENDS = re.compile(r"(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was typed: ``codes`` that are known, or the ``start`` of one, and the other ``words``.

    ``read_as``: the codes the text was taken for; empty when it says so itself.
    """

    words: str
    codes: tuple[str, ...] = ()
    start: str = ""
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the text that may be a code. ``is_bare``: nothing stands behind its dot."""

    begin: int
    end: int
    code: str
    is_bare: bool = False


def read_pasted(typed: str, known: Known) -> Pasted:
    """The codes in a text and what else it says: "ICD-10: G61.81 CIDP" is G61.81 and CIDP.

    A sign that only looks like a digit or a dot is read as one where that gives a code: "D80.O".
    Amid words three signs alone are a code only where they are no heading: "B20", not "F18 PET".
    """
    text = unicodedata.normalize("NFKC", typed)[:MOST_TYPED]
    bare = _LABEL.sub(" ", text).strip()
    whole = _as_code(bare) or ""
    pieces = list(_pieces(text))
    facts = known({whole, *(piece.code for piece in pieces)} - {""})
    if whole in facts:
        return _read(typed, [whole], "")
    codes, rest = _apart(text, [piece for piece in pieces if piece.code in facts])
    if rest:
        sure = [p for p in pieces if p.code in facts and (facts[p.code] or not p.is_bare)]
        codes, rest = _apart(text, sure)
    return _read(typed, codes, rest) if codes else Pasted(words=text, start=code_start(bare))


def _apart(text: str, pieces: list[_Piece]) -> tuple[list[str], str]:
    """The codes, none of them twice, and the text around them without what only labels them."""
    codes, around, reached = [], [], 0
    for piece in pieces:
        if piece.begin >= reached:
            codes.append(piece.code)
            around.append(text[reached : piece.begin])
            reached = piece.end
    rest = _LABEL.sub(" ", " ".join([*around, text[reached:]]))
    words = [word for word in rest.split() if any(map(str.isalnum, word))]
    return list(dict.fromkeys(codes)), " ".join(words)


def _read(typed: str, codes: list[str], rest: str) -> Pasted:
    said = ", ".join(codes)
    is_same = typed.strip().upper() == said
    return Pasted(words=rest, codes=tuple(codes), read_as="" if is_same else said)


def code_start(typed: str) -> str:
    """The code, or the start of one, that was typed: "g6181*" is G61.81. Empty when it is none."""
    bare = re.sub(r"[\s.*]", "", unicodedata.normalize("NFKC", typed)).upper()
    return bare if re.fullmatch(r"[A-Z][0-9]", bare) else _as_code(typed) or ""


def _as_code(text: str) -> str | None:
    """A code; with a zero for the letter O in front too, where a dot shows that it is one."""
    letter = re.sub(r"^0(?=[0-9ILO][0-9A-Z]\.)", "O", text, flags=re.IGNORECASE)
    return normalized_icd10(letter)


def _pieces(text: str) -> Iterator[_Piece]:
    """Every part that has the shape of a code, the longer one of each place first."""
    for head in _HEAD.finditer(text):
        begin, end = head.span()
        tail = _TAIL.match(text, end)
        if tail and (code := _as_code(text[begin : tail.end()])):
            yield _Piece(begin, tail.end(), code)
        if _ENDS.match(text, end) and (code := _as_code(head[0])):
            yield _Piece(begin, end, code, is_bare=True)
