"""The codes a version lists, and the diagnoses they suggest."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, UniqueConstraint

from criteria.models.check import check, filled, in_order, one_of
from criteria.models.fields import LinesField
from criteria.models.indication import Indication
from criteria.models.part import Part
from criteria.rules.terms import CodeSystem

SYSTEMS = [
    (CodeSystem.ICD10.value, "ICD-10-CM"),
    (CodeSystem.HCPCS.value, "HCPCS"),
    (CodeSystem.CPT.value, "CPT"),
]

SHAPES = {
    CodeSystem.ICD10.value: (
        r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?",
        "an ICD-10-CM code, such as G61.81",
    ),
    CodeSystem.HCPCS.value: (r"[A-Z]\d{4}", "an HCPCS code, such as J1561"),
    CodeSystem.CPT.value: (r"\d{4}[0-9A-Z]", "a CPT code, such as 90284"),
}


def check_shape(system: str, code: str) -> None:
    """Raise ValidationError for a code that cannot be one of that system."""
    pattern, words = SHAPES.get(system, (".*", ""))
    if code and not re.fullmatch(pattern, code):
        raise ValidationError({"code": f"“{code[:40]}” is not {words}."})


class Code(Part):
    """A code of the policy's lists, or one only mapped to its diagnoses."""

    system = models.CharField(max_length=5, choices=SYSTEMS)
    code = models.CharField(max_length=40)
    description = models.TextField()
    lines = LinesField(blank=True)
    listed = models.BooleanField("listed in the policy", default=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    indications = models.ManyToManyField(
        Indication, blank=True, related_name="codes", help_text="What the code suggests."
    )
    unproven = models.ManyToManyField(
        Indication,
        blank=True,
        related_name="unproven_codes",
        verbose_name="unproven uses",
        help_text="Unproven uses the code also matches.",
    )
    clear = models.BooleanField(
        "clear by itself", default=False, help_text="The code alone names one diagnosis."
    )
    note = models.TextField(blank=True)

    class Meta(Part.Meta):
        ordering = ["system", "position", "id"]
        constraints = [
            UniqueConstraint(
                fields=["version", "system", "code"],
                name="code_unique",
                violation_error_message="This edition already lists that code.",
            ),
            one_of("code", "system", CodeSystem, "The code system"),
            check(
                "code_named",
                filled(["code", "description"]),
                "Code and description must be filled.",
            ),
            check("code_cited", Q(listed=False) | ~Q(lines=""), "A listed code needs its lines."),
            in_order("code", "first_day", "last_day", "The first day must not follow the last."),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    def clean(self) -> None:
        """Refuse a code that has not the shape of its system."""
        super().clean()
        check_shape(self.system, self.code)
