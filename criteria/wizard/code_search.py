"""Finds a code of ICD-10-CM, and says what the policy's list says of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.codes import is_listed, normalized_icd10
from criteria.edition import CodeSystem, Edition
from criteria.icd10.lookup import describe, release
from criteria.icd10.search import search
from criteria.models import IcdCode
from criteria.policyfile.codebook import codes_on
from criteria.wizard.states import Mark
from criteria.wizard.typed import one
from criteria.wizard.typed_codes import split_codes

if TYPE_CHECKING:
    from criteria.wizard.draft import Draft

MAIN, OTHERS = CODE_FIELDS = ("icd10", "icd10_others")
MOST_SHOWN, MOST_OFFERED = 12, 8
NOT_LISTED = "not-listed"

LISTED = Mark("✓", "In the policy's code list", "state-met")
OUTSIDE = Mark("○", "Not in the policy's code list", "state-not-answered")
OUTSIDE_BINDING = Mark("✕", "Not in the policy's code list", "state-not-met")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeHit:
    """One code that was found. ``value``: what choosing it with a diagnosis sends.

    A heading cannot be chosen: it leads to its codes.
    """

    code: str
    description: str
    is_heading: bool
    mark: Mark
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeResults:
    """What was found for what is typed into a field. ``is_cut``: not every code is shown."""

    name: str
    hits: tuple[CodeHit, ...] = ()
    is_cut: bool = False
    is_nothing_found: bool = False


def code_hits(draft: "Draft", typed: str, without: Collection[str] = ()) -> CodeResults:
    """The codes for the search of the page. ``without``: codes that are shown already."""
    hits = tuple(hit for hit in _hits(draft, typed) if hit.code not in without)
    return CodeResults(name="q", hits=hits[:MOST_SHOWN], is_cut=len(hits) > MOST_SHOWN)


def _hits(draft: "Draft", typed: str) -> tuple[CodeHit, ...]:
    """The codes found, those of the policy's list first; none while no table is loaded."""
    edition = draft.edition
    if edition is None:
        return ()
    day = draft.request_date
    listed = {c for system, c in edition.codes if system is CodeSystem.ICD10}
    listed = {code for code in listed if is_listed(edition, code, day)}
    found = search(typed, listed=listed)
    headings = [row.code for row in found if not row.billable and row.code not in listed]
    # What a policy lists on the day counts, whatever became of the code since.
    known = listed | codes_on(headings, day) if headings else listed
    return tuple(_hit(draft, edition, row, row.code in listed, row.code in known) for row in found)


def _hit(
    draft: "Draft", edition: Edition, row: IcdCode, is_in_list: bool, is_code: bool
) -> CodeHit:
    is_free = draft.indication is not None and not draft.indication.codes_bind
    outside = OUTSIDE_BINDING if edition.codes_bind and not is_free else OUTSIDE
    return CodeHit(
        code=row.code,
        description=row.description,
        is_heading=not row.billable and not is_code,
        mark=LISTED if is_in_list else outside,
        value=f"{_diagnosis(draft, edition, row.code)} {row.code}",
    )


def _diagnosis(draft: "Draft", edition: Edition, code: str) -> str:
    """The diagnosis that is chosen with a code: the one there is, or else what the code says.

    Nothing is chosen for a code of several diagnoses.
    """
    if draft.has_diagnosis:
        return one(draft.typed, "indication")
    known = edition.codes.get((CodeSystem.ICD10, code))
    if known is None or not (known.indications or known.unproven):
        return NOT_LISTED
    return known.indications[0] if known.clear and len(known.indications) == 1 else ""


def code_results(draft: "Draft", name: str, typed: str) -> CodeResults:
    """The codes to take for what is typed into a code field; nothing once it is one itself."""
    text = split_codes(typed)[1] if name == OTHERS else typed
    if len(text.strip()) < 2:
        return CodeResults(name=name)
    hits = tuple(hit for hit in _hits(draft, text) if not hit.is_heading)
    if hits and hits[0].code == normalized_icd10(text):
        return CodeResults(name=name)
    return CodeResults(
        name=name,
        hits=hits[:MOST_OFFERED],
        is_cut=len(hits) > MOST_OFFERED,
        is_nothing_found=not hits and bool(release()),
    )


def with_code(name: str, typed: str, code: str) -> str:
    """The field once a code found is taken over."""
    done = split_codes(typed)[0] if name == OTHERS else []
    return ", ".join([*done, code])


def named_by(code: str) -> str:
    """The diagnosis as a code names it; nothing for an unknown one."""
    found = describe(code) if code else None
    return "" if found is None else found.description
