"""Where in a policy file a part of an edition stands."""

from collections.abc import Iterator
from typing import Any

from criteria.policies.file.document import PolicyDocument
from criteria.policies.file.problem import Path

# What a criterion or a part in a list goes by where it is not a key of a mapping.
_NAMES = ("key", "question", "code", "indication")


def line_in(document: PolicyDocument, path: Path) -> int:
    """The line of the part that ``path`` leads to; of the nearest part above it that is there.

    A step is a key of the file, a place in a list, or the name of a criterion anywhere below.
    """
    at: Path = ()
    for step in path:
        below = (*at, step)
        if below not in document.lines:
            below = next(_named(_part(document.data, at), at, str(step)), at)
        at = below
    return document.line_of(at)


def _part(data: object, path: Path) -> object:
    for step in path:
        data = dict(_members(data))[step]
    return data


def _named(data: object, at: Path, name: str) -> Iterator[Path]:
    """The places below ``at`` that go by a name, outermost first."""
    below = [((*at, key), part) for key, part in _members(data)]
    for path, part in below:
        if path[-1] == name or (
            isinstance(part, dict) and any(str(part.get(key)) == name for key in _NAMES)
        ):
            yield path
    for path, part in below:
        yield from _named(part, path, name)


def _members(data: object) -> Iterator[tuple[str | int, Any]]:
    if isinstance(data, dict):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)
