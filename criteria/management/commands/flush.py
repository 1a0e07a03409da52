"""Empty the database, published editions and what is kept too."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from criteria.models import drop_guards, install_guards


class Command(flush.Command):
    """Django's own, with the protection of published editions and kept rows set aside meanwhile."""

    def handle(self, **options: Any) -> None:
        """Flush between taking the triggers away and putting them back."""
        connection = connections[options["database"]]
        drop_guards(connection)
        try:
            super().handle(**options)
        finally:
            install_guards(connection)
