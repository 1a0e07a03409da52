"""Warnings of the checks that someone accepted, with the reason."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from criteria.models.check import check, filled
from criteria.models.version import PolicyVersion


class AcceptedWarning(models.Model):
    """A warning of an edition that stands for a reason. It is named by what it says and where."""

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.CASCADE, related_name="accepted", verbose_name="edition"
    )
    code = models.CharField(max_length=40)
    where = models.TextField()
    message = models.TextField()
    reason = models.TextField()
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("version", "id")
        constraints = [
            UniqueConstraint(
                fields=["version", "code", "where", "message"],
                name="accepted_unique",
                violation_error_message="This warning is accepted already.",
            ),
            check("accepted_reason", filled(["reason"]), "Say why the warning may stand."),
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"
