"""What the database itself refuses: to change a published edition, or a row that is kept.

Triggers on every table of parts and on those that only grow. They are part of the schema:
migrations put them there (guard_operation.py), and a check names any that is missing or another
than these (guard_check.py). Here they are described, for the models as they are or as a migration
knows them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Model

from criteria.models.append_only import KEPT_MESSAGE, kept_conditions
from criteria.models.part import LOCKED
from criteria.models.version import CLOSING

APP = "criteria"
MESSAGE = "This edition is published and never changes."
LOCKED_LIST = ", ".join(f"'{status.value}'" for status in LOCKED)
EVENTS = ("INSERT", "UPDATE", "DELETE")


class Models(Protocol):
    """The registry of models, or its state in a migration."""

    def get_model(self, app_label: str, model_name: str) -> type[Model]:
        """A model by its name."""
        ...


@dataclass(frozen=True, slots=True)
class Guarded:
    """Which models are guarded, by name.

    ``parts`` belong to an edition and never change once it is published. ``kept`` only grow; each
    with the column that alone may be emptied later, "" where none may.
    """

    parts: tuple[str, ...]
    kept: Mapping[str, str]


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


def triggers(guarded: Guarded, models: Models) -> Iterator[Trigger]:
    """Every trigger of what is guarded."""
    for table, event, condition in published_conditions(guarded, models):
        refused = _on_rows(table, event, condition, models)
        yield Trigger(table, event, refused, MESSAGE, "published")
    for name, free in guarded.kept.items():
        model = models.get_model(APP, name)
        for event, refused in kept_conditions(_columns(model), free):
            yield Trigger(model._meta.db_table, event, refused, KEPT_MESSAGE, "kept")


def published_conditions(
    guarded: Guarded, models: Models
) -> Iterator[tuple[str, str, Callable[[str], str]]]:
    """Table, event, and the SQL condition, for a row called OLD or NEW, that refuses it."""
    policies, versions = _tables(models)
    for name in guarded.parts:
        model = models.get_model(APP, name)
        table = model._meta.db_table
        for event in EVENTS:
            yield table, event, lambda row: _is_locked(f"{row}.version_id", versions)
        for links, column in _links(model):
            for event in EVENTS:
                yield links, event, _through(table, column, versions)
    policy, version = models.get_model(APP, "policy"), models.get_model(APP, "policyversion")
    yield policies, "UPDATE", lambda row: f"{_in_use(row, versions)} AND {_changed(policy)}"
    yield policies, "DELETE", lambda row: _in_use(row, versions)
    yield versions, "UPDATE", lambda row: _version_changed(version)
    yield versions, "DELETE", lambda row: f"{row}.status IN ({LOCKED_LIST})"


def _tables(models: Models) -> tuple[str, str]:
    """The tables of policies and of their editions."""
    policy, version = (models.get_model(APP, name) for name in ("policy", "policyversion"))
    return policy._meta.db_table, version._meta.db_table


def _is_locked(version_id: str, versions: str) -> str:
    """SQL: whether the edition is published."""
    return f"(SELECT status FROM {versions} WHERE id = {version_id}) IN ({LOCKED_LIST})"


def _links(part: type[Model]) -> Iterator[tuple[str, str]]:
    """The tables of a part's many-to-many links, each with the column that names the part."""
    for field in part._meta.local_many_to_many:
        yield field.m2m_db_table(), field.m2m_column_name()


def _through(table: str, column: str, versions: str) -> Callable[[str], str]:
    def condition(row: str) -> str:
        owner = f"(SELECT version_id FROM {table} WHERE id = {row}.{column})"
        return _is_locked(owner, versions)

    return condition


def _in_use(row: str, versions: str) -> str:
    found = f"SELECT 1 FROM {versions} WHERE policy_id = {row}.id AND status IN ({LOCKED_LIST})"
    return f"EXISTS ({found})"


def _version_changed(version: type[Model]) -> str:
    moved = "(NEW.status <> OLD.status AND NEW.status <> 'retired')"
    return f"OLD.status IN ({LOCKED_LIST}) AND ({_changed(version, CLOSING)} OR {moved})"


def _changed(model: type[Model], free: Collection[str] = ()) -> str:
    fixed = [column for column in _columns(model) if column not in free]
    return "(" + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in fixed) + ")"


def _columns(model: type[Model]) -> list[str]:
    """In an order that does not depend on the migration that added a column."""
    return sorted(str(field.column) for field in model._meta.concrete_fields)


def _on_rows(table: str, event: str, condition: Callable[[str], str], models: Models) -> str:
    """The condition on every row the event touches."""
    rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
    if table in _tables(models):
        rows = ["OLD"]
    return " OR ".join(f"({condition(row)})" for row in rows)
