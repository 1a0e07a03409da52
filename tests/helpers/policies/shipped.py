"""The commercial policy as it is shipped, and its parts."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from criteria.policies.edition import Edition, IndicationDefinition, PathwayDefinition
from criteria.policies.file.schema import PolicyFile
from criteria.rules import Node
from tests.factories.shipped import load_shipped

FILE = Path(__file__).resolve().parents[3] / "fixtures" / "policies" / "uhc-2021D0035AD.yaml"


@cache
def shipped() -> tuple[PolicyFile, Edition]:
    return load_shipped(FILE)


def pathways(edition: Edition) -> Iterator[tuple[IndicationDefinition, PathwayDefinition]]:
    for indication in edition.indications.values():
        yield from ((indication, pathway) for pathway in indication.pathways)


def trees(edition: Edition) -> Iterator[tuple[str, Node]]:
    """Every tree of an edition: the general ones, criteria, conditions of limits and of notes."""
    yield from ((f"general {phase}", tree) for phase, tree in edition.general.items())
    owners: list[Edition | IndicationDefinition | PathwayDefinition] = [
        edition,
        *edition.indications.values(),
    ]
    for indication, pathway in pathways(edition):
        name = f"{indication.key} {pathway.key}"
        yield name, pathway.criteria
        yield from ((f"{name} {key}", tree) for key, tree in pathway.conditions.items())
        owners.append(pathway)
    for note in (note for owner in owners for note in owner.notes):
        yield from ((note.key, tree) for tree in (note.when, note.unless) if tree is not None)


def cited(lines: str) -> list[int]:
    numbers = [int(number) for number in re.findall(r"\d+", lines)]
    assert numbers == sorted(numbers), lines
    return numbers
