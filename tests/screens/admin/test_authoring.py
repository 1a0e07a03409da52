"""What staff are asked for, offered and warned of while they build a policy."""

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from criteria.actions.policies.drafts import copy_to_draft
from criteria.models import (
    Code,
    CriteriaTree,
    Criterion,
    Indication,
    PolicyVersion,
    Product,
    Question,
    VialSize,
)
from tests.factories.people import paula
from tests.factories.policy import draft, published
from tests.helpers.admin.pages import list_of, screen, visit
from tests.screens.admin.forms import edit, errors_of, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PolicyVersion:
    return draft()


@pytest.fixture
def client(version: PolicyVersion) -> Client:
    return visit(paula())


def check_of(client: Client, version: PolicyVersion) -> Any:
    url = reverse("admin:criteria_check", args=[version.pk])
    return BeautifulSoup(client.get(url).text, "html.parser").select_one("#content-main")


@pytest.mark.parametrize(
    ("key", "kind", "message"),
    [
        ("some", "question", "Other criteria stand in this one"),
        ("some", "dose", "Other criteria stand in this one"),
        ("some", "when", "no place in a when-then-otherwise"),
        ("fork", "all", "are no members"),
    ],
)
def test_what_stands_inside_keeps_its_place(
    version: PolicyVersion, client: Client, key: str, kind: str, message: str
) -> None:
    criterion = Criterion.objects.get(version=version, key=key)
    found = errors_of(edit(client, screen(criterion), kind=kind, n=""))
    assert message in str(found.get("kind")), found


def test_group_is_not_moved_into_itself(version: PolicyVersion, client: Client) -> None:
    group = Criterion.objects.get(version=version, key="some")
    assert "valid choice" in str(errors_of(edit(client, screen(group), parent=group.pk)))


@pytest.mark.parametrize(
    ("system", "code", "message"),
    [
        ("icd10", "G6181", "is not an ICD-10-CM code, such as G61.81"),
        ("icd10", "cidp", "is not an ICD-10-CM code"),
        ("hcpcs", "1561", "is not an HCPCS code, such as J1561"),
        ("cpt", "J1561", "is not a CPT code, such as 90284"),
    ],
)
def test_code_has_the_shape_of_its_system(
    version: PolicyVersion, client: Client, system: str, code: str, message: str
) -> None:
    row = Code.objects.filter(version=version)[0]
    found = errors_of(edit(client, screen(row), system=system, code=code))
    assert message in str(found.get("code")), found


def test_billing_code_has_its_shape(version: PolicyVersion, client: Client) -> None:
    product = Product.objects.filter(version=version, codes__isnull=False)[0]
    response = edit(client, screen(product), **{"codes-0-code": "1561"})
    assert "is not an HCPCS code" in response.text


def test_code_is_mapped_by_coverage(version: PolicyVersion, client: Client) -> None:
    html = client.get(screen(Code.objects.filter(version=version)[0])).text
    soup = BeautifulSoup(html, "html.parser")
    for field, is_unproven in (("indications", False), ("unproven", True)):
        for option in soup.select(f"#id_{field} option"):
            coverage = Indication.objects.get(pk=str(option["value"])).coverage
            assert (coverage == "unproven") is is_unproven


def test_product_without_vials_is_pointed_out(version: PolicyVersion, client: Client) -> None:
    product = Product.objects.filter(version=version, excluded=False)[0]
    VialSize.objects.filter(product=product).update(confirmed=False)
    check = check_of(client, version)
    assert "There is no confirmed vial size yet." in check.text
    assert check.select_one(f'a[href="{screen(product)}"]') is not None


def test_check_leads_to_what_is_wrong(version: PolicyVersion, client: Client) -> None:
    group = Criterion.objects.get(version=version, key="some")
    Criterion.objects.filter(parent=group).delete()
    check = check_of(client, version)
    assert check.select_one(f'a[href="{screen(group.tree.pathway)}"]') is not None  # type: ignore[arg-type]
    assert "A group has nothing in it yet." in check.text
    assert "validation" not in check.text


def test_check_leads_to_a_question_nobody_asks(version: PolicyVersion, client: Client) -> None:
    extra = Question.objects.create(version=version, key="extra", wording="Extra?", type="yes_no")
    assert check_of(client, version).select_one(f'a[href="{screen(extra)}"]') is not None


def test_other_kind_of_answer_names_what_to_mend(version: PolicyVersion, client: Client) -> None:
    question = Question.objects.get(version=version, key="stated")
    edit(client, screen(question), type="date")
    asked = Criterion.objects.filter(question=question)[0]
    page = client.get(list_of(Question)).text
    assert "Say anew what passes in" in page
    assert asked.title in page
    assert "say anew what passes" in client.get(screen(asked)).text
    assert "expected" not in check_of(client, version).text


def test_only_what_the_question_needs_is_asked(version: PolicyVersion, client: Client) -> None:
    tree = CriteriaTree.objects.get(version=version, pathway__key="initial")
    root = Criterion.objects.get(tree=tree, parent=None)
    therapy = Question.objects.get(version=version, key="steroid")
    url = reverse("admin:criteria_criterion_add") + f"?tree={tree.pk}&kind=question"
    html = client.get(url).text
    assert "this is asked next" in html
    assert 'name="threshold"' not in html
    given = {"question": therapy.pk, "title": "T", "lines": "1", "parent": root.pk, "key": "t"}
    response = client.post(url, fields_of(html) | given)
    assert "Now say below" in str(errors_of(response)["question"])
    assert 'name="accepts_failure"' in response.text
    assert client.post(url, fields_of(response.text)).status_code == 302


def test_stable_name_is_made_while_typing(version: PolicyVersion, client: Client) -> None:
    url = reverse("admin:criteria_question_add") + f"?version={version.pk}"
    assert re.search(r"id_wording", client.get(url).text)
    assert "prepopulate.js" in client.get(url).text
    stored = client.get(screen(Question.objects.filter(version=version)[0]))
    assert stored.context["adminform"].prepopulated_fields == []


def test_list_of_criteria_stays_short(version: PolicyVersion, client: Client) -> None:
    html = client.get(list_of(Criterion), {"version": version.pk}).text
    cells = BeautifulSoup(html, "html.parser").select("td.field-tree_link")
    assert cells
    assert max(len(cell.text.split()) for cell in cells) <= 12


def test_what_is_missing_is_named_in_the_outline(version: PolicyVersion, client: Client) -> None:
    group = Criterion.objects.get(version=version, key="some")
    Criterion.objects.filter(parent=group).delete()
    assert f"{group.title}: has no members yet" in client.get(screen(group)).text


def test_policy_lists_its_editions_with_where_each_stands() -> None:
    old = published()
    day = date(2030, 1, 1)
    copy_to_draft(version=old, number="2", effective_from=day, by=paula())
    page = visit(paula()).get(screen(old.policy)).text
    assert "edition 2021D0035AD</a> · In force" in page
    assert "edition 2</a> · Draft" in page
