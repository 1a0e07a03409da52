"""Deleting a part in the admin: told first what goes with it, brought back by one press."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from criteria.models import Indication, Part, Pathway, PolicyVersion, RemovedPart
from criteria.policies.stored.export import export
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import screen, visit
from tests.screens.wizard.conftest import soup_of

pytestmark = pytest.mark.django_db


def delete_url(part: Part) -> str:
    return reverse(f"admin:criteria_{part._meta.model_name}_delete", args=[part.pk])


def restore_url(removed: RemovedPart) -> str:
    return reverse("admin:criteria_restore", args=[removed.version_id, removed.pk])


def chief() -> User:
    return User.objects.create_superuser("chief")


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.mark.parametrize("who", [paula, chief])
@pytest.mark.parametrize("model", [Indication, Pathway])
def test_every_one_can_be_deleted_and_brought_back(
    version: PolicyVersion, who: object, model: type[Part]
) -> None:
    client = visit(who())  # type: ignore[operator]
    before = export(version)
    for part in model._default_manager.filter(version=version):
        asked = client.get(delete_url(part))
        assert asked.status_code == 200 and "permission" not in asked.content.decode()
        done = client.post(delete_url(part), {"post": "yes"}, follow=True)
        assert "It can be brought back" in done.content.decode()
        assert not model._default_manager.filter(pk=part.pk).exists()
        removed = RemovedPart.objects.get()
        back = client.post(restore_url(removed), follow=True)
        assert "Brought back the" in back.content.decode()
        assert back.redirect_chain[-1][0] == screen(part)
    assert export(version) == before


def test_what_goes_with_it_is_told_first(version: PolicyVersion) -> None:
    part = Pathway.objects.get(version=version, key="initial")
    page = soup_of(visit(paula()).get(delete_url(part))).get_text(" ", strip=True)
    assert "With it goes what is inside it:" in page and "criteria" in page
    assert "It can be brought back whole" in page


def test_the_page_of_the_edition_lists_what_was_deleted(version: PolicyVersion) -> None:
    client = visit(paula())
    part = Pathway.objects.get(version=version, key="initial")
    assert soup_of(client.get(screen(version))).select_one("#removed") is None
    client.post(delete_url(part), {"post": "yes"})
    panel = soup_of(client.get(screen(version))).select_one("#removed")
    assert panel is not None and str(part) in panel.get_text()
    assert panel.select_one("form button") is not None
    reader = soup_of(visit(peter()).get(screen(version))).select_one("#removed")
    assert reader is not None and reader.select_one("button") is None


def test_twice_is_said(version: PolicyVersion) -> None:
    client = visit(paula())
    client.post(delete_url(Pathway.objects.get(version=version, key="initial")), {"post": "yes"})
    url = restore_url(RemovedPart.objects.get())
    client.post(url)
    again = client.post(url, follow=True)
    assert "brought back already" in again.content.decode()


def test_what_no_longer_fits_is_said_on_the_page_of_the_edition(version: PolicyVersion) -> None:
    client = visit(paula())
    part = Pathway.objects.get(version=version, key="initial")
    client.post(delete_url(part), {"post": "yes"})
    client.post(delete_url(part.indication), {"post": "yes"})
    refused = client.post(restore_url(RemovedPart.objects.get(kind="pathway")), follow=True)
    words = f"cannot come back yet: bring back the indication “{part.indication}” first"
    assert words in refused.content.decode()


@pytest.mark.parametrize(("name", "status"), [("peter", 302), ("ann", 302), (None, 302)])
def test_only_editors_bring_back(version: PolicyVersion, name: str | None, status: int) -> None:
    part = Pathway.objects.get(version=version, key="initial")
    visit(paula()).post(delete_url(part), {"post": "yes"})
    client = Client()
    if name is not None:
        client = visit(peter() if name == "peter" else person(name))
    answer = client.post(restore_url(RemovedPart.objects.get()))
    assert answer.status_code in (status, 403)
    assert not Pathway.objects.filter(pk=part.pk).exists()


def test_a_look_changes_nothing(version: PolicyVersion) -> None:
    client = visit(paula())
    client.post(delete_url(Pathway.objects.get(version=version, key="initial")), {"post": "yes"})
    looked = client.get(restore_url(RemovedPart.objects.get()))
    assert (looked.status_code, looked["Allow"]) == (405, "POST")
    assert "This address is for a button" in looked.content.decode()


def test_nothing_is_deleted_from_a_published_edition() -> None:
    version = published()
    part = Pathway.objects.get(version=version, key="initial")
    assert visit(paula()).post(delete_url(part), {"post": "yes"}).status_code == 403
    assert Pathway.objects.filter(pk=part.pk).exists()
