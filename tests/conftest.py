import ipaddress
import socket
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.models.signals import post_migrate
from django.test import override_settings

from criteria.models import DecisionClock, PolicyVersion
from tests.factories.commercial import publish_commercial_policy

OUR_TEMPLATES = str(Path(settings.BASE_DIR) / "templates")


class FailOnUndefined(str):
    """Stands for an undefined template variable: fails the test if the template is ours."""

    def __contains__(self, item: object) -> bool:
        return True

    def __mod__(self, name: Any) -> str:
        origin = _template_being_rendered()
        if origin.startswith(OUR_TEMPLATES):
            pytest.fail(f"Undefined template variable {name!s} in {origin}")
        return ""


def _template_being_rendered() -> str:
    frame: FrameType | None = sys._getframe()
    while frame := frame.f_back:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if frame.f_code.co_name == "render_annotated" and origin:
            return str(origin.name)
    return ""


@pytest.fixture(autouse=True, scope="session")
def undefined_template_variables_fail() -> None:
    """Set before anything is drawn: a module may draw what its tests share, and it is read once."""
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = FailOnUndefined("undefined")


@pytest.fixture(autouse=True, scope="session")
def files_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a test stores never lies in the tree, also what a module stores before its tests."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.getbasetemp() / "media"):
        yield


@pytest.fixture(autouse=True, scope="session")
def clocks_come_back() -> Iterator[None]:
    """A flush after a test with transactions takes the clocks that a migration wrote."""
    migration = import_module("criteria.migrations.0007_review")

    def write_again(**sent: Any) -> None:
        if not DecisionClock.objects.using(sent["using"]).exists():
            migration.add_clocks(apps, None)

    app = apps.get_app_config("criteria")
    post_migrate.connect(write_again, sender=app)
    yield
    post_migrate.disconnect(write_again, sender=app)


@pytest.fixture(autouse=True, scope="session")
def only_this_computer() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_if_local(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise RuntimeError(f"A test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_if_local)
        yield


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in production: the live server then has a connection of its own."""
    if connections["default"].vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connections["default"].settings_dict["TEST"]["NAME"] = name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.relative_to(Path(__file__).parent).parts:
            item.add_marker("browser")


@pytest.fixture(scope="module")
def commercial_policy(django_db_setup: None, django_db_blocker: Any) -> Iterator[PolicyVersion]:
    """The commercial policy, published once a module: storing it takes half a second.

    It lies in a transaction of the module, where neither a live server nor another thread sees it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield publish_commercial_policy()
        transaction.set_rollback(True)


@pytest.fixture
def uhc_version(commercial_policy: PolicyVersion, db: None) -> PolicyVersion:
    """The commercial policy, published."""
    return PolicyVersion.objects.get(pk=commercial_policy.pk)
