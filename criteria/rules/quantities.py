"""Numbers read from a sentence, each with what it counts: "the 14th birthday", "two of three".

Only numbers that say what they count are read, so that lines, codes and names of drugs are not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from criteria.rules.numerals import number_of
from criteria.rules.quantity_patterns import (
    ABOVE,
    AGED,
    AMOUNT,
    AT_LEAST,
    BELOW,
    CITED,
    COURSES,
    DAY,
    EQUAL,
    EXACTLY,
    FLAGS,
    IN_ALL,
    MEMBERS,
    MORE_THAN,
    OF,
    OF_THEM,
    OFTEN,
    PASSES,
    RANGE,
    REPEATED,
    SENTENCE,
    SPAN,
    THE_SIZE,
    TOKEN,
)


class Counts(StrEnum):
    """What a number counts."""

    MG_PER_KG = "mg/kg"
    TOTAL = "mg/kg in all"
    EQUAL = "equal doses"
    DAYS = "days"
    MONTHS = "months"
    COURSES = "courses"
    BIRTHDAY = "birthday"
    NEEDED = "members needed"
    SIZE = "members"
    MEMBER = "members needed or there"
    UNIT = "the unit of the question"
    BARE = "what passes"


class Stance(StrEnum):
    """What is said of it: that it stands, passes or fails, or that all below or above it count."""

    STATED = "stated"
    PASSES = "passes"
    FAILS = "fails"
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is written, in days, months or mg/kg, and the sentence it stands in."""

    counts: Counts
    value: Decimal
    text: str
    sentence: str
    stance: Stance = Stance.STATED


# In days or months, by the first letters of the unit.
_SPANS = {
    "day": (Counts.DAYS, 1),
    "week": (Counts.DAYS, 7),
    "month": (Counts.MONTHS, 1),
    "year": (Counts.MONTHS, 12),
}


def quantities(text: str, units: Mapping[str, Decimal] | None = None) -> Iterator[Quantity]:
    """Every number that says what it counts.

    ``units``: those of a question, with the factor to its own.
    """
    for sentence in SENTENCE.split(text):
        blanked = CITED.sub(lambda found: " " * len(found[0]), sentence)
        yield from _Sentence(blanked, units or {}).read()


