"""The words a submitted request is found by."""

import re
import unicodedata
from collections.abc import Iterator

from django.db import connection, models
from django.db.models import Q

from criteria.models.request import AuthorizationRequest

LONGEST = 40
# Letters that are not taken apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_APOSTROPHE = "'’ʼ‘`´"
_APOSTROPHES, _APOSTROPHES_APART = (
    str.maketrans("", "", _APOSTROPHE),
    str.maketrans(dict.fromkeys(_APOSTROPHE, " ")),
)
# Of a lower class, signs make another letter of the one before them, as in Devanagari and Japanese.
_ACCENT = 10


class RequestWord(models.Model):
    """A word of a request's number, patient, member number or prescriber, folded for search."""

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    word = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "word"], name="request_word_unique")
        ]
        indexes = [
            # Ordered by the signs themselves, so that PostgreSQL finds the starts of words by it.
            models.Index(
                fields=["word", "request"],
                name="request_word_start",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.word


def folded(text: str) -> str:
    """In small letters, without accents and apostrophes, whatever the script."""
    plain = text.translate(_APOSTROPHES).casefold().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", plain)
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in apart if unicodedata.combining(sign) < _ACCENT)
    )


def kept_words(*, number: str, names: tuple[str, ...], member_id: str) -> set[str]:
    """The words a request is found by: of its number and member number also the parts."""
    words = {*_tails(number), *_tails(member_id), *parts(member_id)}
    for name in names:
        words |= {joined(chunk) for chunk in name.split()}
        words |= {*parts(name), *parts(name.translate(_APOSTROPHES_APART))}
    return {word[:LONGEST] for word in words if word}


def _tails(number: str) -> Iterator[str]:
    """R-2026-00042 is found by r202600042, 202600042, 00042 and 42."""
    found = parts(number)
    for start in range(len(found)):
        yield "".join(found[start:])
    yield found[-1].lstrip("0") if found else ""


def typed_words(typed: str) -> list[str]:
    """What was typed into the search, as starts of words; the longest first, each once.

    What has a digit in it is a number: what stands between its parts does not count.
    """
    found: set[str] = set()
    for chunk in typed.split():
        found |= {joined(chunk)} if any(sign.isdecimal() for sign in chunk) else set(parts(chunk))
    words = {word[:LONGEST] for word in found if word}
    return sorted(words, key=lambda word: (-len(word), word))


def parts(text: str) -> list[str]:
    """The folded words of a text."""
    return re.sub(r"\s+", " ", _without_signs(folded(text), " ")).split()


def joined(text: str) -> str:
    """A folded text as one word: r202600042."""
    return re.sub(r"\s+", "", _without_signs(folded(text), ""))


def _without_signs(text: str, instead: str) -> str:
    """Letters, digits and the marks that belong to letters; ``instead`` of the rest."""
    return "".join(
        s if s.isspace() or unicodedata.category(s)[0] in "LNM" else instead for s in text
    )


def starts_with(start: str) -> Q:
    """The rows whose word starts so, by the index of either database."""
    if connection.vendor == "postgresql":
        return Q(word__startswith=start)
    return Q(word__gte=start, word__lt=f"{start}\U0010ffff")
