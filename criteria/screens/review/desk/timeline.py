"""What happened to a request: who did what and when, the latest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from criteria.accounts.people import name_of
from criteria.models import AuthorizationRequest, Event, Packet, Submission

# What the events tell that no row does.
EVENTS = {
    "take": "Taken",
    "take_over": "Taken over",
    "release": "Given back",
    "assign": "Assigned",
    "withdraw": "Withdrawn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened. ``view`` and ``sequence``: the document it left, if any."""

    at: datetime
    words: str
    who: str
    view: str = ""
    sequence: int = 0


def timeline_of(
    request: AuthorizationRequest, submissions: Sequence[Submission]
) -> tuple[TimelineEntry, ...]:
    """Submissions, letters, the decision, packets and assignments. Four queries."""
    entries = [
        *(_submitted(one) for one in submissions),
        *_letters(request),
        *_packets(request),
        *_events(request),
    ]
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))


def _submitted(submission: Submission) -> TimelineEntry:
    if submission.rejudged_at and submission.rejudged_by:
        return TimelineEntry(
            at=submission.rejudged_at,
            words=f"Judged by {submission.version.number}, submission {submission.number}",
            who=f"{name_of(submission.rejudged_by)}: {submission.rejudged_for}",
        )
    by = name_of(submission.attested_by)
    who = by if by == submission.attested_name else f"{by}, attested as {submission.attested_name}"
    return TimelineEntry(
        at=submission.attested_at, words=f"Submission {submission.number}", who=who
    )


def _letters(request: AuthorizationRequest) -> Iterator[TimelineEntry]:
    """Every letter; the one that tells the decision says so."""
    letters = request.letters.defer("pdf", "text", "items").select_related("issued_by")
    for letter in letters.select_related("determination"):
        decided = getattr(letter, "determination", None)
        what = "Decision" if decided is not None else "Letter"
        yield TimelineEntry(
            at=letter.issued_at,
            words=f"{what}: {letter.get_kind_display()}",
            who=name_of(letter.issued_by),
            view="packet:letter",
            sequence=letter.sequence,
        )


def _packets(request: AuthorizationRequest) -> Iterator[TimelineEntry]:
    packets = Packet.objects.filter(request=request).defer("content").select_related("issued_by")
    for packet in packets:
        yield TimelineEntry(
            at=packet.issued_at,
            words=f"Packet {packet.sequence}, code {packet.content_code}",
            who=name_of(packet.issued_by),
            view="packet:download",
            sequence=packet.sequence,
        )


def _events(request: AuthorizationRequest) -> Iterator[TimelineEntry]:
    kind: Any = AuthorizationRequest._meta.model_name
    events = Event.objects.filter(object_type=kind, object_id=str(request.pk), verb__in=EVENTS)
    for event in events.select_related("actor"):
        who = event.actor_name if event.actor is None else name_of(event.actor)
        detail = f" {event.summary[:1].lower()}{event.summary[1:]}" if event.summary else ""
        yield TimelineEntry(at=event.at, words=EVENTS[event.verb], who=f"{who}{detail}")
