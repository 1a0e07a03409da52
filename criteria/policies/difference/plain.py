"""A difference as plain data, for other programs."""

from typing import Any

from criteria.policies.difference.change import Concerns, EditionChange, Side
from criteria.policies.difference.found import EditionDifference
from criteria.policies.edition import Edition

Plain = dict[str, Any]


def plain(found: EditionDifference) -> Plain:
    """The whole difference as lists, mappings and text, in a stable order."""
    return {
        "old": _edition(found.old),
        "new": _edition(found.new),
        "counts": {
            count.section.value: {kind.value: number for kind, number in count.numbers}
            for count in found.counts
        },
        "changes": [_change(change) for change in found.substantial],
        "lesser": [_change(change) for change in (*found.lesser, *found.no_longer_said)],
        "payer_says": [_side(entry) for entry in found.said],
    }


def _edition(edition: Edition) -> Plain:
    until = edition.effective_until
    return {
        "policy": edition.policy_key,
        "number": edition.number,
        "effective_from": edition.effective_from.isoformat(),
        "effective_until": None if until is None else until.isoformat(),
        "source": edition.source,
    }


def _change(change: EditionChange) -> Plain:
    return {
        "section": change.section.value,
        "kind": change.kind.value,
        "key": list(change.key),
        "old": None if change.old is None else _side(change.old),
        "new": None if change.new is None else _side(change.new),
        "fields": [{"name": row.label, "old": row.old, "new": row.new} for row in change.rows],
        "concerns": _concerns(change.concerns),
    }


def _side(side: Side) -> Plain:
    said = {"place": side.place, "name": side.name, "words": side.words, "lines": side.citation}
    return {name: words for name, words in said.items() if words}


def _concerns(concerns: Concerns) -> Plain:
    found: Plain = {
        "phases": sorted(concerns.phases),
        "indication": concerns.indication,
        "pathway": concerns.pathway,
        "criterion": concerns.criterion,
        "questions": sorted(concerns.questions),
        "codes": [f"{system.value} {code}" for system, code in sorted(concerns.codes)],
        "product": concerns.product,
    }
    return {name: keys for name, keys in found.items() if keys}
