"""The guards of the database as it is: set, lifted and looked at, on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from criteria.models.append_only import KEPT
from criteria.models.guards.trigger import APP, Guarded, Trigger, triggers
from criteria.models.part import Part

_INSTALLED = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT t.tgname, c.relname, CASE t.tgenabled WHEN 'D' THEN '' ELSE p.prosrc END "
        "FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE NOT t.tgisinternal AND n.nspname = ANY(current_schemas(false))"
    ),
}


def guarded_models() -> Guarded:
    """What is guarded by the models as they are."""
    every = apps.get_app_config(APP).get_models()
    parts = sorted(str(m._meta.model_name) for m in every if issubclass(m, Part))
    kept = {str(model._meta.model_name): free for model, free in KEPT.items()}
    return Guarded(tuple(parts), kept)


def wrong_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of guards that are missing, switched off, or other than the models want."""
    found = {name: sql for name, _, sql in _installed(connection)}
    return [
        trigger.name
        for trigger in triggers(guarded_models(), apps)
        if (wanted := DEFINED[connection.vendor](trigger)) and found.get(trigger.name) != wanted
    ]


def set_guards(connection: BaseDatabaseWrapper, wanted: Iterable[Trigger] | None = None) -> None:
    """Put the guards in place, those of the models as they are where none are named."""
    lift_guards(connection)
    with connection.cursor() as cursor:
        for trigger in triggers(guarded_models(), apps) if wanted is None else wanted:
            for sql in MAKE[connection.vendor](trigger):
                cursor.execute(sql)


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away that the database holds."""
    for name, table, _ in _installed(connection):
        with connection.cursor() as cursor:
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """Name, table and definition (none if switched off) of each trigger of the application."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        rows = cursor.fetchall()
    return [(str(n), str(t), str(s)) for n, t, s in rows if str(t).startswith(f"{APP}_")]


def _sqlite(trigger: Trigger) -> str:
    """SQLite knows no TRUNCATE, and keeps the statement as it was given."""
    if trigger.event == "TRUNCATE":
        return ""
    refused = trigger.refused.replace("IS DISTINCT FROM", "IS NOT")
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} WHEN {refused} "
        f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
    )


def _postgresql(trigger: Trigger) -> str:
    """The body of the function that the trigger runs."""
    returned = "OLD" if trigger.event == "DELETE" else "NEW"
    return (
        f" BEGIN IF {trigger.refused} THEN RAISE EXCEPTION '{trigger.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {returned}; END "
    )


def _make_sqlite(trigger: Trigger) -> Iterator[str]:
    if sql := _sqlite(trigger):
        yield sql


def _make_postgresql(trigger: Trigger) -> Iterator[str]:
    name, each = trigger.name, "STATEMENT" if trigger.event == "TRUNCATE" else "ROW"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $${_postgresql(trigger)}$$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {name}()"
    )


DEFINED: dict[str, Callable[[Trigger], str]] = {"sqlite": _sqlite, "postgresql": _postgresql}
MAKE: dict[str, Callable[[Trigger], Iterator[str]]] = {
    "sqlite": _make_sqlite,
    "postgresql": _make_postgresql,
}
