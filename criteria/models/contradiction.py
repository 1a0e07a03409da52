"""Where the policy contradicts itself, or leaves a point open: a reviewer decides there."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import UniqueConstraint

from criteria.models.check import check, filled, one_of
from criteria.models.code import SHAPES
from criteria.models.fields import KeyField, LinesField
from criteria.models.indication import AGAIN, FIRST, SERVES, Indication
from criteria.models.part import Part
from criteria.rules.terms import CodeSystem

SIDES = ("one_side", "one_side_lines", "other_side", "other_side_lines")


class Contradiction(Part):
    """Two sides of a point, each with its lines. Criteria name it, or indications are the point."""

    key = KeyField()
    name = models.TextField(help_text="What the two sides are about, as it is read first.")
    one_side = models.TextField("what one side says")
    one_side_lines = LinesField("Line or lines of one side.", verbose_name="lines of one side")
    other_side = models.TextField("what the other side says")
    other_side_lines = LinesField(
        "Line or lines of the other side.", verbose_name="lines of the other side"
    )
    indications = models.ManyToManyField(
        Indication,
        blank=True,
        related_name="contradictions",
        verbose_name="diagnoses that are the point themselves",
        help_text="Every request for one of them is for a reviewer. Where only some are, name the "
        "contradiction in the criterion that tells them apart.",
    )
    phases = models.CharField(
        "in which phase these diagnoses are",
        max_length=30,
        choices=SERVES,
        default=f"{FIRST},{AGAIN}",
    )
    codes = models.TextField(
        "diagnosis codes that say it too",
        blank=True,
        help_text="ICD-10-CM codes with a space between them, for requests that are asked a "
        "criterion naming this contradiction.",
    )

    class Meta(Part.Meta):
        constraints = [
            UniqueConstraint(
                fields=["version", "key"],
                name="contradiction_key_unique",
                violation_error_message="This edition already has a contradiction of that key.",
            ),
            check(
                "contradiction_worded",
                filled(["key", "name", *SIDES]),
                "Key, name, both sides and their lines must be filled.",
            ),
            one_of("contradiction", "phases", dict(SERVES), "The phase"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what is no diagnosis code."""
        super().clean()
        pattern, expected = SHAPES[CodeSystem.ICD10.value]
        wrong = [code for code in self.codes.split() if not re.fullmatch(pattern, code)]
        if wrong:
            raise ValidationError({"codes": f"“{wrong[0][:40]}” is not {expected}."})
