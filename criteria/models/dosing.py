"""The regimens a pathway allows."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, UniqueConstraint

from criteria.dosing.limits import Event, Per
from criteria.models.check import check, filled, in_order, one_of, positive
from criteria.models.fields import KeyField, LinesField
from criteria.models.indication import Pathway
from criteria.models.part import Part

PER = [
    (Per.DAY.value, "a day"),
    (Per.DOSE.value, "a dose"),
    (Per.WEEK.value, "a week"),
    (Per.MONTH.value, "a month"),
    (Per.COURSE.value, "a course"),
]
EVENTS = [
    (Event.TRANSPLANT.value, "the transplant"),
    (Event.DISCONTINUATION.value, "stopping therapy"),
    (Event.DELIVERY.value, "delivery"),
]
NO_PERIOD = "Say how often the dose or course is given, or how many courses there are at most."


def days(name: str, help_text: str = "") -> "models.PositiveIntegerField[int | None, int | None]":
    """A count of days or courses that may be left out."""
    limits = [MinValueValidator(1), MaxValueValidator(3660)]
    return models.PositiveIntegerField(
        name, null=True, blank=True, validators=limits, help_text=help_text
    )


class DosingLimit(Part):
    """One amount the policy allows: a phase of one of the regimens of a pathway."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="limits")
    regimen = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1)],
        help_text='Limits of one regimen follow one another; regimens are joined by "or".',
    )
    key = KeyField()
    words = models.TextField(help_text="The limit in plain words, as the prescriber reads it.")
    lines = LinesField()
    section = models.TextField(blank=True)
    per = models.CharField(max_length=6, choices=PER)
    max_mg_per_kg = models.DecimalField("at most, mg/kg", max_digits=10, decimal_places=4)
    min_mg_per_kg = models.DecimalField(
        "at least, mg/kg",
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="The lower end of a stated range.",
    )
    min_days = days("over at least, days")
    max_days = days("over at most, days")
    consecutive_days = models.BooleanField(default=False)
    equal_doses = models.BooleanField("split into equal daily doses", default=False)
    shortest_interval_days = days("shortest interval, days", '"Every 3 to 4 weeks": 21.')
    longest_interval_days = days("longest interval, days", '"Every 3 to 4 weeks": 28.')
    max_courses = days("courses at most")
    through_day_of_therapy = days("through day of therapy", "The first infusion is day 1.")
    until_event = models.CharField("until", max_length=15, blank=True, choices=EVENTS)
    until_days = days("until, days after", "Empty: until the event itself.")
    only_induction = models.BooleanField("only for induction", default=False)
    only_initial = models.BooleanField("only for the first request", default=False)
    condition_words = models.TextField(
        "condition in words", blank=True, help_text="For a limit open only under a condition."
    )

    inside = ("pathway",)

    class Meta(Part.Meta):
        ordering = ["regimen", "position", "id"]
        constraints = [
            UniqueConstraint(
                fields=["pathway", "key"],
                name="dosinglimit_key_unique",
                violation_error_message="This pathway already has a dosing limit of that key.",
            ),
            check(
                "dosinglimit_worded",
                filled(["key", "words", "lines"]),
                "Key, words and lines must be filled.",
            ),
            check("dosinglimit_regimen", Q(regimen__gte=1), "Regimens count from 1."),
            one_of("dosinglimit", "per", Per, "Per"),
            one_of("dosinglimit", "until_event", ["", *Event], "Until"),
            check(
                "dosinglimit_amount",
                Q(max_mg_per_kg__gt=0, max_mg_per_kg__lte=10000),
                "At most must be more than 0 and no more than 10,000 mg/kg.",
            ),
            positive("dosinglimit", "min_mg_per_kg", "At least"),
            in_order(
                "dosinglimit",
                "min_mg_per_kg",
                "max_mg_per_kg",
                "The lower end of the range must not be above the upper end.",
            ),
            *(
                positive("dosinglimit", field, words)
                for field, words in {
                    "min_days": "Over at least",
                    "max_days": "Over at most",
                    "shortest_interval_days": "The shortest interval",
                    "longest_interval_days": "The longest interval",
                    "max_courses": "Courses at most",
                    "through_day_of_therapy": "Through day of therapy",
                    "until_days": "Days after the event",
                }.items()
            ),
            check(
                "dosinglimit_days",
                Q(min_days=None) | Q(max_days__isnull=False, max_days__gte=models.F("min_days")),
                "Over at least needs over at most, and must not be above it.",
            ),
            check(
                "dosinglimit_equal_doses",
                Q(equal_doses=False) | ~Q(max_days=None),
                "Equal daily doses need over at most how many days.",
            ),
            in_order(
                "dosinglimit",
                "shortest_interval_days",
                "longest_interval_days",
                "The shortest interval must not be longer than the longest.",
            ),
            check(
                "dosinglimit_until",
                Q(until_days=None) | ~Q(until_event=""),
                "Days after need the event they are counted from.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Refuse an amount for each dose or course that does not say how often it is given."""
        super().clean()
        counted = (self.shortest_interval_days, self.longest_interval_days, self.max_courses)
        if self.per in (Per.DOSE, Per.COURSE) and not any(counted):
            raise ValidationError({"shortest_interval_days": NO_PERIOD})
