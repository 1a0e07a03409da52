"""The trees of a stored version, back in the words of a policy file."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from criteria.models import Criterion, Kind, Part, PolicyVersion, Question, Slot
from criteria.policyfile import rows
from criteria.policyfile.rows_condition import condition_of


def linked(
    model: type[Part], name: str, version: PolicyVersion, keys: Mapping[int, str]
) -> dict[int, list[str]]:
    """For each row of the version, the keys of what it is linked to, in the order of linking."""
    through: Any = getattr(model, name).through
    field: Any = model._meta.get_field(name)
    owner, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    found: dict[int, list[str]] = defaultdict(list)
    of_version = {f"{field.m2m_field_name()}__version": version}
    pairs = through._default_manager.filter(**of_version).order_by("id")
    for row, linked_to in pairs.values_list(owner, other):
        found[row].append(keys[linked_to])
    return found


class StoredTrees:
    """The nodes of every tree of a version."""

    def __init__(
        self,
        version: PolicyVersion,
        questions: Mapping[int, Question],
        choices: Mapping[int, str],
    ) -> None:
        """Read them in three queries."""
        self.questions = questions
        self.roots: dict[int, Criterion] = {}
        self.children: dict[int, list[Criterion]] = defaultdict(list)
        self.passing = linked(Criterion, "passing", version, choices)
        self.reviewer = linked(Criterion, "reviewer", version, choices)
        for row in Criterion.objects.of(version):
            if row.parent_id is None:
                self.roots[row.tree_id] = row
            else:
                self.children[row.parent_id].append(row)

    def said(self, tree: int) -> dict[str, Any] | None:
        """A tree as a policy file says it; None while it has no criteria."""
        root = self.roots.get(tree)
        return None if root is None else self.node(root)

    def node(self, row: Criterion) -> dict[str, Any]:
        """One node with everything inside it."""
        said = rows.said(row, rows.CRITERION)
        match row.kind:
            case Kind.QUESTION:
                return said | self._question(row)
            case Kind.DOSE:
                return said | {"dose": True}
            case Kind.WHEN:
                parts = {c.slot: self.node(c) for c in self.children[row.pk]}
                return said | {slot.value: parts.get(slot) for slot in WHEN_SLOTS}
        members = [self.node(c) for c in self.children[row.pk]]
        if row.kind == Kind.AT_LEAST:
            return said | {"at_least": row.n, "of": members}
        return said | {row.kind: members}

    def _question(self, row: Criterion) -> dict[str, Any]:
        row.question = self.questions[row.question_id or 0]
        anchor = self.questions.get(row.anchor_question_id or 0)
        keys = {
            "passing": self.passing.get(row.pk, []),
            "reviewer": self.reviewer.get(row.pk, []),
        }
        said = condition_of(row, keys, "" if anchor is None else anchor.key)
        return {"question": row.question.key} | said


WHEN_SLOTS = (Slot.WHEN, Slot.THEN, Slot.OTHERWISE)
