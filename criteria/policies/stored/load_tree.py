"""The trees of a policy file on their way into rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from criteria.models import (
    Contradiction,
    CriteriaTree,
    Criterion,
    Kind,
    Question,
    QuestionChoice,
    Slot,
)
from criteria.models.criterion_fit import LINKS
from criteria.policies.file import schema
from criteria.policies.file.problem import Path
from criteria.policies.stored.batch import Batch
from criteria.policies.stored.condition import columns_of
from criteria.policies.stored.rows import CRITERION, columns
from criteria.rules import AnswerType
from criteria.rules.kinds.stated import keys_in

Child = tuple[Slot, schema.Criterion, Path]


class TreeRows:
    """Makes the rows of trees; the questions and choices are rows already."""

    def __init__(
        self,
        batch: Batch,
        questions: Mapping[str, Question],
        choices: Mapping[tuple[str, str], QuestionChoice],
        contradictions: Mapping[str, Contradiction],
    ) -> None:
        """Take the rows that criteria refer to, by key."""
        self.batch = batch
        self.questions = questions
        self.choices = choices
        self.contradictions = contradictions

    def add(self, part: schema.Criterion | None, path: Path, **owner: object) -> None:
        """A tree and its nodes; nothing for a tree that was left out."""
        if part is None:
            return
        tree = self.batch.add(CriteriaTree(**owner), path)
        self._node(part, path, 0, tree=tree, slot=Slot.MEMBER)

    def _node(self, part: schema.Criterion, path: Path, depth: int, **place: object) -> None:
        fields = columns(part, CRITERION, Criterion)
        kind, children = _kind(part), list(_children(part, path))
        if isinstance(part, schema.QuestionCriterion):
            fields |= self._condition(part, path)
        if isinstance(part, schema.AtLeastCriterion):
            fields["n"] = part.at_least
        row = self.batch.add_criterion(Criterion(kind=kind, **place, **fields), depth, path)
        if isinstance(part, schema.QuestionCriterion):
            self._links(row, part)
        for slot, child, at in children:
            self._node(child, at, depth + 1, tree=place["tree"], parent=row, slot=slot)

    def _condition(self, part: schema.QuestionCriterion, path: Path) -> dict[str, Any]:
        question = self.questions[part.question]
        columns = columns_of(part, AnswerType(question.type))
        found: dict[str, object] = {
            name: value for name, value in columns.items() if name not in LINKS
        }
        found["question"] = question
        if part.of is not None and "anchor" not in found:
            found["anchor_question"] = self.questions.get(part.of)
        if part.contradiction is not None:
            found["contradiction"] = self.contradictions[part.contradiction]
        return found

    def _links(self, row: Criterion, part: schema.QuestionCriterion) -> None:
        columns = columns_of(part, AnswerType(self.questions[part.question].type))
        for name in LINKS:
            keys = keys_in(columns.get(name))
            self.batch.link(row, name, [self.choices[part.question, key] for key in keys])


def _kind(part: schema.Criterion) -> Kind:
    kinds: dict[type[schema.CriterionPart], Kind] = {
        schema.AllCriterion: Kind.ALL,
        schema.AnyCriterion: Kind.ANY,
        schema.AtLeastCriterion: Kind.AT_LEAST,
        schema.WhenCriterion: Kind.WHEN,
        schema.DoseCriterion: Kind.DOSE,
        schema.QuestionCriterion: Kind.QUESTION,
    }
    return kinds[type(part)]


def _children(part: schema.Criterion, path: Path) -> Iterator[Child]:
    if isinstance(part, schema.WhenCriterion):
        for slot in (Slot.WHEN, Slot.THEN, Slot.OTHERWISE):
            child = getattr(part, slot.value)
            if child is not None:
                yield slot, child, (*path, slot.value)
        return
    field = {schema.AllCriterion: "all", schema.AnyCriterion: "any", schema.AtLeastCriterion: "of"}
    name = field.get(type(part))
    for i, member in enumerate(getattr(part, name) if name else []):
        yield Slot.MEMBER, member, (*path, name or "", i)
