"""Put the guards of the database back."""

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from criteria.models.guards.tables import set_guards, wrong_guards


class Command(BaseCommand):
    """Put the guards back that a check names. Find out first what took them away.

    Migrations put them in place; this is for a database that lost them in another way.
    """

    help = __doc__
    # The checks refuse every command while a guard is missing.
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        """Say what was missing."""
        with transaction.atomic():
            names = wrong_guards(connection)
            set_guards(connection)
        self.stdout.write(f"Put back: {', '.join(names)}." if names else "Every guard was there.")
