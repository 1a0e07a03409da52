"""An edition's list of diagnosis codes: what is in it on a day, and why something is not."""

from collections.abc import Iterator, Sequence
from datetime import date

from criteria.policies.codes.codebook import Codebook
from criteria.policies.edition import CodeDefinition, Edition
from criteria.rules.formats import date_text, joined
from criteria.rules.terms import CodeSystem

MOST_NAMED = 8


def is_listed(edition: Edition, code: str, day: date) -> bool:
    """Whether the edition's list has a code, on its days of service."""
    found = known_code(edition, code)
    return found is not None and found.listed and found.valid_on(day)


def why_not_listed(edition: Edition, code: str, day: date, book: Codebook) -> str:
    """Why a code is not in the list on a day of service: when it entered or left, what is instead.

    "D59.1 left the policy's code list on 1 Oct 2020. It is a heading of codes that are in the
    list: D59.11, D59.12, D59.13 or D59.19."
    """
    found = known_code(edition, code)
    if found is not None and found.listed:
        return out_of_days(found, day, book)
    spans = book.listed(edition.policy_key, code)
    ended = max((s.until for s in spans if s.until is not None and s.until <= day), default=None)
    starts = min((s.first for s in spans if s.first > day), default=None)
    if ended is not None:
        text = f"{code} left the policy's code list on {date_text(ended)}."
    elif starts is not None:
        text = f"{code} is in the policy's code list only from {date_text(starts)} on."
    else:
        text = not_in_list([code])
    # A code of that day is no heading of others yet, whatever the table of today says.
    instead = "" if _is_divided_later(code, day, book) else _instead(edition, code, day, book)
    return f"{text} {instead}".strip()


def not_in_list(codes: Sequence[str]) -> str:
    """A and B are not in the policy's code list."""
    verb = "is" if len(codes) == 1 else "are"
    return f"{joined(codes, 'and')} {verb} not in the policy's code list."


def known_code(edition: Edition, code: str) -> CodeDefinition | None:
    """A code the edition lists, or maps to its diagnoses."""
    return edition.codes.get((CodeSystem.ICD10, code))


def out_of_days(found: CodeDefinition, day: date, book: Codebook) -> str:
    """A listed code on a day it is not billable; empty on any other day."""
    if found.valid_on(day):
        return ""
    if found.last_day is not None and day > found.last_day:
        text = f"{found.code} is billable only up to {date_text(found.last_day)}."
    else:
        first = date_text(found.first_day or day)
        text = f"{found.code} is billable only from {first} on."
    return " ".join(filter(None, (text, found.note or _divided(found.code, book))))


def _instead(edition: Edition, code: str, day: date, book: Codebook) -> str:
    """What the list has above or below a code, or else what the code is divided into."""
    listed = [c for c in _icd10(edition) if c.listed]
    below = [c.code for c in listed if is_below(c.code, code)]
    if below:
        return f"It is a heading of codes that are in the list: {named(below)}."
    above = [c for c in listed if is_below(code, c.code)]
    if not above:
        return _divided(code, book)
    heading = above[-1]
    last = heading.last_day
    ended = f", billable only up to {date_text(last)}" if last is not None and last < day else ""
    return f"The list has only its heading {heading.code}{ended}."


def _is_divided_later(code: str, day: date, book: Codebook) -> bool:
    facts = book.facts(code)
    return facts is not None and not facts.billable and book.is_code_on(code, day)


def _divided(code: str, book: Codebook) -> str:
    facts = book.facts(code)
    if facts is None or facts.billable or not facts.children:
        return ""
    return f"It is a heading: use {named(facts.children)}."


def named(words: Sequence[str], most: int = MOST_NAMED) -> str:
    """All of them, or as many as can be read with how many there are."""
    if len(words) <= most:
        return joined(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"


def is_below(code: str, heading: str) -> bool:
    """Whether a code stands below a heading: D59.11 below D59.1, and below D59."""
    return code != heading and code.replace(".", "").startswith(heading.replace(".", ""))


def _icd10(edition: Edition) -> Iterator[CodeDefinition]:
    return (c for (system, _), c in edition.codes.items() if system is CodeSystem.ICD10)
