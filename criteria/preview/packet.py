"""The packet of a preview: as a request of this edition would be printed."""

from typing import Any

from django.utils import timezone

from criteria.packet.assemble import packet_content
from criteria.packet.html import DraftMark
from criteria.packet.issue import assessment_of
from criteria.packet.pdf import Printed, printed
from criteria.people import name_of
from criteria.wizard.content import content_of
from criteria.wizard.draft import Draft

PREVIEW = DraftMark("PREVIEW", "no request · nothing is sent · not for a decision")


def preview_packet(draft: Draft, *, by: Any) -> Printed:
    """The packet as it would be now, with PREVIEW on each page. Nothing is kept."""
    content = packet_content(
        content_of(draft, enclosures=[]),
        assessment_of(draft),
        is_draft=True,
        issued_at=timezone.localtime(),
        issued_by=name_of(by),
    )
    return printed(content, PREVIEW)
