"""What the outline editor says: that something was refused, or changed by somebody else."""

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.actions.policies.seen import StaleTreeError
from criteria.models import Event
from criteria.screens.admin.refusals import REFUSED, said

ALL_REFUSED = (*REFUSED, StaleTreeError, OverflowError)
CONFLICT, INVALID = 409, 422
KEPT = "Nothing of yours is saved yet: it stands below. Save again to keep it."
NOT_DONE = "Nothing was changed. Look at the outline and press again."


def refusal(error: Exception, by: User, then: str = "") -> list[str]:
    """The sentences of a refusal; ``then``: what to do about somebody else's change."""
    if isinstance(error, StaleTreeError):
        return [*conflict(error, by), then]
    if isinstance(error, OverflowError):
        return ["A number is too large."]
    return said(error)


def conflict(error: StaleTreeError, by: User) -> list[str]:
    """Who changed which line after the editor opened the outline, oldest first."""
    if not error.changes:
        return [str(error)]
    names = {_who(event, by) for event in error.changes}
    words = f"{' and '.join(sorted(names))} changed this outline after you opened it:"
    return [words, *(_change(event) for event in reversed(error.changes))]


def _who(event: Event, by: User) -> str:
    return "You, in another window," if event.actor_id == by.pk else event.actor_name or "Somebody"


def _change(event: Event) -> str:
    return f"{timezone.localtime(event.at):%-d %b, %H:%M}: {event.summary}"


def status_of(error: Exception) -> int:
    """409 for what somebody else did meanwhile, 422 for what cannot be done."""
    return CONFLICT if isinstance(error, StaleTreeError) else INVALID
