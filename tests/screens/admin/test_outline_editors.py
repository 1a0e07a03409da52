"""Two editors at one outline: the second is told, nothing is lost; and who may edit at all."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from criteria.accounts.permissions import Role
from criteria.actions.policies.drafts import send_to_review
from criteria.actions.policies.parts import save_part
from criteria.actions.policy_tree.tree import Direction, move_criterion
from criteria.actions.policy_tree.undo import remove_line
from criteria.models import PolicyVersion
from tests.actions.trees import line, shape
from tests.factories.people import paula, person
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import visit
from tests.screens.admin.editor import HTMX, base, do, element, fields_of, new, send, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def peter() -> User:
    return person("peter", Role.POLICY_EDITORS)


@pytest.mark.parametrize("htmx", [True, False])
def test_second_to_save_is_told_and_keeps_the_text(
    version: PolicyVersion, client: Client, htmx: bool
) -> None:
    row = line(version, "igg")
    form = soup(client.get(f"{base(version)}?line={row.pk}", headers=HTMX)).form
    assert form is not None
    sent = fields_of(form) | {"title": "Mine"}
    row.title = "Peter’s"
    save_part(part=row, changed=["title"], by=peter())
    move_criterion(criterion=line(version, "kind"), direction=Direction.UP, by=peter())
    response = send(client, version, plain=not htmx, **sent)
    assert response.status_code == 409
    for words in ("peter changed this outline after you opened it", "“Peter’s” (title)"):
        assert words in response.text
    assert "Moved “Title of kind” up" in response.text
    assert "Stored now, Title: Peter’s" in response.text
    kept = element(response, f"slot-edit-{row.pk}").form if not htmx else soup(response).form
    assert kept is not None
    again = fields_of(kept)
    assert (again["title"], again["revision"]) == ("Mine", "2")
    assert line(version, "igg").title == "Peter’s"
    assert "Peter’s" in element(response, "outline-list").text
    assert send(client, version, **again).status_code == 200
    assert line(version, "igg").title == "Mine"


@pytest.mark.parametrize("htmx", [True, False])
def test_text_typed_for_a_line_that_was_deleted_is_kept(
    version: PolicyVersion, client: Client, htmx: bool
) -> None:
    pk = line(version, "igg").pk
    form = soup(client.get(f"{base(version)}?line={pk}", headers=HTMX)).form
    assert form is not None
    remove_line(criterion=line(version, "some"), by=peter())
    response = send(client, version, plain=not htmx, **(fields_of(form) | {"title": "Mine"}))
    assert response.status_code == 409
    assert "it was deleted" in response.text
    orphans = element(response, "outline-list").select_one(f".outline-orphans #slot-edit-{pk}")
    assert orphans is not None
    kept = soup(response).form if htmx else orphans.form
    assert kept is not None
    assert fields_of(kept)["title"] == "Mine"


def test_second_to_press_is_told(version: PolicyVersion, client: Client) -> None:
    remove_line(criterion=line(version, "igg"), by=peter())
    before = shape(version)
    response = do(client, version, "up", "steroid", revision=0)
    assert response.status_code == 409
    row = element(response, f"line-{line(version, 'steroid').pk}")
    assert "Deleted “Title of igg”" in row.text
    assert "Nothing was changed" in row.text
    assert shape(version) == before
    gone = do(client, version, "up", line=1, revision=0)
    assert gone.status_code == 409
    assert "Deleted “Title of igg”" in element(gone, "outline-list").text


def test_own_change_in_another_window_is_called_that(
    version: PolicyVersion, client: Client
) -> None:
    do(client, version, "up", "kind")
    response = do(client, version, "up", "kind", revision=0)
    assert "You, in another window, changed this outline" in response.text


@pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 30])
def test_form_without_its_revision_changes_nothing(
    version: PolicyVersion, client: Client, odd: str
) -> None:
    before = shape(version)
    assert do(client, version, "up", "kind", revision=odd).status_code == 409
    assert shape(version) == before


def test_form_for_a_line_that_is_gone_says_so(version: PolicyVersion, client: Client) -> None:
    pk = line(version, "igg").pk
    remove_line(criterion=line(version, "igg"), by=peter())
    for headers in ({}, HTMX):
        response = client.get(f"{base(version)}?line={pk}", headers=headers)
        assert response.status_code == 404
        assert "deleted meanwhile" in element(response, "outline-list").text


# Who may


def test_published_outline_is_only_read(db: None) -> None:
    version = published()
    response = visit(paula()).get(base(version))
    assert response.status_code == 200
    assert not soup(response).select("#outline-list form, #outline-list [hx-get]")
    assert "published and never changes" in response.text


@pytest.mark.parametrize("htmx", [True, False])
def test_outline_in_review_is_only_read_and_typed_text_is_kept(
    version: PolicyVersion, client: Client, htmx: bool
) -> None:
    pk = line(version, "igg").pk
    form = soup(client.get(f"{base(version)}?line={pk}", headers=HTMX)).form
    assert form is not None
    send_to_review(version=version, by=paula())
    response = send(client, version, plain=not htmx, **(fields_of(form) | {"title": "Mine"}))
    assert response.status_code == 422
    assert "Return it to draft" in response.text
    assert "Mine" in response.text
    assert "Return it to draft" in do(client, version, "up", "kind").text
    assert client.get(f"{base(version)}?line={pk}").status_code == 422
    assert line(version, "igg").title == "Title of igg"


def test_reader_reads(version: PolicyVersion) -> None:
    client = visit(person("rhea", Role.REVIEWERS))
    assert not soup(client.get(base(version))).select("#outline-list form")
    assert do(client, version, "up", "kind").status_code == 403
    assert send(client, version, **new(version, "igg")).status_code == 403
    assert client.get(f"{base(version)}?line={line(version, 'igg').pk}").status_code == 422


def test_other_staff_see_nothing(version: PolicyVersion) -> None:
    client = visit(User.objects.create(username="otto", is_staff=True))
    for path in ("", "questions/"):
        assert client.get(f"{base(version)}{path}").status_code == 403
    for path in ("do/", "line/"):
        assert client.post(f"{base(version)}{path}").status_code == 403


def test_anonymous_is_sent_to_login(version: PolicyVersion) -> None:
    response = Client().get(base(version))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_unknown_tree_is_not_found(client: Client) -> None:
    assert client.get("/admin/criteria/criteriatree/999999/outline/").status_code == 404
