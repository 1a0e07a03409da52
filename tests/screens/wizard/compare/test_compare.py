"""The page: the same answers under every policy."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from criteria.actions.policies.base import publish_version
from criteria.actions.roles import command_line_user
from criteria.models import PolicyVersion
from tests.factories import request as factory
from tests.factories.policy import draft as policy_draft
from tests.screens.wizard.compare.conftest import HIV, of, rows, started_under
from tests.screens.wizard.conftest import Walker, soup_of


def test_what_differs_stands_first(hiv: Walker) -> None:
    soup = hiv.soup("compare")
    heading = soup.select_one("h1")
    assert heading is not None and heading.get_text() == "The same answers under 2 policies"
    first = rows(soup, "differs")[0]
    for words in ("13 years", "at most 13 years", "line 248", "below 13 years", "line 156"):
        assert words in first
    heads = [head.get_text(" ", strip=True) for head in soup.select(".compare-head")]
    assert "✓ Meets the criteria" in heads[0] and "2021D0035AD" in heads[0]
    assert "✕ Does not meet the criteria" in heads[1] and "In force since 1 Jul 2023" in heads[1]
    assert "400 mg/kg" in heads[0] and "no dose limit" in heads[1]
    assert "medically necessary to start" in heads[1]


def test_code_listed_by_one_only_stands_first(
    ann: Client, uhc_version: PolicyVersion, medicare: PolicyVersion
) -> None:
    typed = {"diagnosis": {"indication": "mmn", "icd10": "G61.82"}}
    found = Walker(ann, factory.saved(factory.started(uhc_version), typed).number)
    first = rows(found.soup("compare"), "differs")[0]
    assert "G61.82" in first and "a warning only" in first and "in the list" in first


def test_every_cell_names_its_policy(hiv: Walker) -> None:
    for tr in hiv.soup("compare").select("table.compare tbody tr"):
        labels = [span.get_text() for span in tr.select(".whose")]
        assert labels == ["Commercial", "Medicare"]


def test_nothing_of_the_patient_in_address_or_title(ready: Walker, medicare: PolicyVersion) -> None:
    soup = ready.soup("compare")
    title = soup.select_one("title")
    assert title is not None and title.get_text() == "Compare policies · ivigportal"
    values = [option["value"] for option in soup.select(".compare-head select option")]
    assert all(str(value).isdigit() for value in values)
    assert "Jane" not in soup.get_text()


def test_links_lead_there(hiv: Walker) -> None:
    for slug in ("", "result"):
        assert hiv.soup(slug).select_one(f'a[href="{hiv.url("compare")}"]')


def test_open_questions_of_its_own_policy_lead_to_their_page(
    new: Walker, medicare: PolicyVersion
) -> None:
    new.post("diagnosis", indication="kawasaki", icd10="M30.3")
    own, other = new.soup("compare").select(".compare-head details")
    links = [str(a["href"]) for a in own.select("li a")]
    assert len(links) == len(own.select("li")) > 1
    for link in links:
        path, _, place = link.partition("#")
        assert BeautifulSoup(new.client.get(path).content, "html.parser").select_one(f"#{place}")
    assert other.select("li") and not other.select("a")


def test_without_a_diagnosis_it_says_what_to_do(new: Walker, medicare: PolicyVersion) -> None:
    assert "Choose the diagnosis first" in new.soup("compare").get_text()
    response = started_under(new)
    assert response.status_code == 422


def test_diagnosis_not_listed_is_judged_on_the_rest(
    ann: Client, uhc_version: PolicyVersion, medicare: PolicyVersion
) -> None:
    typed = {"diagnosis": {"indication": "not-listed", "other_diagnosis": "X", "icd10": "M79.7"}}
    found = Walker(ann, factory.saved(factory.started(uhc_version), typed).number)
    text = found.soup("compare").get_text(" ", strip=True)
    assert text.count("does not name the diagnosis") >= 2


def test_line_of_business_without_a_policy_that_day(
    ann: Client, uhc_version: PolicyVersion, medicare: PolicyVersion
) -> None:
    started = factory.started(uhc_version, request_date="2022-03-01")
    found = Walker(ann, factory.saved(started, {"diagnosis": HIV["diagnosis"]}).number)
    text = found.soup("compare").get_text(" ", strip=True)
    assert "The same answers under 1 policy" in text
    assert "No medicare policy is in force here on 1 Mar 2022." in text
    assert "The first one starts on 1 Jul 2023." in text
    assert started_under(found).status_code == 422


def test_third_policy_makes_a_third_column(hiv: Walker) -> None:
    third = policy_draft(key="third", line_of_business="medicaid")
    publish_version(version=third, by=command_line_user())
    soup = hiv.soup("compare")
    assert len(soup.select(".compare-head")) == 3
    assert {len(tr.select("td")) for tr in soup.select("table.compare tbody tr")} == {3}
    assert "Not asked by every policy" in soup.get_text()
    assert of(hiv, started_under(hiv, policy="medicaid")).request.line_of_business == "medicaid"


def test_few_queries(hiv: Walker, django_assert_max_num_queries: Any) -> None:
    hiv.soup("compare")
    with django_assert_max_num_queries(10):
        hiv.soup("compare")


# What a person may choose


@pytest.mark.parametrize(
    "value,shown",
    [("1", 0), ("2", 1), ("0", 2), ("", 0), ("9", 0), ("-1", 0), ("x", 0), ("²", 0)]
    + [("9" * 50, 0), ("1; drop", 0)],
)
def test_choice_of_the_diagnosis(iga: Walker, value: str, shown: int) -> None:
    response = iga.get("compare", **{"diagnosis-medicare": value})
    assert response.status_code == 200
    options = soup_of(response).select("#id_diagnosis-medicare option")
    assert [option.has_attr("selected") for option in options] == [n == shown for n in range(3)]


def test_unknown_names_in_the_address_change_nothing(iga: Walker) -> None:
    plain = iga.get("compare").content.decode()
    odd = iga.get("compare", **{"diagnosis-nowhere": "2", "pathway-medicare": "5", "x": "y"})
    assert rows(soup_of(odd), "differs") == rows(BeautifulSoup(plain, "html.parser"), "differs")
