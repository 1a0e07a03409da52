"""The request in a form that other programs read, attached to its packet as ``request.json``.

One JSON object:

- ``format``: ``ivigportal-request``; ``version``: 1, raised when a key changes its meaning.
- ``number``, ``code``: the request, and the content code that stands on every page.
- ``issued_at``: ISO 8601, with its offset. ``is_draft``: whether it was submitted at all.
- ``request``: what the practice says, in the words a person reads: ``patient_name``,
  ``date_of_birth``, ``member_id``, ``phase``, ``urgency``, ``indication``, ``product``, ``dose``;
  ``sections`` of ``title`` and ``lines`` (``label``, ``value``); ``enclosures`` (``letter``,
  ``title``, ``dated``, ``file_name``, ``media_type``, ``pages``, ``sha256``); ``evidence`` by the
  key of its question; ``attestation``.
- ``assessment``: what the software finds, as ``manage.py evaluate`` prints it: a finding, not a
  decision. Milligrams and grams are text, exact.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from weasyprint import Attachment

from criteria.papers.packet.code import content_code
from criteria.papers.packet.content import PacketContent
from criteria.requests.content import RequestContent, content_to_json

FORMAT = "ivigportal-request"
VERSION = 1
NAME = "request.json"
# Where a thing is asked in the wizard and which row a file has is nobody else's business.
_INTERNAL = {"lines": {"page", "name", "required"}, "enclosures": {"id"}}


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a PDF."""

    name: str
    data: bytes
    description: str
    at: datetime

    def for_weasyprint(self) -> Attachment:
        """As WeasyPrint takes it, with moments of its own: the same content, the same bytes."""
        moment = self.at.astimezone(UTC)
        return Attachment(
            string=self.data,
            name=self.name,
            description=self.description,
            created=moment,
            modified=moment,
            relationship="Data",
        )


def record_of(record: bytes, at: datetime) -> Attached:
    """The request as the file that is attached; ``at`` is when the packet was issued."""
    return Attached(NAME, record, "The request and what was found of it, as data", at)


def request_json(
    content: PacketContent, data: RequestContent, assessment: Mapping[str, Any]
) -> bytes:
    """``request.json`` of a packet: UTF-8, keys in a stable order."""
    record = {
        "format": FORMAT,
        "version": VERSION,
        "number": content.number,
        "code": content_code(content),
        "issued_at": content.issued_at.isoformat(timespec="seconds"),
        "is_draft": content.is_draft,
        "request": _shared(content_to_json(data)),
        "assessment": assessment,
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _shared(request: dict[str, Any]) -> dict[str, Any]:
    """What is said, without what only this system makes use of."""
    sections = [
        {"title": each["title"], "lines": _without(each["lines"], "lines")}
        for each in request["sections"]
    ]
    enclosures = _without(request["enclosures"], "enclosures")
    kept = {key: value for key, value in request.items() if key != "is_quick_check"}
    return kept | {"sections": sections, "enclosures": enclosures}


def _without(rows: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    internal = _INTERNAL[kind]
    return [{k: v for k, v in row.items() if k not in internal} for row in rows]
