"""The lines of an outline as they are drawn: nested, each with what can be done to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from django import forms

from criteria.models import CriteriaTree, Criterion, Kind, Slot
from criteria.models.criterion_rules import GROUPS
from criteria.policies.stored.draft_parts import DraftTree, is_empty
from criteria.rules.explain import OutlineLine, outline
from criteria.rules.formats import citation_text
from criteria.screens.admin.links import change_url
from criteria.screens.admin.outline.adds import Add, AddMenu, adds_in_gap, adds_to, menu_of
from criteria.screens.forms import UnseenForm, unseen

WHEN_WORDS = {"condition": "When", "then": "Then", "otherwise": "Otherwise"}
SLOT_OF = {"condition": Slot.WHEN, "then": Slot.THEN, "otherwise": Slot.OTHERWISE}


@dataclass(frozen=True, slots=True)
class Removed:
    """The part that was deleted last, drawn where it stood."""

    title: str
    more: int
    by: str
    is_removed: bool = True


@dataclass(frozen=True, slots=True)
class EmptyBranch:
    """An empty branch of a when-then: what is dropped there goes into it."""

    target: int
    where: str


class JoinForm(forms.Form):
    """How the members of a group are joined."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in Kind if kind in GROUPS])
    n = forms.CharField()

    def __init__(self, title: str, kind: str, n: int | None) -> None:
        """``title``: of the group, for those who hear the page."""
        super().__init__(initial={"kind": kind, "n": n}, auto_id="", use_required_attribute=False)
        self.fields["kind"].widget.attrs["aria-label"] = f"How the members are joined: {title}"
        self.fields["n"].widget = forms.TextInput(
            {
                "class": "outline-n",
                "inputmode": "numeric",
                "size": 2,
                "aria-label": f"How many at least, 0 when it is only advised: {title}",
            }
        )


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One criterion as it is drawn. ``pk`` None: a place that is still empty."""

    number: str
    part: str
    title: str
    required: str
    citation: str
    note: str
    url: str
    pk: int | None
    kind: str
    n: int | None
    is_current: bool
    complaints: tuple[str, ...]
    said: tuple[str, ...]
    adds: tuple[Add, ...]
    menu: tuple[AddMenu, ...]
    can_move: bool = False
    gap: EmptyBranch | None = None
    children: tuple[Any, ...] = field(default=())
    is_removed: bool = False

    @property
    def is_group(self) -> bool:
        """Whether members can be joined in another way."""
        return self.kind in GROUPS

    @property
    def unseen(self) -> UnseenForm:
        """Which line its buttons are of."""
        return unseen({"line": self.pk})

    @property
    def join(self) -> JoinForm:
        """How its members are joined."""
        return JoinForm(self.title, self.kind, self.n)

    @property
    def slot_before(self) -> str:
        """Where the form for a line before it opens."""
        return f"slot-before-{self.pk}"

    @property
    def slot_edit(self) -> str:
        """Where its own form opens."""
        return f"slot-edit-{self.pk}"

    @property
    def slot_inside(self) -> str:
        """Where the form for a line inside it opens."""
        return f"slot-inside-{self.pk}"

    @property
    def slot_after(self) -> str:
        """Where the form for a line after it opens."""
        return f"slot-after-{self.pk}"

    @property
    def is_joined(self) -> bool:
        """Whether other lines stand inside it."""
        return self.is_group or self.kind == Kind.WHEN


class Drawing:
    """Draws the lines of one tree; ``base`` is the address of its editor, empty for readers."""

    def __init__(
        self,
        tree: CriteriaTree,
        draft: DraftTree,
        complaints: Mapping[str, Sequence[str]],
        *,
        base: str,
        current: int | None = None,
        said: Mapping[int, Sequence[str]],
    ) -> None:
        """``said``: what an action refused, by the line it was asked of."""
        self.tree, self.draft, self.complaints = tree, draft, complaints
        self.base, self.current, self.said = base, current, said
        self.removed, self.kept = removed_of(tree), tree.removed or {}

    def root(self) -> OutlineRow | None:
        """The topmost line with all others inside it."""
        if self.draft.node is None:
            return None
        lines = list(outline(self.draft.node))
        return self._nested(lines[0], lines[1:], None)

    def _nested(
        self, line: OutlineLine, below: list[OutlineLine], above: Criterion | None
    ) -> OutlineRow:
        row = self.draft.rows.get(line.node.key)
        parts = list(_parts(below, line.depth + 1))
        children: list[Any] = [self._nested(first, rest, row) for first, rest in parts]
        if self.removed is not None and row is not None and self._stood_in(row):
            children.insert(self.kept["index"], self.removed)
        return self._line(line, row, above, tuple(children))

    def _stood_in(self, row: Criterion) -> bool:
        return bool(self.kept["parent"] == row.pk)

    def _line(
        self,
        line: OutlineLine,
        row: Criterion | None,
        above: Criterion | None,
        children: tuple[Any, ...],
    ) -> OutlineRow:
        empty = is_empty(line.node.key) or row is None
        return OutlineRow(
            number=line.number,
            part=WHEN_WORDS.get(line.part, ""),
            title=line.title,
            required="" if empty else line.required,
            citation="" if empty else _citation(line, above),
            note=line.note,
            url="" if row is None else change_url(row),
            pk=None if row is None else row.pk,
            kind="" if row is None else row.kind,
            n=None if row is None else row.n,
            is_current=row is not None and row.pk == self.current,
            complaints=() if empty else tuple(self.complaints.get(line.node.key, ())),
            said=() if row is None else tuple(self.said.get(row.pk, ())),
            adds=self._adds(line, row, above),
            menu=menu_of(self.base, row) if self.base and row is not None else (),
            can_move=row is not None and row.parent_id is not None,
            gap=self._gap(line, row, above),
            children=children,
        )

    def _gap(
        self, line: OutlineLine, row: Criterion | None, above: Criterion | None
    ) -> EmptyBranch | None:
        slot = SLOT_OF.get(line.part)
        if not self.base or row is not None or above is None or slot is None:
            return None
        return EmptyBranch(above.pk, slot.value)

    def _adds(
        self, line: OutlineLine, row: Criterion | None, above: Criterion | None
    ) -> tuple[Add, ...]:
        if not self.base:
            return ()
        if row is not None:
            taken = {r.slot for r in self.draft.rows.values() if r.parent_id == row.pk}
            return adds_to(self.base, row, taken)
        slot = SLOT_OF.get(line.part)
        return () if slot is None or above is None else adds_in_gap(self.base, above, slot)


def _citation(line: OutlineLine, above: Criterion | None) -> str:
    """Where the policy says so; a section that the line above it names already is left out."""
    cited = line.node.citation
    if above is None or above.section != cited.section:
        return line.citation
    return citation_text(replace(cited, section=""))


def _parts(below: list[OutlineLine], depth: int) -> Iterator[tuple[OutlineLine, list[OutlineLine]]]:
    """The lines directly below one, each with those inside it."""
    starts = [i for i, line in enumerate(below) if line.depth == depth]
    for start, end in pairwise([*starts, len(below)]):
        yield below[start], below[start + 1 : end]


def removed_of(tree: CriteriaTree) -> Removed | None:
    """What was deleted last and can be brought back."""
    kept: dict[str, Any] | None = tree.removed
    return None if kept is None else Removed(kept["title"], len(kept["rows"]) - 1, kept["by"])
