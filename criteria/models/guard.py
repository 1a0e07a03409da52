"""The database refuses to change a published version, whoever asks.

Triggers on every table of parts, made from the models. They are taken away before migrations and
put back after them, because SQLite rebuilds a table to alter it and loses its triggers.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import receiver

from criteria.models.part import LOCKED, Part
from criteria.models.policy import Policy
from criteria.models.version import CLOSING, PolicyVersion

MESSAGE = "This edition is published and never changes."
POLICIES, VERSIONS = Policy._meta.db_table, PolicyVersion._meta.db_table
LOCKED_LIST = ", ".join(f"'{status}'" for status in LOCKED)


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
        for table, event, condition in guarded():
            if VERSIONS in tables and table in tables:
                for sql in MAKE[connection.vendor](
                    table, event, condition_for(table, event, condition)
                ):
                    cursor.execute(sql)


def drop_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, event, _ in guarded():
            if table in tables:
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name_of(table, event)}{on}")


def name_of(table: str, event: str) -> str:
    """Name of a trigger."""
    return f"{table}_published_{event.lower()}"


def _sqlite(table: str, event: str, refused: str) -> Iterator[str]:
    refused = refused.replace("IS DISTINCT FROM", "IS NOT")
    yield (
        f"CREATE TRIGGER {name_of(table, event)} BEFORE {event} ON {table} WHEN {refused} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _postgresql(table: str, event: str, refused: str) -> Iterator[str]:
    name = name_of(table, event)
    kept = "OLD" if event == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {refused} THEN RAISE EXCEPTION '{MESSAGE}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept}; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


MAKE: dict[str, Callable[[str, str, str], Iterator[str]]] = {
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
