"""Names the lines of the small policy's first pathway, and draws their order."""

from typing import Any

from django.db.models import Q

from criteria.actions.policies.keys import own_key
from criteria.actions.policy_tree.place import LinePlace, Where
from criteria.models import CriteriaTree, Criterion, PolicyVersion

FOLDED = "fork"


def tree_of(version: PolicyVersion) -> CriteriaTree:
    """The criteria of the first pathway, as stored."""
    return CriteriaTree.objects.get(version=version, pathway__key="initial")


def line(version: PolicyVersion, key: str) -> Criterion:
    """A line by its own key, or by that of its question."""
    rows = Criterion.objects.filter(version=version, tree__pathway__key="initial")
    if key == "dose":
        return rows.get(kind="dose")
    return rows.get(Q(key=key) | Q(key="", question__key=key))


def place(where: str, key: str, version: PolicyVersion) -> LinePlace:
    """Before, after or inside the line of this key."""
    return LinePlace(Where(where), line(version, key))


def new_line(version: PolicyVersion, **columns: Any) -> Criterion:
    """A criterion that is not stored; a dose unless something else is said."""
    tree = columns.pop("tree", None) or tree_of(version)
    given = {"kind": "dose", "title": "New", "lines": "1"} | columns
    if given["kind"] == "dose" and "key" not in given:
        given["key"] = "another-dose"
    return Criterion(version=version, tree=tree, **given)


def nothing() -> None:
    """No choices to set."""


def shape(version: PolicyVersion) -> str:
    """The keys of the tree in their order: ``root(stated some(igg kind))``."""
    rows = Criterion.objects.filter(tree=tree_of(version)).select_related("question")
    below: dict[int | None, list[Criterion]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return _drawn(below[None][0], below)


def _drawn(row: Criterion, below: dict[int | None, list[Criterion]]) -> str:
    inside = " ".join(_drawn(child, below) for child in below.get(row.pk, []))
    if own_key(row) == FOLDED:
        inside = "…"
    return f"{own_key(row)}({inside})" if inside else own_key(row)
