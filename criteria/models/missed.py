"""Which criteria a submission missed, kept to be counted."""

from django.db import models

from criteria.models.check import one_of
from criteria.models.disposition import Block
from criteria.models.submission import Submission
from criteria.models.written_once import WrittenOnce, WrittenOnceQuerySet


class MissedState(models.TextChoices):
    """How it was missed."""

    NOT_MET = "not_met", "not met"
    NOT_ANSWERED = "not_answered", "not answered"


class MissedCriterion(WrittenOnce):
    """A criterion that decided against a submission, or was still open in it.

    A group of alternatives that failed counts as one.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="missed")
    block = models.CharField(max_length=8, choices=Block)
    key = models.CharField(max_length=80)
    title = models.TextField()
    state = models.CharField(max_length=12, choices=MissedState)

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ("submission", "id")
        constraints = [
            models.UniqueConstraint(fields=["submission", "block", "key"], name="missed_unique"),
            one_of("missed", "state", MissedState.values, "State"),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.title} {self.state}"
