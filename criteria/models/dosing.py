"""The regimens a pathway allows."""

from dataclasses import fields

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, UniqueConstraint

from criteria.dosing.limits import CoursesCounted, Joined, Limit, Per, RegimenEvent
from criteria.models.check import check, filled, in_order, one_of, positive
from criteria.models.fields import KeyField, LinesField
from criteria.models.indication import Pathway
from criteria.models.part import Part

PER = [(per.value, per.words) for per in Per]
EVENTS = [(event.value, event.words) for event in RegimenEvent]
JOINED = [
    (Joined.OR.value, "or (another way)"),
    (Joined.THEN.value, "then (afterwards)"),
    (Joined.ONLY_IF.value, "only if … (another way, under a condition)"),
]
COUNTED = [
    (CoursesCounted.IN_ALL.value, "in all: every request, and what was given elsewhere"),
    (CoursesCounted.AUTHORIZATION.value, "in each authorization, which begins anew"),
    (CoursesCounted.A_YEAR.value, "in any 12 months, over requests too"),
]
COUNTED_UNSAID = "Say what the courses at most are counted over."
NOTHING_COUNTED = "Say how many courses there are at most, or leave this open."
NO_PERIOD = "Say how often the dose or course is given, or how many courses there are at most."
FIRST_JOINS = (
    "It is the first limit of its pathway: there is none before it. Leave this open, or choose "
    "“only if …” where it has a condition."
)
CONDITION_JOINS = "It has a condition: choose “only if …”."
CONDITION_UNSAID = "Say the condition in words, as it follows “only if”."


def days(name: str, help_text: str = "") -> "models.PositiveIntegerField[int | None, int | None]":
    """A count of days or courses that may be left out."""
    limits = [MinValueValidator(1), MaxValueValidator(3660)]
    return models.PositiveIntegerField(
        name, null=True, blank=True, validators=limits, help_text=help_text
    )


class DosingLimit(Part):
    """One amount the policy allows: a phase of one of the regimens of a pathway."""

    pathway_id: int | None

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="limits")
    joined_by = models.CharField(
        "how does it go with the other limits?",
        max_length=7,
        blank=True,
        choices=JOINED,
        help_text="Leave open only for the first limit of its pathway.",
    )
    key = KeyField()
    remark = models.TextField(
        blank=True,
        help_text="What the numbers do not say; the sentence of the limit is made from them.",
    )
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
    min_days_between_runs = days(
        "days between runs",
        "Of consecutive days that may be repeated: infusion days that begin fewer days after the "
        "last ones are another schedule. Empty: only the amount decides.",
    )
    equal_doses = models.BooleanField("split into equal daily doses", default=False)
    shortest_interval_days = days("shortest interval, days", '"Every 3 to 4 weeks": 21.')
    longest_interval_days = days("longest interval, days", '"Every 3 to 4 weeks": 28.')
    max_courses = days("courses at most")
    courses_counted = models.CharField(
        "courses are counted", max_length=18, blank=True, choices=COUNTED
    )
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
        ordering = ["position", "id"]
        constraints = [
            UniqueConstraint(
                fields=["pathway", "key"],
                name="dosinglimit_key_unique",
                violation_error_message="This pathway already has a dosing limit of that key.",
            ),
            check(
                "dosinglimit_named",
                filled(["key", "lines"]),
                "Key and lines must be filled.",
            ),
            one_of("dosinglimit", "joined_by", ["", *Joined], "How it goes with the others"),
            one_of("dosinglimit", "per", Per, "Per"),
            one_of("dosinglimit", "courses_counted", ["", *CoursesCounted], "Courses are counted"),
            check(
                "dosinglimit_courses",
                Q(max_courses=None, courses_counted="")
                | Q(max_courses__isnull=False) & ~Q(courses_counted=""),
                "Courses at most and what they are counted over belong together: both or neither.",
            ),
            one_of("dosinglimit", "until_event", ["", *RegimenEvent], "Until"),
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
                    "min_days_between_runs": "Days between runs",
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

    @property
    def words(self) -> str:
        """The limit in one sentence; its stable name while it says too little for one."""
        limit = stated_limit(self)
        return self.key if limit is None else limit.words

    def clean(self) -> None:
        """Refuse an amount without a period, and what nobody said of joining and counting."""
        super().clean()
        counted = (self.shortest_interval_days, self.longest_interval_days, self.max_courses)
        if self.per in (Per.DOSE, Per.COURSE) and not any(counted):
            raise ValidationError({"shortest_interval_days": NO_PERIOD})
        if found := self._misjoined() | self._miscounted():
            raise ValidationError(found)

    def before(self, pathway: int) -> "DosingLimit | None":
        """The limit of a pathway this one follows there; None = it is the first."""
        others = DosingLimit.objects.filter(pathway=pathway).exclude(pk=self.pk)
        if self.pk is None and not self.position:
            return others.last()
        ahead = Q(position__lt=self.position)
        if self.pk is not None:
            ahead |= Q(position=self.position, pk__lt=self.pk)
        return others.filter(ahead).last()

    def _miscounted(self) -> dict[str, str]:
        if bool(self.courses_counted) == bool(self.max_courses):
            return {}
        return {"courses_counted": COUNTED_UNSAID if self.max_courses else NOTHING_COUNTED}

    def _misjoined(self) -> dict[str, str]:
        if self.condition_words and self.joined_by != Joined.ONLY_IF:
            return {"joined_by": CONDITION_JOINS}
        if self.joined_by == Joined.ONLY_IF and not self.condition_words:
            return {"condition_words": CONDITION_UNSAID}
        before = None if self.pathway_id is None else self.before(self.pathway_id)
        if before is None and self.joined_by in (Joined.OR, Joined.THEN):
            return {"joined_by": FIRST_JOINS}
        if before is not None and not self.joined_by:
            return {"joined_by": f"Say how it goes with the one before it: “{before.words}”."}
        return {}


def stated_limit(row: DosingLimit) -> Limit | None:
    """A limit as the arithmetic knows it; None while it does not say how much per what.

    Nor while it does not say what its number of courses counts.
    """
    amount, known = row.max_mg_per_kg, ("", *RegimenEvent)
    if amount is None or amount <= 0 or row.per not in set(Per) or row.until_event not in known:
        return None
    counted = row.courses_counted
    if counted not in ("", *CoursesCounted) or bool(counted) != (row.max_courses is not None):
        return None
    made = {"per", "until_event", "conditional", "courses_counted"}
    names = {field.name for field in fields(Limit)} - made
    return Limit(
        per=Per(row.per),
        until_event=RegimenEvent(row.until_event) if row.until_event else None,
        courses_counted=CoursesCounted(counted) if counted else None,
        conditional=row.joined_by == Joined.ONLY_IF,
        **{name: getattr(row, name) for name in names},
    )
