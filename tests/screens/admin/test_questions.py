"""The questions of an edition: where each is used, what a change touches, what keeps one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.policies.questions import delete_question
from criteria.models import Criterion, PolicyVersion, Question
from tests.factories.people import paula, rhea
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import list_of, screen, visit
from tests.screens.admin.forms import edit, fields_of

pytestmark = pytest.mark.django_db
LISTED = "Immune deficiency › First request"


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def question(version: PolicyVersion, key: str) -> Question:
    return Question.objects.get(version=version, key=key)


def listed(client: Client, version: PolicyVersion, **filters: Any) -> set[str]:
    response = client.get(list_of(Question), {"version": version.pk} | filters)
    assert response.status_code == 200
    return {row.key for row in response.context["cl"].result_list}


def double(client: Client, version: PolicyVersion, wording: str) -> Any:
    url = reverse("admin:criteria_question_add") + f"?version={version.pk}"
    given = {"wording": wording, "key": "again", "type": "number", "unit": "g/L"}
    return edit(client, url, **given)


def outline_of(row: Criterion) -> str:
    url = reverse("admin:criteria_outline", args=[row.tree_id])
    return f"{url}#line-{row.pk}"


def test_list_says_where_each_is_used(version: PolicyVersion, client: Client) -> None:
    html = client.get(list_of(Question), {"version": version.pk}).text
    asking = Criterion.objects.get(
        version=version, tree__pathway__key="initial", question__key="igg"
    )
    assert outline_of(asking) in html
    assert LISTED in html
    assert "dose “At most 1,000 mg/kg a week" in html


def test_list_is_searched_and_filtered(version: PolicyVersion, client: Client) -> None:
    double(client, version, "Something new")
    assert listed(client, version, used="no") == {"again"}
    assert "relapsed_on" in listed(client, version, used="once")
    assert {"igg", "stated"} <= listed(client, version, used="often")
    assert listed(client, version, type__exact="list") == {"drugs"}
    assert listed(client, version, q="relapse") == {"relapsed_on"}
    assert not listed(client, version, same="yes")


def test_page_says_where_it_is_used_before_it_is_changed(
    version: PolicyVersion, client: Client
) -> None:
    html = client.get(screen(question(version, "igg"))).text
    assert "2 criteria in 2 places" in html
    assert "What changes here changes in all of them" in html
    for row in Criterion.objects.filter(version=version, question__key="igg"):
        assert outline_of(row) in html
    anchor = client.get(screen(question(version, "transplanted_on"))).text
    assert "counts days from it" in anchor


def test_change_says_what_it_touches(version: PolicyVersion, client: Client) -> None:
    row = question(version, "igg")
    html = client.post(screen(row), _sent(client, row, wording="How much?"), follow=True).text
    assert "The wording changed in 2 criteria in 2 places" in html
    html = client.post(screen(row), _sent(client, row, help="Other"), follow=True).text
    assert "changed in 2 criteria" not in html


def _sent(client: Client, row: Question, **changes: Any) -> dict[str, Any]:
    return fields_of(client.get(screen(row)).text) | changes


def test_same_words_are_pointed_out(version: PolicyVersion, client: Client) -> None:
    first = question(version, "igg")
    response = double(client, version, "IGG  level?")
    assert response.status_code == 302
    html = client.get(response["Location"]).text
    assert "The same words ask" in html
    assert screen(first) in html
    assert listed(client, version, same="yes") == {"igg", "again"}
    assert screen(question(version, "again")) in client.get(screen(first)).text


def test_used_question_is_kept_and_its_places_named(version: PolicyVersion, client: Client) -> None:
    row = question(version, "igg")
    for send in (client.get, client.post):
        html = send(screen(row, "delete"), {"post": "yes"}, follow=True).text
        assert "is used 2 times" in html
        assert LISTED in html
    with pytest.raises(EditionRefusedError, match="is used 2 times"):
        delete_question(question=row, by=paula())
    assert Question.objects.filter(pk=row.pk).exists()


def test_unused_question_is_deleted(version: PolicyVersion, client: Client) -> None:
    double(client, version, "Something new")
    row = question(version, "again")
    assert client.post(screen(row, "delete"), {"post": "yes"}).status_code == 302
    assert not Question.objects.filter(pk=row.pk).exists()


def test_reader_sees_and_deletes_nothing(version: PolicyVersion) -> None:
    row, reader = question(version, "igg"), visit(rhea())
    assert "2 criteria in 2 places" in reader.get(screen(row)).text
    assert reader.post(screen(row, "delete"), {"post": "yes"}).status_code == 403


def test_published_question_stays(version: PolicyVersion, client: Client) -> None:
    other = published(key="other", line_of_business="medicare")
    row = question(other, "igg")
    assert client.post(screen(row, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(screen(row), {"wording": "Other"}).status_code == 403
