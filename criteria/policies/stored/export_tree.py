"""The trees of a stored version, back in the words of a policy file."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from criteria.models import (
    Contradiction,
    CriteriaTree,
    Criterion,
    Kind,
    Part,
    PolicyVersion,
    Question,
    QuestionChoice,
    QuestionUnit,
    Slot,
)
from criteria.policies.stored import rows
from criteria.policies.stored.condition import condition_of
from criteria.policies.stored.spelling import plain

K = TypeVar("K", bound=Hashable)
T = TypeVar("T", bound=Model)


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


def grouped(found: Iterable[T], by: Callable[[T], K]) -> dict[K, list[T]]:
    """Rows by what they belong to, in their order."""
    groups: dict[K, list[T]] = defaultdict(list)
    for row in found:
        groups[by(row)].append(row)
    return groups


class StoredQuestions:
    """The question library of a version."""

    def __init__(self, version: PolicyVersion) -> None:
        """Read it in three queries."""
        self.all = list(Question.objects.of(version))
        self.choices = grouped(QuestionChoice.objects.of(version), lambda c: c.question_id)
        self.units = grouped(QuestionUnit.objects.of(version), lambda u: u.question_id)
        self.by_id = {question.pk: question for question in self.all}
        self.choice_keys = {c.pk: c.key for found in self.choices.values() for c in found}

    def said(self) -> dict[str, dict[str, Any]]:
        """Every question as a policy file says it."""
        return {question.key: self._said(question) for question in self.all}

    def _said(self, question: Question) -> dict[str, Any]:
        return rows.said(question, rows.QUESTION) | {
            "choices": {c.key: c.label for c in self.choices.get(question.pk, [])},
            "other_units": {u.unit: plain(u.factor) for u in self.units.get(question.pk, [])},
            **{name: getattr(question, name).splitlines() for name in rows.QUESTION_LISTS},
        }


class StoredTrees:
    """The nodes of every tree of a version, or of one tree."""

    def __init__(
        self,
        version: PolicyVersion,
        questions: StoredQuestions,
        tree: CriteriaTree | None = None,
    ) -> None:
        """Read them in four queries."""
        self.questions = questions.by_id
        self.contradictions = dict(Contradiction.objects.of(version).values_list("pk", "key"))
        self.roots: dict[int, Criterion] = {}
        self.children: dict[int, list[Criterion]] = defaultdict(list)
        self.passing = linked(Criterion, "passing", version, questions.choice_keys)
        self.reviewer = linked(Criterion, "reviewer", version, questions.choice_keys)
        found = Criterion.objects.of(version)
        for row in found if tree is None else found.filter(tree=tree):
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
        if row.contradiction_id is not None:
            said["contradiction"] = self.contradictions[row.contradiction_id]
        return {"question": row.question.key} | said


WHEN_SLOTS = (Slot.WHEN, Slot.THEN, Slot.OTHERWISE)
