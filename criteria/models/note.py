"""What the policy leaves open, for the reviewer."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from criteria.models.check import check, filled
from criteria.models.code import check_shape
from criteria.models.fields import KeyField, LinesField
from criteria.models.indication import Indication, Pathway
from criteria.models.part import Part
from criteria.rules.terms import CodeSystem


def unique_key(owner: str, condition: Q) -> UniqueConstraint:
    """Keys are unique among the notes of one owner."""
    return UniqueConstraint(
        fields=[owner, "key"],
        condition=condition,
        name=f"reviewernote_{owner}_key_unique",
        violation_error_message="There is already a note of that key here.",
    )


class ReviewerNote(Part):
    """A note of the whole edition, of one indication, or of one pathway."""

    indication = models.ForeignKey(
        Indication, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    pathway = models.ForeignKey(
        Pathway, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    key = KeyField()
    text = models.TextField()
    lines = LinesField()

    inside = ("indication", "pathway")

    class Meta(Part.Meta):
        constraints = [
            check(
                "reviewernote_owner",
                Q(indication=None) | Q(pathway=None),
                "A note belongs to an indication or to a pathway, not to both.",
            ),
            check(
                "reviewernote_worded",
                filled(["key", "text", "lines"]),
                "Key, text and lines must be filled.",
            ),
            unique_key("version", Q(indication=None, pathway=None)),
            unique_key("indication", Q(indication__isnull=False)),
            unique_key("pathway", Q(pathway__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.text


class ReviewerNoteCode(Part):
    """A diagnosis code the note is shown for; a note without codes is shown for all."""

    note = models.ForeignKey(ReviewerNote, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField("ICD-10 code", max_length=40)

    inside = ("note",)

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Refuse what is no diagnosis code."""
        super().clean()
        check_shape(CodeSystem.ICD10.value, self.code)
