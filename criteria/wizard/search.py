"""Finds a diagnosis by its name, a synonym or an ICD-10-CM code. Unproven uses are found too."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from criteria.edition import Code, CodeSystem, Coverage, Edition, Indication
from criteria.wizard.states import Mark
from criteria.wizard.words import cited

MOST_HITS = 20
MOST_TYPED = 100

COVERAGE = {
    Coverage.CRITERIA: Mark("✓", "Covered when its criteria are met", "state-met"),
    Coverage.GENERAL: Mark("✓", "Covered on the general requirements alone", "state-met"),
    Coverage.UNPROVEN: Mark("✕", "On the policy's list of unproven uses", "state-not-met"),
}


UNSETTLED = Mark("◇", "The policy does not settle it: a reviewer decides", "state-for-reviewer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One diagnosis that was found, with the code it was found by, if any. Low ranks come first."""

    indication: Indication
    code: Code | None = None
    rank: int = 9
    by: str = ""
    is_unsettled: bool = False

    @property
    def mark(self) -> Mark:
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


def search(edition: Edition, typed: str) -> tuple[Hit, ...]:
    """The best hits, the best first; each diagnosis once."""
    wanted = _words(typed[:MOST_TYPED])
    if not wanted:
        return ()
    best: dict[str, Hit] = {}
    for hit in (*_by_code(edition, typed), *_by_name(edition, wanted), *_by_words(edition, wanted)):
        known = best.get(hit.indication.key)
        if known is None or hit.rank < known.rank:
            best[hit.indication.key] = hit
    open_points = {key for point in edition.contradictions.values() for key in point.indications}
    best = {k: replace(hit, is_unsettled=k in open_points) for k, hit in best.items()}
    found = sorted(best.values(), key=lambda h: (h.rank, h.is_unproven, h.indication.name))
    return tuple(found[:MOST_HITS])


def _by_code(edition: Edition, typed: str) -> Iterator[Hit]:
    """A whole code, or the start of one, with or without its dot.

    The start of several codes of a diagnosis chooses none of them.
    """
    bare = re.sub(r"[\s.*]", "", typed).upper()
    if not re.fullmatch(r"[A-Z]\d[0-9A-Z]{0,5}", bare):
        return
    begun = [code for code in _icd10(edition) if code.code.replace(".", "").startswith(bare)]
    counts = Counter(key for code in begun for key in (*code.indications, *code.unproven))
    for code in begun:
        is_whole = code.code.replace(".", "") == bare
        for hit in _of(edition, code, 0 if is_whole else 2, code.code):
            count = counts[hit.indication.key]
            if is_whole or count == 1:
                yield hit
            else:
                yield replace(hit, code=None, by=f"{count} of its codes begin so")


def _by_name(edition: Edition, wanted: list[str]) -> Iterator[Hit]:
    whole = " ".join(wanted)
    for indication in edition.indications.values():
        for name in (indication.name, *indication.synonyms):
            words = _words(name)
            if not _all_start(wanted, words):
                continue
            exact = " ".join(words) == whole or whole in _abbreviations(name)
            shown = "" if name == indication.name else name
            rank = 0 if exact else 1 if words[0].startswith(wanted[0]) else 3
            yield Hit(indication=indication, rank=rank, by=shown)


def _by_words(edition: Edition, wanted: list[str]) -> Iterator[Hit]:
    """By the description of a code."""
    for code in _icd10(edition):
        if _all_start(wanted, _words(code.description)):
            yield from _of(edition, code, 4, f"{code.code} {code.description}")


def _of(edition: Edition, code: Code, rank: int, by: str) -> Iterator[Hit]:
    """The diagnoses a code suggests; those it belongs to clearly come first."""
    for key in code.indications:
        known = edition.indications[key]
        yield Hit(indication=known, code=code, rank=rank if code.clear else rank + 1, by=by)
    for key in code.unproven:
        yield Hit(indication=edition.indications[key], code=code, rank=rank + 1, by=by)


def _icd10(edition: Edition) -> Iterator[Code]:
    return (c for (system, _), c in edition.codes.items() if system is CodeSystem.ICD10)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _abbreviations(name: str) -> set[str]:
    """What stands in brackets: CIDP of "... (CIDP)"."""
    return {inside.casefold() for inside in re.findall(r"[(\[]([^()\[\]]+)[)\]]", name)}


def _all_start(wanted: list[str], words: list[str]) -> bool:
    """Whether every word typed is the start of a word of the name."""
    return all(any(word.startswith(start) for word in words) for start in wanted)
