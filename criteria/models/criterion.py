"""The nodes of the criteria trees: groups, and questions with their passing condition."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import UniqueConstraint

from criteria.models.contradiction import Contradiction
from criteria.models.criterion_fit import ColumnMisfit, condition_misfits
from criteria.models.criterion_rules import (
    COMPARISONS,
    CONSTRAINTS,
    DAY_ANCHORS,
    GROUPS,
    SPAN_UNITS,
    Kind,
    Slot,
)
from criteria.models.fields import KeyField, LinesField
from criteria.models.part import Part
from criteria.models.question import Question, QuestionChoice
from criteria.models.tree import CriteriaTree
from criteria.rules import AnswerType


def span_count(name: str) -> "models.PositiveIntegerField[int | None, int | None]":
    """The number of a span."""
    return models.PositiveIntegerField(name, null=True, blank=True)


def span_unit() -> "models.CharField[str, str]":
    """The unit of a span."""
    return models.CharField("unit", max_length=6, blank=True, choices=SPAN_UNITS)


class Criterion(Part):
    """A node of a tree: a group of others, a question with its passing condition, or the dose."""

    tree = models.ForeignKey(CriteriaTree, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="members"
    )
    slot = models.CharField("place in the parent", max_length=9, choices=Slot, default=Slot.MEMBER)
    kind = models.CharField(max_length=8, choices=Kind)
    key = KeyField(
        blank=True,
        help_text="Stable name. A question may leave it empty and goes by the question's.",
    )
    title = models.TextField(help_text="As it is read in the outline, the result and the packet.")
    lines = LinesField()
    section = models.TextField(blank=True)
    note = models.TextField(blank=True)
    n = models.PositiveSmallIntegerField(
        "at least", null=True, blank=True, validators=[MinValueValidator(0)]
    )

    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.RESTRICT, related_name="criteria"
    )
    passes_on = models.BooleanField(
        "passes on", null=True, blank=True, choices=[(True, "Yes"), (False, "No")]
    )
    comparison = models.CharField(max_length=2, blank=True, choices=COMPARISONS)
    threshold = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    max_age_count = span_count("measured at most")
    max_age_unit = span_unit()
    window_count = span_count("within")
    window_unit = span_unit()
    window_after = models.BooleanField("after the day, not before it", default=False)
    anchor = models.CharField("counted from", max_length=15, blank=True, choices=DAY_ANCHORS)
    anchor_question = models.ForeignKey(
        Question,
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="anchored",
        verbose_name="counted from the answer to",
    )
    passing = models.ManyToManyField(
        QuestionChoice, blank=True, related_name="passing_in", verbose_name="passing choices"
    )
    reviewer = models.ManyToManyField(
        QuestionChoice,
        blank=True,
        related_name="reviewed_in",
        verbose_name="choices left to the reviewer",
    )
    accepts_failure = models.BooleanField("it failed", default=False)
    accepts_contraindication = models.BooleanField("it was contraindicated", default=False)
    accepts_intolerance = models.BooleanField("it was not tolerated", default=False)
    accepts_none = models.BooleanField("it was not tried", default=False)

    codes = models.TextField(
        "codes that count",
        blank=True,
        help_text="ICD-10-CM codes with a space between them; E11 stands for all codes below it.",
    )
    principal = models.BooleanField("only the code the request rests on", default=False)

    contradiction = models.ForeignKey(
        Contradiction,
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="criteria",
        verbose_name="for a reviewer, because of",
        help_text="An answer that does not pass (of choices: one left to the reviewer) meets this "
        "contradiction of the policy: it is for a reviewer, and both sides are shown.",
    )

    inside = ("tree", "parent", "question", "anchor_question", "contradiction")

    class Meta(Part.Meta):
        verbose_name_plural = "criteria"
        constraints = [
            *CONSTRAINTS,
            UniqueConstraint(
                fields=["tree"],
                condition=models.Q(parent=None),
                name="criterion_one_root",
                violation_error_message="A tree has one topmost criterion.",
            ),
            UniqueConstraint(
                fields=["parent", "slot"],
                condition=~models.Q(slot=Slot.MEMBER),
                name="criterion_one_per_slot",
                violation_error_message="That place is already taken.",
            ),
            UniqueConstraint(
                fields=["tree", "key"],
                condition=~models.Q(key=""),
                name="criterion_key_unique",
                violation_error_message="This tree already has a criterion of that key.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a place or a passing condition that does not fit."""
        super().clean()
        problems = dict(misfits(self))
        if problems:
            raise ValidationError(problems)


def misfits(row: Criterion) -> Iterator[ColumnMisfit]:
    """The field and what is wrong with it."""
    yield from _place(row)
    yield from _held(row)
    if row.kind == Kind.AT_LEAST:
        yield from _count(row)
    if row.kind == Kind.QUESTION and row.question is not None:
        yield from condition_misfits(row, AnswerType(row.question.type))


def _place(row: Criterion) -> Iterator[ColumnMisfit]:
    parent = row.parent
    if parent is None:
        return
    if parent.tree_id != row.tree_id:
        yield "parent", "The parent stands in another tree."
    elif row.slot == Slot.MEMBER and parent.kind not in GROUPS:
        yield "slot", "Only a group has members. Choose when, then or otherwise."
    elif row.slot != Slot.MEMBER and parent.kind != Kind.WHEN:
        yield "slot", "Only a when-then-otherwise has such places. Choose member."
    if _is_below_itself(row):
        yield "parent", "A criterion cannot stand inside itself."


def _held(row: Criterion) -> Iterator[ColumnMisfit]:
    """What stands in the row already must have a place in it."""
    slots = set() if row.pk is None else set(row.members.values_list("slot", flat=True))
    if slots and row.kind in (Kind.QUESTION, Kind.DOSE):
        yield "kind", "Other criteria stand in this one. Move or delete them first."
    elif Slot.MEMBER in slots and row.kind == Kind.WHEN:
        yield "kind", "Its members have no place in a when-then-otherwise. Move them first."
    elif slots - {Slot.MEMBER} and row.kind in GROUPS:
        yield "kind", "Its when, then and otherwise are no members. Move or delete them first."


def _is_below_itself(row: Criterion) -> bool:
    above: Criterion | None = row.parent
    seen = set()
    while row.pk is not None and above is not None and above.pk not in seen:
        if above.pk == row.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def _count(row: Criterion) -> Iterator[ColumnMisfit]:
    if row.n is None:
        yield "n", "Say how many of these are needed, such as 2."
    count = row.members.count() if row.pk is not None else 0
    if row.n is not None and 0 < count < row.n:
        yield "n", f"At least {row.n} of {count} can never be met: there are only {count} members."
