"""The keys of the criteria of a tree: each is there once, and staff need not think of them."""

from collections.abc import Collection

from django.utils.text import slugify

from criteria.models import Criterion, Kind

LONGEST = 80
FIRST_WORDS = 6


def settle_key(row: Criterion) -> None:
    """Give a criterion a key of its own where it has none, or only that of its question.

    A question without a key goes by the key of what it asks, as long as it is asked once.
    """
    if row.key:
        return
    taken = keys_of(row.tree_id, without=row.pk)
    if row.kind not in (Kind.QUESTION, Kind.DOSE):
        row.key = unused(key_from(row.title) or "group", taken)
    elif own_key(row) in taken:
        row.key = unused(own_key(row), taken)


def own_key(row: Criterion) -> str:
    """The key a criterion goes by."""
    if row.key or row.kind == Kind.DOSE:
        return row.key or "dose"
    return "" if row.question is None else row.question.key


def keys_of(tree_id: int, without: int | None = None) -> set[str]:
    """The keys the criteria of a tree go by."""
    rows = Criterion.objects.filter(tree_id=tree_id).select_related("question")
    return {own_key(row) for row in rows if row.pk != without}


def key_from(words: str) -> str:
    """A key made of the first words of a title."""
    return "-".join(slugify(words).split("-")[:FIRST_WORDS])[: LONGEST - 5].strip("-_")


def unused(key: str, taken: Collection[str]) -> str:
    """The key, or the key with the first number that makes it new."""
    found, number = key, 1
    while found in taken:
        number += 1
        found = f"{key[: LONGEST - 5].rstrip('-_')}-{number}"
    return found
