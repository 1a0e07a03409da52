"""What is said of a code: in words, divided since, or of another policy."""

from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from criteria.models import IcdCode
from criteria.policies.edition import Edition
from criteria.requests.code_words import CodeWords
from criteria.rules.terms import CodeSystem
from tests.factories.commercial import commercial_edition
from tests.factories.icd10 import load_small_table
from tests.screens.wizard.codes import found, note
from tests.screens.wizard.conftest import Walker, errors_of, soup_of


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    load_small_table()


# What is said of a code


@pytest.mark.parametrize("typed", ["G61.81", "g6181", "G61.81*", " g61.81 "])
def test_code_is_read_back_in_words(cidp: Walker, typed: str) -> None:
    assert cidp.post("diagnosis", icd10=typed).status_code == 302
    assert note(cidp) == "G61.81 Chronic inflammatory demyelinating polyneuritis."


def test_code_outside_the_list_is_read_back_too(cidp: Walker) -> None:
    response = cidp.post("diagnosis", htmx=True, icd10="k50.90")
    said = soup_of(response).select_one("#note-icd10")
    assert said is not None
    assert "K50.90 Crohn's disease, unspecified, without complications." in said.get_text()


def test_heading_is_refused_with_the_codes_below_it(cidp: Walker) -> None:
    response = cidp.post("diagnosis", icd10="k50")
    assert response.status_code == 422
    assert "K50 is a heading, not a code. Choose one of its codes: K50.90." in errors_of(response)
    assert found(soup_of(response), "take-icd10") == ["K50.90"]


def test_codes_of_the_list_are_named_apart(cidp: Walker) -> None:
    said = errors_of(cidp.post("diagnosis", icd10="G61.8"))
    assert "Its codes in the policy's list: G61.81 or G61.89. Others: G61.82." in said


def test_unknown_code_is_a_warning_and_no_dead_end(cidp: Walker) -> None:
    assert cidp.post("diagnosis", icd10="G61.99").status_code == 302
    said = "◇ for the reviewer G61.99 is stated, but ICD-10-CM (April 2026) has no such code."
    assert note(cidp).startswith(said)
    assert cidp.draft.icd10 == ("G61.99",)


def test_code_of_the_policy_that_no_release_knows_is_taken(cidp: Walker) -> None:
    IcdCode.objects.filter(code="G61.0").delete()
    cidp.post("diagnosis", indication="gbs", icd10="G61.0")
    assert note(cidp).startswith("G61.0 Guillain-Barré syndrome.")


# Codes that were divided since


@cache
def commercial() -> Edition:
    return commercial_edition()


def words_on(day: date, *codes: str) -> CodeWords:
    draft: Any = SimpleNamespace(
        edition=commercial(), icd10=codes, request_date=day, indication=None
    )
    return CodeWords(draft)


@pytest.mark.parametrize("code,last", [("G35", date(2025, 9, 30)), ("Z29.8", date(2023, 9, 30))])
def test_policy_has_the_say_on_its_days(code: str, last: date) -> None:
    listed = commercial().codes[CodeSystem.ICD10, code]
    assert listed.last_day == last
    words = words_on(last, code)
    assert words.refusal(code) == ""
    assert "only" not in words.told((code,))
    assert words.told((code,)).startswith(f"{code} {listed.description}.")


@pytest.mark.parametrize(
    "code,day,instead",
    [("G35", date(2025, 10, 1), "G35.A"), ("Z29.8", date(2023, 10, 1), "Z29.89")],
)
def test_code_past_its_last_day_is_explained_and_not_refused(
    code: str, day: date, instead: str
) -> None:
    words = words_on(day, code)
    assert words.refusal(code) == ""
    said = words.told((code,))
    assert f"30 Sep {day.year}" in said
    assert instead in said


@pytest.mark.parametrize(
    "code,children",
    [("M31.1", "M31.10, M31.11 or M31.19"), ("D59.1", "D59.10, D59.11, D59.12, D59.13 or D59.19")],
)
def test_divided_code_of_no_list_is_refused_with_its_codes(code: str, children: str) -> None:
    assert words_on(date(2026, 5, 1), code).refusal(code) == (
        f"{code} is a heading, not a code. Choose one of its codes: {children}."
    )


def test_code_of_the_policy_is_not_looked_up(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        words = words_on(date(2026, 5, 1), "G61.81", "G61.0")
        assert words.refusal("G61.81") == ""
        assert "Guillain" in words.told(("G61.0",))


def test_many_children_are_counted() -> None:
    for n in range(20):
        IcdCode(
            code=f"Q99.{n:02}", description="x", billable=True, release="April 2026", rank=900 + n
        ).save()
    IcdCode(code="Q99", description="x", billable=False, release="April 2026", rank=999).save()
    said = words_on(date(2026, 5, 1), "Q99").refusal("Q99")
    assert said.endswith("Q99.05, Q99.06, Q99.07 or 12 more.")
