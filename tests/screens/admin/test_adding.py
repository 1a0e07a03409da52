"""Editors add parts to a draft and move criteria in their tree."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
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
from tests.factories.people import paula
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import screen, visit
from tests.screens.admin.forms import edit

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
    response = add(client, "pathway", f"indication={indication.pk}", **given)
    pathway = Pathway.objects.get(key="late")
    assert response["Location"] == screen(pathway)
    html = client.get(screen(pathway)).text
    assert "Nothing here yet" in html
    tree = CriteriaTree.objects.get(pathway=pathway)
    root = Criterion.objects.get(tree=tree)
    assert f"kind=question&amp;where=inside&amp;target={root.pk}" in html


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
    ("model", "owner"),
    [
        ("question", PolicyVersion),
        ("indication", PolicyVersion),
        ("product", PolicyVersion),
        ("code", PolicyVersion),
        ("diseaselist", PolicyVersion),
        ("contradiction", PolicyVersion),
        ("reviewernote", PolicyVersion),
        ("reviewernote", Indication),
        ("reviewernote", Pathway),
        ("pathway", Indication),
        ("dosinglimit", Pathway),
        ("criterion", CriteriaTree),
        ("policyversion", None),
        ("policy", None),
    ],
)
def test_page_to_add_opens(version: PolicyVersion, client: Client, model: str, owner: Any) -> None:
    name = {PolicyVersion: "version", CriteriaTree: "tree", Pathway: "pathway"}
    row = None if owner is None else owner.objects.first()
    query = "" if row is None else f"?{name.get(owner, 'indication')}={row.pk}"
    response = client.get(reverse(f"admin:criteria_{model}_add") + query)
    assert response.status_code == 200
    assert 'name="_save"' in response.text


def test_part_is_added_from_the_list_of_its_edition(version: PolicyVersion, client: Client) -> None:
    listed = client.get(reverse("admin:criteria_question_changelist") + f"?version={version.pk}")
    soup = BeautifulSoup(listed.text, "html.parser")
    button: Any = soup.select_one(".object-tools .addlink")
    assert client.get(button["href"]).status_code == 200


def test_empty_tree_is_filled_from_its_outline(version: PolicyVersion, client: Client) -> None:
    pathway = Pathway.objects.get(version=version, key="again")
    Criterion.objects.filter(tree__pathway=pathway).delete()
    html = client.get(screen(pathway)).text
    assert "Nothing here yet" in html
    assert "?kind=all&amp;where=top" in html
    CriteriaTree.objects.filter(pathway=pathway).delete()
    assert "no tree of criteria" in client.get(screen(pathway)).text


def test_half_a_when_shows_what_is_missing(version: PolicyVersion, client: Client) -> None:
    fork = Criterion.objects.get(version=version, key="fork")
    Criterion.objects.filter(parent=fork).delete()
    html = client.get(screen(fork)).text
    assert "says nothing for “then” yet" in html
    assert f"where=then&amp;target={fork.pk}" in html
    query = f"tree={fork.tree_id}&kind=question&parent={fork.pk}&slot=then"
    question = Question.objects.get(version=version, key="stated")
    given = {"question": question.pk, "title": "Then", "lines": "1", "passes_on": "True"}
    response = add(client, "criterion", query, **given, key="then-this")
    assert response.status_code == 302
    assert Criterion.objects.get(key="then-this").slot == "then"


def test_tree_that_cannot_be_read_says_why(version: PolicyVersion, client: Client) -> None:
    criterion = Criterion.objects.get(version=version, key="not-cured")
    Criterion.objects.filter(pk=criterion.pk).update(lines="page 4")
    response = client.get(screen(criterion))
    assert "pattern" in response.text


def test_condition_is_taken_away_again(version: PolicyVersion, client: Client) -> None:
    tree = CriteriaTree.objects.get(version=version, limit__key="more")
    general = CriteriaTree.objects.get(version=version, use=TreeUse.GENERAL_INITIAL)
    assert client.post(screen(general, "delete"), {"post": "yes"}).status_code == 403
    response = client.post(screen(tree, "delete"), {"post": "yes"})
    assert response["Location"] == screen(DosingLimit.objects.get(version=version, key="more"))
    assert not CriteriaTree.objects.filter(pk=tree.pk).exists()


def test_limit_loses_its_condition_and_keeps_its_words(
    version: PolicyVersion, client: Client
) -> None:
    limit = DosingLimit.objects.get(version=version, key="more")
    assert "see its criteria" in client.get(screen(limit)).text
    CriteriaTree.objects.get(limit=limit).delete()
    assert "Add a condition" in client.get(screen(limit)).text
