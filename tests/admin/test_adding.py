"""Editors add parts to a draft and move criteria in their tree."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from criteria.models import (
    CriteriaTree,
    Criterion,
    DosingLimit,
    Indication,
    Pathway,
    PolicyVersion,
    Question,
    TreeUse,
)
from tests.admin.forms import edit
from tests.admin.test_pages import screen, visit
from tests.factories.policy import draft, paula, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def add(client: Client, model: str, query: str, **given: Any) -> Any:
    return edit(client, reverse(f"admin:criteria_{model}_add") + f"?{query}", **given)


def test_adding_needs_an_edition(version: PolicyVersion, client: Client) -> None:
    response = client.get(reverse("admin:criteria_question_add"), follow=True)
    assert "Open a draft first" in response.text


def test_nothing_is_added_to_a_published_edition(client: Client) -> None:
    other = published(key="other", line_of_business="medicare")
    url = reverse("admin:criteria_question_add") + f"?version={other.pk}"
    assert "published and never changes" in client.get(url, follow=True).text


def test_question_is_added_to_its_edition(version: PolicyVersion, client: Client) -> None:
    given = {"key": "weight", "wording": "Weight", "type": "number", "unit": "kg"}
    response = add(client, "question", f"version={version.pk}", **given)
    assert response.status_code == 302
    assert Question.objects.get(key="weight").version == version


def test_pathway_is_added_with_room_for_criteria(version: PolicyVersion, client: Client) -> None:
    indication = Indication.objects.get(version=version, key="immune")
    given = {"key": "late", "name": "Late", "serves": "initial", "lines": "8"}
    add(client, "pathway", f"indication={indication.pk}", **given)
    pathway = Pathway.objects.get(key="late")
    html = client.get(screen(pathway)).text
    assert "Nothing here yet" in html
    tree = CriteriaTree.objects.get(pathway=pathway)
    root = Criterion.objects.get(tree=tree)
    assert f"tree={tree.pk}&amp;kind=question&amp;parent={root.pk}" in html


def test_criterion_is_added_where_it_was_asked_for(version: PolicyVersion, client: Client) -> None:
    group = Criterion.objects.get(version=version, key="some")
    question = Question.objects.get(version=version, key="drugs")
    query = f"tree={group.tree_id}&kind=question&parent={group.pk}"
    given = {"question": question.pk, "title": "Three drugs", "lines": "13", "key": "three"}
    assert add(client, "criterion", query, **given).status_code == 200
    given |= {"comparison": ">=", "threshold": "3"}
    assert add(client, "criterion", query, **given).status_code == 302
    added = Criterion.objects.get(key="three")
    assert (added.tree, added.parent, added.slot) == (group.tree, group, "member")
    assert list(group.members.all())[-1] == added


def test_condition_of_a_limit_is_started_and_filled(version: PolicyVersion, client: Client) -> None:
    limit = DosingLimit.objects.get(version=version, key="keep")
    url = reverse("admin:criteria_dosinglimit_condition", args=[limit.pk])
    response = client.post(url, {"use": "limit_condition"}, follow=True)
    assert "Nothing here yet" in response.text
    assert CriteriaTree.objects.get(limit=limit).use == TreeUse.LIMIT_CONDITION


@pytest.mark.parametrize(
    ("key", "direction", "expected"),
    [
        ("kind", "up", ["kind", "igg", "steroid"]),
        ("kind", "down", ["igg", "steroid", "kind"]),
        ("kind", "out", ["igg", "steroid"]),
    ],
)
def test_criterion_is_moved(
    version: PolicyVersion, client: Client, key: str, direction: str, expected: list[str]
) -> None:
    criterion = Criterion.objects.get(version=version, question__key=key)
    url = reverse("admin:criteria_criterion_move", args=[criterion.pk])
    assert client.post(url, {"direction": direction}).status_code == 302
    group = Criterion.objects.get(version=version, key="some")
    assert [m.question.key for m in group.members.all() if m.question] == expected


def test_impossible_move_is_said(version: PolicyVersion, client: Client) -> None:
    criterion = Criterion.objects.get(tree__pathway__key="initial", question__key="igg")
    url = reverse("admin:criteria_criterion_move", args=[criterion.pk])
    for direction, message in (("up", "already at the end"), ("in", "no group right above")):
        assert message in client.post(url, {"direction": direction}, follow=True).text
    assert client.get(url).status_code == 405
