"""Diagnosis codes: found while typing, read back in words, refused with what to choose instead."""

from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from criteria.edition import CodeSystem, Edition
from criteria.models import IcdCode, IcdWord, PolicyVersion
from criteria.policyfile.codebook import CODEBOOK
from criteria.policyfile.compile import compile_edition
from criteria.wizard.code_search import code_hits, with_code
from criteria.wizard.code_words import CodeWords
from criteria.wizard.typed_codes import code_texts, split_codes
from tests.factories import request as factory
from tests.factories.commercial import commercial_file
from tests.factories.icd10 import load_small_table, new_codes
from tests.factories.medicare import publish_medicare_policies
from tests.wizard.conftest import Walker, errors_of, soup_of

CODES = {code.code for code in new_codes()}


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    load_small_table()


@pytest.fixture
def undiagnosed(ann: Client, uhc_version: PolicyVersion) -> Walker:
    return Walker(ann, factory.started(uhc_version).number)


def results(walker: Walker, **query: str) -> BeautifulSoup:
    """The fragment a search while typing gets."""
    headers = {"HX-Request": "true"}
    response = walker.client.get(walker.url("diagnosis"), query, headers=headers)
    assert response.status_code == 200
    return soup_of(response)


def found(soup: BeautifulSoup, name: str) -> list[str]:
    return [str(button["value"]) for button in soup.select(f"button[name={name}]")]


def note(walker: Walker, name: str = "icd10") -> str:
    found = walker.soup("diagnosis").select_one(f"#note-{name}")
    assert found is not None
    return found.get_text(" ", strip=True)


# The search of the page


def test_codes_outside_the_list_stand_below_the_diagnoses(undiagnosed: Walker) -> None:
    soup = results(undiagnosed, q="multifocal motor")
    assert [b["value"] for b in soup.select("button[name=choose]")] == [
        *("mmn", "not-listed"),
        "mmn G61.82",
    ]
    text = soup.get_text(" ", strip=True)
    assert "G61.82 Multifocal motor neuropathy ○ Not in the policy's code list" in text
    assert "Outside the policy's code list: The list is for reference: go on." in text


def test_code_without_a_diagnosis_of_the_policy_is_chosen_as_not_listed(
    undiagnosed: Walker,
) -> None:
    soup = results(undiagnosed, q="gout")
    assert found(soup, "choose") == ["not-listed", "not-listed M10.9"]
    undiagnosed.post("diagnosis", choose="not-listed M10.9")
    assert undiagnosed.draft.is_not_listed
    assert undiagnosed.draft.icd10 == ("M10.9",)
    assert undiagnosed.fields("diagnosis")["other_diagnosis"] == ["Gout, unspecified"]
    assert note(undiagnosed).startswith("M10.9 Gout, unspecified. M10.9 is not in the policy's")


def test_name_that_was_typed_stays(undiagnosed: Walker) -> None:
    undiagnosed.post("diagnosis", choose="not-listed")
    undiagnosed.post("diagnosis", other_diagnosis="Gout of the toe", choose="not-listed M10.9")
    assert undiagnosed.fields("diagnosis")["other_diagnosis"] == ["Gout of the toe"]
    undiagnosed.post("diagnosis", other_diagnosis="", choose="not-listed X99.99")
    assert undiagnosed.fields("diagnosis")["other_diagnosis"] == [""]


def test_code_is_added_to_the_diagnosis_there_is(cidp: Walker) -> None:
    assert found(results(cidp, q="gout"), "choose")[-1] == "cidp M10.9"


def test_code_of_several_diagnoses_chooses_none(undiagnosed: Walker) -> None:
    choices = found(results(undiagnosed, q="common variable"), "choose")
    assert "primary-immunodeficiency D83.9" in choices
    assert " G61.9" in found(results(undiagnosed, q="g61"), "choose")


def test_heading_leads_to_its_codes(undiagnosed: Walker) -> None:
    soup = results(undiagnosed, q="torus")
    assert [a["href"] for a in soup.select(".hits a")] == [
        f"{undiagnosed.url('diagnosis')}?q=S52.52",
        f"{undiagnosed.url('diagnosis')}?q=S52.521",
    ]
    assert not [value for value in found(soup, "choose") if value.endswith(" S52.52")]


