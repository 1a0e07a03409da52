"""The trail of a request: who did, read and downloaded what, and when; the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from criteria.models import AuthorizationRequest, Event
from criteria.papers.csvfile import Cell
from criteria.screens.activity.words import TOLD_TO_PRACTICE, words_of

A_PAGE = 50
COLUMNS = ("When", "Who", "Account", "What was done", "More")
LONGEST_PLACE = 18


@dataclass(frozen=True, slots=True)
class ActivityEntry:
    """One event as a person reads it."""

    event: Event

    @property
    def who(self) -> str:
        """The person's name, or their account's once it is gone."""
        actor = self.event.actor
        full = "" if actor is None else actor.get_full_name()
        return full or self.event.actor_name or "The system"

    @property
    def what(self) -> str:
        """What was done."""
        return words_of(self.event.verb)

    @property
    def more(self) -> str:
        """What it was done to, readable where it is the address of a page."""
        words = self.event.summary
        is_page = self.event.verb == "save"
        return words.replace("-", " ").replace("_", " ") if is_page else words

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The same as a line of a table, the time in the zone of the site with its offset."""
        at = timezone.localtime(self.event.at).isoformat(sep=" ", timespec="seconds")
        return (at, self.who, self.event.actor_name, self.what, self.more)


class Trail:
    """The trail as reviewers see it, or as the practice does: without the steps at the desk.

    A practice reads all its own people did and opened, and what the reviewers sent it. Who of the
    reviewers held, read or noted what before that is their own work, and stays with them.
    """

    def __init__(
        self, request: AuthorizationRequest, *, is_of_practice: bool, before: str = ""
    ) -> None:
        """``before``: the number of an event; the page holds older ones. Http404 if it is none."""
        if before and not (before.isascii() and before.isdigit() and len(before) < LONGEST_PLACE):
            raise Http404("The trail has no such page.")
        self.request, self.is_of_practice = request, is_of_practice
        self._before = int(before) if before else None

    @cached_property
    def all(self) -> QuerySet[Event]:
        """Every event, the latest first."""
        found = Event.objects.filter(
            object_type=self.request._meta.model_name, object_id=str(self.request.pk)
        )
        if self.is_of_practice:
            found = found.filter(verb__in=TOLD_TO_PRACTICE)
        return found.select_related("actor").order_by("-id")

    @cached_property
    def _found(self) -> list[Event]:
        """The events of the page, and one more if there is another page."""
        found = self.all if self._before is None else self.all.filter(id__lt=self._before)
        return list(found[: A_PAGE + 1])

    @property
    def entries(self) -> list[ActivityEntry]:
        """The lines of the page."""
        return [ActivityEntry(event) for event in self._found[:A_PAGE]]

    @property
    def is_first(self) -> bool:
        """Whether the page holds the latest events."""
        return self._before is None

    @property
    def older(self) -> int | None:
        """Where the next page begins; None on the last one."""
        return self._found[A_PAGE - 1].pk if len(self._found) > A_PAGE else None

    def table(self) -> Iterator[tuple[Cell, ...]]:
        """The heading, then every event."""
        yield COLUMNS
        for event in self.all.iterator(chunk_size=2000):
            yield ActivityEntry(event).cells
