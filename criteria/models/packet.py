"""Packets as they were issued: the file, and what it says."""

from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from criteria.models.check import check
from criteria.models.request import AuthorizationRequest
from criteria.models.written_once import WrittenOnce, WrittenOnceQuerySet


class AlteredPacketError(Exception):
    """The stored file is not the one that was issued, or is gone. It is not handed out."""


def stored_name(packet: "Packet", filename: str) -> str:
    """A name that says nothing of the patient."""
    return f"packets/{uuid4().hex}.pdf"


class Packet(WrittenOnce):
    """One packet, kept as issued: printing it again gives these bytes, not a new rendering.

    ``sha256`` is that of the bytes; ``content_code`` stands for what they say, on every page.
    """

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.PROTECT, related_name="packets"
    )
    sequence = models.PositiveSmallIntegerField(help_text="1 for the first packet of a request.")
    is_draft = models.BooleanField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    content_code = models.CharField(max_length=9, db_index=True)
    file = models.FileField(upload_to=stored_name)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    page_count = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        ordering = ("request", "sequence")
        constraints = [
            models.UniqueConstraint(fields=["request", "sequence"], name="packet_unique"),
            check("packet_has_pages", models.Q(page_count__gt=0), "A packet has pages."),
        ]

    def __str__(self) -> str:
        return f"{self.request}, packet {self.sequence}"

    @property
    def pdf(self) -> bytes:
        """The bytes that were issued. Raises AlteredPacketError if they are not there any more."""
        try:
            with self.file.open("rb") as file:
                found: bytes = file.read()
        except OSError:
            raise AlteredPacketError from None
        if sha256(found).hexdigest() != self.sha256:
            raise AlteredPacketError
        return found

    @property
    def file_name(self) -> str:
        """The name it is downloaded under: the request's number and nothing of the patient."""
        again = f"-{self.sequence}" if self.sequence > 1 else ""
        return f"{self.request.number}-packet{again}.pdf"
