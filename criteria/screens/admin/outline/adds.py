"""What can be added to a line of an outline, and where the form for it opens."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from criteria.actions.policy_tree.place import Where
from criteria.models import Criterion, Kind, Slot
from criteria.models.criterion_rules import GROUPS

ADDED = {Kind.QUESTION: "question", Kind.ALL: "group", Kind.WHEN: "when-then", Kind.DOSE: "dose"}
BRANCH_WORDS = {
    Where.WHEN: "as the condition of",
    Where.THEN: "as what counts then in",
    Where.OTHERWISE: "as what counts otherwise in",
}
COMMON, RARE = (Kind.QUESTION, Kind.ALL), (Kind.WHEN, Kind.DOSE)


@dataclass(frozen=True, slots=True)
class Add:
    """One link: its words, the same in full for a screen reader, and the slot it opens in."""

    words: str
    label: str
    url: str
    slot: str


@dataclass(frozen=True, slots=True)
class AddMenu:
    """Links of one place."""

    title: str
    adds: tuple[Add, ...]


def slot_of(where: Where, target: int | None) -> str:
    """The id of the element a form for a place opens in."""
    if target is None:
        return "slot-top"
    name = where if where in (Where.BEFORE, Where.AFTER) else Where.INSIDE
    return f"slot-{name.value}-{target}"


def adds_to(base: str, row: Criterion, taken: Collection[str]) -> tuple[Add, ...]:
    """What a line offers at once: members of a group, the branches a when-then still lacks."""
    if row.kind in GROUPS:
        return _adds(base, Where.INSIDE, row, COMMON)
    if row.kind != Kind.WHEN or Slot.OTHERWISE in taken:
        return ()
    return adds_in_gap(base, row, Slot.OTHERWISE, f"{Slot.OTHERWISE.value}: ")


def adds_in_gap(base: str, row: Criterion, slot: Slot, before: str = "") -> tuple[Add, ...]:
    """What can fill a branch of a when-then."""
    return _adds(base, Where(slot.value), row, COMMON, before)


def adds_at_top(base: str) -> tuple[Add, ...]:
    """What an empty tree can start with."""
    return _adds(base, Where.TOP, None, (Kind.ALL, Kind.QUESTION, Kind.WHEN))


def menu_of(base: str, row: Criterion) -> tuple[AddMenu, ...]:
    """Everything else that can be added beside or inside a line."""
    found = []
    if row.parent_id is not None and row.slot == Slot.MEMBER:
        for where in (Where.BEFORE, Where.AFTER):
            adds = _adds(base, where, row, (*COMMON, *RARE))
            found.append(AddMenu(f"Add {where.value} it", adds))
    if row.kind in GROUPS:
        found.append(AddMenu("Add inside it", _adds(base, Where.INSIDE, row, RARE)))
    return tuple(found)


def _adds(
    base: str, where: Where, row: Criterion | None, kinds: Iterable[Kind], before: str = ""
) -> tuple[Add, ...]:
    target = None if row is None else row.pk
    place = {"where": where.value} | ({} if target is None else {"target": target})
    return tuple(
        Add(
            f"{before}{ADDED[kind]}",
            f"Add {ADDED[kind]}" + ("" if row is None else f" {words_of(where)} {row.title}"),
            f"{base}?{urlencode({'kind': kind.value, **place})}",
            slot_of(where, target),
        )
        for kind in kinds
    )


def words_of(where: Where) -> str:
    """A place beside or inside a line, as it is read before the line’s title."""
    return BRANCH_WORDS.get(where, where.value)
