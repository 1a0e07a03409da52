"""What cannot be saved is said on the form that was sent: never an error page, nothing lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from criteria.actions.policies.base import publish_version
from criteria.actions.policies.drafts import send_to_review
from criteria.actions.policies.parts import save_part
from criteria.models import (
    CriteriaTree,
    Criterion,
    DosingLimit,
    Indication,
    Pathway,
    PolicyVersion,
    Question,
    ReviewerNote,
)
from tests.factories.people import paula, person, peter
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import list_of, screen, visit
from tests.screens.admin.forms import edit, errors_of, fields_of

pytestmark = pytest.mark.django_db
TOO_LARGE = "9" * 30


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def add_url(model: str, query: str) -> str:
    return reverse(f"admin:criteria_{model}_add") + f"?{query}"


@pytest.mark.parametrize("model", ["pathway", "dosinglimit", "criterion"])
def test_part_without_an_owner_is_asked_for_it(
    version: PolicyVersion, client: Client, model: str
) -> None:
    response = edit(client, add_url(model, f"version={version.pk}"))
    assert "required" in str(errors_of(response)) or "null" in str(errors_of(response))


@pytest.mark.parametrize("odd", ["²", TOO_LARGE, "abc", "-1", ""])
@pytest.mark.parametrize("name", ["version", "tree", "parent"])
def test_odd_addresses_are_no_error(client: Client, name: str, odd: str) -> None:
    for response in (
        client.get(add_url("criterion", f"{name}={odd}")),
        client.get(list_of(Criterion), {"version": odd}),
    ):
        assert response.status_code in (200, 302, 404)


@pytest.mark.parametrize("odd", ["²", TOO_LARGE, "abc"])
@pytest.mark.parametrize("name", ["question", "passing"])
def test_odd_choices_are_no_error(client: Client, name: str, odd: str) -> None:
    criterion = Criterion.objects.get(tree__pathway__key="initial", question__key="kind")
    assert edit(client, screen(criterion), **{name: odd}).status_code in (200, 400)


def test_condition_is_started_once(version: PolicyVersion, client: Client) -> None:
    limit = DosingLimit.objects.get(version=version, key="keep")
    url = reverse("admin:criteria_dosinglimit_condition", args=[limit.pk])
    found = {client.post(url, {"use": "limit_condition"})["Location"] for _ in range(2)}
    assert found == {screen(CriteriaTree.objects.get(limit=limit))}


def test_unknown_condition_starts_nothing(version: PolicyVersion, client: Client) -> None:
    note = ReviewerNote.objects.filter(version=version)[0]
    before = note.trees.count()
    url = reverse("admin:criteria_reviewernote_condition", args=[note.pk])
    assert client.post(url, {"use": "burn"}).status_code == 400
    assert note.trees.count() == before


def test_no_condition_is_started_in_a_published_edition(client: Client) -> None:
    other = published(key="other", line_of_business="medicare")
    limit = DosingLimit.objects.get(version=other, key="keep")
    url = reverse("admin:criteria_dosinglimit_condition", args=[limit.pk])
    response = client.post(url, {"use": "limit_condition"}, follow=True)
    assert "published and never changes" in response.text


def test_unfinished_draft_is_not_copied(version: PolicyVersion, client: Client) -> None:
    Criterion.objects.filter(version=version, key="not-cured").update(lines="page 4")
    url = reverse("admin:criteria_step", args=[version.pk, "copy"])
    response = client.post(url, {"number": "next", "effective_from": "2030-01-01"})
    assert "its check says what is missing" in response.text
    assert 'value="next"' in response.text


def test_file_of_an_oddly_numbered_edition_is_sent(client: Client) -> None:
    other = draft(number='a/"b"\nc')
    response = client.get(reverse("admin:criteria_file", args=[other.pk]))
    assert response["Content-Disposition"].endswith('-a-b-c.yaml"')


@pytest.mark.parametrize("finish", [publish_version, send_to_review])
def test_stale_form_says_why_and_gives_back_what_was_typed(
    version: PolicyVersion, client: Client, finish: Any
) -> None:
    criterion = Criterion.objects.get(tree__pathway__key="initial", question__key="igg")
    sent = fields_of(client.get(screen(criterion)).text) | {"title": "Typed in vain"}
    finish(version=version, by=peter() if finish is publish_version else paula())
    response = client.post(screen(criterion), sent)
    assert response.status_code == 403
    assert "never changes" in response.text or "Return it to draft" in response.text
    assert "Typed in vain" in response.text
    criterion.refresh_from_db()
    assert criterion.title != "Typed in vain"


@pytest.mark.parametrize("finish", [publish_version, send_to_review])
def test_stale_form_to_add_keeps_what_was_typed(
    version: PolicyVersion, client: Client, finish: Any
) -> None:
    url = add_url("question", f"version={version.pk}")
    sent = fields_of(client.get(url).text) | {"key": "late", "wording": "Late?", "type": "yes_no"}
    finish(version=version, by=peter() if finish is publish_version else paula())
    response = client.post(url, sent)
    assert "never changes" in str(errors_of(response)) or "in review" in str(errors_of(response))
    assert "Late?" in response.text
    assert not Question.objects.filter(key="late").exists()
    assert client.get(url).status_code == 302


def test_second_of_two_editors_is_told(version: PolicyVersion, client: Client) -> None:
    criterion = Criterion.objects.get(tree__pathway__key="initial", question__key="igg")
    sent = fields_of(client.get(screen(criterion)).text) | {"threshold": "500"}
    other = Criterion.objects.get(pk=criterion.pk)
    other.title = "Changed by the other"
    save_part(part=other, by=paula())
    response = client.post(screen(criterion), sent)
    found = " ".join(errors_of(response)["__all__"])
    assert "paula (" in found
    assert "changed this after you opened it" in found
    assert "Changed by the other" in found
    again = fields_of(response.text)
    assert again["threshold"] == "500"
    assert client.post(screen(criterion), again).status_code == 302


def test_rows_inside_count_for_two_editors(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="igg")
    sent = fields_of(client.get(screen(question)).text)
    assert edit(client, screen(question), **{"other_units-0-factor": "10"}).status_code == 302
    found = " ".join(errors_of(client.post(screen(question), sent))["__all__"])
    assert "after you opened it" in found
    assert client.post(screen(question), sent | {"seen": ""}).status_code == 302


def test_saving_twice_alone_is_no_conflict(version: PolicyVersion, client: Client) -> None:
    for row in (version, Pathway.objects.filter(version=version)[0], Indication.objects.all()[0]):
        for _ in range(2):
            assert edit(client, screen(row)).status_code == 302


def test_published_part_says_why_it_cannot_be_changed(client: Client) -> None:
    other = published(key="other", line_of_business="medicare")
    html = client.get(screen(Pathway.objects.filter(version=other)[0])).text
    assert "Copy it to a new draft instead" in html


def test_reader_gets_no_typed_page(version: PolicyVersion) -> None:
    otto = visit(person("otto"))
    assert otto.post(screen(version), {"number": "x"}).status_code in (302, 403)
