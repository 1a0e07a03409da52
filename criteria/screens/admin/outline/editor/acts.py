"""What the buttons of an outline do: each is one action on one line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest

from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.seen import check_revision
from criteria.actions.policy_tree.lines import duplicate_line, set_group
from criteria.actions.policy_tree.place import LinePlace, Where
from criteria.actions.policy_tree.tree import (
    Direction,
    move_criterion,
    place_criterion,
    wrap_criterion,
)
from criteria.actions.policy_tree.undo import remove_line, restore_line
from criteria.models import CriteriaTree, Criterion, Kind
from criteria.models.criterion_rules import GROUPS
from criteria.screens.admin.links import row_id
from criteria.screens.admin.outline.editor.asked import NO_LINE, find_line

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words, and the element the person goes on at."""

    words: str
    focus: str


def act(tree: CriteriaTree, given: Given, by: User) -> Done:
    """Do what the button says. Raises what the actions raise; BadRequest for no such button."""
    verb, revision = given.get("do", ""), revision_of(given)
    if verb == "undo":
        row = restore_line(tree=tree, revision=revision, by=by)
        return Done(f"“{row}” is back.", f"title-{row.pk}")
    if verb not in ACTS and verb not in set(Direction):
        raise BadRequest("There is no such button.")
    line = find_line(tree, row_id(given.get("line", "")))
    if line is None:
        check_revision(tree, revision)
        raise EditionRefusedError(NO_LINE)
    if verb in set(Direction):
        move_criterion(criterion=line, direction=Direction(verb), revision=revision, by=by)
        return Done(f"Moved “{line}” {verb}.", f"title-{line.pk}")
    return ACTS[verb](line, given, revision, by)


def revision_of(given: Given) -> int:
    """The revision a form was drawn from; -1, which no tree has, when it does not say."""
    found = row_id(given.get("revision", ""))
    return -1 if found is None else found


def _place(line: Criterion, given: Given, revision: int, by: User) -> Done:
    target = find_line(line.tree, row_id(given.get("target", "")))
    if target is None or given.get("where") not in set(Where):
        check_revision(line.tree, revision)
        raise EditionRefusedError("There is no such place in this outline.")
    place = LinePlace(Where(given["where"]), target)
    place_criterion(criterion=line, place=place, revision=revision, by=by)
    return Done(f"Moved “{line}” {place.where.value} “{target}”.", f"title-{line.pk}")


def _group(line: Criterion, given: Given, revision: int, by: User) -> Done:
    kind, n = given.get("kind", ""), given.get("n", "").strip()
    if kind not in set(GROUPS):
        raise EditionRefusedError("Choose all, any, or at least so many of these.")
    if kind == Kind.AT_LEAST and not (n.isascii() and n.isdigit() and len(n) < 5):
        raise EditionRefusedError("Say how many of these are needed: a whole number, 0 or more.")
    number = int(n) if kind == Kind.AT_LEAST else None
    set_group(criterion=line, kind=Kind(kind), n=number, revision=revision, by=by)
    return Done(f"Changed how the members of “{line}” are joined.", f"group-{line.pk}")


def _wrap(line: Criterion, given: Given, revision: int, by: User) -> Done:
    group = wrap_criterion(criterion=line, revision=revision, by=by)
    return Done(f"“{line}” stands in a group of its own now.", f"title-{group.pk}")


def _duplicate(line: Criterion, given: Given, revision: int, by: User) -> Done:
    copy = duplicate_line(criterion=line, revision=revision, by=by)
    return Done(f"Duplicated “{line}”.", f"title-{copy.pk}")


def _delete(line: Criterion, given: Given, revision: int, by: User) -> Done:
    remove_line(criterion=line, revision=revision, by=by)
    return Done(f"Deleted “{line}”. Undo brings it back.", "undo")


ACTS: dict[str, Callable[[Criterion, Given, int, Any], Done]] = {
    "place": _place,
    "group": _group,
    "wrap": _wrap,
    "duplicate": _duplicate,
    "delete": _delete,
}
