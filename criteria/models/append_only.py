"""Tables that only grow: what was submitted, issued, decided and done stays as it was written.

Each comes with the SQL condition on which the database refuses to change a row; a condition speaks
of OLD and, for a change, NEW. The triggers themselves are made in guard.py.
"""

from collections.abc import Iterator

from django.db.models import Model

from criteria.models.event import Event
from criteria.models.letter import Determination, Letter
from criteria.models.missed import MissedCriterion
from criteria.models.packet import Packet
from criteria.models.submission import Submission

KEPT: tuple[type[Model], ...] = (
    Event,
    Submission,
    Packet,
    Letter,
    Determination,
    MissedCriterion,
)
KEPT_MESSAGE = "This is kept as it was written: it never changes and is never deleted."
ALWAYS = "TRUE"


def kept_conditions() -> Iterator[tuple[str, str, str]]:
    """Table, SQL event, and the condition on which it is refused. SQLite knows no TRUNCATE."""
    for model in KEPT:
        table = model._meta.db_table
        yield table, "UPDATE", _event_changed() if model is Event else ALWAYS
        yield table, "DELETE", ALWAYS
        yield table, "TRUNCATE", ALWAYS


def _event_changed() -> str:
    """Any change but one: the account of the actor may go, their name stays."""
    fixed = [f.column for f in Event._meta.concrete_fields if f.column != "actor_id"]
    changed = [f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in fixed]
    other = "NEW.actor_id IS NOT NULL AND OLD.actor_id IS DISTINCT FROM NEW.actor_id"
    return " OR ".join([*changed, f"({other})"])
