"""Numbers in digits and words, and ordinals: 2,000, twenty-four, 14th, fourteenth."""

import re
from decimal import Decimal

_ONES = [
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
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_VALUES = {word: value for value, word in enumerate(_ONES)}
_VALUES |= {word: value for value, word in enumerate(_ORDINALS)}
_VALUES |= {word: 10 * value for value, word in enumerate(_TENS, 2)}
_VALUES |= {f"{word[:-1]}ieth": 10 * value for value, word in enumerate(_TENS, 2)}


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_CARDINAL_WORDS = rf"(?:{_any(_TENS)})(?:[- ](?:{_any(_ONES[1:10])}))?|{_any(_ONES)}"
_ORDINAL_WORDS = (
    rf"(?:{_any(_TENS)})[- ](?:{_any(_ORDINALS[1:10])})"
    rf"|{_any([f'{word[:-1]}ieth' for word in _TENS])}|{_any(_ORDINALS)}"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# A number does not begin inside a word, a code or another number, nor end inside a word.
_START = r"(?<![\w.^/])(?<![A-Za-z]-)"
NUMBER = rf"{_START}(?P<number>(?:{_DIGITS})(?![\w^])(?!\.\d)|(?:{_CARDINAL_WORDS})\b)"
ORDINAL = rf"{_START}(?P<ordinal>\d+(?:st|nd|rd|th)\b|(?:{_ORDINAL_WORDS})\b)"


def number_of(text: str) -> Decimal:
    """The value of a number or an ordinal as either is written."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", text.lower()).replace(",", "")
    if plain[:1].isdigit():
        return Decimal(plain)
    return Decimal(sum(_VALUES[word] for word in re.split(r"[- ]", plain)))
