"""Reads a pasted list of codes, in whatever form a policy or a spreadsheet gives it."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from criteria.rules.terms import CodeSystem

MOST_LINES = 5000
MOST_CHARACTERS = 1000

_TOKENS = {
    CodeSystem.ICD10: r"[A-Za-z]\d[0-9A-Za-z](?:\.?[0-9A-Za-z]{1,4})?",
    CodeSystem.HCPCS: r"[A-Za-z]\d{4}",
    CodeSystem.CPT: r"\d{4}[0-9A-Za-z]",
}
_MARKS = r"(?:\.-|\.)?(?:\s?[*†‡§]+)?(?!\.?[0-9A-Za-z])"
_TO = r"\s*(?:[-–—−]|\b(?:to|through|thru)\b)\s*"
_BULLET = re.compile(r"^\s*(?:(?:[•·◦▪●‣*†‡§–—-]+\s*)|(?:o|\d{1,4}[.)]|\(\d{1,4}\))\s+)(?=\S)")
_SEPARATORS = " \t,;:|-–—−"
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad")) | {0xA0: " ", 0x202F: " "}
_LINES = r"\d+(?:-\d+)?(?:, ?\d+(?:-\d+)?)*"
_CITED = re.compile(rf"[(\[]?\s*\blines?\s+({_LINES})\s*[)\]]?\s*\.?$", re.IGNORECASE)
_OPEN_RANGE = re.compile(r"\s*[-–—−]\s?\.?\d")
_DOTTED = re.compile(r"\b[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b")


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code of the list, or a range of them up to ``last``. ``at``: its line in the list."""

    at: int
    code: str
    last: str = ""
    description: str = ""
    lines: str = ""


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """A line that says no code, or not clearly which."""

    at: int
    text: str
    why: str


class _UnclearError(Exception):
    """Why a line cannot be read."""


def read_codes(text: str, system: CodeSystem) -> Iterator[GivenCode | UnreadableLine]:
    """Every code and range of a list, and the lines that cannot be read; empty lines say nothing.

    A line holds a code and perhaps its description and the line of the source, or several codes.
    """
    for at, line in enumerate(text.splitlines(), start=1):
        plain = line.translate(_UNSEEN).strip()
        if at > MOST_LINES:
            yield UnreadableLine(at, "", f"A list has at most {MOST_LINES:,} lines.")
            return
        try:
            yield from _codes_of(plain, system, at)
        except _UnclearError as unclear:
            yield UnreadableLine(at, plain[:80], str(unclear))


def standard(typed: str, system: CodeSystem) -> str:
    """A code in capitals; a diagnosis code with its dot."""
    code = typed.upper()
    is_bare = system is CodeSystem.ICD10 and len(code) > 3 and "." not in code
    return f"{code[:3]}.{code[3:]}" if is_bare else code


def _codes_of(line: str, system: CodeSystem, at: int) -> Iterator[GivenCode]:
    if not line:
        return
    if len(line) > MOST_CHARACTERS:
        raise _UnclearError(f"The line is longer than {MOST_CHARACTERS:,} characters.")
    head, cells = _cells(line, system)
    found, rest = _taken(head, system, at)
    more, left = _more(rest, system, at)
    if more and (not left or _CITED.fullmatch(left)):
        found, rest = [*found, *more], left
    description, lines = _said(rest, cells, system)
    if len(found) > 1 and description:
        raise _UnclearError("Several codes share one description: put each on its own line.")
    for code in found:
        yield GivenCode(code.at, code.code, code.last, description, lines)


def _cells(line: str, system: CodeSystem) -> tuple[str, list[str]]:
    """The cell that begins with a code, and the others; a line without cells is one."""
    cells = [line]
    if line.startswith('"'):
        cells = next(csv.reader([line], delimiter="\t" if "\t" in line else ","))
    elif "\t" in line or line.startswith("|"):
        cells = re.split(r"[\t|]", line)
    cells = [cell.strip() for cell in cells if cell.strip()]
    starts = [n for n, cell in enumerate(cells) if _match(_bare(cell), system)]
    if not starts:
        raise _UnclearError(f"It does not begin with {_EXPECTED[system]}.")
    first = starts[0]
    return _bare(cells[first]), [cell for n, cell in enumerate(cells) if n != first]


_EXPECTED = {
    CodeSystem.ICD10: "an ICD-10-CM code, such as G61.81",
    CodeSystem.HCPCS: "an HCPCS code, such as J1561",
    CodeSystem.CPT: "a CPT code, such as 90284",
}


def _bare(cell: str) -> str:
    return _BULLET.sub("", cell, count=1)


def _match(text: str, system: CodeSystem) -> re.Match[str] | None:
    token = _TOKENS[system]
    return re.match(rf"({token}){_MARKS}(?:{_TO}({token}){_MARKS})?", text)


def _taken(text: str, system: CodeSystem, at: int) -> tuple[list[GivenCode], str]:
    """The code or range a text begins with, and what follows it."""
    match = _match(text, system)
    if match is None:
        raise _UnclearError(f"It does not begin with {_EXPECTED[system]}.")
    rest = text[match.end() :]
    if _OPEN_RANGE.match(rest) and not match[2]:
        raise _UnclearError("Write both ends of the range whole, such as M33.00-M33.99.")
    first, last = standard(match[1], system), standard(match[2] or "", system)
    if last and system is not CodeSystem.ICD10:
        raise _UnclearError("A range is only spelled out for ICD-10-CM: list the codes.")
    if last and last < first:
        raise _UnclearError(f"The range runs backwards: {first} to {last}.")
    return [GivenCode(at, first, last)], rest


def _more(rest: str, system: CodeSystem, at: int) -> tuple[list[GivenCode], str]:
    """The codes that follow the first one, and what follows them."""
    found: list[GivenCode] = []
    left = rest.lstrip(_SEPARATORS)
    try:
        while _match(left, system):
            codes, after = _taken(left, system, at)
            found += codes
            left = after.lstrip(_SEPARATORS)
    except _UnclearError:
        return [], rest
    return found, left


def _said(rest: str, cells: list[str], system: CodeSystem) -> tuple[str, str]:
    """The description of a line, and the lines of the source."""
    lines = ""
    if cells and re.fullmatch(_LINES, cells[-1]):
        lines = cells.pop()
    words = [w for w in [rest.strip(_SEPARATORS), *cells] if w and not w.isdigit()]
    description = " ".join(" ".join(words).split()).rstrip("*†‡§ ")
    cited = _CITED.search(description)
    if cited and not lines:
        lines, description = cited[1], description[: cited.start()].rstrip(_SEPARATORS + "(")
    other = _DOTTED.search(description) if system is CodeSystem.ICD10 else None
    if other:
        raise _UnclearError(f"{other[0]} stands in the description: put it on a line of its own.")
    return description, lines
