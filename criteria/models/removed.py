"""What was deleted from a draft, kept so that it can be brought back whole."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from criteria.models.version import PolicyVersion


class RemovedPart(models.Model):
    """One deletion: the part that was deleted, and every row that went with it.

    ``rows`` is a list of tables' rows, what others need first: ``{"model": label, "values":
    {column: value}}``. It lasts until it is brought back, or the edition goes.
    """

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.CASCADE, related_name="removed_parts"
    )
    kind = models.CharField(max_length=60)
    name = models.TextField()
    part = models.BigIntegerField(help_text="Its id.")
    rows = models.JSONField(encoder=DjangoJSONEncoder)
    removed_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-removed_at", "-id")

    def __str__(self) -> str:
        return f"{self.kind} “{self.name}”"
