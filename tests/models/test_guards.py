"""The guards of the database: set by migrations, kept through a failed one, missed by a check."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from criteria.models.guards.operation import LiftGuards, SetGuards
from criteria.models.guards.tables import guarded_models, lift_guards, set_guards, wrong_guards

LOST = "criteria_dosinglimit_published_update"
ANY_GUARD = ("criteria_event_kept_delete", LOST, "criteria_criterion_passing_published_insert")


@pytest.fixture
def restored(transactional_db: None) -> Iterator[None]:
    """Put the guards back that a test takes away."""
    yield
    set_guards(connection)


def named() -> str:
    return " ".join(str(found) for found in run_checks(tags=["guards"]))


def drop(name: str) -> None:
    table = name.rpartition("_published_" if "_published_" in name else "_kept_")[0]
    on = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")


def state() -> ProjectState:
    return MigrationExecutor(connection).loader.project_state()


class BrokenError(Exception):
    """A migration that fails."""


def fail(*args: object) -> None:
    raise BrokenError


ALTER = migrations.AlterField(
    "dosinglimit", "lines", models.CharField(max_length=201, blank=True, default="")
)


def apply(*operations: migrations.operations.base.Operation) -> None:
    """Run operations as one migration, in its transaction."""
    migration = migrations.Migration("tried", "criteria")
    migration.operations = list(operations)
    with connection.schema_editor(atomic=True) as editor:
        migration.apply(state(), editor)


def set_as_stored() -> SetGuards:
    guarded = guarded_models()
    return SetGuards(guarded.parts, guarded.kept)


@pytest.mark.django_db
def test_migrations_set_every_guard() -> None:
    assert wrong_guards(connection) == []
    assert named() == ""


@pytest.mark.parametrize("name", ANY_GUARD)
@pytest.mark.usefixtures("restored")
def test_check_names_a_guard_that_is_missing(name: str) -> None:
    drop(name)
    assert f"has lost its guard {name}." in named()


@pytest.mark.usefixtures("restored")
def test_check_names_a_guard_that_refuses_something_else() -> None:
    drop(LOST)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER {LOST} BEFORE UPDATE ON criteria_dosinglimit WHEN 0 "
                "BEGIN SELECT RAISE(ABORT, 'never'); END"
            )
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {LOST}() RETURNS trigger LANGUAGE plpgsql "
                "AS $$ BEGIN RETURN NEW; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER {LOST} BEFORE UPDATE ON criteria_dosinglimit "
                f"FOR EACH ROW EXECUTE FUNCTION {LOST}()"
            )
    assert LOST in named()


@pytest.mark.usefixtures("restored")
def test_check_names_a_guard_that_is_switched_off() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite switches no trigger off")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE criteria_dosinglimit DISABLE TRIGGER {LOST}")
    assert LOST in named()


@pytest.mark.usefixtures("restored")
def test_every_lost_guard_is_named_and_put_back(capsys: pytest.CaptureFixture[str]) -> None:
    lift_guards(connection)
    lost = wrong_guards(connection)
    assert len(lost) > 80 and all(name in named() for name in lost)
    call_command("set_guards")
    told = capsys.readouterr().out
    assert all(name in told for name in lost)
    assert wrong_guards(connection) == []


@pytest.mark.usefixtures("restored")
def test_a_failed_migration_leaves_every_guard() -> None:
    with pytest.raises(BrokenError):
        apply(LiftGuards(), ALTER, migrations.RunPython(fail), set_as_stored())
    assert wrong_guards(connection) == []


@pytest.mark.usefixtures("restored")
def test_a_failed_migration_of_another_app_leaves_every_guard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``post_migrate`` is not sent then, so nothing may hang on it."""
    module = import_module("django.contrib.sessions.migrations.0001_initial")
    monkeypatch.setattr(module.Migration, "operations", [migrations.RunPython(fail)])
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    try:
        with pytest.raises(BrokenError):
            call_command("migrate", verbosity=0)
    finally:
        MigrationRecorder(connection).record_applied("sessions", "0001_initial")
    assert wrong_guards(connection) == []


@pytest.mark.usefixtures("restored")
def test_a_migration_that_rebuilds_a_table_sets_its_guards_again() -> None:
    apply(LiftGuards(), ALTER, set_as_stored())
    assert wrong_guards(connection) == []


@pytest.mark.usefixtures("restored")
def test_guards_that_a_migration_forgets_are_named() -> None:
    guarded = guarded_models()
    parts = tuple(name for name in guarded.parts if name != "dosinglimit")
    apply(LiftGuards(), SetGuards(parts, guarded.kept))
    assert LOST in named()


@pytest.mark.usefixtures("restored")
def test_a_database_before_the_migration_of_the_guards_waits_for_it() -> None:
    lift_guards(connection)
    recorder = MigrationRecorder(connection)
    last = max(name for app, name in recorder.applied_migrations() if app == "criteria")
    recorder.record_unapplied("criteria", last)
    try:
        assert named() == ""
    finally:
        recorder.record_applied("criteria", last)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "none.sqlite3"
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{missing}"},
        check=False,
    )
    assert done.returncode == 0 and not missing.exists()


def test_no_server_starts_on_a_database_that_lost_a_guard(tmp_path: Path) -> None:
    """The module that gunicorn and runserver load refuses, and names the guard."""
    stored = tmp_path / "stored.sqlite3"
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{stored}"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], env=env, capture_output=True, text=True, check=False
        )

    assert run("manage.py", "migrate", "--verbosity", "0").returncode == 0
    assert run("-c", "import ivigportal.wsgi").returncode == 0
    with sqlite3.connect(stored) as raw:
        raw.execute(f"DROP TRIGGER {LOST}")
    refused = run("-c", "import ivigportal.wsgi")
    assert refused.returncode and LOST in refused.stderr
