"""How long a decision may take, by line of business and urgency. Staff keep it, not programmers."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models

from criteria.models.check import one_of, positive
from criteria.models.fields import KeyField
from criteria.models.request import Urgency


class ClockUnit(models.TextChoices):
    """What a clock counts. Hours are elapsed; a calendar day ends at the same time of day."""

    HOURS = "hours", "hours"
    CALENDAR_DAYS = "calendar_days", "calendar days"


# More than a year is a slip of the finger.
MOST = {ClockUnit.HOURS: 366 * 24, ClockUnit.CALENDAR_DAYS: 366}


class DecisionClockQuerySet(models.QuerySet["DecisionClock"]):
    """Clocks by what they are for."""

    def for_request(self, line_of_business: str, urgency: str) -> Self:
        """The clock of a line of business, then the one for every other line."""
        lines = models.Q(line_of_business__in=(line_of_business, ""))
        return self.filter(lines, urgency=urgency).order_by("-line_of_business")


class DecisionClock(models.Model):
    """Time from receipt to decision. A request keeps the due time it was given when it came in."""

    line_of_business = KeyField(
        blank=True, help_text="Such as commercial or medicare. Empty: every line without its own."
    )
    urgency = models.CharField(max_length=12, choices=Urgency)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16, choices=ClockUnit)
    stops_while_waiting = models.BooleanField(
        default=False,
        help_text="Whether it stands still while the practice answers a request for information.",
    )

    objects = DecisionClockQuerySet.as_manager()

    class Meta:
        ordering = ("line_of_business", "urgency")
        constraints = [
            models.UniqueConstraint(
                fields=["line_of_business", "urgency"],
                name="clock_unique",
                violation_error_message="This line of business has a clock for that urgency.",
            ),
            one_of("clock", "urgency", Urgency.values, "Urgency"),
            one_of("clock", "unit", ClockUnit.values, "Unit"),
            positive("clock", "amount", "The time"),
        ]

    def __str__(self) -> str:
        return f"{self.line_text}, {self.get_urgency_display().lower()}: {self.time_text}"

    def clean(self) -> None:
        """Refuse a time nobody can mean."""
        most = MOST.get(ClockUnit(self.unit)) if self.unit in ClockUnit.values else None
        if self.amount is not None and most is not None and self.amount > most:
            words = f"At most {most:,} {self.get_unit_display()}, a year. Is the number right?"
            raise ValidationError({"amount": words})

    @property
    def line_text(self) -> str:
        """Whom it is for."""
        return self.line_of_business.replace("-", " ").capitalize() or "Every other line"

    @property
    def time_text(self) -> str:
        """7 calendar days, not counting while the practice answers."""
        unit = self.get_unit_display()
        words = f"{self.amount} {unit[:-1] if self.amount == 1 else unit}"
        return (
            f"{words}, standing still while the practice answers" * self.stops_while_waiting
            or words
        )
