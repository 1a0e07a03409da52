"""How the values of a kept packet are written where they are compared."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from criteria.requests.marks import DOSE_ON_PAPER, MARKS, OVERALL_ON_PAPER
from criteria.rules import FindingState
from criteria.rules.formats import date_text
from criteria.rules.terms import Overall

# Longer texts are told by the sentences in which they differ.
LONG = 160
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")
_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")


def words(value: object) -> str:
    """A kept value in words: 12 Mar 1961, yes, "1.2, 3"; empty for one that says nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return " · ".join(filter(None, map(words, value.values())))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(words, value)))
    return _text("" if value is None else str(value))


def _text(text: str) -> str:
    if _DAY.fullmatch(text):
        return date_text(date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return f"{date_text(moment.date())} {moment:%H:%M}"
    return text.strip()


def state_words(value: object) -> str:
    """The word of a state as it is kept; a state unknown today as it stands."""
    return MARKS[FindingState(str(value))].word if value in list(FindingState) else words(value)


def dose_words(value: object) -> str:
    """The words of a state as it is said of a dose."""
    return (
        DOSE_ON_PAPER[FindingState(str(value))].word
        if value in list(FindingState)
        else words(value)
    )


def overall_words(value: object) -> str:
    """The words of the overall result."""
    return OVERALL_ON_PAPER[Overall(str(value))].word if value in list(Overall) else words(value)


def label_of(field: str) -> str:
    """A field's name as a label: "Only advised" for ``only_advised``."""
    return field.replace("_", " ").capitalize()


def differing(before: str, now: str) -> tuple[str, str]:
    """Two texts, long ones cut down to the sentences between what they share at both ends."""
    if max(len(before), len(now)) <= LONG or not (before and now):
        return before, now
    old, new = _SENTENCES.split(before), _SENTENCES.split(now)
    start = _shared(old, new)
    end = min(_shared(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    return _between(old, start, end), _between(new, start, end)


def _shared(old: list[str], new: list[str]) -> int:
    """How many sentences agree from the start."""
    pairs = zip(old, new, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _between(sentences: list[str], start: int, end: int) -> str:
    middle = sentences[start : len(sentences) - end]
    return " ".join(filter(None, ("…" * bool(start), *middle, "…" * bool(end and middle))))
