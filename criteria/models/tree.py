"""The trees of criteria, and what each belongs to."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q, UniqueConstraint

from criteria.models.check import check
from criteria.models.dosing import DosingLimit
from criteria.models.indication import Pathway
from criteria.models.note import ReviewerNote
from criteria.models.part import Part


class TreeUse(models.TextChoices):
    """What a tree of criteria is for."""

    PATHWAY = "pathway", "Criteria of a pathway"
    GENERAL_INITIAL = "general_initial", "General requirements, initial therapy"
    GENERAL_CONTINUATION = "general_continuation", "General requirements, continuation"
    LIMIT_CONDITION = "limit_condition", "Condition of a dosing limit"
    NOTE_WHEN = "note_when", "When a reviewer note is shown"
    NOTE_UNLESS = "note_unless", "When a reviewer note is left out"


GENERAL = (TreeUse.GENERAL_INITIAL, TreeUse.GENERAL_CONTINUATION)
NOTE = (TreeUse.NOTE_WHEN, TreeUse.NOTE_UNLESS)


class CriteriaTree(Part):
    """One tree of criteria: of a pathway, the general requirements, a dosing limit or a note."""

    use = models.CharField(max_length=20, choices=TreeUse)
    pathway = models.OneToOneField(
        Pathway, null=True, blank=True, on_delete=models.CASCADE, related_name="tree"
    )
    limit = models.OneToOneField(
        DosingLimit, null=True, blank=True, on_delete=models.CASCADE, related_name="tree"
    )
    note = models.ForeignKey(
        ReviewerNote, null=True, blank=True, on_delete=models.CASCADE, related_name="trees"
    )

    # Counts the changes of its criteria, so that two editors never overwrite each other.
    revision = models.PositiveIntegerField(default=0, editable=False)
    # The part that was deleted last, with its place, so that it can be brought back.
    removed = models.JSONField(null=True, blank=True, editable=False, encoder=DjangoJSONEncoder)

    inside = ("pathway", "limit", "note")

    class Meta(Part.Meta):
        verbose_name = "tree of criteria"
        verbose_name_plural = "trees of criteria"
        constraints = [
            check(
                "criteriatree_owner",
                Q(use=TreeUse.PATHWAY, pathway__isnull=False, limit=None, note=None)
                | Q(use__in=GENERAL, pathway=None, limit=None, note=None)
                | Q(use=TreeUse.LIMIT_CONDITION, pathway=None, limit__isnull=False, note=None)
                | Q(use__in=NOTE, pathway=None, limit=None, note__isnull=False),
                "A tree belongs to exactly what its use says.",
            ),
            UniqueConstraint(
                fields=["version", "use"],
                condition=Q(use__in=GENERAL),
                name="criteriatree_general_unique",
                violation_error_message="The edition already has these general requirements.",
            ),
            UniqueConstraint(
                fields=["note", "use"],
                condition=Q(use__in=NOTE),
                name="criteriatree_note_unique",
                violation_error_message="The note already has such a condition.",
            ),
        ]

    def __str__(self) -> str:
        owner = self.pathway or self.limit or self.note
        return self.get_use_display() if owner is None else f"{owner} ({self.get_use_display()})"
