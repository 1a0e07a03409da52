"""Lists of named diseases the policy gives for help."""

from django.db import models
from django.db.models import UniqueConstraint

from criteria.models.fields import KeyField, LinesField
from criteria.models.part import Part


class DiseaseList(Part):
    """A list of diseases, such as the primary immunodeficiencies."""

    key = KeyField()

    class Meta(Part.Meta):
        constraints = [
            UniqueConstraint(
                fields=["version", "key"],
                name="diseaselist_key_unique",
                violation_error_message="This edition already has a list of that key.",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class NamedDisease(Part):
    """An entry of a list."""

    list = models.ForeignKey(DiseaseList, on_delete=models.CASCADE, related_name="diseases")
    name = models.TextField()
    lines = LinesField()
    note = models.TextField(blank=True)

    inside = ("list",)

    def __str__(self) -> str:
        return self.name
