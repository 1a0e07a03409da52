"""A database of its own with the demonstration, and its requests copied many times."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment

from criteria.demo.people import ensure_people
from criteria.demo.policies import publish_policies
from criteria.demo.requests import make_requests
from criteria.models import AuthorizationRequest, RequestPage, Submission

BATCH = 1000


@contextmanager
def crowd(count: int, line_of_business: str) -> Iterator[int]:
    """That many open requests of a line of business, in a database that is thrown away.

    SQLite in a file, as in production: every thread has a connection of its own.
    """
    setup_test_environment()
    old = connection.settings_dict["NAME"]
    test = connection.settings_dict["TEST"]
    usual = test["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            test["NAME"] = str(Path(folder) / "crowd.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            ensure_people()
            _done = [*publish_policies(), *make_requests()]
            yield copy_requests(count, line_of_business)
        finally:
            connection.creation.destroy_test_db(old, verbosity=0)
            test["NAME"] = usual
            teardown_test_environment()


def copy_requests(count: int, line_of_business: str) -> int:
    """Copies of the open requests of a line of business until there are ``count``.

    Rows are written as they are, past the actions: nobody typed them.
    """
    own = AuthorizationRequest.objects.filter(line_of_business=line_of_business)
    models = list(own.exclude(status="withdrawn").order_by("pk"))
    numbers = range(count - len(models))
    for start in range(0, len(numbers), BATCH):
        pairs = [(models[n % len(models)], n) for n in numbers[start : start + BATCH]]
        copies = [_copy(model, number=f"X-{n:07}") for model, n in pairs]
        AuthorizationRequest.objects.bulk_create(copies)
        _copy_inside([(model, new) for (model, _), new in zip(pairs, copies, strict=True)])
    return own.exclude(status="withdrawn").count()


def _copy_inside(pairs: list[tuple[AuthorizationRequest, AuthorizationRequest]]) -> None:
    inside = {old.pk: (list(old.pages.all()), list(old.submissions.all())) for old, _ in pairs}
    pages = [_copy(page, request=new) for old, new in pairs for page in inside[old.pk][0]]
    RequestPage.objects.bulk_create(pages, batch_size=BATCH)
    sent = [_copy(one, request=new) for old, new in pairs for one in inside[old.pk][1]]
    Submission.objects.bulk_create(sent, batch_size=BATCH)


def _copy(row: Any, **changed: Any) -> Any:
    """A new row with the same values."""
    names = [field.attname for field in row._meta.concrete_fields if field.attname != "id"]
    new = type(row)(**{name: getattr(row, name) for name in names})
    for name, value in changed.items():
        setattr(new, name, value)
    return new
