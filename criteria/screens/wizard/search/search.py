"""Finds a diagnosis by its name, a synonym or an ICD-10-CM code. Unproven uses are found too."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from criteria.policies.codes.words import Fit
from criteria.policies.edition import Edition, IndicationDefinition
from criteria.requests.marks import FOR_REVIEWER, MET, NOT_MET, StateMark
from criteria.rules.terms import Coverage
from criteria.screens.wizard.search.code_search import MOST_SHOWN, CodeHit, CodeOffers
from criteria.screens.wizard.search.codes_found import CodesFound, FoundCode, find_codes
from criteria.screens.wizard.search.misspelt import meant
from criteria.screens.wizard.search.names import NameFound, named
from criteria.screens.wizard.words import cited

MOST_HITS = 20

COVERAGE = {
    Coverage.CRITERIA: MET.saying("Covered when its criteria are met"),
    Coverage.GENERAL: MET.saying("Covered on the general requirements alone"),
    Coverage.UNPROVEN: NOT_MET.saying("On the policy's list of unproven uses"),
}


UNSETTLED = FOR_REVIEWER.saying("The policy does not settle it: a reviewer decides")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One diagnosis that was found. ``code``: the one code it is chosen with, if any.

    ``by``: the other name it was found by, or how many of its codes fit.
    """

    indication: IndicationDefinition
    code: CodeHit | None = None
    by: str = ""
    is_unsettled: bool = False

    @property
    def mark(self) -> StateMark:
        """What the policy says of it."""
        if self.is_unsettled:
            return UNSETTLED
        return COVERAGE[self.indication.coverage]

    @property
    def cited(self) -> str:
        """Where the policy says so."""
        return cited(self.indication.lines)

    @property
    def is_unproven(self) -> bool:
        """Whether the policy lists it as unproven."""
        return self.indication.coverage is Coverage.UNPROVEN

    @property
    def value(self) -> str:
        """What choosing it sends."""
        return f"{self.indication.key} {'' if self.code is None else self.code.code}".strip()


@dataclass(frozen=True, slots=True)
class Results:
    """All a search shows, in this order.

    ``read_as``: the codes that what was typed was taken for. ``best``: diagnoses, each once, and
    codes of none that are just what was typed. ``meant``: diagnoses whose names are only like what
    was typed. ``codes``: all others; ``is_cut``: not every one of them is shown.
    """

    read_as: str = ""
    best: tuple[Hit | CodeHit, ...] = ()
    meant: tuple[Hit, ...] = ()
    codes: tuple[CodeHit, ...] = ()
    is_cut: bool = False

    @property
    def diagnoses(self) -> tuple[Hit, ...]:
        """The diagnoses that were found for certain."""
        return tuple(hit for hit in self.best if isinstance(hit, Hit))

    @property
    def has_outside(self) -> bool:
        """Whether a code outside the policy's list is among what is shown."""
        codes = (hit.code if isinstance(hit, Hit) else hit for hit in (*self.best, *self.codes))
        return any(code is not None and code.is_outside for code in codes)


# Where a hit stands: lower numbers first.
Order = tuple[int, int, int, bool, bool, int, str]
# By a code that was typed, by the very words, by its name, by the start or the words of a code.
TYPED, SAME, NAMED, OTHER = range(4)


def search(edition: Edition, day: date, typed: str, chosen: str = "") -> Results:
    """What fits what was typed. ``chosen``: key of the diagnosis the request has."""
    found = find_codes(edition, day, typed)
    offers = CodeOffers(edition, day, chosen)
    names = dict(named(edition, found.pasted.words))
    rows: list[tuple[Order, Hit | CodeHit]] = []
    rows += _diagnoses(edition, found, names, offers)
    rows += _codes_alone(found, offers)
    open_points = {key for point in edition.contradictions.values() for key in point.indications}
    ordered = [hit for _, hit in sorted(rows, key=lambda row: row[0])][:MOST_HITS]
    best = tuple(_unsettled(hit, open_points) if isinstance(hit, Hit) else hit for hit in ordered)
    shown = {hit.code.code if isinstance(hit, Hit) and hit.code else "" for hit in best}
    shown |= {hit.code for hit in best if isinstance(hit, CodeHit)}
    others = [code for code in found.codes if code.code not in shown]
    return Results(
        read_as=found.pasted.read_as,
        best=best,
        meant=tuple(_unsettled(hit, open_points) for hit in _meant(edition, found, names)),
        codes=tuple(map(offers.hit, others[:MOST_SHOWN])),
        is_cut=len(others) > MOST_SHOWN,
    )


