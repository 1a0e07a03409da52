"""Where an edition stands in its life, and what else is in force on its days: to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from criteria.models import Event, PolicyVersion, Status

# What is told of an edition as a whole; its parts have a history of their own.
STEPS = {
    "load": "Taken in from a file",
    "add": "Started",
    "copy": "Copied",
    Status.IN_REVIEW.value: "Sent to review",
    Status.DRAFT.value: "Returned to draft",
    "accept": "Warnings accepted",
    "publish": "Published",
    "close": "Last day set",
    "retire": "Retired",
}
# Their own words only say where the edition is now, and then a note.
UNSAID = {Status.IN_REVIEW.value, Status.DRAFT.value, "load", "add", "retire"}
MOVED = " is now "


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a life: what was done, when and by whom. ``words``: what was said of it."""

    step: str
    words: str
    at: datetime
    who: str


def timeline(version: PolicyVersion) -> list[Moment]:
    """The steps an edition took, the first one first."""
    events = Event.objects.filter(object_type="policyversion", object_id=str(version.pk))
    found = events.filter(verb__in=STEPS).order_by("at", "id")
    return [Moment(STEPS[e.verb], _told(version, e), e.at, e.actor_name or "nobody") for e in found]


def _told(version: PolicyVersion, event: Event) -> str:
    """What the step itself does not say: days, notes, reasons."""
    if event.verb in UNSAID:
        return event.summary.partition(MOVED)[2].partition(". ")[2]
    words = event.summary.replace(str(version), "this edition")
    return words[:1].upper() + words[1:]


def standing(version: PolicyVersion, today: date, follower: PolicyVersion | None = None) -> str:
    """Where an edition stands on a day, in words.

    ``follower``: the edition that takes its place, if that is to be named.
    """
    if version.comparison_only:
        return "For comparison only: its start is unknown"
    if version.status != Status.PUBLISHED:
        return str(Status(version.status).label)
    first, until = version.effective_from, version.effective_until
    by = "" if follower is None else f" by edition {follower.number}"
    if until is not None and until <= today:
        return f"Superseded{by} on {until:%-d %b %Y}"
    state = "In force" if first <= today else f"Published, in force from {first:%-d %b %Y}"
    if until is None:
        return state
    if follower is not None:
        return f"{state}, superseded{by} on {until:%-d %b %Y}"
    return f"{state} until {until - timedelta(days=1):%-d %b %Y}"


def follower_of(version: PolicyVersion) -> PolicyVersion | None:
    """The published edition that begins the day another one ends."""
    if version.effective_until is None:
        return None
    line = version.policy.line_of_business
    published = PolicyVersion.objects.published().filter(policy__line_of_business=line)
    found = published.filter(effective_from=version.effective_until).exclude(pk=version.pk)
    return found.select_related("policy").order_by("-id").first()


def published_already(version: PolicyVersion) -> str:
    """Who published an edition, and when."""
    if version.published_at is None or version.published_by is None:
        return f"{version} is published already."
    at = timezone.localtime(version.published_at)
    return f"{version} is published already, by {version.published_by} on {at:%-d %b %Y, %H:%M}."


def overlapping(version: PolicyVersion) -> list[PolicyVersion]:
    """The published editions in force on one of its days, the first one first."""
    line = version.policy.line_of_business
    published = PolicyVersion.objects.published().filter(policy__line_of_business=line)
    found = published.overlapping(version.effective_from, version.effective_until)
    return list(found.exclude(pk=version.pk).select_related("policy").order_by("effective_from"))


def overlap_words(version: PolicyVersion, others: Iterable[PolicyVersion]) -> str:
    """Which editions an edition would overlap, on which days, and what to do; empty for none."""
    named = [f"{other}, in force {days_of(other)}" for other in others]
    if not named:
        return ""
    return (
        f"{version} would be in force at the same time as {'; and as '.join(named)}. "
        "No two editions rule on one day: end the earlier one before the later one begins."
    )


def days_of(version: PolicyVersion) -> str:
    """The days an edition is in force: from 1 Jan 2021 until 31 Dec 2021."""
    until = version.effective_until
    last = "with no last day" if until is None else f"until {until - timedelta(days=1):%-d %b %Y}"
    first = "an unknown day" if version.comparison_only else f"{version.effective_from:%-d %b %Y}"
    return f"from {first} {last}"
