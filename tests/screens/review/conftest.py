from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.factories.people import rhea
from tests.screens.review.desk import Reviewer, module_world


@pytest.fixture(scope="module")
def number(commercial_policy: object, django_db_blocker: Any) -> Iterator[str]:
    """Of a submitted CIDP request, stored once a module."""
    with module_world(django_db_blocker) as number:
        yield number


@pytest.fixture
def desk(client: Client, number: str, db: None) -> Reviewer:
    """Rhea at the request, which nobody holds yet."""
    return Reviewer(client, number, rhea())
