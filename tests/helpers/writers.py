"""Watches who writes: rows of the project change inside an action, whatever way leads to it."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

ROOT = f"{Path(__file__).resolve().parent.parent.parent}/"
WRITES = re.compile(r'\s*(INSERT|UPDATE|DELETE|REPLACE)\b[^"]*"criteria_', re.IGNORECASE)
PROJECT = f"{ROOT}criteria/"
# They write. The demonstration makes its people and marks what it has made; the command empties
# every table, as an operator asks it to.
FLUSH = "management/commands/flush.py"
WRITERS = tuple(PROJECT + place for place in ("actions/", "demo/", "migrations/", FLUSH))
# They write for whoever calls them: an action, or a test.
WRITTEN = tuple(f"{PROJECT}{room}/" for room in ("models", "policies"))


def watch_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Run a statement; fail if it writes a row for a screen, and no action stands in between."""
    if WRITES.match(sql) and (culprit := culprit_of(sys._getframe(1))):
        pytest.fail(f"{culprit} writes, not an action: {sql[:120]}")
    return execute(sql, params, many, context)


def culprit_of(frame: FrameType | None) -> str:
    """The innermost place outside the actions that a statement is run for; "" where one may."""
    culprit = ""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(WRITERS):
            return ""
        if not culprit and name.startswith(PROJECT) and not name.startswith(WRITTEN):
            culprit = f"{name.removeprefix(ROOT)}:{frame.f_lineno}"
        frame = frame.f_back
    return culprit


@contextmanager
def only_actions_write() -> Iterator[None]:
    """Watch every connection there is and every one that is made, in each thread."""

    def watch(connection: BaseDatabaseWrapper, **sent: Any) -> None:
        if watch_writes not in connection.execute_wrappers:
            connection.execute_wrappers.append(watch_writes)

    connection_created.connect(watch)
    for connection in connections.all(initialized_only=True):
        watch(connection)
    yield
    connection_created.disconnect(watch)
