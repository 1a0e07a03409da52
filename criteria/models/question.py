"""The questions of a version: each fact is asked once and used by many criteria."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, UniqueConstraint

from criteria.models.check import check, filled, one_of, positive
from criteria.models.fields import KeyField
from criteria.models.part import Part
from criteria.rules import KINDS, AnswerType, FactRole
from criteria.rules.formats import says_something

ANSWER_TYPES = [(kind.type.value, kind.label) for kind in KINDS.values()]
ROLES = [
    (FactRole.DIAGNOSIS_STATED.value, "The diagnosis is stated"),
    (FactRole.AGE_YEARS.value, "Age in years"),
    (FactRole.THERAPY_START.value, "First day of therapy"),
    (FactRole.TRANSPLANT_DATE.value, "Day of the transplant"),
    (FactRole.DISCONTINUATION_DATE.value, "Day therapy was stopped"),
    (FactRole.LONG_TERM.value, "Long-term therapy"),
    (FactRole.DIAGNOSIS_CODES.value, "Diagnosis codes"),
    (FactRole.GIVEN_AT_HOME.value, "Given at home"),
    (FactRole.SPECIALIST.value, "A specialist prescribes or is consulted"),
]

NUMBER_ONLY = Q(unit="", minimum=None, maximum=None, whole=False, dated=False)


class Question(Part):
    """The wording of one question, its help and the kind of answer."""

    key = KeyField(help_text="Stable name: answers are kept under it, nobody reads it.")
    wording = models.TextField(help_text="The question as the prescriber reads it.")
    type = models.CharField("kind of answer", max_length=10, choices=ANSWER_TYPES)
    help = models.TextField(blank=True)
    unit = models.CharField(max_length=100, blank=True, help_text="Such as mg/dL or months.")
    minimum = models.DecimalField(
        max_digits=15,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Below this the answer is taken for a slip and asked again.",
    )
    maximum = models.DecimalField(
        max_digits=15,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Above this the answer is taken for a slip and asked again.",
    )
    whole = models.BooleanField("whole numbers only", default=False)
    dated = models.BooleanField("ask for the day it was measured", default=False)
    examples = models.TextField(blank=True)
    role = models.CharField(
        "known from the request",
        max_length=30,
        blank=True,
        choices=ROLES,
        help_text="Filled in from the request when it holds this already.",
    )
    unchangeable = models.BooleanField(
        "a fact nobody can change",
        default=False,
        help_text="Such as a disease or a day in the past: nobody is told to change it.",
    )

    names = models.TextField(
        "names that count",
        blank=True,
        help_text="Drugs or specialties, one a line with other spellings: azathioprine, Imuran.",
    )
    names_not_counted = models.TextField(
        "names that do not count",
        blank=True,
        help_text="In the same form. A name on neither list is left to a reviewer.",
    )

    class Meta(Part.Meta):
        constraints = [
            UniqueConstraint(
                fields=["version", "key"],
                name="question_key_unique",
                violation_error_message="This edition already has a question of that key.",
            ),
            one_of("question", "type", AnswerType, "The kind of answer"),
            one_of("question", "role", ["", *FactRole], "Known from the request"),
            check("question_worded", filled(["key", "wording"]), "Key and wording must be filled."),
            check(
                "question_bounds",
                Q(minimum=None) | Q(maximum=None) | Q(minimum__lt=F("maximum")),
                "The minimum must be below the maximum.",
            ),
            check(
                "question_unit",
                ~Q(type=AnswerType.NUMBER.value) | ~Q(unit=""),
                "A number needs a unit.",
            ),
            check(
                "question_number_only",
                Q(type=AnswerType.NUMBER.value) | NUMBER_ONLY,
                "Unit, minimum, maximum, whole numbers and the day of measuring go with a number "
                "only.",
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    def clean(self) -> None:
        """Keep each name on a line of its own, its spellings apart by a comma and a space."""
        super().clean()
        for field in ("names", "names_not_counted"):
            lines = (_spelled(line) for line in getattr(self, field).splitlines())
            setattr(self, field, "\n".join(filter(None, lines)))
        if self.role == FactRole.SPECIALIST and not self.names:
            raise ValidationError({"names": "Name the specialty, with its other spellings."})
        is_named = self.role == FactRole.SPECIALIST or KINDS[AnswerType(self.type)].knows_names
        for field in ("names", "names_not_counted"):
            if getattr(self, field) and not is_named:
                words = "Only a therapy, a list and a specialist's question know names."
                raise ValidationError({field: words})


def _spelled(line: str) -> str:
    """A name and its other spellings; what has no letter and no digit is none."""
    return ", ".join(" ".join(each.split()) for each in line.split(",") if says_something(each))


class QuestionChoice(Part):
    """One of the answers of a choice."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    key = KeyField()
    label = models.TextField()

    inside = ("question",)

    class Meta(Part.Meta):
        constraints = [
            UniqueConstraint(
                fields=["question", "key"],
                name="questionchoice_key_unique",
                violation_error_message="This question already has a choice of that key.",
            ),
            check(
                "questionchoice_worded", filled(["key", "label"]), "Key and label must be filled."
            ),
        ]

    def __str__(self) -> str:
        return self.label


class QuestionUnit(Part):
    """Another unit a number may be typed in."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="other_units")
    unit = models.CharField(max_length=100)
    factor = models.DecimalField(
        max_digits=15,
        decimal_places=8,
        help_text="How many of the question's own unit one of this unit is.",
    )

    inside = ("question",)

    class Meta(Part.Meta):
        constraints = [
            UniqueConstraint(
                fields=["question", "unit"],
                name="questionunit_unit_unique",
                violation_error_message="This question already has that unit.",
            ),
            positive("questionunit", "factor", "The factor"),
        ]

    def __str__(self) -> str:
        return self.unit
