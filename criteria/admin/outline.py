"""A tree of criteria as numbered lines with what can be done to each."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from criteria.admin.access import is_draft
from criteria.admin.links import add_url, change_url
from criteria.admin.panels import Panel
from criteria.models import CriteriaTree, Criterion, Kind, Slot
from criteria.models.criterion_rules import GROUPS
from criteria.permissions import Permission, may
from criteria.policyfile.rows_draft import DraftTree, draft_tree, is_empty
from criteria.rules.explain import OutlineLine, in_words, outline
from criteria.rules.lint import problems

MISFIT = "the question asks for another kind of answer now: open it and say anew what passes"
WHEN_WORDS = {"condition": "When", "then": "Then", "otherwise": "Otherwise"}


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as it is drawn. ``row`` None: a place that is still empty."""

    number: str
    depth: int
    part: str
    title: str
    required: str
    citation: str
    url: str
    pk: int | None
    can_move: bool
    is_current: bool
    complaints: tuple[str, ...]
    adds: tuple[tuple[str, str], ...]

    @property
    def indent(self) -> range:
        """One for each level, for the template to draw."""
        return range(self.depth)


def outline_panel(request: HttpRequest, tree: CriteriaTree | None, current: Any = None) -> Panel:
    """The outline of a tree, and the sentence it makes."""
    if tree is None:
        return Panel("criteria/admin/_outline.html", {"tree": None, "lines": []})
    draft = draft_tree(tree)
    editable = may(request.user, Permission.EDIT_POLICY) and is_draft(tree)
    context = {
        "tree": tree,
        "lines": [] if draft.node is None else _lines(tree, draft, current, editable),
        "words": in_words(draft.node) if draft.node is not None and draft.is_finished else "",
        "problems": _missing(draft),
        "editable": editable,
        "adds": _adds(tree, None) if editable and draft.node is None else (),
    }
    return Panel("criteria/admin/_outline.html", context)


def _missing(draft: DraftTree) -> list[str]:
    """What concerns no line that can be shown; a passing condition is complained of on its line."""
    is_shown = draft.node is not None
    found = [p for p in draft.problems if not (is_shown and p.path[-1:] == ("passes",))]
    titles = {row.title for row in draft.rows.values()}
    named = [(p.path[0] if p.path and p.path[0] in titles else "", p.message) for p in found]
    return [f"{title}: {message}" if title else message for title, message in named]


def _lines(tree: CriteriaTree, draft: DraftTree, current: Any, editable: bool) -> list[Line]:
    assert draft.node is not None  # noqa: S101
    found: dict[str, list[str]] = {}
    for problem in problems(draft.node, draft.questions):
        words = MISFIT if problem.code == "wrong-type" else problem.message
        found.setdefault(problem.path[-1], []).append(f"{problem.severity}: {words}")
    lines = []
    for line in outline(draft.node):
        row = draft.rows.get(line.node.key)
        taken = [r.slot for r in draft.rows.values() if row and r.parent_id == row.pk]
        adds = _adds(tree, row, taken) if editable and row is not None else ()
        complaints = tuple(found.get(line.node.key, ()))
        lines.append(_line(line, row, current, editable, complaints, adds))
    return lines


def _line(
    line: OutlineLine,
    row: Criterion | None,
    current: Any,
    editable: bool,
    complaints: tuple[str, ...],
    adds: tuple[tuple[str, str], ...],
) -> Line:
    empty = is_empty(line.node.key)
    return Line(
        number=line.number,
        depth=line.depth,
        part=WHEN_WORDS.get(line.part, ""),
        title=line.title,
        required="" if empty else line.required,
        citation="" if empty else line.citation,
        url="" if row is None else change_url(row),
        pk=None if row is None else row.pk,
        can_move=editable and row is not None and row.slot == Slot.MEMBER and bool(row.parent_id),
        is_current=row is not None and current is not None and row.pk == current.pk,
        complaints=() if empty else complaints,
        adds=adds,
    )


def _adds(
    tree: CriteriaTree, row: Criterion | None, taken: Collection[str] = ()
) -> tuple[tuple[str, str], ...]:
    """What can be put into a criterion (None: into an empty tree), and where that is done."""
    if row is None:
        return tuple(_add(tree, kind) for kind in ADDED)
    if row.kind in GROUPS:
        return tuple(_add(tree, kind, parent=row.pk) for kind in ADDED)
    free = [slot for slot in (Slot.WHEN, Slot.THEN, Slot.OTHERWISE) if slot not in taken]
    return tuple(
        _add(tree, kind, f"{slot.value}: ", parent=row.pk, slot=slot.value)
        for slot in (free if row.kind == Kind.WHEN else ())
        for kind in (Kind.QUESTION, Kind.ALL)
    )


ADDED = {
    Kind.QUESTION: "question",
    Kind.ALL: "group",
    Kind.WHEN: "when-then",
    Kind.DOSE: "dose",
}


def _add(tree: CriteriaTree, kind: Kind, before: str = "", **place: Any) -> tuple[str, str]:
    return f"{before}{ADDED[kind]}", add_url(Criterion, tree=tree.pk, kind=kind.value, **place)
