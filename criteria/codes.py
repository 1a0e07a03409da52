"""What a diagnosis code says of a request. The commercial list is for reference only (line 670):
a code suggests and warns, the questions decide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from criteria.edition import Code, CodeSystem, Edition

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


def code_notes(
    edition: Edition, codes: tuple[str, ...], indication: str | None, day: date
) -> tuple[CodeNote, ...]:
    """The warnings for the diagnosis codes of a request; none of them changes the result."""
    return tuple(note for code in codes for note in _of_code(edition, code, indication, day))


def _of_code(edition: Edition, code: str, indication: str | None, day: date) -> Iterator[CodeNote]:
    found = edition.codes.get((CodeSystem.ICD10, code))
    if found is None or not found.listed:
        text = f"{code} is not in the policy's code list. The list is for reference: go on."
        yield CodeNote(CodeNoteKind.NOT_LISTED, code, text, "670")
    if found is None:
        return
    yield from _dates(found, day)
    if indication and found.indications and indication not in found.indications + found.unproven:
        names = " or ".join(edition.indications[key].name for key in found.indications)
        text = f"{code} usually goes with {names}. Check the diagnosis or the code."
        yield CodeNote(CodeNoteKind.OTHER_INDICATION, code, text, found.lines)
    for key in found.unproven:
        if key != indication:
            use = edition.indications[key]
            text = f"{code} is also used for {use.name}, which the policy lists as unproven."
            yield CodeNote(CodeNoteKind.ALSO_UNPROVEN, code, text, use.lines)


def _dates(found: Code, day: date) -> Iterator[CodeNote]:
    early = found.first_day is not None and day < found.first_day
    late = found.last_day is not None and day > found.last_day
    if early or late:
        text = f"{found.code} is not billable on {day.day} {day:%b %Y}. {found.note}".strip()
        yield CodeNote(CodeNoteKind.NOT_VALID, found.code, text, found.lines)
