"""Packets as they were issued: the bytes, and what they say."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from criteria.models.check import check
from criteria.models.request import AuthorizationRequest

REFUSED = "A packet is kept as it was issued and never changes."


class PacketQuerySet(models.QuerySet["Packet"]):
    """Packets are written once."""

    def update(self, **kwargs: Any) -> int:
        """Refused: a packet never changes."""
        raise TypeError(REFUSED)

    def bulk_update(self, objs: Iterable["Packet"], *args: Any, **kwargs: Any) -> int:
        """Refused: a packet never changes."""
        raise TypeError(REFUSED)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: a packet is kept."""
        raise TypeError(REFUSED)


class Packet(models.Model):
    """One packet, kept as issued: printing it again gives these bytes, not a new rendering.

    ``sha256`` is that of the bytes; ``content_code`` stands for what they say, on every page.
    """

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.PROTECT, related_name="packets"
    )
    sequence = models.PositiveSmallIntegerField(help_text="1 for the first packet of a request.")
    is_draft = models.BooleanField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    content_code = models.CharField(max_length=9)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    page_count = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = PacketQuerySet.as_manager()

    class Meta:
        ordering = ("request", "sequence")
        constraints = [
            models.UniqueConstraint(fields=["request", "sequence"], name="packet_unique"),
            check("packet_has_pages", models.Q(page_count__gt=0), "A packet has pages."),
        ]

    def __str__(self) -> str:
        return f"{self.request}, packet {self.sequence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new row; refuse to change one."""
        if self.pk is not None:
            raise TypeError(REFUSED)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: a packet is kept."""
        raise TypeError(REFUSED)

    @property
    def file_name(self) -> str:
        """The name it is downloaded under: the request's number and nothing of the patient."""
        again = f"-{self.sequence}" if self.sequence > 1 else ""
        return f"{self.request.number}-packet{again}.pdf"
