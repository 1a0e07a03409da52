"""Every number of a stored edition that the words beside it mention, changed one at a time.

Whether words mention a number is told here by a plain search for it, not by the reader under test.
"""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
ORDINALS = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth"]
LIMIT_NUMBERS = (
    "max_mg_per_kg",
    "min_mg_per_kg",
    "min_days",
    "max_days",
    "shortest_interval_days",
    "longest_interval_days",
    "max_courses",
    "through_day_of_therapy",
    "until_days",
)
SPANS = ("within", "not_older_than")
LIMIT_DAYS = {"shortest_interval_days", "longest_interval_days"}
Document = dict[str, Any]


@dataclass(frozen=True)
class Mutation:
    """One number changed; ``words`` are those beside it."""

    where: str
    number: int
    words: str
    change: Callable[[Document], None]

    def of(self, document: Document) -> Document:
        """The document with that number one higher."""
        changed = copy.deepcopy(document)
        self.change(changed)
        return changed


def mentions(words: str, number: int) -> bool:
    """Whether a number stands in words, in digits, as a word, as an ordinal or in weeks."""
    plain = re.sub(r"(?i)\b(?:references?|lines?)\s+[\d, and-]*\d|in one day", "", words).lower()
    forms = {f"{number}", f"{number:,}", f"{number + 1}th"}
    forms |= {each[number] for each in (WORDS, ORDINALS) if number < len(each)} - {"first"}
    if number % 7 == 0 and number // 7 < len(WORDS):
        forms |= {f"{WORDS[number // 7]} weeks", f"{number // 7} weeks"}
    return any(re.search(rf"(?<![\w,.-]){re.escape(form)}(?![\w,]|\.\d)", plain) for form in forms)


def mutations(document: Document) -> Iterator[Mutation]:
    """Every number that words of its own part mention."""
    parts = list(_parts(document, ()))
    asking: dict[str, list[tuple[tuple[Any, ...], Document]]] = {}
    for path, part in parts:
        asking.setdefault(str(part.get("question")), []).append((path, part))
    for path, part in parts:
        if "title" in part and "lines" in part:
            words = f"{part['title']}. {part.get('note', '')}"
            yield from _in_criterion(path, part, words)
        if "ask" in part:
            key, words = str(path[-1]), f"{part['ask']} {part.get('help', '')}"
            yield from _in_question(key, asking.get(key, []), words)
        if "criteria" in part:
            note = _dose_note(part["criteria"])
            for at, limit in enumerate(part.get("dose", [])):
                yield from _in_limit((*path, "dose", at), limit, note)


def _parts(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Document]]:
    if isinstance(value, dict):
        yield path, value
        for key, each in value.items():
            yield from _parts(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _parts(each, (*path, at))


def _in_criterion(path: tuple[Any, ...], part: Document, words: str) -> Iterator[Mutation]:
    for name in ("passes", "at_least", *SPANS):
        value = part.get(name)
        found = re.search(r"\d+", str(value)) if isinstance(value, str | int) else None
        if found is None or isinstance(value, bool):
            continue
        number = int(found[0])
        if "weeks" in str(value):
            number *= 7
        if mentions(words, number) or (name == "passes" and mentions(words, number + 1)):
            higher = str(value).replace(found[0], str(int(found[0]) + 1))
            yield _mutation(path, name, number, words, type(value)(higher))


def _in_question(
    key: str, asking: list[tuple[tuple[Any, ...], Document]], words: str
) -> Iterator[Mutation]:
    """A number of every criterion that asks the question, changed in all of them at once."""
    found: dict[tuple[str, int], list[Mutation]] = {}
    for path, part in asking:
        for one in _in_criterion(path, part, words):
            found.setdefault((one.where.rpartition(".")[2], one.number), []).append(one)
    for (name, number), same in found.items():
        yield Mutation(f"questions.{key}, {name}", number, words, _all_of(same))


def _all_of(same: list[Mutation]) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        for one in same:
            one.change(document)

    return change


def _in_limit(path: tuple[Any, ...], limit: Document, note: str) -> Iterator[Mutation]:
    for name in LIMIT_NUMBERS:
        value = limit.get(name)
        words = f"{limit.get('remark', '')} {note}"
        is_alone = name != "min_days" or value != limit.get("max_days")  # it cannot be above it
        if value is not None and is_alone and mentions(words, int(value)):
            yield _mutation(path, name, int(value), words, int(value) + 1)


def _dose_note(criteria: Document) -> str:
    return " ".join(part.get("note", "") for _, part in _parts(criteria, ()) if part.get("dose"))


def _mutation(
    path: tuple[Any, ...], name: str, number: int, words: str, changed_to: object
) -> Mutation:
    def change(document: Document) -> None:
        part: Any = document
        for key in path:
            part = part[key]
        part[name] = changed_to

    return Mutation(".".join(map(str, (*path, name))), number, words, change)
