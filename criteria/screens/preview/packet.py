"""The packet of a preview: as a request of this edition would be printed."""

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.accounts.people import name_of
from criteria.papers.packet.assemble import packet_content
from criteria.papers.packet.html import DraftMark
from criteria.papers.packet.pdf import Printed, printed
from criteria.requests.record import assessment_of
from criteria.screens.wizard.sections import stated_content
from criteria.screens.wizard.walkthrough import Walkthrough

PREVIEW = DraftMark("PREVIEW", "no request · nothing is sent · not for a decision")


def preview_packet(walk: Walkthrough, *, by: User) -> Printed:
    """The packet as it would be now, with PREVIEW on each page. Nothing is kept."""
    content = packet_content(
        stated_content(walk, enclosures=[]),
        assessment_of(walk.draft),
        is_draft=True,
        issued_at=timezone.localtime(),
        issued_by=name_of(by),
    )
    return printed(content, PREVIEW)
