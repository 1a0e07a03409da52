"""Requests as they were submitted."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from criteria.models.request import AuthorizationRequest
from criteria.models.written_once import WrittenOnce, WrittenOnceQuerySet

USER = settings.AUTH_USER_MODEL


class Submission(WrittenOnce):
    """A request as it was submitted. Never changed; a second submission is a second row."""

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

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ("request", "number")
        # A row holds a whole request: when the rounds were is read from this alone.
        indexes = [
            models.Index(fields=["request", "number", "attested_at"], name="submission_rounds")
        ]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="submission_unique")
        ]

    def __str__(self) -> str:
        return f"{self.request}, submission {self.number}"