def test_search_works_without_javascript(undiagnosed: Walker) -> None:
    page = soup_of(undiagnosed.get("diagnosis", q="gout"))
    assert found(page, "choose")[-1] == "not-listed M10.9"


def test_without_a_table_only_the_policy_is_searched(undiagnosed: Walker) -> None:
    IcdCode.objects.all().delete()
    IcdWord.objects.all().delete()
    assert found(results(undiagnosed, q="gout"), "choose") == ["not-listed"]
    assert "No code found" not in results(undiagnosed, icd10="zzzz").get_text()
    undiagnosed.post("diagnosis", indication="cidp", icd10="G61.99")
    assert note(undiagnosed).startswith("G61.99 is not in the policy's code list.")
    response = undiagnosed.post("diagnosis", icd10="G61.8")
    assert "Its codes in the policy's list: G61.81 or G61.89." in errors_of(response)


# The search of a code field


@pytest.mark.parametrize(
    "typed,codes",
    [
        ("multifocal", ["G61.82"]),
        ("g61.8", ["G61.81", "G61.89", "G61.82"]),
        ("G61.81", []),  # a code as it is: nothing to choose
        ("g", []),
        ("", []),
    ],
)
def test_code_field_is_searched_while_typing(cidp: Walker, typed: str, codes: list[str]) -> None:
    soup = results(cidp, icd10=typed)
    assert found(soup, "take-icd10") == codes
    assert soup.select_one("#codes-icd10") is not None


@pytest.mark.parametrize("name,typed,most", [("q", "m", 12), ("icd10", "un", 8)])
def test_more_codes_than_are_shown_are_said(cidp: Walker, name: str, typed: str, most: int) -> None:
    soup = results(cidp, **{name: typed})
    shown = [code.get_text() for code in soup.select(".hits strong")]
    assert sum(code in CODES for code in shown) == most
    assert "More codes fit" in soup.get_text()
    assert "More codes fit" not in results(cidp, **{name: "gout"}).get_text()


def test_nothing_found_is_said(cidp: Walker) -> None:
    assert "No code found" in results(cidp, icd10="zzzz").get_text()
    assert "No code found" not in results(cidp, icd10="z").get_text()


def test_code_that_is_taken_over_fills_the_field(cidp: Walker) -> None:
    sent = cidp.fields("diagnosis") | {"icd10": "multifocal", "take-icd10": "G61.82"}
    response = cidp.client.post(cidp.url("diagnosis"), sent)
    assert response["Location"] == f"{cidp.url('diagnosis')}#id_icd10"
    assert cidp.fields("diagnosis")["icd10"] == ["G61.82"]
    assert note(cidp).startswith("G61.82 Multifocal motor neuropathy.")


def test_code_is_added_to_the_others(cidp: Walker) -> None:
    assert found(results(cidp, icd10_others="E10.9, gou"), "take-icd10_others") == ["M10.9"]
    sent = cidp.fields("diagnosis") | {"icd10_others": "e10.9 gou", "take-icd10_others": "M10.9"}
    cidp.client.post(cidp.url("diagnosis"), sent)
    assert cidp.fields("diagnosis")["icd10_others"] == ["e10.9, M10.9"]
    assert cidp.draft.icd10 == ("G61.81", "E10.9", "M10.9")
    assert "M10.9 Gout, unspecified." in note(cidp, "icd10_others")


def test_button_of_a_code_that_only_has_the_focus_is_not_pressed(cidp: Walker) -> None:
    cidp.post("diagnosis", htmx=True, icd10="G61.0", **{"take-icd10": "G61.82"})
    assert cidp.fields("diagnosis")["icd10"] == ["G61.0"]


def test_words_in_a_code_field_are_answered_without_javascript(cidp: Walker) -> None:
    response = cidp.post("diagnosis", icd10="multifocal")
    assert response.status_code == 422
    assert "multifocal is not an ICD-10-CM code" in errors_of(response)
    assert found(soup_of(response), "take-icd10") == ["G61.82"]


@pytest.mark.parametrize("typed", ["%", "_%", "x" * 5_000, "'; --", "\x00", "😀 zz", "a b " * 300])
def test_odd_text_is_no_error(cidp: Walker, typed: str) -> None:
    for name in ("q", "icd10", "icd10_others"):
        results(cidp, **{name: typed})


