"""A published edition never changes, whichever way someone tries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from criteria.models import (
    Code,
    Criterion,
    Indication,
    Part,
    Policy,
    PolicyVersion,
    PublishedVersionError,
    Question,
    QuestionChoice,
    Status,
)
from criteria.models.guards.tables import guarded_models
from criteria.models.guards.trigger import triggers
from tests.factories.policy import draft, published
from tests.factories.policy_file import policy_file

pytestmark = pytest.mark.django_db
Change = Callable[[PolicyVersion], Any]

PARTS: list[type[Part]] = [
    m for m in apps.get_app_config("criteria").get_models() if issubclass(m, Part)
]


def question(version: PolicyVersion) -> Question:
    return Question.objects.of(version).get(key="igg")


def save_part(version: PolicyVersion) -> None:
    part = question(version)
    part.wording = "Other"
    part.save()


def add_part(version: PolicyVersion) -> None:
    Question(version=version, key="new", wording="New?", type="yes_no").save()


def move_part_out(version: PolicyVersion) -> None:
    part = question(version)
    part.version, part.key = draft(number="other"), "moved"
    part.save()


def bulk_create(version: PolicyVersion) -> None:
    Question.objects.bulk_create([Question(version=version, key="new", wording="?", type="date")])


def bulk_update(version: PolicyVersion) -> None:
    part = question(version)
    part.wording = "Other"
    Question.objects.bulk_update([part], ["wording"])


def add_link(version: PolicyVersion) -> None:
    code = Code.objects.of(version).get(code="D80.0")
    code.unproven.add(Indication.objects.of(version).get(key="asthma"))


def clear_links(version: PolicyVersion) -> None:
    Code.objects.of(version).get(code="D80.0").indications.clear()


def add_link_from_the_other_end(version: PolicyVersion) -> None:
    choice = QuestionChoice.objects.of(version).get(key="unclear")
    choice.passing_in.add(Criterion.objects.of(version).get(question__key="kind"))


def change_version(version: PolicyVersion) -> None:
    version.source = "Another source"
    version.save()


def reopen_version(version: PolicyVersion) -> None:
    version.status = Status.DRAFT
    version.published_at = version.published_by = None
    version.save()


def rename_policy(version: PolicyVersion) -> None:
    version.policy.name = "Other"
    version.policy.save()


CHANGES: list[Change] = [
    save_part,
    add_part,
    move_part_out,
    bulk_create,
    bulk_update,
    add_link,
    clear_links,
    add_link_from_the_other_end,
    change_version,
    reopen_version,
    rename_policy,
    lambda v: v.synonym_set.first().delete(),
    lambda v: Question.objects.of(v).update(wording="Other"),
    lambda v: v.synonym_set.all().delete(),
    lambda v: v.question_set.create(key="new", wording="New?", type="yes_no"),
    lambda v: v.delete(),
    lambda v: PolicyVersion.objects.filter(pk=v.pk).update(number="9"),
    lambda v: PolicyVersion.objects.filter(pk=v.pk).update(status=Status.DRAFT),
    lambda v: PolicyVersion.objects.filter(pk=v.pk).delete(),
    lambda v: v.policy.delete(),
    lambda v: Policy.objects.update(payer="Other"),
    lambda v: Policy.objects.all().delete(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_refused_by_name(change: Change) -> None:
    version = published()
    with pytest.raises(PublishedVersionError, match="published and never changes"):
        change(version)


@pytest.mark.parametrize("change", CHANGES[:-6])
def test_change_of_a_draft_is_allowed(change: Change) -> None:
    change(draft(key="another-policy", number="mine"))


def test_part_cannot_be_moved_into_a_published_version() -> None:
    into = published()
    part = question(draft(number="other"))
    part.version = into
    with pytest.raises(PublishedVersionError):
        part.save()


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.RETIRED])
def test_closing_and_retiring_are_allowed(status: Status) -> None:
    version = published()
    version.effective_until, version.status = date(2022, 1, 1), status
    version.save()
    PolicyVersion.objects.filter(pk=version.pk).update(effective_until=date(2023, 1, 1))
    PolicyVersion.objects.filter(pk=version.pk).update(status=Status.RETIRED)


def test_unchanged_policy_may_be_saved() -> None:
    published().policy.save()


# Below Django


def run(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("model", PARTS)
def test_database_refuses_to_touch_a_part(model: type[Part]) -> None:
    version = published()
    table = model._meta.db_table
    assert model._default_manager.filter(version=version).exists(), "the small policy has none"
    columns = ", ".join(f.column for f in model._meta.concrete_fields if not f.primary_key)
    for sql in (
        f"UPDATE {table} SET position = position + 1 WHERE version_id = %s",
        f"DELETE FROM {table} WHERE version_id = %s",
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE version_id = %s",
    ):
        with pytest.raises(IntegrityError, match="published and never changes"):
            run(sql, version.pk)


@pytest.mark.parametrize(
    "through",
    [
        Code.indications.through,
        Code.unproven.through,
        Criterion.passing.through,
        Criterion.reviewer.through,
    ],
)
def test_database_refuses_to_touch_a_link(through: type[Model]) -> None:
    published()
    table = through._meta.db_table
    columns = ", ".join(f.column for f in through._meta.concrete_fields if not f.primary_key)
    first = columns.split(",")[0]
    for sql in (
        f"UPDATE {table} SET {first} = {first}",
        f"DELETE FROM {table}",
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}",
    ):
        with pytest.raises(IntegrityError, match="published and never changes"):
            run(sql)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE criteria_policyversion SET number = 'other'",
        "UPDATE criteria_policyversion SET status = 'draft', published_at = NULL",
        "UPDATE criteria_policyversion SET effective_from = '2021-01-01'",
        "DELETE FROM criteria_policyversion",
        "UPDATE criteria_policy SET name = 'Other'",
        "DELETE FROM criteria_policy",
    ],
)
def test_database_refuses_to_touch_the_version(change: str) -> None:
    published()
    with pytest.raises(IntegrityError, match="published and never changes"):
        run(change)


def test_database_allows_closing() -> None:
    published()
    run("UPDATE criteria_policyversion SET effective_until = '2022-01-01', status = 'retired'")


def test_every_table_of_parts_is_guarded() -> None:
    tables = {trigger.table for trigger in triggers(guarded_models(), apps)}
    assert {model._meta.db_table for model in PARTS} < tables
    assert Criterion.passing.through._meta.db_table in tables


@pytest.mark.django_db(transaction=True)
def test_flush_empties_published_editions_too() -> None:
    published()
    call_command("flush", interactive=False, verbosity=0)
    assert not PolicyVersion.objects.exists()
    version = published(key=policy_file().policy.key)
    with pytest.raises(IntegrityError):
        run("DELETE FROM criteria_question WHERE version_id = %s", version.pk)
