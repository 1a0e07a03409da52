"""From typed text to dates and numbers, with a sentence for what cannot be read."""

import re
from datetime import date, datetime
from decimal import Decimal

from criteria.rules.formats import date_text


class UnreadableError(ValueError):
    """Typed text that is no such value; the message says what to type instead."""


_DATES = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%m/%d/%Y")
_MONTHS = ("%Y-%m", "%b %Y", "%B %Y", "%m/%Y")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
EARLIEST = date(1900, 1, 1)


def date_of(text: str, *, or_month: bool = False) -> date | None:
    """A date as 2026-05-14, 14 May 2026 or 5/14/2026; None for nothing. A month is its first day.

    Raises UnreadableError.
    """
    plain = re.sub(r"[,.]|(?<=\d)(?:st|nd|rd|th)\b", " ", text[:40])
    plain = " ".join(plain.split())
    if not plain:
        return None
    for form in _DATES + (_MONTHS if or_month else ()):
        found = _date(plain, form)
        if found is not None:
            return found
    example = "14 May 2026 or May 2026" if or_month else "14 May 2026"
    raise UnreadableError(f"Enter a date, such as {example}.")


def _date(text: str, form: str) -> date | None:
    try:
        found = datetime.strptime(text, form).date()
    except ValueError:
        return None
    return found if found.year >= 1000 else None


def past_date_of(
    text: str, *, latest: date, latest_is: str, born: date | None = None, or_month: bool = False
) -> date | None:
    """A date that has come by ``latest`` and is not before birth. Raises UnreadableError."""
    day = date_of(text, or_month=or_month)
    if day is None:
        return None
    if day > latest:
        raise UnreadableError(f"{date_text(day)} is after {latest_is}. Check the date.")
    if born is not None and day < born and not (or_month and _same_month(day, born)):
        raise UnreadableError(f"{date_text(day)} is before the patient was born. Check the date.")
    if day < EARLIEST:
        raise UnreadableError(f"{date_text(day)} is too long ago. Check the year.")
    return day


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def number_of(text: str) -> Decimal | None:
    """A number, with a point for decimals and commas between thousands. Raises UnreadableError."""
    plain = text.replace(" ", "").replace("\u00a0", "")
    if not plain:
        return None
    if len(plain) > 20 or not _NUMBER.fullmatch(plain) or not any(c.isdigit() for c in plain):
        raise UnreadableError("Enter a number, such as 12.5.")
    return Decimal(plain.replace(",", ""))
