"""The diagnosis codes beside the diagnosis, where the policy's list of codes is for reference.

A code that is missing, a heading, or not in the list is told in a note. Two are more than that: a
code that ICD-10-CM does not have, and one that plainly belongs to another disease while none of
the codes stated is one of the diagnosis.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from criteria.policies.codes.code_list import known_code
from criteria.policies.codes.codebook import Codebook
from criteria.policies.edition import Edition, IndicationDefinition, NoteDefinition
from criteria.requests.assessment.disagreements.finding import disagreement
from criteria.requests.case import GateFinding
from criteria.rules.formats import joined
from criteria.rules.terms import CodeSystem

ABOUT = ("icd10", "indication")
CATEGORY = 3
FEW = 3
# Symptoms, injuries, causes and circumstances go with any disease.
OF_ANY_DISEASE = "RSTUVWXYZ"
# Two chapters share these letters: the first code of the second.
DIVIDED = {"D": "D50", "H": "H60"}


def of_codes(edition: Edition, said: Mapping[str, str]) -> Iterator[GateFinding]:
    """Each code that disagrees, as ``codes_that_disagree`` says it."""
    for text in said.values():
        yield disagreement(text, ABOUT, edition.codes_lines)


def codes_that_disagree(
    edition: Edition,
    codes: tuple[str, ...],
    day: date,
    indication: IndicationDefinition | None,
    book: Codebook,
) -> dict[str, str]:
    """A sentence for each code that does not exist, or that is one of another disease."""
    if edition.codes_bind:
        return {}
    unknown = {
        code: f"{code} is stated, but ICD-10-CM ({book.release()}) has no such code."
        for code in codes
        if _is_no_code(edition, code, day, book)
    }
    others = [code for code in codes if code not in unknown]
    if indication is None or any(_goes_with(edition, code, indication) for code in others):
        return unknown
    whose = {code: whose_code(edition, code, indication) for code in others}
    return unknown | {
        code: f"The diagnosis is {indication.name}, but the code {code} {words}."
        for code, words in whose.items()
        if words
    }


def _is_no_code(edition: Edition, code: str, day: date, book: Codebook) -> bool:
    """Whether nobody knows a code: not the list, not another edition's, not ICD-10-CM."""
    if known_code(edition, code) is not None or book.facts(code) is not None:
        return False
    was = book.listed(edition.policy_key, code) or book.is_code_on(code, day)
    return not was and bool(book.release())


def _goes_with(edition: Edition, code: str, indication: IndicationDefinition) -> bool:
    """Whether a code may be one of a diagnosis.

    It is mapped to it, or a note of the diagnosis names it, or it is in a category of its codes and
    mapped to no other.
    """
    found = known_code(edition, code)
    if found is not None and indication.key in found.indications + found.unproven:
        return True
    if any(code in note.codes for note in _notes(indication)):
        return True
    is_of_others = found is not None and bool(found.indications)
    return not is_of_others and code[:CATEGORY] in _categories(edition, indication.key)


def _notes(indication: IndicationDefinition) -> Iterator[NoteDefinition]:
    yield from indication.notes
    for pathway in indication.pathways:
        yield from pathway.notes


def whose_code(edition: Edition, code: str, indication: IndicationDefinition) -> str:
    """Which other disease a code belongs to, as the end of a sentence; empty where it may fit.

    Its own entry decides; then its category, where the list has that for other diagnoses alone;
    then its chapter, where no code of the diagnosis is of that.
    """
    own = _categories(edition, indication.key)
    if not own or code[0] in OF_ANY_DISEASE or _goes_with(edition, code, indication):
        return ""
    found = known_code(edition, code)
    keys = () if found is None else found.indications or found.unproven
    keys = keys or _mapped(edition, code[:CATEGORY])
    if keys:
        names = [edition.indications[key].name for key in keys]
        more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
        return f"goes with {joined(names[:FEW])}{more}"
    if _chapter(code) not in {_chapter(each) for each in own}:
        return "is of another chapter of ICD-10-CM than every code of this diagnosis"
    return ""


def _categories(edition: Edition, key: str) -> frozenset[str]:
    """The categories of the codes that are mapped to a diagnosis: G61 of G61.81."""
    return frozenset(
        code[:CATEGORY]
        for (system, code), entry in edition.codes.items()
        if system is CodeSystem.ICD10 and key in entry.indications + entry.unproven
    )


def _mapped(edition: Edition, category: str) -> tuple[str, ...]:
    """The diagnoses that codes of a category are mapped to, each once."""
    entries = (
        entry
        for (system, code), entry in edition.codes.items()
        if system is CodeSystem.ICD10 and code.startswith(category)
    )
    return tuple(dict.fromkeys(key for entry in entries for key in entry.indications))


def _chapter(code: str) -> str:
    """The chapter of ICD-10-CM: a letter, and which half of it where two chapters share one.

    A and B, C and the first half of D, S and T are one chapter each.
    """
    letter = code[0]
    second = letter in DIVIDED and code[:CATEGORY] >= DIVIDED[letter]
    if letter in "AB":
        return "A"
    if letter == "C" or (letter == "D" and not second):
        return "C"
    return f"{letter}{'2' if second else ''}"
