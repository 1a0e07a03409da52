"""The database refuses to change a published version or a row that is kept, whoever asks.

Triggers on every table of parts and on those that only grow, made from the models. They are taken
away before migrations and put back after them, because SQLite rebuilds a table to alter it and
loses its triggers. The command ``flush`` sets them aside too.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import receiver

from criteria.models.append_only import KEPT_MESSAGE, kept_conditions
from criteria.models.part import LOCKED, Part
from criteria.models.policy import Policy
from criteria.models.version import CLOSING, PolicyVersion

MESSAGE = "This edition is published and never changes."
POLICIES, VERSIONS = Policy._meta.db_table, PolicyVersion._meta.db_table
LOCKED_LIST = ", ".join(f"'{status}'" for status in LOCKED)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What the database refuses: the event on rows of the table that fulfil the condition."""

    table: str
    event: str
    refused: str
    message: str
    of: str

    @property
    def name(self) -> str:
        """Its name, and on PostgreSQL that of its function."""
        return f"{self.table}_{self.of}_{self.event.lower()}"


def triggers() -> Iterator[Trigger]:
    """Every trigger there is."""
    for table, event, condition in guarded():
        yield Trigger(table, event, condition_for(table, event, condition), MESSAGE, "published")
    for table, event, refused in kept_conditions():
        yield Trigger(table, event, refused, KEPT_MESSAGE, "kept")


def status_of(version_id: str) -> str:
    """SQL: whether the version is published."""
    return f"(SELECT status FROM {VERSIONS} WHERE id = {version_id}) IN ({LOCKED_LIST})"


def guarded() -> Iterator[tuple[str, str, Callable[[str], str]]]:
    """Table, event, and the SQL condition, for a row called OLD or NEW, that refuses it."""
    for model in apps.get_app_config("criteria").get_models(include_auto_created=True):
        for event in ("INSERT", "UPDATE", "DELETE"):
            if issubclass(model, Part):
                yield model._meta.db_table, event, lambda row: status_of(f"{row}.version_id")
            elif (owner := owner_of(model)) is not None:
                yield model._meta.db_table, event, _through(owner)
    yield POLICIES, "UPDATE", lambda row: f"{_in_use(row)} AND {_changed(Policy, set())}"
    yield POLICIES, "DELETE", _in_use
    yield VERSIONS, "UPDATE", _version_changed
    yield VERSIONS, "DELETE", lambda row: f"{row}.status IN ({LOCKED_LIST})"


def owner_of(model: type[Model]) -> type[Part] | None:
    """The part whose many-to-many links a table holds."""
    owner: Any = model._meta.auto_created
    return owner if owner and issubclass(owner, Part) else None


def _through(owner: type[Part]) -> Callable[[str], str]:
    table, column = owner._meta.db_table, f"{owner._meta.model_name}_id"
    return lambda row: status_of(f"(SELECT version_id FROM {table} WHERE id = {row}.{column})")


def _in_use(row: str) -> str:
    found = f"SELECT 1 FROM {VERSIONS} WHERE policy_id = {row}.id AND status IN ({LOCKED_LIST})"
    return f"EXISTS ({found})"


def _version_changed(row: str) -> str:
    moved = "(NEW.status <> OLD.status AND NEW.status <> 'retired')"
    return f"OLD.status IN ({LOCKED_LIST}) AND ({_changed(PolicyVersion, CLOSING)} OR {moved})"


def _changed(model: type[Model], free: Collection[str]) -> str:
    fixed = [f.column for f in model._meta.concrete_fields if f.attname not in free]
    return "(" + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in fixed) + ")"


def condition_for(table: str, event: str, condition: Callable[[str], str]) -> str:
    """The condition on every row the event touches."""
    rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
    if table in (VERSIONS, POLICIES):
        rows = ["OLD"]
    return " OR ".join(f"({condition(row)})" for row in rows)


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place, again if they are there."""
    drop_guards(connection)
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers():
            if VERSIONS in tables and trigger.table in tables:
                for sql in MAKE[connection.vendor](trigger):
                    cursor.execute(sql)


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers():
            if trigger.table in tables:
                on = "" if connection.vendor == "sqlite" else f" ON {trigger.table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")


def _sqlite(trigger: Trigger) -> Iterator[str]:
    if trigger.event == "TRUNCATE":
        return
    refused = trigger.refused.replace("IS DISTINCT FROM", "IS NOT")
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} WHEN {refused} "
        f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
    )


def _postgresql(trigger: Trigger) -> Iterator[str]:
    name, event = trigger.name, trigger.event
    kept = "OLD" if event == "DELETE" else "NEW"
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {trigger.refused} THEN RAISE EXCEPTION '{trigger.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept}; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {trigger.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {name}()"
    )


MAKE: dict[str, Callable[[Trigger], Iterator[str]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}


@receiver(pre_migrate)
def before_migrations(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """Take the triggers away, so that tables can be rebuilt."""
    if app_config.label == "criteria":
        drop_guards(connections[using])


@receiver(post_migrate)
def after_migrations(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """Put the triggers back."""
    if app_config.label == "criteria":
        install_guards(connections[using])
