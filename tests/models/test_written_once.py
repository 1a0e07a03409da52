"""What was submitted, issued, decided and done is never changed, whichever way someone tries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError

from criteria.actions.events import record_event
from criteria.models import (
    AuthorizationRequest,
    Event,
    Letter,
    MissedCriterion,
    MissedState,
    Packet,
    Submission,
)
from criteria.models.append_only import KEPT
from criteria.screens.wizard.packets import issue
from tests.factories.people import person, peter
from tests.factories.review import denied, last_submission, submitted_cidp

KEPT_WORDS = "kept as it was written"
pytestmark = pytest.mark.django_db


def everything_kept() -> AuthorizationRequest:
    """A decided request with a row in every table that only grows."""
    request = denied(submitted_cidp())
    issue(request, by=request.owner)
    MissedCriterion.objects.create(
        submission=last_submission(request),
        block="criteria",
        key="made-up",
        title="Made up",
        state=MissedState.NOT_MET,
    )
    assert all(model._default_manager.exists() for model in KEPT)
    return request


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_row_is_refused_by_name() -> None:
    everything_kept()
    for model in KEPT:
        row = model._default_manager.first()
        assert row is not None
        ways: list[Callable[[], Any]] = [
            row.save,
            row.delete,
            model._default_manager.all().delete,
            lambda m=model: m._default_manager.update(pk=99),  # type: ignore[misc]
            lambda m=model, r=row: m._default_manager.bulk_update([r], ["id"]),  # type: ignore[misc]
        ]
        for way in ways:
            with pytest.raises(TypeError, match="never changes"):
                way()


def columns(model: type[Model]) -> list[str]:
    return [f.column for f in model._meta.concrete_fields if not f.primary_key]


def test_database_refuses_every_column_and_every_deletion() -> None:
    everything_kept()
    for model in KEPT:
        table = model._meta.db_table
        for column in columns(model):
            if KEPT[model] == column:
                continue
            with pytest.raises(IntegrityError, match=KEPT_WORDS):
                run(f'UPDATE {table} SET "{column}" = NULL')
        with pytest.raises(IntegrityError, match=KEPT_WORDS):
            run(f"DELETE FROM {table}")


def test_database_refuses_to_truncate() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    everything_kept()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match=KEPT_WORDS):
        run("TRUNCATE criteria_event CASCADE")


def test_the_account_of_an_actor_may_go_and_their_name_stays() -> None:
    gone = person("gone")
    event = record_event(verb="view", obj=person("ann"), by=gone)
    gone.delete()
    event.refresh_from_db()
    assert (event.actor, event.actor_name) == (None, "gone")


def test_an_event_is_never_given_to_somebody_else() -> None:
    event = record_event(verb="view", obj=person("ann"), by=person("otto"))
    other = f"UPDATE criteria_event SET actor_id = {peter().pk} WHERE id = {event.pk}"
    with pytest.raises(IntegrityError, match=KEPT_WORDS):
        run(other)
    run(f"UPDATE criteria_event SET actor_id = NULL WHERE id = {event.pk}")
    with pytest.raises(IntegrityError, match=KEPT_WORDS):
        run(other)


def test_request_with_a_submission_cannot_be_deleted() -> None:
    request = everything_kept()
    with pytest.raises(ProtectedError):
        request.delete()
    with pytest.raises(ProtectedError):
        AuthorizationRequest.objects.filter(pk=request.pk).delete()
    assert Submission.objects.filter(request=request).exists()


@pytest.mark.django_db(transaction=True)
def test_flush_empties_them_and_puts_the_protection_back() -> None:
    everything_kept()
    call_command("flush", interactive=False, verbosity=0)
    assert not any(model._default_manager.exists() for model in (Event, Packet, Letter))
    record_event(verb="view", obj=person("ann"), by=None)
    with pytest.raises(IntegrityError, match=KEPT_WORDS):
        run("DELETE FROM criteria_event")
