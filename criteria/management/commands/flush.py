"""Empty the database, published editions and what is kept too."""

from django.core.management.commands import flush
from django.db import connections

from criteria.models.guards.tables import lift_guards, set_guards


class Command(flush.Command):
    """Django's own, with the protection of published editions and kept rows set aside meanwhile."""

    def handle(self, **options: object) -> None:
        """Flush between lifting the guards and setting them again."""
        connection = connections[str(options["database"])]
        lift_guards(connection)
        try:
            super().handle(**options)
        finally:
            set_guards(connection)
