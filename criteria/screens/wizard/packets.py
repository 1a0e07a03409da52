"""The packet of a stored request: what it says goes to where it is printed."""

from datetime import datetime

from django.contrib.auth.models import User

from criteria.models import AuthorizationRequest, Packet
from criteria.papers.packet import issue as printing
from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.issue import PrintedRequest, submission_of
from criteria.papers.packet.pdf import Printed
from criteria.requests.content import content_from_json
from criteria.requests.loading import draft_of
from criteria.requests.record import assessment_of, submitted_draft
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.walkthrough import Walkthrough


def printed_request(request: AuthorizationRequest, *, by: User) -> PrintedRequest:
    """A request as it was submitted, or as the draft stands.

    Raises Http404 while no policy is chosen: there is nothing to print yet.
    """
    submission = submission_of(request, by)
    if submission is not None:
        data, draft = content_from_json(submission.content), submitted_draft(submission)
    else:
        draft = draft_of(request)
        data = stated_content(Walkthrough(draft))
    return PrintedRequest(data=data, assessment=assessment_of(draft), submission=submission)


def content_now(request: AuthorizationRequest, *, at: datetime, by: User) -> PacketContent:
    """What a packet of the request says now. Raises Http404 while no policy is chosen."""
    return printing.content_at(request, printed_request(request, by=by), at=at, by=by)


def draft_packet(request: AuthorizationRequest, *, by: User) -> Printed:
    """The packet as it would be now. Nothing is kept. Raises Http404 while no policy is chosen."""
    return printing.draft_packet(request, printed_request(request, by=by), by=by)


def issue(request: AuthorizationRequest, *, by: User) -> Packet:
    """Print the packet and keep it. Raises Http404, and PermissionDenied."""
    return printing.issue(request, printed_request(request, by=by), by=by)
