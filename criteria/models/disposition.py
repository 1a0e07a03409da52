"""What a reviewer says of each criterion of a submission, and of each gate before them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from criteria.models.check import check, one_of
from criteria.models.submission import Submission


class Verdict(models.TextChoices):
    """A reviewer's view of one criterion."""

    ACCEPTED = "accepted", "Accept"
    ASK = "ask", "Ask"
    NOT_ACCEPTED = "not_accepted", "Not accepted"


class Block(models.TextChoices):
    """Which of the two trees a criterion stands in, or before them."""

    GENERAL = "general", "General requirements"
    CRITERIA = "criteria", "Criteria"
    GATE = "gate", "Before the criteria"


class Disposition(models.Model):
    """One criterion, or one gate, of one submission as the reviewer sees it.

    The number and title are those the criterion had in that submission. A later submission starts
    without dispositions; those of the earlier ones stay.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="dispositions"
    )
    block = models.CharField(max_length=8, choices=Block)
    key = models.CharField(max_length=80)
    number = models.CharField(max_length=20, blank=True)
    title = models.TextField()
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("submission", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "block", "key"], name="disposition_unique"
            ),
            one_of("disposition", "block", Block.values, "Block"),
            one_of("disposition", "verdict", [*Verdict.values, ""], "Verdict"),
            check(
                "disposition_says_something",
                ~Q(verdict="", note=""),
                "A disposition holds a verdict or a note.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.number} {self.get_verdict_display()}"
