"""What changed since the last round, as the packet tells it, with a way to each changed line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from criteria.models import Submission
from criteria.papers.packet.assemble import packet_content
from criteria.papers.packet.changed import Changes, PacketChange
from criteria.papers.packet.changes.changes import changes_since
from criteria.papers.packet.code import as_json
from criteria.papers.packet.content import PacketContent
from criteria.requests.assessment.assess import Assessment
from criteria.requests.content import REPLIES, RequestContent, content_from_json
from criteria.requests.record import assessment_of, submitted_draft
from criteria.screens.review.clock_words import moment
from criteria.screens.review.desk.form import field_id

# Where on the page the changes of a group are read, but for criteria and enclosures.
PLACES = {
    "Asked for": "asked",
    "Settled before the criteria": "gates",
    "Dose worksheet": "dose-title",
    "Prior therapies": "therapies",
    "Baseline and today": "baseline",
    "The request": "words",
    "Enclosures": "enclosure",
    "Confirmed when asked again": "confirmed",
    "Not stated yet": "missing",
    "What would meet the criteria": "steps",
    "For the reviewer": "notes",
    "Diagnosis codes": "codes",
}
PEOPLE, ANSWERS = "people", "replies"
# Group, number and title of a change.
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Linked:
    """One change; ``url`` leads to where it is read, empty where it is no longer there."""

    change: PacketChange
    url: str


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """What changed between two submissions that follow each other.

    ``is_latest``: what a reviewer reads first, all since the practice last answered. What was
    judged anew since then hides nothing of that answer.
    """

    old: Submission
    new: Submission
    changes: Changes
    groups: tuple[tuple[str, tuple[Linked, ...]], ...]
    is_latest: bool


def packet_of(data: RequestContent, assessment: Assessment, now: datetime) -> PacketContent:
    """The packet of a submission, as it would be printed ``now``."""
    return packet_content(
        data,
        assessment,
        is_draft=False,
        issued_at=timezone.localtime(now),
        issued_by="",
    )


def changes_of(
    submissions: Sequence[Submission], shown: PacketContent, now: datetime
) -> tuple[ChangesSince, ...]:
    """What changed from each submission to the next, the latest first.

    ``shown``: the content of the last one, which the page shows.
    """
    earlier = (
        packet_of(content_from_json(one.content), assessment_of(submitted_draft(one)), now)
        for one in submissions[:-1]
    )
    contents = [*map(as_json, earlier), as_json(shown)]
    places, found, is_latest = _places(shown), [], True
    for at in range(len(submissions) - 1, 0, -1):
        old, new = submissions[at - 1], submissions[at]
        words = f"submission {old.number}, {moment(old.since)}"
        changes = changes_since(contents[at - 1], contents[at], since=words)
        found.append(ChangesSince(old, new, changes, _linked(changes, places), is_latest))
        is_latest = is_latest and new.rejudged_at is not None
    return tuple(found)


def _linked(
    changes: Changes, places: Mapping[Place, str]
) -> tuple[tuple[str, tuple[Linked, ...]], ...]:
    return tuple(
        (
            group.title,
            tuple(Linked(each, _url(group.title, each, places)) for each in group.changes),
        )
        for group in changes.groups
    )


def _places(shown: PacketContent) -> dict[Place, str]:
    """Where each criterion and each enclosure is read, by group, number and title."""
    lines = {
        (part.title, line.number, line.title): f"#line-{field_id((part.block, line.key))}"
        for part in shown.parts
        for line in part.criteria
    }
    documents = {
        ("Enclosures", one.letter, one.name): f"?encl={one.letter}#enclosure"
        for one in shown.enclosures
    }
    return lines | documents | {(title, "", ""): f"#{anchor}" for title, anchor in _there(shown)}


def _there(shown: PacketContent) -> Iterator[tuple[str, str]]:
    """The sections the page has."""
    filled: Mapping[str, object] = {
        "asked": True,
        "gates": shown.gates,
        "dose-title": True,
        "therapies": shown.therapies,
        "baseline": shown.baseline,
        "enclosure": True,
        "words": shown.words,
        "confirmed": shown.confirmations,
        "missing": shown.summary.missing,
        "steps": shown.summary.steps,
        "notes": shown.notes,
        "codes": shown.code_notes,
    }
    yield from ((title, anchor) for title, anchor in PLACES.items() if filled[anchor])
    yield from ((part.title, f"part-{part.block}") for part in shown.parts)
    yield from ((section.title, _anchor(section.title)) for section in shown.sections)
    yield from ((title, PEOPLE) for title in ("Patient", "Attestation"))


def _anchor(title: str) -> str:
    """Where a section is read: the answers to a letter stand in the open."""
    return ANSWERS if title.startswith(REPLIES) else PEOPLE


def _url(group: str, change: PacketChange, places: Mapping[Place, str]) -> str:
    """Where a change is read; for what is no longer there the section it was in."""
    whole = places.get((group, "", ""), "")
    return places.get((group, change.number, change.title), whole)
