"""Keeps packets as they are issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction

from criteria.accounts.permissions import can_review
from criteria.actions.events import record_event
from criteria.models import AuthorizationRequest, Packet


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPacket:
    """A rendered packet: its bytes, and what they say."""

    pdf: bytes
    page_count: int
    content: Mapping[str, Any]
    content_code: str
    is_draft: bool
    issued_at: datetime


@transaction.atomic
def issue_packet(*, request: AuthorizationRequest, finished: FinishedPacket, by: User) -> Packet:
    """Keep a packet. One that says the same as the last is not issued again: that one is given."""
    check_may_issue(by, request)
    # The request stays locked until the packet is written: no two get the same number.
    AuthorizationRequest.objects.select_for_update().get(pk=request.pk)
    last = request.packets.order_by("sequence").last()
    if last is not None and last.content_code == finished.content_code:
        return last
    packet = Packet(
        request=request,
        sequence=1 if last is None else last.sequence + 1,
        is_draft=finished.is_draft,
        content=finished.content,
        content_code=finished.content_code,
        size_bytes=len(finished.pdf),
        sha256=sha256(finished.pdf).hexdigest(),
        page_count=finished.page_count,
        issued_at=finished.issued_at,
        issued_by=by,
    )
    packet.file.save(packet.file_name, ContentFile(finished.pdf), save=False)
    packet.save()
    summary = f"Packet {packet.sequence}, {packet.page_count} pages, {packet.content_code}"
    record_event(verb="issue_packet", obj=request, summary=summary, by=by)
    return packet


def check_may_issue(user: User, request: AuthorizationRequest) -> None:
    """Refuse, with PermissionDenied, whoever may not issue a packet of this request."""
    if request.is_quick_check:
        raise PermissionDenied("A quick check has no packet: make it a request first.")
    is_own = request.practice.membership_set.filter(user_id=user.pk).exists()
    if not is_own and not (can_review(user) and request.submitted_at is not None):
        raise PermissionDenied("Only the practice and reviewers issue its packets.")
