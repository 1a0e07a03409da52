"""Every screen of policy staff works for every role, in a bounded number of queries."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from criteria.accounts.permissions import Role
from criteria.models import Criterion, DecisionClock, PolicyVersion
from criteria.screens.admin.base import PolicyModelAdmin
from tests.factories.people import paula, person, rhea
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import list_of, screen, visit

pytestmark = pytest.mark.django_db
MOST_QUERIES = 40
SCREENS = [
    model
    for model in apps.get_app_config("criteria").get_models()
    if isinstance(admin.site._registry.get(model), PolicyModelAdmin)
]


def rows() -> Iterator[Model]:
    for model in SCREENS:
        yield from model._default_manager.all()


def test_there_are_screens() -> None:
    assert {Criterion, PolicyVersion} < set(SCREENS)


@pytest.mark.parametrize("model", SCREENS)
def test_list_works_for_editor_and_reader(model: type[Model]) -> None:
    draft()
    for user in (paula(), rhea()):
        with CaptureQueriesContext(connection) as queries:
            response = visit(user).get(list_of(model), {"q": "a"})
        assert response.status_code == 200
        assert len(queries) < MOST_QUERIES


@pytest.mark.parametrize("model", SCREENS)
def test_list_costs_the_same_for_more_rows(model: type[Model]) -> None:
    client = visit(paula())
    draft()
    client.get(list_of(model))
    with CaptureQueriesContext(connection) as few:
        client.get(list_of(model))
    draft(number="2")
    draft(number="3")
    with CaptureQueriesContext(connection) as many:
        client.get(list_of(model))
    assert len(many) <= len(few)


def test_every_row_of_a_draft_can_be_opened_and_saved_by_an_editor() -> None:
    draft()
    client = visit(paula())
    for row in rows():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(screen(row))
        assert response.status_code == 200, row
        assert len(queries) < MOST_QUERIES, (row, [q["sql"] for q in queries])
        assert ('name="_save"' in response.text) is (row._meta.model_name != "criteriatree"), row


def test_every_row_of_a_published_edition_can_be_read_and_not_saved() -> None:
    published()
    for client in (visit(paula()), visit(rhea())):
        # The decision clocks belong to no edition.
        for row in (row for row in rows() if not isinstance(row, DecisionClock)):
            response = client.get(screen(row))
            assert response.status_code == 200, row
            assert 'name="_save"' not in response.text, row
            assert client.post(screen(row), {}).status_code == 403, row


def test_every_row_of_a_draft_is_only_read_by_a_reviewer() -> None:
    draft()
    client = visit(rhea())
    for row in rows():
        response = client.get(screen(row))
        assert response.status_code == 200, row
        assert 'name="_save"' not in response.text, row
        assert client.post(screen(row), {}).status_code == 403, row


@pytest.mark.parametrize("model", SCREENS)
def test_other_staff_see_nothing(model: type[Model]) -> None:
    draft()
    client = visit(User.objects.create(username="otto", is_staff=True))
    assert client.get(list_of(model)).status_code == 403
    row = model._default_manager.first()
    assert row is not None
    assert client.get(screen(row)).status_code == 403


def test_prescriber_is_sent_to_login() -> None:
    ann = person("ann", Role.PRESCRIBERS)
    User.objects.filter(pk=ann.pk).update(is_staff=False)
    response = visit(ann).get(list_of(PolicyVersion))
    assert response.status_code == 302
    assert "login" in response["Location"]


@pytest.mark.parametrize("name", ["delete", "history"])
def test_delete_and_history_pages_work(name: str) -> None:
    draft()
    client = visit(paula())
    for row in rows():
        response = client.get(screen(row, name))
        assert response.status_code in (200, 302, 403), row
