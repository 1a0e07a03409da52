"""Which form is asked for: that of a line, or that of a new line at a place."""

from collections.abc import Mapping
from dataclasses import dataclass

from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policy_tree.place import LinePlace, Where
from criteria.models import CriteriaTree, Criterion, Kind
from criteria.screens.admin.links import row_id
from criteria.screens.admin.outline.adds import slot_of

NO_LINE = "That line is not in this outline: it was deleted, or it never was."


@dataclass(frozen=True, slots=True)
class EditedLine:
    """``line`` of a stored criterion; ``kind`` and ``place`` of a new one.

    ``slot``: the element the form opens in. ``fields`` name the same in a form.
    """

    tree: CriteriaTree
    kind: str
    line: Criterion | None
    place: LinePlace | None
    slot: str
    fields: tuple[tuple[str, str], ...]
    is_lost: bool = False


def is_asked(given: Mapping[str, str]) -> bool:
    """Whether a form is asked for at all."""
    return "line" in given or "where" in given


def asked(tree: CriteriaTree, given: Mapping[str, str]) -> EditedLine:
    """What the address or the form names. Raises EditionRefusedError for what there is not.

    A line or a target that was deleted meanwhile is marked as lost, so that typed text can stay.
    """
    if "line" in given:
        return _stored(tree, given["line"])
    kind, where = given.get("kind", ""), given.get("where", "")
    if kind not in set(Kind.values) or where not in set(Where):
        raise EditionRefusedError("There is no such place in this outline.")
    number = row_id(given.get("target", ""))
    target = None if number is None else find_line(tree, number)
    place = LinePlace(Where(where), target)
    fields = (("where", where),) + ((("target", str(number)),) if number is not None else ())
    slot = slot_of(place.where, number)
    is_lost = number is not None and target is None
    return EditedLine(tree, kind, None, place, slot, fields, is_lost)


def _stored(tree: CriteriaTree, number: str) -> EditedLine:
    pk = row_id(number)
    if pk is None:
        raise EditionRefusedError(NO_LINE)
    line = find_line(tree, pk)
    kind = Kind.QUESTION.value if line is None else line.kind
    fields = (("line", str(pk)),)
    return EditedLine(tree, kind, line, None, f"slot-edit-{pk}", fields, line is None)


def find_line(tree: CriteriaTree, pk: int | None) -> Criterion | None:
    """A line of the tree; None when there is none of that number."""
    if pk is None:
        return None
    rows = Criterion.objects.filter(tree=tree, pk=pk)
    found = rows.select_related("question", "parent", "tree__version__policy").first()
    if found is not None:
        found.tree, found.version = tree, tree.version
    return found
