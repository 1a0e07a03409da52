"""Every name an edition gives its diagnoses, and those that fit what was typed."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from criteria.policies.codes.words import Fit, SearchWords, known_words
from criteria.policies.edition import Edition, IndicationDefinition


def names_of(edition: Edition) -> Iterator[tuple[IndicationDefinition, str]]:
    """Each diagnosis with its name, what it is also called, and the names of its pathways.

    A pathway of several diagnoses, such as "Initial therapy", names none of them.
    """
    uses = edition.indications.values()
    pathways = Counter(pathway for use in uses for pathway in {p.name for p in use.pathways})
    for use in uses:
        own = (p.name for p in use.pathways if pathways[p.name] == 1)
        for name in dict.fromkeys((use.name, *use.synonyms, *own)):
            yield use, name


class NameFound(NamedTuple):
    """The name by which a diagnosis was found. ``is_late``: another word of it comes first."""

    fit: Fit
    is_late: bool
    length: int
    shown: str


def named(edition: Edition, words: str) -> Iterator[tuple[str, NameFound]]:
    """For each diagnosis its name that fits best; words are starts only where none has them."""
    wanted = SearchWords(words)
    found: dict[str, NameFound] = {}
    for use, name in names_of(edition):
        fitting = _fitting(use, name, wanted)
        if fitting is not None:
            found[use.key] = min(fitting, found.get(use.key, fitting))
    is_word = any(name.fit is not Fit.START for name in found.values())
    return ((k, name) for k, name in found.items() if not (is_word and name.fit is Fit.START))


def _fitting(use: IndicationDefinition, name: str, wanted: SearchWords) -> NameFound | None:
    words, shown = known_words(name).ordered, "" if name == use.name else name
    if wanted.words in _short_names(name) or (wanted.words and wanted.joined == "".join(words)):
        return NameFound(Fit.EXACT, False, 0, shown)
    fit = wanted.fit(name)
    if fit is None:
        return None
    return NameFound(fit, not words[0].startswith(wanted.words[0]), len(words), shown)


@lru_cache(maxsize=2_048)
def _short_names(name: str) -> frozenset[tuple[str, ...]]:
    """What stands in brackets, and the name without it: CIDP of "... (CIDP)"."""
    inside = re.findall(r"[(\[]([^()\[\]]+)[)\]]", name)
    without = re.sub(r"[(\[].*[)\]]", " ", name)
    return frozenset(known_words(part).ordered for part in (*inside, without)) - {()}
