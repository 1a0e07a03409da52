"""What the diagnosis codes of a request say of it.

Where an edition's list of codes is for reference, a code suggests and warns, and the questions
decide. Where the list binds, a request without a listed code is not covered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from criteria.policies.codes.code_list import (
    is_listed,
    known_code,
    named,
    not_in_list,
    out_of_days,
    why_not_listed,
)
from criteria.policies.codes.codebook import Codebook
from criteria.policies.edition import Edition, IndicationDefinition
from criteria.requests.case import GateFinding, GateKind
from criteria.rules import CodesAnswer, FactRole, FindingState
from criteria.rules.formats import joined

FEW = 2


class CodeNoteKind(StrEnum):
    """Why a code is worth a word."""

    NOT_LISTED = "not_listed"
    OTHER_INDICATION = "other_indication"
    ALSO_UNPROVEN = "also_unproven"
    NOT_VALID = "not_valid_on_date"


# What is said already where a code contradicts the diagnosis, or does not exist.
SAID_BY_ODD = (CodeNoteKind.NOT_LISTED, CodeNoteKind.OTHER_INDICATION)


@dataclass(frozen=True, slots=True)
class CodeNote:
    """One warning about one code, with the lines it rests on."""

    kind: CodeNoteKind
    code: str
    text: str
    lines: str = ""


def stated_codes(
    edition: Edition,
    codes: tuple[str, ...],
    day: date,
    indication: IndicationDefinition | None = None,
) -> CodesAnswer | None:
    """The codes as an answer; None when none is stated.

    The request rests on the first of them that the edition lists on ``day`` for the diagnosis, or
    else on the first that it lists: the main code, unless only another one is covered. A request
    for a diagnosis that the list leaves out rests on none, so that no rule of a code concerns it.
    """
    if edition.codes_bind and not _binds(edition, indication):
        return CodesAnswer(codes, "")
    if not codes:
        return None
    listed = [code for code in codes if is_listed(edition, code, day)]
    fitting = [code for code in listed if indication and _names(edition, code, indication)]
    return CodesAnswer(codes, (*fitting, *listed, *codes)[0])


def rests_on_text(
    edition: Edition,
    codes: tuple[str, ...],
    day: date,
    indication: IndicationDefinition | None = None,
) -> str:
    """Which of several codes a request is judged by; empty where that makes no difference.

    "G61.81, the first of its codes in the policy's list"
    """
    answer = stated_codes(edition, codes, day, indication)
    matters = edition.codes_bind or any(
        question.role is FactRole.DIAGNOSIS_CODES for question in edition.questions.values()
    )
    if answer is None or not answer.principal or len(codes) < 2 or not matters:
        return ""
    if not is_listed(edition, answer.principal, day):
        which = "the first code stated"
    elif indication is not None and _names(edition, answer.principal, indication):
        which = "the first of its codes that the policy lists for the diagnosis"
    else:
        which = "the first of its codes in the policy's list"
    return f"{answer.principal}, {which}"


def _names(edition: Edition, code: str, indication: IndicationDefinition) -> bool:
    found = known_code(edition, code)
    return found is not None and indication.key in found.indications


def code_gate(
    edition: Edition,
    codes: tuple[str, ...],
    indication: IndicationDefinition | None,
    day: date,
    book: Codebook,
) -> GateFinding | None:
    """What a list of codes that binds says; None when it is open.

    It does not bind a diagnosis whose codes the list leaves out; a claim needs a code all the same.
    """
    if not _binds(edition, indication):
        text = "No ICD-10-CM code is stated: none is tested here, but the claim needs one."
        is_missing = edition.codes_bind and not codes
        cited = edition.codes_lines
        return (
            GateFinding(GateKind.CODE, FindingState.FOR_REVIEWER, text, cited)
            if is_missing
            else None
        )
    if not codes:
        text = "State the ICD-10-CM code: only a code of the policy's list is covered."
        return GateFinding(GateKind.CODE, FindingState.NOT_ANSWERED, text, edition.codes_lines)
    if any(is_listed(edition, code, day) for code in codes):
        return None
    text = " ".join((*_why_none_is_listed(edition, codes, day, book), edition.codes_words))
    return GateFinding(GateKind.CODE, FindingState.NOT_MET, text, edition.codes_lines)


def _binds(edition: Edition, indication: IndicationDefinition | None) -> bool:
    return edition.codes_bind and (indication is None or indication.codes_bind)


def _why_none_is_listed(
    edition: Edition, codes: tuple[str, ...], day: date, book: Codebook
) -> list[str]:
    """A sentence for each code there is something to say of, then one for all others."""
    told = {code: why_not_listed(edition, code, day, book) for code in codes}
    plain = [code for code, text in told.items() if text == not_in_list([code])]
    said = [text for code, text in told.items() if code not in plain]
    return [*said, not_in_list(plain)] if plain else said


def code_notes(
    edition: Edition,
    codes: tuple[str, ...],
    indication: str | None,
    day: date,
    book: Codebook,
) -> tuple[CodeNote, ...]:
    """The warnings for the diagnosis codes of a request; none of them changes the result."""
    use = None if indication is None else edition.indications[indication]
    rests = stated_codes(edition, codes, day, use)
    covered = rests.principal if rests and is_listed(edition, rests.principal, day) else ""
    context = _context(edition, use, covered)
    return tuple(
        note for code in codes for note in _of_code(edition, code, indication, day, book, context)
    )


def _context(edition: Edition, indication: IndicationDefinition | None, covered: str) -> str:
    """What a code outside the list means for this request."""
    if not edition.codes_bind:
        return edition.codes_words
    if not _binds(edition, indication):
        return "The list is not applied to this diagnosis."
    return f"The request rests on {covered}." if covered else ""


def _of_code(
    edition: Edition, code: str, indication: str | None, day: date, book: Codebook, context: str
) -> Iterator[CodeNote]:
    found = known_code(edition, code)
    if found is None or not found.listed:
        text = f"{why_not_listed(edition, code, day, book)} {context}".strip()
        yield CodeNote(CodeNoteKind.NOT_LISTED, code, text, edition.codes_lines)
    if found is None:
        return
    if not found.valid_on(day):
        text = out_of_days(found, day, book)
        yield CodeNote(CodeNoteKind.NOT_VALID, code, text, found.lines)
    if indication and found.indications and indication not in found.indications + found.unproven:
        names = named([edition.indications[key].name for key in found.indications], FEW)
        text = f"{code} usually goes with {names}. Check the diagnosis or the code."
        yield CodeNote(CodeNoteKind.OTHER_INDICATION, code, text, found.lines)
    others = [edition.indications[key] for key in found.unproven if key != indication]
    if others:
        names = joined([use.name for use in others], "and")
        text = f"{code} is also used for {names}, which the policy lists as unproven."
        lines = ", ".join(dict.fromkeys(use.lines for use in others))
        yield CodeNote(CodeNoteKind.ALSO_UNPROVEN, code, text, lines)
