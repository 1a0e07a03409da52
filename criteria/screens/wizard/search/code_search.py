"""Codes of ICD-10-CM as they are offered, with what the policy's list says of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from criteria.policies.codes.lookup import describe, release
from criteria.policies.codes.spelling import normalized_icd10
from criteria.policies.edition import Edition
from criteria.requests.answers.typed_codes import split_codes
from criteria.requests.marks import MET, NOT_ANSWERED, NOT_MET, StateMark
from criteria.rules.formats import date_text
from criteria.screens.wizard.search.codes_found import FoundCode, find_codes

if TYPE_CHECKING:
    from criteria.requests.stated_request import StatedRequest

MAIN, OTHERS = CODE_FIELDS = ("icd10", "icd10_others")
MOST_SHOWN, MOST_OFFERED = 12, 8
NOT_LISTED = "not-listed"

LISTED = MET.saying("In the policy's code list")
OUTSIDE = NOT_ANSWERED.saying("Not in the policy's code list")
OUTSIDE_BINDING = NOT_MET.saying("Not in the policy's code list")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeHit:
    """One code that was found. ``value``: the diagnosis and the code that choosing it stores.

    ``stands_for``: that diagnosis in words, where it is not the one chosen already. Without a value
    it cannot be chosen: a heading leads to its codes, a code of several diagnoses to these.
    """

    code: str
    description: str
    mark: StateMark
    is_heading: bool = False
    count: int = 0
    value: str = ""
    stands_for: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether the policy's list has it not."""
        return not self.is_heading and self.mark in (OUTSIDE, OUTSIDE_BINDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeResults:
    """What was found for what is typed into a field. ``is_cut``: not every code is shown."""

    name: str
    hits: tuple[CodeHit, ...] = ()
    is_cut: bool = False
    is_nothing_found: bool = False


class CodeOffers:
    """Draws codes for one request. ``chosen``: key of the diagnosis there is, empty for none."""

    def __init__(self, edition: Edition, day: date, chosen: str = "") -> None:
        """Where the list does not bind the chosen diagnosis, a code outside it is no failure."""
        self.edition, self.day, self.chosen = edition, day, chosen
        use = edition.indications.get(chosen)
        binds = edition.codes_bind and (use is None or use.codes_bind)
        self.outside = OUTSIDE_BINDING if binds else OUTSIDE

    def mark(self, found: FoundCode) -> StateMark:
        """What the list says of a code on the day."""
        if found.is_listed:
            return LISTED
        if found.is_of_day or found.known is None:
            return self.outside
        first, last = found.known.first_day, found.known.last_day
        ended = last is not None and last < self.day
        until, since = (date_text(day or self.day) for day in (last, first))
        words = f"Billable only up to {until}" if ended else f"Billable only from {since} on"
        return NOT_MET.saying(words)

    def hit(self, found: FoundCode) -> CodeHit:
        """A code with what it is chosen as."""
        key = "" if found.is_heading else self._diagnosis(found)
        return CodeHit(
            code=found.code,
            description=found.description,
            mark=self.mark(found),
            is_heading=found.is_heading,
            count=len(found.diagnoses),
            value=f"{key} {found.code}" if key else "",
            stands_for=self._named(key),
        )

    def _diagnosis(self, found: FoundCode) -> str:
        """The diagnosis a code stands for; empty for one of several.

        The one chosen stays where nothing in the edition speaks against it: a code outside its
        list that it does not map is of another disease.
        """
        keys, known = found.diagnoses, found.known
        if self.chosen and (self.chosen in keys or (not keys and found.is_listed)):
            return self.chosen
        if known is not None and known.clear and len(known.indications) == 1:
            return known.indications[0]
        return NOT_LISTED if not keys else keys[0] if len(keys) == 1 else ""

    def _named(self, key: str) -> str:
        """A diagnosis that takes the place of another, or that only the code names."""
        if key in ("", self.chosen):
            return ""
        if key == NOT_LISTED:
            return "a diagnosis that is not in the policy" if self.chosen else ""
        return self.edition.indications[key].name


def code_results(draft: "StatedRequest", name: str, typed: str) -> CodeResults:
    """The codes to take for what is typed into a code field; nothing once it is one itself."""
    text = split_codes(typed)[1] if name == OTHERS else typed
    if len(text.strip()) < 2 or draft.edition is None:
        return CodeResults(name=name)
    offers = CodeOffers(draft.edition, draft.request_date)
    found = find_codes(draft.edition, draft.request_date, text).codes
    hits = tuple(map(offers.hit, _not_headings(found)))
    if hits and hits[0].code == normalized_icd10(text):
        return CodeResults(name=name)
    return CodeResults(
        name=name,
        hits=hits[:MOST_OFFERED],
        is_cut=len(hits) > MOST_OFFERED,
        is_nothing_found=not hits and bool(release()),
    )


def _not_headings(codes: Iterable[FoundCode]) -> Iterator[FoundCode]:
    return (found for found in codes if not found.is_heading)


def with_code(name: str, typed: str, code: str) -> str:
    """The field once a code found is taken over."""
    done = split_codes(typed)[0] if name == OTHERS else []
    return ", ".join([*done, code])


def named_by(code: str) -> str:
    """The diagnosis as a code names it; nothing for an unknown one."""
    found = describe(code) if code else None
    return "" if found is None else found.description
