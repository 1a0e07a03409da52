"""Documents that go with a request."""

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models

from criteria.models.request import AuthorizationRequest


def stored_name(enclosure: "Enclosure", filename: str) -> str:
    """A name that says nothing of the patient; the name it came with is a column."""
    return f"enclosures/{uuid4().hex}"


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    """Enclosures by whether they are still part of their request."""

    def current(self) -> Self:
        """Those that were not taken out."""
        return self.filter(removed_at=None)


class Enclosure(models.Model):
    """One document of a request: A, B, C ... in the packet. The file may follow later."""

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.CASCADE, related_name="enclosures"
    )
    letter = models.CharField(max_length=2)
    title = models.CharField(max_length=120)
    dated = models.DateField(null=True)
    file = models.FileField(upload_to=stored_name, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        ordering = ("request", "id")
        constraints = [
            models.UniqueConstraint(fields=["request", "letter"], name="enclosure_letter_unique"),
            models.CheckConstraint(
                name="enclosure_removed_pair",
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                violation_error_message="Removed at and removed by belong together.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: enclosure {self.letter}"
