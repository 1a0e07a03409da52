"""Two editions compared: items matched by key, fields by value."""

from collections.abc import Iterator, Mapping

from criteria.policies.difference.change import ChangedField, Concerns, EditionChange
from criteria.policies.difference.found import EditionDifference
from criteria.policies.difference.item import ComparedPart, Field, ItemKey
from criteria.policies.difference.sections import EditionSection
from criteria.policies.difference.whole import items_of
from criteria.policies.edition import Edition

Items = Mapping[ItemKey, ComparedPart]
_SECTIONS = list(EditionSection)


def difference(old: Edition, new: Edition) -> EditionDifference:
    """Everything that changed from ``old`` to ``new``, and nothing that did not.

    The other way round it is the same with sides and kinds swapped; of an edition with itself it
    is empty. Two editions of different policies may be compared: their keys decide what matches.
    """
    found = list(_changes(_keyed(old, new), _keyed(new, old)))
    found.sort(key=lambda change: _SECTIONS.index(change.section))
    return EditionDifference(old, new, tuple(found))


def _keyed(edition: Edition, other: Edition) -> dict[ItemKey, ComparedPart]:
    """The items by key; one that comes twice in an unfinished draft keeps a place of its own."""
    found: dict[ItemKey, ComparedPart] = {}
    for item in items_of(edition, other):
        key = item.key
        while key in found:
            key = (*key, "again")
        found[key] = item
    return found


def _changes(old: Items, new: Items) -> Iterator[EditionChange]:
    for key in _merged(list(old), list(new)):
        before, after = old.get(key), new.get(key)
        if before is not None and after is not None:
            yield from _changed(before, after)
        elif before is not None and _is_news(before, old, new):
            yield _one_sided(before, old=before)
        elif after is not None and _is_news(after, new, old):
            yield _one_sided(after, new=after)


def _is_news(item: ComparedPart, own: Items, other: Items) -> bool:
    """Whether it is to be told that only one edition has it."""
    if item.parent is not None and item.parent in own and item.parent not in other:
        return False
    return not (item.is_lesser and item.twin in other)


def _one_sided(
    item: ComparedPart, *, old: ComparedPart | None = None, new: ComparedPart | None = None
) -> EditionChange:
    return EditionChange(
        section=item.section,
        key=item.key,
        old=None if old is None else old.side,
        new=None if new is None else new.side,
        concerns=item.whole,
        is_lesser=item.is_lesser,
    )


def _changed(old: ComparedPart, new: ComparedPart) -> Iterator[EditionChange]:
    """What differs of one part; the lesser things are a change of their own."""
    for is_lesser in (True,) if new.is_lesser else (False, True):
        rows = tuple(_rows(old, new, is_lesser))
        if rows:
            yield EditionChange(
                section=new.section,
                key=new.key,
                old=old.side,
                new=new.side,
                rows=rows,
                concerns=_concerns(old, new, is_lesser),
                is_lesser=is_lesser,
            )


def _concerns(old: ComparedPart, new: ComparedPart, is_lesser: bool) -> Concerns:
    """What a change concerns: with all inside where it says how that counts."""
    if not is_lesser and old.reaches_members(new):
        return old.whole.joined(new.whole)
    return old.concerns.joined(new.concerns)


def _rows(old: ComparedPart, new: ComparedPart, is_lesser: bool) -> Iterator[ChangedField]:
    """The fields that differ; of a lesser part all of them are lesser."""
    pairs: Iterator[tuple[Field, Field]] = zip(old.fields, new.fields, strict=True)
    for before, after in pairs:
        is_meant = new.is_lesser or before.is_lesser is is_lesser
        row = before.row(after) if is_meant else None
        if row is not None:
            yield row


def _merged(old: list[ItemKey], new: list[ItemKey]) -> Iterator[ItemKey]:
    """The keys of the newer edition, each one that is gone behind what it followed."""
    kept = set(new)
    gone: dict[ItemKey | None, list[ItemKey]] = {}
    last: ItemKey | None = None
    for key in old:
        if key in kept:
            last = key
        else:
            gone.setdefault(last, []).append(key)
    yield from gone.get(None, ())
    for key in new:
        yield key
        yield from gone.get(key, ())
