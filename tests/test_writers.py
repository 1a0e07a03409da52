"""Only actions write rows: the whole suite is watched, and here it is seen that the watch sees."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from criteria.models import Practice
from tests.helpers.writers import ROOT, WRITERS, WRITTEN, watch_writes

pytestmark = pytest.mark.django_db
ROOMS = ["screens/wizard", "papers", "accounts", "requests/dose", "management"]
READS = "list(Practice.objects.all())"
WAYS = {
    "save": "Practice(name='Made up').save()",
    "create": "Practice.objects.create(name='Made up')",
    "bulk_create": "Practice.objects.bulk_create([Practice(name='Made up')])",
    "update": "Practice.objects.update(name='Made up')",
    "delete": "Practice.objects.filter(name='Made up')._raw_delete('default')",
    "get_or_create": "Practice.objects.get_or_create(name='Made up')",
}


def run_in(place: str, code: str, **known: Any) -> None:
    """Run code as if it stood in a file of the project."""
    exec(compile(code, f"{ROOT}criteria/{place}", "exec"), {"Practice": Practice} | known)


def function_in(place: str, code: str) -> Callable[[], None]:
    return lambda: run_in(place, code)


def test_every_connection_of_the_suite_is_watched() -> None:
    assert watch_writes in connection.execute_wrappers


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "room", ["screens/wizard", "papers", "accounts", "requests/dose", "management"]
)
def test_other_rooms_do_not_write(room: str, way: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=f"{room}/made_up.py:1 writes"):
        run_in(f"{room}/made_up.py", WAYS[way])


def test_other_rooms_do_not_write_through_rows_and_what_loads_them() -> None:
    through = function_in("policies/stored/made_up.py", WAYS["save"])
    with pytest.raises(pytest.fail.Exception, match="screens/made_up.py"):
        run_in("screens/made_up.py", "through()", through=through)


def test_other_rooms_read() -> None:
    run_in("screens/made_up.py", READS)


@pytest.mark.parametrize("room", ["actions", "demo"])
def test_writers_write_for_screens(room: str) -> None:
    act = function_in(f"{room}/made_up.py", WAYS["save"])
    run_in("screens/made_up.py", "act()", act=act)
    assert Practice.objects.filter(name="Made up").exists()


def test_an_action_may_have_a_form_set_its_links() -> None:
    form = function_in("screens/made_up.py", WAYS["save"])
    run_in("actions/made_up.py", "form()", form=form)


def test_tests_make_rows_as_they_like() -> None:
    function_in("models/made_up.py", WAYS["save"])()


def test_every_room_named_is_there() -> None:
    assert all(Path(room).exists() for room in (*WRITERS, *WRITTEN))
