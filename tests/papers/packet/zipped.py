"""Packets to be handed out in a ZIP, and people who ask for it."""

import io
import zipfile
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from criteria.actions.packets.bundle import BundledPacket
from criteria.models import AuthorizationRequest, Packet, PolicyVersion, Practice
from criteria.papers.packet.zip_stream import packets_zip as packets_zip_of
from tests.factories.policy import published
from tests.papers.packet.stored import ann

ADDRESS = "/requests/zip/"


def packet_of(
    request: AuthorizationRequest,
    content: bytes = b"%PDF-1.7 packet",
    sequence: int = 1,
    is_draft: bool = False,
) -> Packet:
    """A packet, kept without being printed."""
    packet = Packet(
        request=request,
        sequence=sequence,
        is_draft=is_draft,
        content={},
        content_code="7F3K-94QX",
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
        page_count=3,
        issued_at=timezone.now(),
        issued_by=request.owner,
    )
    packet.file.save("packet.pdf", ContentFile(content), save=False)
    packet.save()
    return packet


def another(practice: str = "ACME Infusion", **changes: Any) -> AuthorizationRequest:
    """One more submitted request, as a list finds it."""
    now = timezone.now()
    count = AuthorizationRequest.objects.count()
    by = ann()
    values = {"submitted_at": now, "submitted_by": by, "status": "submitted"} | changes
    return AuthorizationRequest.objects.create(
        number=f"R-2026-9{count:04}",
        practice=Practice.objects.get_or_create(name=practice)[0],
        owner=by,
        created_at=now,
        created_by=by,
        updated_at=now,
        updated_by=by,
        due_at=now,
        version=PolicyVersion.objects.first() or published(),
        **values,
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(user: User, *requests: AuthorizationRequest, **more: Any) -> Any:
    return signed_in(user).post(ADDRESS, {"number": [one.number for one in requests]} | more)


def opened(response: Any) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    return archive


def wanted(*requests: AuthorizationRequest, is_own: bool = True) -> list[BundledPacket]:
    return [BundledPacket(one.pk, one.number, is_own) for one in requests]


def archive_of(*requests: AuthorizationRequest, is_own: bool = True) -> zipfile.ZipFile:
    made = b"".join(packets_zip_of(wanted(*requests, is_own=is_own)))
    return zipfile.ZipFile(io.BytesIO(made))
