"""Renders the packet of a stored request, and hands it to the action that keeps it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone

from criteria.actions.packets import FinishedPacket, check_may_issue, issue_packet
from criteria.assessment import Assessment, assess
from criteria.models import AuthorizationRequest, Packet, Submission
from criteria.packet.assemble import packet_content
from criteria.packet.changed import Changes
from criteria.packet.changes import changes_since
from criteria.packet.code import as_json, content_code
from criteria.packet.content import PacketContent, moment_text
from criteria.packet.pdf import Printed, printed
from criteria.packet.sign import signed
from criteria.policyfile.codebook import CODEBOOK
from criteria.requestdata import content_from_json
from criteria.wizard.case import draft_of
from criteria.wizard.content import content_of
from criteria.wizard.draft import Draft
from criteria.wizard.record import submitted_draft


def content_now(request: AuthorizationRequest, *, at: datetime, by: Any) -> PacketContent:
    """What a packet of the request says now: as submitted, or as the draft stands.

    Raises Http404 while no policy is chosen: there is nothing to print yet.
    """
    submission = _submission(request)
    draft = draft_of(request) if submission is None else submitted_draft(submission)
    content = packet_content(
        content_of(draft) if submission is None else content_from_json(submission.content),
        assessment_of(draft),
        is_draft=submission is None,
        issued_at=timezone.localtime(at),
        issued_by=by.get_full_name() or by.get_username(),
    )
    return replace(content, changes=_changes(request, content))


def _changes(request: AuthorizationRequest, content: PacketContent) -> Changes | None:
    """What changed since the packet people have: the last of a submission, else the last draft."""
    before = request.packets.order_by("is_draft", "-sequence").first()
    if before is None or before.content_code == content_code(content):
        return None
    kind = "draft packet" if before.is_draft else "packet"
    issued = moment_text(timezone.localtime(before.issued_at))
    since = f"{kind} {before.sequence}, issued {issued}, code {before.content_code}"
    return changes_since(before.content, as_json(content), since=since)


def draft_packet(request: AuthorizationRequest, *, by: Any) -> Printed:
    """The packet as it would be now. Nothing is kept."""
    return printed(content_now(request, at=timezone.now(), by=by))


def issue(request: AuthorizationRequest, *, by: Any) -> Packet:
    """Print the packet and keep it."""
    check_may_issue(by, request)
    now = timezone.now()
    content = content_now(request, at=now, by=by)
    packet = printed(content)
    finished = FinishedPacket(
        pdf=signed(packet.pdf),
        page_count=packet.page_count,
        content=as_json(content),
        content_code=content_code(content),
        is_draft=content.is_draft,
        issued_at=now,
    )
    return issue_packet(request=request, finished=finished, by=by)


def _submission(request: AuthorizationRequest) -> Submission | None:
    """The request as it was last submitted; None while the practice may change it."""
    return None if request.is_editable else request.submissions.order_by("number").last()


def assessment_of(draft: Draft) -> Assessment:
    """What is found; the general requirements alone while there is no diagnosis.

    Raises Http404 while no policy is chosen.
    """
    if draft.edition is None:
        raise Http404("There is no packet before a policy is chosen.")
    found = draft.assessment or assess(draft.edition, draft.case, CODEBOOK)
    return replace(found, overall=draft.overall)
