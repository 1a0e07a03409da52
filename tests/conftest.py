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
from django.db import connections
from django.db.models.signals import post_migrate
from django.test import override_settings

from criteria.models import DecisionClock, PolicyVersion
from tests.factories.commercial import publish_commercial_policy
from tests.factories.medicare import publish_medicare_policies
from tests.helpers.policies.layers import DEPTH, PolicyLayers
from tests.helpers.writers import only_actions_write

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
def writers_are_watched() -> Iterator[None]:
    """A row of the project that no action writes fails the test, also in a live server."""
    with only_actions_write():
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


DEPTHS = pytest.StashKey[dict[Path, int]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Modules that need the same shipped policies come one after the other."""
    depths: dict[Path, int] = {}
    for item in items:
        if "browser" in item.path.relative_to(Path(__file__).parent).parts:
            item.add_marker("browser")
        names = getattr(item, "fixturenames", ())
        asked = max((depth for name, depth in DEPTH.items() if name in names), default=0)
        depths[item.path] = max(asked, depths.get(item.path, 0))
    items.sort(key=lambda item: -depths[item.path])
    config.stash[DEPTHS] = depths


@pytest.fixture(scope="session")
def policy_layers(django_db_blocker: Any) -> Iterator[PolicyLayers]:
    layers = PolicyLayers()
    yield layers
    with django_db_blocker.unblock():
        layers.stand_at(0)


@pytest.fixture(autouse=True, scope="module")
def policies_of_the_module(
    request: pytest.FixtureRequest, policy_layers: PolicyLayers, django_db_blocker: Any
) -> None:
    """Before anything else a module stores: those it needs, and no others."""
    depth = request.config.stash[DEPTHS][request.path]
    if depth != policy_layers.depth:
        request.getfixturevalue("django_db_setup")
        with django_db_blocker.unblock():
            policy_layers.stand_at(depth)


@pytest.fixture(scope="module")
def commercial_policy(policies_of_the_module: None, django_db_blocker: Any) -> PolicyVersion:
    """The commercial policy, published."""
    with django_db_blocker.unblock():
        return publish_commercial_policy()


@pytest.fixture(scope="module")
def medicare_policies(
    policies_of_the_module: None, django_db_blocker: Any
) -> dict[str, PolicyVersion]:
    """Every edition of the Medicare article beside the commercial policy, by number."""
    with django_db_blocker.unblock():
        return publish_medicare_policies()


@pytest.fixture
def uhc_version(commercial_policy: PolicyVersion, db: None) -> PolicyVersion:
    """The commercial policy, as this test finds it."""
    return PolicyVersion.objects.get(pk=commercial_policy.pk)
