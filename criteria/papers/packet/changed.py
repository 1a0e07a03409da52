"""What a packet says of its own changes: line by line, old beside new."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Values:
    """One thing that changed, before and now. Empty means that it was not, or is not, there.

    ``label`` is empty where the title of the change says it all.
    """

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketChange:
    """What changed under one title. ``number``: that of the criterion."""

    title: str
    lines: tuple[Values, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes of one part of the packet."""

    title: str
    changes: tuple[PacketChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since another packet of the same request.

    ``since`` names that packet; ``sentence`` says in one line what kind of change it is.
    """

    since: str
    sentence: str
    groups: tuple[ChangeGroup, ...] = ()
