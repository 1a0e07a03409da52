"""Migrations put the guards of the database in place.

A migration that alters a guarded table begins with LiftGuards and ends with SetGuards: SQLite
rebuilds a table to alter it, and loses its triggers. Both stand in the transaction of the
migration, so one that fails leaves the guards as they were.
"""

from collections.abc import Mapping

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from criteria.models.guards.tables import lift_guards, set_guards
from criteria.models.guards.trigger import Guarded, triggers


class LiftGuards(Operation):
    """Take every guard away until SetGuards. There is no way back: it would end without any."""

    reversible = False

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers."""
        lift_guards(schema_editor.connection)

    def describe(self) -> str:
        """For ``migrate --plan``."""
        return "Lift the guards of the database"


class SetGuards(Operation):
    """Put the guards of these models in place, as the migration knows them.

    ``parts`` and ``kept`` as in Guarded. A model that is forgotten here is named by the check.
    """

    reversible = False

    def __init__(self, parts: tuple[str, ...], kept: Mapping[str, str]) -> None:
        """Name the models."""
        self.parts, self.kept = parts, kept

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers, from the tables as they are after this migration."""
        models: Apps = to_state.apps
        set_guards(schema_editor.connection, triggers(Guarded(self.parts, self.kept), models))

    def describe(self) -> str:
        """For ``migrate --plan``."""
        return "Set the guards of the database"
