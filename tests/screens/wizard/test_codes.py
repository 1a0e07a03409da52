"""Diagnosis codes: found while typing, on the page and in their fields."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from criteria.models import IcdCode, IcdWord, PolicyVersion
from criteria.requests.answers.typed_codes import code_texts, split_codes
from criteria.rules.terms import CodeSystem
from criteria.screens.wizard.search.code_search import with_code
from tests.factories import request as factory
from tests.factories.icd10 import load_small_table
from tests.screens.wizard.codes import found, note
from tests.screens.wizard.conftest import Walker, errors_of, fields_of, soup_of


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


# The search of the page


def test_codes_outside_the_list_stand_below_the_diagnoses(undiagnosed: Walker) -> None:
    soup = results(undiagnosed, q="multifocal motor")
    assert [b["value"] for b in soup.select("button[name=choose]")] == [
        *("mmn", "mmn G61.82"),
        "not-listed",
    ]
    text = soup.get_text(" ", strip=True)
    assert "G61.82 Multifocal motor neuropathy ○ Not in the policy's code list" in text
    assert "A code outside the policy's code list: The list is for reference: go on." in text


def test_nothing_is_said_of_codes_outside_the_list_where_none_is(undiagnosed: Walker) -> None:
    soup = results(undiagnosed, q="Myasthenia gravis with (acute) exacerbation")
    assert found(soup, "choose")[0] == "myasthenia-gravis G70.01"
    text = soup.get_text(" ", strip=True)
    assert "G70.01 Myasthenia gravis with (acute) exacerbation ✓ In the policy's code list" in text
    assert "outside the policy's code list" not in text.casefold()


@pytest.mark.parametrize("code", ["G70.01", "G70.00", "E10.10", "E10.11", "D89.811", "D69.6"])
def test_choosing_the_first_stores_the_code_that_was_searched(
    undiagnosed: Walker, code: str
) -> None:
    edition = undiagnosed.draft.edition
    assert edition is not None
    words = edition.codes[CodeSystem.ICD10, code].description
    undiagnosed.post("diagnosis", choose=found(results(undiagnosed, q=words), "choose")[0])
    assert undiagnosed.draft.icd10 == (code,)
    assert undiagnosed.draft.indication is not None


@pytest.mark.parametrize(
    "typed,read_as",
    [("G61.81 CIDP", "G61.81"), ("ICD G61.81", "G61.81"), ("G61.8l", "G61.81")],
)
def test_what_a_code_was_read_as_is_said(undiagnosed: Walker, typed: str, read_as: str) -> None:
    soup = results(undiagnosed, q=typed)
    assert f"Read as {read_as}" in soup.get_text(" ", strip=True)
    assert found(soup, "choose")[0] == "cidp G61.81"
    assert "Read as" not in results(undiagnosed, q="G61.81").get_text()


def test_misspelt_name_is_asked_about(undiagnosed: Walker) -> None:
    soup = results(undiagnosed, q="guillan barre")
    text = soup.get_text(" ", strip=True)
    assert "0 diagnoses found" in text and "Did you mean" in text
    assert found(soup, "choose") == ["gbs", "not-listed"]
    assert "Did you mean" not in results(undiagnosed, q="guillain barre").get_text()


@pytest.mark.parametrize(
    "typed,name",
    [
        ("long covid", "long covid"),
        ("  MIS-C ", "MIS-C"),
        ("m10.9", "Gout, unspecified"),
        ("", ""),
    ],
)
def test_what_was_searched_names_a_diagnosis_that_is_not_in_the_list(
    undiagnosed: Walker, typed: str, name: str
) -> None:
    page = soup_of(undiagnosed.get("diagnosis", q=typed))
    sent = fields_of(page) | {"choose": "not-listed"}
    undiagnosed.client.post(undiagnosed.url("diagnosis"), sent)
    assert undiagnosed.fields("diagnosis")["other_diagnosis"] == [name]


@pytest.mark.parametrize(
    "typed", ["gout", "guillan barre", "G61.81 CIDP", "g61", "long covid", "m"]
)
def test_fragment_is_what_the_page_shows(cidp: Walker, typed: str) -> None:
    page = soup_of(cidp.get("diagnosis", q=typed)).select_one("#results")
    assert page is not None
    assert str(page) == str(results(cidp, q=typed).select_one("#results"))


def test_code_without_a_diagnosis_of_the_policy_is_chosen_as_not_listed(
    undiagnosed: Walker,
) -> None:
    soup = results(undiagnosed, q="gout")
    assert found(soup, "choose") == ["not-listed M10.9", "not-listed"]
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


def test_code_of_another_disease_takes_the_place_of_the_diagnosis_and_says_so(
    cidp: Walker,
) -> None:
    soup = results(cidp, q="gout")
    assert found(soup, "choose") == ["not-listed M10.9", "not-listed"]
    assert "Chooses a diagnosis that is not in the policy" in soup.get_text(" ", strip=True)
    cidp.post("diagnosis", choose="not-listed M10.9")
    assert cidp.draft.is_not_listed and cidp.draft.icd10 == ("M10.9",)


def test_code_of_several_diagnoses_chooses_none(undiagnosed: Walker) -> None:
    choices = found(results(undiagnosed, q="common variable"), "choose")
    assert "primary-immunodeficiency D83.9" in choices
    soup = results(undiagnosed, q="g61")
    assert not [value for value in found(soup, "choose") if value.endswith("G61.9")]
    link = soup.select_one("a[href$='?q=G61.9']")
    assert link is not None and link.get_text() == "Show the diagnoses of G61.9"
    # There each of its diagnoses is chosen with it.
    each = found(results(undiagnosed, q="G61.9"), "choose")
    assert each[0] == "cidp G61.9" and "mmn G61.9" in each


def test_heading_leads_to_its_codes(undiagnosed: Walker) -> None:
    soup = results(undiagnosed, q="torus")
    assert [a["href"] for a in soup.select(".hits a")] == [
        f"{undiagnosed.url('diagnosis')}?q=S52.52",
        f"{undiagnosed.url('diagnosis')}?q=S52.521",
    ]
    assert not [value for value in found(soup, "choose") if value.endswith(" S52.52")]


def test_search_works_without_javascript(undiagnosed: Walker) -> None:
    page = soup_of(undiagnosed.get("diagnosis", q="gout"))
    assert found(page, "choose") == ["not-listed M10.9", "not-listed"]


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
        ("G61.81 CIDP", ["G61.81"]),
        ("ICD-10: G61.81", ["G61.81"]),
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
    shown = soup.select("h2 + .hits > li" if name == "q" else ".hits > li")
    assert len(shown) == most
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
    assert "G61.82 Multifocal motor neuropathy." in note(cidp)


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


@pytest.mark.parametrize("typed", ["%", "_%", "x" * 5_000, "'; --", "😀 zz", "a b " * 300])
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