class _Sentence:
    """One sentence with the numbers found in it."""

    def __init__(self, text: str, units: Mapping[str, Decimal]) -> None:
        self.text = text
        self.units = units
        self.found = list(TOKEN.finditer(text))

    def read(self) -> Iterator[Quantity]:
        for at, token in enumerate(self.found):
            reader = self._ordinal if token["ordinal"] else self._number
            read = self._often(token) if token["often"] else reader(at, token)
            if read is not None:
                yield read

    def _often(self, token: re.Match[str]) -> Quantity | None:
        if OFTEN.match(self.text, token.end()):
            return None
        times = Decimal(1 if token["often"].lower() == "once" else 2)
        return Quantity(Counts.COURSES, times, token[0], self.text)

    def _ordinal(self, at: int, token: re.Match[str]) -> Quantity | None:
        after, value = self.text[token.end() :], number_of(token["ordinal"])
        if found := re.match(r"\s+birthday\b", after, FLAGS):
            return self._said(Counts.BIRTHDAY, value, token, token.end() + found.end())
        if found := re.match(r"\s+(day|week|month)\b", after, FLAGS):
            counts, size = _SPANS[found[1].lower()]
            return self._said(counts, value * size, token, token.end() + found.end())
        stance = self._stance(at, token.end())
        if stance is Stance.STATED or not REPEATED.match(after):
            return None
        return self._said(Counts.COURSES, value, token, token.end(), stance)

    def _number(self, at: int, token: re.Match[str]) -> Quantity | None:
        before, end = self.text[: token.start()], self._end(at)
        value, after = number_of(token[0]), self.text[end:]
        stance = self._stance(at, token.end())
        if BELOW.search(before):
            stance = Stance.BELOW
        elif ABOVE.search(before):
            stance = Stance.ABOVE
        if (day := DAY.search(before)) and not SPAN.match(after):
            counts, size = _SPANS[day[1].lower()]
            text = f"{day[1]} {token[0]}"
            return None if value <= 1 else Quantity(counts, value * size, text, self.text, stance)
        counted = self._counted(value, before, after)
        if counted is None and self._is_bare(before, after, stance):
            counted = Counts.BARE, value, 0
        if counted is None or (counted[0] is Counts.DAYS and counted[1] == 1):
            return None
        counts, value, length = counted
        return self._said(counts, value, token, end + length, stance)

    def _counted(
        self, value: Decimal, before: str, after: str
    ) -> tuple[Counts, Decimal, int] | None:
        """What the number counts, its value in the unit compared, and how long the unit is."""
        if found := AMOUNT.match(after):
            factor = 1000 if found[1].lower().startswith("g") else 1
            is_total = IN_ALL.search(self.text) is not None
            counts = Counts.TOTAL if is_total else Counts.MG_PER_KG
            return counts, value * factor, found.end()
        if unit := self._unit(after):
            return Counts.UNIT, value * unit[1], unit[0]
        if found := EQUAL.match(after):
            return Counts.EQUAL, value, found.end()
        if found := SPAN.match(after):
            counts, size = _SPANS[found[1].lower()]
            return counts, value * size, found.end()
        if found := COURSES.match(after):
            return Counts.COURSES, value, found.end()
        return self._membership(value, before, after)

    def _membership(
        self, value: Decimal, before: str, after: str
    ) -> tuple[Counts, Decimal, int] | None:
        if MORE_THAN.search(before) or value == 0:
            return None
        if THE_SIZE.search(before) or self._is_second_of_two(len(before)):
            return Counts.SIZE, value, 0
        if AT_LEAST.search(before) or OF_THEM.match(after):
            return Counts.NEEDED, value, 0
        found = MEMBERS.match(after)
        return None if found is None else (Counts.MEMBER, value, found.end())

    def _is_second_of_two(self, start: int) -> bool:
        """Whether only "of the" stands between the number before and the one that begins there."""
        ends = [token.end() for token in self.found if token.end() <= start]
        return bool(ends) and OF.fullmatch(self.text, ends[-1], start) is not None

    def _end(self, at: int) -> int:
        """Where a number ends, or the last number of its range."""
        while at + 1 < len(self.found) and RANGE.fullmatch(
            self.text, self.found[at].end(), self.found[at + 1].start()
        ):
            at += 1
        return self.found[at].end()

    def _unit(self, after: str) -> tuple[int, Decimal] | None:
        """A unit of the question: its length in the text, and its factor."""
        loose = re.match(
            r"(?:\s|-)*(?:or more |or less |or fewer |different |motor )?(?:[x×*] ?)?", after
        )
        start = 0 if loose is None else loose.end()
        for unit, factor in self.units.items():
            for word in (unit, unit.removesuffix("s")):
                if re.match(rf"{re.escape(word)}(?![\w/])", after[start:], FLAGS):
                    return start + len(word), factor
        return None

    def _is_bare(self, before: str, after: str, stance: Stance) -> bool:
        """Whether a number without a unit is compared: "50 itself", "a child under 9"."""
        if after.lstrip().startswith("itself") or EXACTLY.search(before) or AGED.search(before):
            return True
        return stance in (Stance.PASSES, Stance.FAILS)

    def _stance(self, at: int, end: int) -> Stance:
        """Passes or fails, when that is said before the next number and the end of the clause."""
        stop = self.found[at + 1].start() if at + 1 < len(self.found) else len(self.text)
        found = PASSES.match(self.text, end, stop)
        if found is None:
            return Stance.STATED
        return Stance.FAILS if found["not"] else Stance.PASSES

    def _said(
        self,
        counts: Counts,
        value: Decimal,
        token: re.Match[str],
        end: int,
        stance: Stance = Stance.STATED,
    ) -> Quantity:
        least = AT_LEAST.search(self.text, 0, token.start()) if counts is Counts.NEEDED else None
        text = self.text[least.start() if least else token.start() : end].strip()
        return Quantity(counts, value, text, self.text, stance)
