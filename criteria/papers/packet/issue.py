"""Renders the packet of a stored request, and hands it to the action that keeps it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.accounts.people import name_of
from criteria.actions.packets.keep import FinishedPacket, check_may_issue, issue_packet
from criteria.models import AuthorizationRequest, Packet, Submission
from criteria.papers.packet.assemble import packet_content
from criteria.papers.packet.attach import request_json
from criteria.papers.packet.changed import Changes
from criteria.papers.packet.changes.changes import changes_since
from criteria.papers.packet.code import as_json, content_code
from criteria.papers.packet.content import PacketContent, moment_text
from criteria.papers.packet.dividers import divider
from criteria.papers.packet.joined.files import opened
from criteria.papers.packet.joined.join import joined
from criteria.papers.packet.pdf import Printed, printed
from criteria.papers.sign.sign import signed
from criteria.requests.assessment.assess import Assessment
from criteria.requests.content import RequestContent


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRequest:
    """A request as it is printed: what it says, and what is found of it.

    ``submission``: where it was submitted; None for a draft.
    """

    data: RequestContent
    assessment: Assessment
    submission: Submission | None


def content_at(
    request: AuthorizationRequest, said: PrintedRequest, *, at: datetime, by: User
) -> PacketContent:
    """What a packet of the request says at a moment."""
    content = packet_content(
        said.data,
        said.assessment,
        is_draft=said.submission is None,
        issued_at=timezone.localtime(at),
        issued_by=name_of(by),
    )
    return replace(content, changes=_changes(request, content))


def _changes(request: AuthorizationRequest, content: PacketContent) -> Changes | None:
    """What changed since the packet people have: the last of a submission, else the last draft.

    What was submitted is held against no draft: that is the practice's own affair.
    """
    packets = request.packets.order_by("is_draft", "-sequence")
    before = (packets if content.is_draft else packets.filter(is_draft=False)).first()
    if before is None or before.content_code == content_code(content):
        return None
    kind = "draft packet" if before.is_draft else "packet"
    issued = moment_text(timezone.localtime(before.issued_at))
    since = f"{kind} {before.sequence}, issued {issued}, code {before.content_code}"
    return changes_since(before.content, as_json(content), since=since)


def prints_submission(request: AuthorizationRequest, *, by: User) -> bool:
    """Whether a packet for this person is that of the last submission, and no draft."""
    return submission_of(request, by) is not None


def draft_packet(request: AuthorizationRequest, said: PrintedRequest, *, by: User) -> Printed:
    """The packet as it would be now, its documents listed and not joined. Nothing is kept."""
    return printed(content_at(request, said, at=timezone.now(), by=by))


def issue(request: AuthorizationRequest, said: PrintedRequest, *, by: User) -> Packet:
    """Print the packet and keep it; that of a submitted request with its documents.

    One that would say what the last one says is not printed: the last one is given, whatever
    became of its file. Its download says so if that is not the one issued.
    """
    check_may_issue(by, request)
    now = timezone.now()
    content = content_at(request, said, at=now, by=by)
    code = content_code(content)
    last = request.packets.order_by("sequence").last()
    if last is not None and last.content_code == code:
        return last
    packet = _printed(request, content, said)
    finished = FinishedPacket(
        pdf=signed(packet.pdf),
        page_count=packet.page_count,
        content=as_json(content),
        content_code=code,
        is_draft=content.is_draft,
        issued_at=now,
    )
    return issue_packet(request=request, finished=finished, by=by)


def _printed(
    request: AuthorizationRequest, content: PacketContent, said: PrintedRequest
) -> Printed:
    found = {} if said.submission is None else said.submission.assessment
    record = request_json(content, said.data, found)
    if said.submission is None:
        return printed(content, record=record)
    with opened(request, said.data) as documents:
        dividers = [
            divider(
                each.document,
                said.data,
                said.assessment,
                pages=len(each.drawings),
                trouble=each.trouble,
            )
            for each in documents
        ]
        packet = printed(content, record=record, dividers=dividers)
        return joined(packet, {each.document.letter: each.drawings for each in documents})


def submission_of(request: AuthorizationRequest, by: User) -> Submission | None:
    """The request as it was last submitted; None for the practice while it may change it.

    While information is asked for, only the practice sees what it types.
    """
    own = request.practice.membership_set.filter(user_id=by.pk)
    if request.is_editable and (request.submitted_at is None or own.exists()):
        return None
    return request.submissions.order_by("number").last()
