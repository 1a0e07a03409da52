"""What the diagnosis codes of a request say of it.

Where an edition's list of codes is for reference, a code suggests and warns, and the questions
decide. Where the list binds, a request without a listed code is not covered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from criteria.case import Gate, GateFinding
from criteria.codebook import Codebook
from criteria.edition import Code, CodeSystem, Edition, Indication
from criteria.rules import CodesAnswer, State
from criteria.rules.formats import date_text, joined

MOST_NAMED = 8
ICD10_SHAPE = re.compile(r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$")


class CodeNoteKind(StrEnum):
    """Why a code is worth a word."""

    NOT_LISTED = "not_listed"
    OTHER_INDICATION = "other_indication"
    ALSO_UNPROVEN = "also_unproven"
    NOT_VALID = "not_valid_on_date"


@dataclass(frozen=True, slots=True)
class CodeNote:
    """One warning about one code, with the lines it rests on."""

    kind: CodeNoteKind
    code: str
    text: str
    lines: str = ""


def normalized_icd10(typed: str) -> str | None:
    """ICD-10-CM code in its standard form; None when it has not the shape of one.

    Upper case, the dot put in, and a footnote asterisk taken off: "g6181" and "G61.81*" are G61.81.
    """
    bare = typed.strip().rstrip("*").upper().replace(" ", "")
    if "." not in bare and len(bare) > 3:
        bare = f"{bare[:3]}.{bare[3:]}"
    return bare if ICD10_SHAPE.match(bare) else None


def stated_codes(edition: Edition, codes: tuple[str, ...], day: date) -> CodesAnswer | None:
    """The codes as an answer; None when none is stated.

    The request rests on the first of them that the edition lists on ``day``: the main code, unless
    only another one is covered.
    """
    if not codes:
        return None
    return CodesAnswer(codes, next((c for c in codes if is_listed(edition, c, day)), codes[0]))


def is_listed(edition: Edition, code: str, day: date) -> bool:
    """Whether the edition's list has a code, on its days of service."""
    found = _known(edition, code)
    return found is not None and found.listed and found.valid_on(day)


def code_gate(
    edition: Edition,
    codes: tuple[str, ...],
    indication: Indication | None,
    day: date,
    book: Codebook,
) -> GateFinding | None:
    """What a list of codes that binds says; None when it is open.

    It does not bind a diagnosis whose codes the list leaves out.
    """
    if not edition.codes_bind or (indication is not None and not indication.codes_bind):
        return None
    if not codes:
        text = "State the ICD-10-CM code: only a code of the policy's list is covered."
        return GateFinding(Gate.CODE, State.NOT_ANSWERED, text, edition.codes_lines)
    if any(is_listed(edition, code, day) for code in codes):
        return None
    told = [why_not_listed(edition, code, day, book) for code in codes]
    text = " ".join((*told, edition.codes_words))
    return GateFinding(Gate.CODE, State.NOT_MET, text, edition.codes_lines)


def code_notes(
    edition: Edition,
    codes: tuple[str, ...],
    indication: str | None,
    day: date,
    book: Codebook,
) -> tuple[CodeNote, ...]:
    """The warnings for the diagnosis codes of a request; none of them changes the result."""
    return tuple(n for code in codes for n in _of_code(edition, code, indication, day, book))


def why_not_listed(edition: Edition, code: str, day: date, book: Codebook) -> str:
    """Why a code is not in the list on a day of service: when it entered or left, what is instead.

    "D59.1 left the policy's code list on 1 Oct 2020. It is a heading of codes that are in the
    list: D59.11, D59.12, D59.13 or D59.19."
    """
    found = _known(edition, code)
    if found is not None and found.listed:
        return _out_of_days(found, day, book)
    spans = book.listed(edition.policy_key, code)
    ended = max((s.until for s in spans if s.until is not None and s.until <= day), default=None)
    starts = min((s.first for s in spans if s.first > day), default=None)
    if ended is not None:
        text = f"{code} left the policy's code list on {date_text(ended)}."
    elif starts is not None:
        text = f"{code} is in the policy's code list from {date_text(starts)} only."
    else:
        text = f"{code} is not in the policy's code list."
    return f"{text} {_instead(edition, code, book)}".strip()


def _of_code(
    edition: Edition, code: str, indication: str | None, day: date, book: Codebook
) -> Iterator[CodeNote]:
    found = _known(edition, code)
    if found is None or not found.listed:
        text = f"{why_not_listed(edition, code, day, book)} {_reference(edition)}".strip()
        yield CodeNote(CodeNoteKind.NOT_LISTED, code, text, edition.codes_lines)
    if found is None:
        return
    if not found.valid_on(day):
        text = _out_of_days(found, day, book)
        yield CodeNote(CodeNoteKind.NOT_VALID, code, text, found.lines)
    if indication and found.indications and indication not in found.indications + found.unproven:
        names = " or ".join(edition.indications[key].name for key in found.indications)
        text = f"{code} usually goes with {names}. Check the diagnosis or the code."
        yield CodeNote(CodeNoteKind.OTHER_INDICATION, code, text, found.lines)
    for key in found.unproven:
        if key != indication:
            use = edition.indications[key]
            text = f"{code} is also used for {use.name}, which the policy lists as unproven."
            yield CodeNote(CodeNoteKind.ALSO_UNPROVEN, code, text, use.lines)


def _reference(edition: Edition) -> str:
    """What is said of a code outside a list that only refers."""
    return "" if edition.codes_bind else edition.codes_words


def _known(edition: Edition, code: str) -> Code | None:
    return edition.codes.get((CodeSystem.ICD10, code))


def _out_of_days(found: Code, day: date, book: Codebook) -> str:
    """A listed code on a day it is not billable."""
    if found.last_day is not None and day > found.last_day:
        text = f"{found.code} is billable up to {date_text(found.last_day)} only."
    elif found.first_day is not None:
        text = f"{found.code} is billable from {date_text(found.first_day)} only."
    return " ".join(filter(None, (text, found.note or _divided(found.code, book))))


def _instead(edition: Edition, code: str, book: Codebook) -> str:
    """What the list has above or below a code, or else what the code is divided into."""
    listed = [c.code for c in _icd10(edition) if c.listed and c.code != code]
    below = [each for each in listed if is_below(each, code)]
    if below:
        return f"It is a heading of codes that are in the list: {joined(below[:MOST_NAMED])}."
    above = [each for each in listed if is_below(code, each)]
    return f"The list has its heading {above[-1]}." if above else _divided(code, book)


def _divided(code: str, book: Codebook) -> str:
    facts = book.facts(code)
    if facts is None or facts.billable or not facts.children:
        return ""
    return f"It is a heading: use {joined(facts.children[:MOST_NAMED])}."


def is_below(code: str, heading: str) -> bool:
    """Whether a code stands below a heading: D59.11 below D59.1, and below D59."""
    return code != heading and code.replace(".", "").startswith(heading.replace(".", ""))


def _icd10(edition: Edition) -> Iterator[Code]:
    return (c for (system, _), c in edition.codes.items() if system is CodeSystem.ICD10)