def _unsettled(hit: Hit, open_points: set[str]) -> Hit:
    """A diagnosis that the policy says two things of is marked so."""
    return replace(hit, is_unsettled=hit.indication.key in open_points)


def _diagnoses(
    edition: Edition, found: CodesFound, names: dict[str, NameFound], offers: CodeOffers
) -> Iterator[tuple[Order, Hit]]:
    """Once a code is just what was typed, one that only holds its words leads to no diagnosis."""
    able = [code for code in found.codes if code.is_of_day and not code.is_heading]
    exact = [code for code in able if code.is_exact]
    codes: dict[str, list[FoundCode]] = {}
    for code in exact or able:
        for key in code.diagnoses:
            codes.setdefault(key, []).append(code)
    for key in {**names, **codes}:
        yield _diagnosis(edition.indications[key], names.get(key), codes.get(key, []), offers)


def _diagnosis(
    use: IndicationDefinition, name: NameFound | None, codes: list[FoundCode], offers: CodeOffers
) -> tuple[Order, Hit]:
    """A diagnosis takes a code along only where no other of its codes fits as well.

    That is the code that was typed, or whose very words were, or the only one that was found.
    """
    best = codes[0] if codes else None
    is_exact = best is not None and best.is_exact
    code = best if is_exact or (name is None and len(codes) == 1) else None
    shown = "" if name is None else name.shown
    if name is None and code is None:
        how = "begin so" if codes[0].is_typed else "fit"
        shown = f"{len(codes)} of its codes {how}"
    hit = Hit(indication=use, code=None if code is None else offers.hit(code), by=shown)
    return _order(hit, name, best, is_exact), hit


def _order(hit: Hit, name: NameFound | None, best: FoundCode | None, is_exact: bool) -> Order:
    is_sure = best is None or best.suggests(hit.indication.key)
    if is_exact and best is not None:
        level = TYPED if best.is_typed else SAME
        return (level, best.place, 0, not is_sure, hit.is_unproven, 0, hit.indication.name)
    if name is not None:
        level = SAME if name.fit is Fit.EXACT else NAMED
        order = (name.fit + 1, int(name.is_late))
        return (level, *order, False, hit.is_unproven, name.length, hit.indication.name)
    fit = Fit.EXACT if best is None else best.fit
    return (OTHER, fit, 0, not is_sure, hit.is_unproven, 0, hit.indication.name)


def _codes_alone(found: CodesFound, offers: CodeOffers) -> Iterator[tuple[Order, CodeHit]]:
    """Codes of no diagnosis of the policy that are just what was typed."""
    for code in found.codes:
        if code.is_exact and not code.diagnoses:
            level = TYPED if code.is_typed else SAME
            yield (level, code.place, 0, True, True, 0, code.code), offers.hit(code)


def _meant(edition: Edition, found: CodesFound, names: dict[str, NameFound]) -> Iterator[Hit]:
    """Nothing where the words typed are words there are: these are not misspelt."""
    fits = [*(name.fit for name in names.values()), *(code.fit for code in found.codes)]
    if any(fit <= Fit.WHOLE for fit in fits):
        return
    for key, name in meant(edition, found.pasted.words):
        if key not in names:
            use = edition.indications[key]
            yield Hit(indication=use, by="" if name == use.name else name)
