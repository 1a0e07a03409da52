"""The diagnoses a version names, and the pathways inside them."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from criteria.models.check import check, filled, one_of
from criteria.models.fields import KeyField, LinesField
from criteria.models.part import Part
from criteria.rules.terms import Coverage, TherapyPhase

COVERAGES = [
    (Coverage.CRITERIA.value, "Covered with criteria"),
    (Coverage.GENERAL.value, "Covered on the general requirements alone"),
    (Coverage.UNPROVEN.value, "Not covered (unproven)"),
]
FIRST, AGAIN = TherapyPhase.INITIAL.value, TherapyPhase.CONTINUATION.value
SERVES = [
    (FIRST, "Initial therapy"),
    (AGAIN, "Continuation"),
    (f"{FIRST},{AGAIN}", "Initial therapy and continuation"),
    (f"{AGAIN},{FIRST}", "Continuation and initial therapy"),
]
IV_ONLY = [
    (True, "A vein only: a product under the skin has no limit here"),
    (False, "Every route: a product under the skin is held against them, too"),
]


class Indication(Part):
    """A diagnosis the policy names."""

    key = KeyField()
    name = models.TextField()
    coverage = models.CharField(max_length=10, choices=COVERAGES)
    lines = LinesField()
    help = models.TextField(blank=True)
    route_words = models.TextField(
        "what to do when it is unproven",
        blank=True,
        help_text="The exception path, said as soon as the diagnosis is chosen.",
    )
    codes_bind = models.BooleanField(
        "its codes are in the list",
        default=True,
        help_text="No where the list of codes binds, and names no code of this diagnosis.",
    )

    class Meta(Part.Meta):
        constraints = [
            UniqueConstraint(
                fields=["version", "key"],
                name="indication_key_unique",
                violation_error_message="This edition already has an indication of that key.",
            ),
            one_of("indication", "coverage", Coverage, "Coverage"),
            check(
                "indication_named",
                filled(["key", "name", "lines"]),
                "Key, name and lines must be filled.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Synonym(Part):
    """Another name a diagnosis goes by."""

    indication = models.ForeignKey(Indication, on_delete=models.CASCADE, related_name="synonyms")
    name = models.TextField()

    inside = ("indication",)

    def __str__(self) -> str:
        return self.name


class Pathway(Part):
    """One set of criteria inside an indication, with the therapy phases it serves."""

    indication = models.ForeignKey(Indication, on_delete=models.CASCADE, related_name="pathways")
    key = KeyField()
    name = models.TextField()
    serves = models.CharField(max_length=30, choices=SERVES)
    lines = LinesField()
    dose_iv_only = models.BooleanField(
        "its dosing limits are for",
        null=True,
        blank=True,
        choices=IV_ONLY,
        help_text="Said as soon as there is a limit: does the policy name the route?",
    )

    dose_label_lines = LinesField(
        "Where the policy sends a subcutaneous product to its label. Leave open where it does not.",
        verbose_name="a subcutaneous dose is held against the label by",
        blank=True,
    )

    inside = ("indication",)

    class Meta(Part.Meta):
        constraints = [
            UniqueConstraint(
                fields=["indication", "key"],
                name="pathway_key_unique",
                violation_error_message="This indication already has a pathway of that key.",
            ),
            one_of("pathway", "serves", dict(SERVES), "Serves"),
            check(
                "pathway_named",
                filled(["key", "name", "lines"]),
                "Key, name and lines must be filled.",
            ),
            check(
                "pathway_label_measure",
                Q(dose_label_lines="") | Q(dose_iv_only=True, dose_iv_only__isnull=False),
                "Where the label measures a subcutaneous dose, the dosing limits are for "
                "intravenous use only: say so.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indication}: {self.name}"
