"""A tree of criteria as an outline, edited in place while its edition is a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from criteria.accounts.permissions import Permission, may
from criteria.models import CriteriaTree, Criterion
from criteria.policies.stored.draft_parts import draft_tree
from criteria.screens.admin.access import is_draft
from criteria.screens.admin.outline.adds import Add, adds_at_top
from criteria.screens.admin.outline.lines import Drawing, OutlineRow, Removed, removed_of
from criteria.screens.admin.outline.words import complaints_of, missing_in, sentence_of
from criteria.screens.admin.panels import AdminPanel
from criteria.screens.forms import UnseenForm, unseen

TEMPLATE = "criteria/admin/_outline.html"


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything the outline of one tree shows.

    ``base``: the address of its editor. ``said``: what concerns no line. ``removed``: what was
    deleted last and stood at the top or in a group that is gone.
    """

    tree: CriteriaTree
    base: str
    editable: bool
    root: OutlineRow | None
    sentence: str
    problems: Sequence[str]
    adds: tuple[Add, ...]
    removed: Removed | None
    said: Sequence[str] = ()
    done: str = ""

    @property
    def revision(self) -> int:
        """What the editor has seen when this is drawn."""
        return self.tree.revision

    @property
    def unseen(self) -> UnseenForm:
        """The same, sent back by each button."""
        return unseen({"revision": self.revision})

    @property
    def dropped(self) -> UnseenForm:
        """The same with where a line is dropped, which the script says."""
        return unseen({"revision": self.revision, "line": "", "where": "", "target": ""})


def outline_url(tree: CriteriaTree) -> str:
    """The editor of a tree."""
    return reverse("admin:criteria_outline", args=[tree.pk])


def outline_panel(
    request: HttpRequest, tree: CriteriaTree | None, current: Criterion | None = None
) -> AdminPanel:
    """The outline of a tree, and the sentence it makes; ``current`` is marked."""
    if tree is None:
        return AdminPanel(TEMPLATE, {"outline": None})
    shown = outline_of(request, tree, current=None if current is None else current.pk)
    return AdminPanel(TEMPLATE, {"outline": shown, "opened": None})


def outline_of(
    request: HttpRequest,
    tree: CriteriaTree,
    *,
    current: int | None = None,
    said: Mapping[int | None, Sequence[str]] | None = None,
    done: str = "",
) -> Outline:
    """The outline as it is stored now; ``said``: refusals by line, None for those of no line."""
    draft = draft_tree(tree)
    editable = may(request.user, Permission.EDIT_POLICY) and is_draft(tree)
    base = outline_url(tree)
    of_lines = {pk: words for pk, words in (said or {}).items() if pk is not None}
    drawing = Drawing(
        tree,
        draft,
        complaints_of(draft),
        base=base if editable else "",
        current=current,
        said=of_lines,
    )
    shown = {row.pk for row in draft.rows.values()}
    elsewhere = [w for pk, words in (said or {}).items() if pk not in shown for w in words]
    stood_in = (tree.removed or {}).get("parent")
    return Outline(
        tree=tree,
        base=base,
        editable=editable,
        root=drawing.root(),
        sentence=sentence_of(draft.node),
        problems=missing_in(draft),
        adds=adds_at_top(base) if editable and draft.node is None and not draft.problems else (),
        removed=None if stood_in in shown else removed_of(tree),
        said=elsewhere,
        done=done,
    )