@pytest.mark.parametrize(
    "typed,codes,rest",
    [
        ("", [], ""),
        ("gou", [], "gou"),
        ("E10.9, gou", ["E10.9"], "gou"),
        ("E10.9,g61.81 type 1 dia", ["E10.9", "g61.81"], "type 1 dia"),
        ("E10.9", [], "E10.9"),
        ("E10.9,", ["E10.9"], ""),
        (", ,", [], ""),
        ("H1N1 flu", [], "H1N1 flu"),
        ("G61.81, H1N1 flu", ["G61.81"], "H1N1 flu"),
        ("G6181 E109 gou", ["G6181"], "E109 gou"),
    ],
)
def test_codes_of_a_field_are_split_from_what_is_typed(
    typed: str, codes: list[str], rest: str
) -> None:
    assert split_codes(typed) == (codes, rest)


def test_words_that_begin_like_a_code_are_no_code(cidp: Walker) -> None:
    assert code_texts("g6181 E109, H1N1 flu") == ["g6181", "E109", "H1N1 flu"]
    for name in ("icd10", "icd10_others"):
        response = cidp.post("diagnosis", **{name: "H1N1 flu"})
        assert "H1N1 flu is not an ICD-10-CM code" in errors_of(response)
        assert not any(code.startswith("H1N") for code in cidp.draft.icd10)
        cidp.post("diagnosis", **{name: ""})


def test_code_found_takes_the_place_of_what_is_typed() -> None:
    assert with_code("icd10", "E10.9, gou", "M10.9") == "M10.9"
    assert with_code("icd10_others", "E10.9, gou", "M10.9") == "E10.9, M10.9"
    assert with_code("icd10_others", "H1N1 flu", "J09.X2") == "J09.X2"
    assert with_code("icd10_others", "gou", "M10.9") == "M10.9"


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
    said = "G61.99 is not a code of ICD-10-CM, release April 2026: please check it."
    assert note(cidp).startswith(said)
    assert cidp.draft.icd10 == ("G61.99",)


def test_code_of_the_policy_that_no_release_knows_is_taken(cidp: Walker) -> None:
    IcdCode.objects.filter(code="G61.0").delete()
    cidp.post("diagnosis", indication="gbs", icd10="G61.0")
    assert note(cidp).startswith("G61.0 Guillain-Barré syndrome.")


# Codes that were divided since


@cache
def commercial() -> Edition:
    return compile_edition(commercial_file())


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


# Codes that another policy lists on the day


@pytest.fixture
def medicare(uhc_version: PolicyVersion) -> None:
    publish_medicare_policies()


@pytest.mark.parametrize(
    ("code", "day", "is_code"),
    [
        ("M31.1", date(2021, 6, 30), True),
        ("M31.1", date(2021, 9, 30), True),
        ("M31.1", date(2021, 10, 1), False),
        ("D59.1", date(2020, 9, 30), True),
        ("D59.1", date(2020, 10, 1), False),
        ("Z29.8", date(2023, 9, 30), True),
        ("Z29.8", date(2023, 10, 1), False),
        ("G35", date(2025, 9, 30), True),
        ("G35", date(2025, 10, 1), False),
    ],
)
def test_code_any_policy_lists_on_a_day_is_one(
    medicare: None, code: str, day: date, is_code: bool
) -> None:
    assert CODEBOOK.is_code_on(code, day) is is_code


@pytest.mark.parametrize(
    ("policy", "code", "day"),
    [("uhc", "M31.1", date(2021, 6, 30)), ("cms", "Z29.8", date(2023, 9, 30))],
)
def test_code_of_another_policy_is_taken_on_its_days(
    ann: Client, medicare: None, policy: str, code: str, day: date
) -> None:
    version = PolicyVersion.objects.in_force_on(day).get(policy__key=policy)
    walker = Walker(ann, factory.started(version, request_date=day.isoformat()).number)
    IcdCode.objects.get_or_create(
        code=code, defaults={"description": "x", "billable": False, "release": "R", "rank": 9999}
    )
    assert walker.post("diagnosis", indication="not-listed", icd10=code).status_code == 302
    said = note(walker)
    assert f"{code} is not in the policy's code list." in said
    assert "heading" not in said
    assert walker.draft.icd10 == (code,)
    (hit,) = [hit for hit in code_hits(walker.draft, code).hits if hit.code == code]
    assert not hit.is_heading
