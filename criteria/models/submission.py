"""Requests as they were submitted."""

from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from criteria.models.check import check
from criteria.models.request import AuthorizationRequest
from criteria.models.written_once import WrittenOnce, WrittenOnceQuerySet

USER = settings.AUTH_USER_MODEL


class Submission(WrittenOnce):
    """A request as it was submitted. Never changed; a second submission is a second row.

    So is one that a reviewer has judged by another edition: the practice said the same, attested
    then; when, by whom and why it was judged anew stands beside it.
    """

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.PROTECT, related_name="submissions"
    )
    version = models.ForeignKey(
        "criteria.PolicyVersion", on_delete=models.PROTECT, verbose_name="edition"
    )
    number = models.PositiveSmallIntegerField(help_text="1 for the first submission.")
    case = models.JSONField(encoder=DjangoJSONEncoder)
    assessment = models.JSONField(encoder=DjangoJSONEncoder)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    content_hash = models.CharField(max_length=64)
    overall = models.CharField(max_length=16)
    listed = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="What lists show of it."
    )
    attested_name = models.CharField(max_length=200)
    attested_at = models.DateTimeField()
    attested_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    rejudged_at = models.DateTimeField(null=True)
    rejudged_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    rejudged_for = models.TextField(
        blank=True, help_text="Why a reviewer had it judged by another edition."
    )

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ("request", "number")
        # A row holds a whole request: when the rounds were is read from this alone.
        indexes = [
            models.Index(
                fields=["request", "number", "attested_at", "rejudged_at"], name="submission_rounds"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="submission_unique"),
            check(
                "submission_rejudged_whole",
                Q(rejudged_at__isnull=True, rejudged_by__isnull=True, rejudged_for="")
                | Q(rejudged_at__isnull=False, rejudged_by__isnull=False) & ~Q(rejudged_for=""),
                "What was judged anew says when, by whom and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}, submission {self.number}"

    @property
    def since(self) -> datetime:
        """From when on this was what reviewers read."""
        return self.rejudged_at or self.attested_at
