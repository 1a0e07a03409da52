"""Every address, and who may go there."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from tests.screens.review.access_table import PEOPLE, TABLE

# What an address may be made of, beside the number of a request.
PARTS: dict[str, Any] = {
    "kind": "denial",
    "letter": "A",
    "name": "states",
    "page": 1,
    "sequence": 1,
    "slug": "dose",
}


def read_table() -> dict[tuple[str, str], dict[str, int]]:
    """For each address and method: the status each person gets."""
    found = {}
    for line in TABLE.strip().splitlines()[2:]:
        name, *answers = (part.strip() for part in line.split("|"))
        for method, answer in zip(("GET", "POST"), answers, strict=True):
            each = answer.split() * (1 if " " in answer else len(PEOPLE))
            found[name, method] = dict(zip(PEOPLE, map(int, each), strict=True))
    return found


EXPECTED = read_table()


NAMES = sorted({name for name, _ in EXPECTED})


def address(name: str, number: str) -> str:
    """The address, with whatever it is made of."""
    for more in ((), *((part,) for part in PARTS), ("letter", "page")):
        for with_number in ({}, {"number": number}):
            try:
                return reverse(name, kwargs=with_number | {part: PARTS[part] for part in more})
            except NoReverseMatch:
                continue
    raise AssertionError(f"{name} is made of something new: add it to PARTS.")
