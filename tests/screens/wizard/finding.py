"""What a search must find: every code by its own words, every name however it is misspelt."""

import unicodedata
from collections.abc import Callable, Collection
from datetime import date, timedelta
from random import Random

from criteria.models import IcdCode
from criteria.policies.codes.words import known_words
from criteria.policies.edition import Edition
from criteria.rules.terms import CodeSystem
from criteria.screens.wizard.search.code_search import CodeHit
from criteria.screens.wizard.search.names import names_of
from criteria.screens.wizard.search.search import Hit, Results, search

# Each stands beside one that says the opposite in nearly the same words.
OPPOSITES = (
    *("G70.00", "G70.01", "E05.00", "E05.01", "E10.10", "E10.11", "D89.811", "D89.812"),
    *("M06.09", "M05.79", "G40.813", "G40.811", "D69.6", "O36.8210", "J45.50", "J45.51"),
    *("G47.411", "G47.419", "D80.3", "T86.11", "T86.12"),
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Keys of the diagnoses that are found for what is typed.
Find = Callable[[str], Collection[str]]
KINDS = ("wrong", "missing", "more", "swapped", "accent", "hyphen", "blank")
LONG_WORD = 8


def first_code(results: Results) -> str:
    """The code that stands first of all; empty when a diagnosis without one does."""
    (first, *_) = (*results.best, *results.codes, None)
    if isinstance(first, Hit):
        first = first.code
    return first.code if isinstance(first, CodeHit) else ""


def days_of(edition: Edition) -> tuple[date, date]:
    """The first and the last day of an edition, or a late one while no other follows."""
    until = edition.effective_until or date(2026, 11, 20) + timedelta(days=1)
    return edition.effective_from, until - timedelta(days=1)


def edition_misses(edition: Edition) -> tuple[int, list[str]]:
    """How many codes were searched by their own words, and those that did not come first.

    Each on the first day of the edition, or on its last if it is a code only then.
    """
    searched: set[str] = set()
    missed = []
    own = {c: k for (s, c), k in edition.codes.items() if s is CodeSystem.ICD10}
    for day in days_of(edition):
        valid = {code: known for code, known in own.items() if known.valid_on(day)}
        for code, known in valid.items():
            if code in searched:
                continue
            searched.add(code)
            found = first_code(search(edition, day, known.description))
            same = valid.get(found)
            if found != code and (same is None or not is_same(same.description, known.description)):
                missed.append(f"{edition.number} {day} {code} -> {found}")
    return len(searched), missed


def table_misses(edition: Edition, day: date, count: int, seed: int) -> tuple[int, list[str]]:
    """The same for a sample of the whole table, headings too."""
    every = list(IcdCode.objects.order_by("code"))
    missed = []
    for row in Random(seed).sample(every, min(count, len(every))):
        found = first_code(search(edition, day, row.description))
        if found != row.code:
            same = IcdCode.objects.filter(code=found).first()
            if same is None or not is_same(same.description, row.description):
                missed.append(f"{row.code} -> {found}")
    return min(count, len(every)), missed


def is_same(one: str, other: str) -> bool:
    """Whether two descriptions have the same words."""
    return known_words(one).ordered == known_words(other).ordered


def misspelt(name: str, kind: str, chance: Random) -> str:
    """The name with one such mistake; the name itself where it has no room for it."""
    places = [i for i, sign in enumerate(name) if sign.isalpha()]
    at, letter = chance.choice(places), chance.choice(LETTERS)
    match kind:
        case "wrong":
            return name[:at] + letter + name[at + 1 :]
        case "missing":
            return name[:at] + name[at + 1 :]
        case "more":
            return name[:at] + letter + name[at:]
        case "swapped":
            pairs = [i for i in places if name[i + 1 : i + 2].isalpha()] or [at]
            at = chance.choice(pairs)
            return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
        case "accent":
            return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        case "hyphen":
            return name.replace("-", "")
        case _:
            blanks = [i for i, sign in enumerate(name) if sign == " "] or [at]
            at = chance.choice(blanks)
            return name[:at] + name[at:].removeprefix(" ")


def twice(name: str, chance: Random) -> str:
    """Two mistakes in a long word; the name itself where it has none."""
    words = name.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= LONG_WORD and word.isalpha()]
    if long:
        at = chance.choice(long)
        for _ in range(2):
            words[at] = misspelt(words[at], chance.choice(KINDS[:4]), chance)
    return " ".join(words)


def misspelt_misses(
    edition: Edition, find: Find, seed: int, share: int = 1
) -> dict[str, list[str]]:
    """For each kind of mistake the names that did not find their diagnosis.

    ``share``: only every so many names, others for each kind.
    """
    missed: dict[str, list[str]] = {kind: [] for kind in (*KINDS, "two")}
    names = list(names_of(edition))
    for number, (kind, found) in enumerate(missed.items()):
        chance = Random(f"{seed} {kind}")
        for use, name in names[number % share :: share]:
            typed = twice(name, chance) if kind == "two" else misspelt(name, kind, chance)
            if use.key not in find(typed):
                found.append(f"{name} -> {typed}")
    return missed


def shown(edition: Edition, day: date, typed: str) -> set[str]:
    """The diagnoses that a search shows, found for certain or meant."""
    results = search(edition, day, typed)
    return {hit.indication.key for hit in (*results.diagnoses, *results.meant)}
