"""Where an edition names codes outside its lists: what a code leaves behind when it goes."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from criteria.models import (
    Code,
    Contradiction,
    Criterion,
    Part,
    PolicyVersion,
    ProductCode,
    ReviewerNoteCode,
)
from criteria.rules.terms import CodeSystem


@dataclass(frozen=True, slots=True)
class CodePlace:
    """A part that names a code. ``holds``: the code stays until it is taken out there."""

    model: str
    pk: int
    words: str
    holds: bool


def places_of(
    version: PolicyVersion, system: CodeSystem, codes: Collection[str]
) -> Mapping[str, list[CodePlace]]:
    """Each code with the criteria, notes or products that name it."""
    found: defaultdict[str, list[CodePlace]] = defaultdict(list)
    if not codes:
        return found
    if system is CodeSystem.HCPCS:
        billed = ProductCode.objects.filter(version=version, code__in=codes)
        for row in billed.select_related("product"):
            found[row.code].append(_place(row.product, f"billing code of {row.product}", False))
    if system is CodeSystem.ICD10:
        _in_criteria(version, codes, found)
        _in_contradictions(version, codes, found)
        noted = ReviewerNoteCode.objects.filter(version=version, code__in=codes)
        for note in noted.select_related("note"):
            found[note.code].append(_place(note.note, f"note “{note.note}”", False))
    return found


def _in_criteria(
    version: PolicyVersion, codes: Collection[str], found: defaultdict[str, list[CodePlace]]
) -> None:
    wanted = set(codes)
    for row in Criterion.objects.filter(version=version).exclude(codes=""):
        for code in wanted.intersection(row.codes.split()):
            found[code].append(_place(row, f"criterion “{row}”", True))


def _in_contradictions(
    version: PolicyVersion, codes: Collection[str], found: defaultdict[str, list[CodePlace]]
) -> None:
    wanted = set(codes)
    for row in Contradiction.objects.filter(version=version).exclude(codes=""):
        for code in wanted.intersection(row.codes.split()):
            found[code].append(_place(row, f"contradiction “{row}”", True))


def _place(row: Part, words: str, holds: bool) -> CodePlace:
    return CodePlace(row._meta.model_name or "", row.pk, words, holds)


def left_without_code(version: PolicyVersion, going: Collection[Code]) -> Mapping[int, list[str]]:
    """Each code that goes, by its row, with the diagnoses no other code leads to."""
    links = Code.indications.through.objects.filter(code__version=version)
    pairs = links.values_list("code_id", "indication_id", "indication__name")
    gone = {code.pk for code in going}
    kept = {indication for code, indication, _ in pairs if code not in gone}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for code, indication, name in pairs:
        if code in gone and indication not in kept:
            found[code].append(name)
    return found
