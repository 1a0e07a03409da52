"""Names every guard of the database that is missing: at start, and in ``manage.py check``."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from criteria.models.guards.operation import SetGuards
from criteria.models.guards.tables import wrong_guards
from criteria.models.guards.trigger import APP

HINT = "Restore a backup, or run manage.py set_guards once you know what took them away."


@register("guards")
def check_guards(**_: object) -> list[CheckMessage]:
    """An error for each guard that is missing, switched off or another than it should be.

    A database that is not there, or that waits for a migration that sets them, has none yet.
    """
    return [
        Error(f"The database {alias} has lost its guard {name}.", hint=HINT, id="criteria.E003")
        for alias in connections
        for name in _wrong(connections[alias])
    ]


def _wrong(connection: BaseDatabaseWrapper) -> list[str]:
    if not _exists(connection):
        return []
    try:
        return [] if _waits_for_guards(connection) else wrong_guards(connection)
    except DatabaseError:
        # It cannot be reached; whoever asks it for something is told why.
        return []


def _exists(connection: BaseDatabaseWrapper) -> bool:
    """To open a file of SQLite that is not there would make it."""
    name = str(connection.settings_dict["NAME"])
    in_memory = "mode=memory" in name or name == ":memory:"
    return connection.vendor != "sqlite" or in_memory or Path(name).exists()


def _waits_for_guards(connection: BaseDatabaseWrapper) -> bool:
    """Whether a migration is to come that sets guards anew."""
    applied = MigrationRecorder(connection).applied_migrations()
    return any((APP, name) not in applied for name in _setting_migrations())


def _setting_migrations() -> Iterator[str]:
    package = import_module(f"{APP}.migrations")
    for module in iter_modules(package.__path__):
        operations = import_module(f"{package.__name__}.{module.name}").Migration.operations
        if any(isinstance(operation, SetGuards) for operation in operations):
            yield module.name
