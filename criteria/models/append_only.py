"""Tables that only grow: what was submitted, issued, decided and done stays as it was written.

The triggers that see to it are described in guard.py; here is on which condition they refuse.
"""

from collections.abc import Iterator, Sequence

from django.db.models import Model

from criteria.models.change import Change
from criteria.models.event import Event
from criteria.models.letter import Determination, Letter
from criteria.models.missed import MissedCriterion
from criteria.models.packet import Packet
from criteria.models.submission import Submission

# Each with the column that alone may be emptied: the account of an actor may go, their name stays;
# a draft may be discarded, what was done to it stays.
KEPT: dict[type[Model], str] = {
    Event: "actor_id",
    Change: "version_id",
    Submission: "",
    Packet: "",
    Letter: "",
    Determination: "",
    MissedCriterion: "",
}
KEPT_MESSAGE = "This is kept as it was written: it never changes and is never deleted."
ALWAYS = "TRUE"


def kept_conditions(columns: Sequence[str], free: str) -> Iterator[tuple[str, str]]:
    """SQL event, and the condition on OLD and NEW on which it is refused.

    ``free`` names the column that may be emptied, "" where nothing may change.
    """
    yield "UPDATE", _changed(columns, free) if free else ALWAYS
    yield "DELETE", ALWAYS
    yield "TRUNCATE", ALWAYS


def _changed(columns: Sequence[str], free: str) -> str:
    """Any change but one: the free column is emptied."""
    fixed = [f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns if name != free]
    other = f"NEW.{free} IS NOT NULL AND OLD.{free} IS DISTINCT FROM NEW.{free}"
    return " OR ".join([*fixed, f"({other})"])
