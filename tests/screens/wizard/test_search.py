"""A diagnosis is found by the names people use and by its codes, and nothing else is offered."""

from datetime import date

import pytest

from criteria.actions.icd10 import NewCode, load_codes
from criteria.actions.roles import command_line_user
from criteria.policies.edition import Edition
from criteria.rules.terms import Coverage
from criteria.screens.wizard.search.code_search import CodeHit
from criteria.screens.wizard.search.search import MOST_HITS, Hit, search
from tests.factories.icd10 import load_small_table
from tests.factories.medicare import medicare_files
from tests.helpers.wizard.edition import edition
from tests.screens.wizard.finding import OPPOSITES, edition_misses, first_code

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)


def medicare() -> Edition:
    return medicare_files()["R8"][1]


def best(typed: str, by: Edition | None = None, day: date = DAY) -> list[str]:
    """What each row of the first list would store; a code alone in brackets."""
    hits = search(by or edition(), day, typed).best
    return [hit.value if isinstance(hit, Hit) else f"({hit.code})" for hit in hits]


def meant(typed: str, by: Edition | None = None) -> list[str]:
    return [hit.value for hit in search(by or edition(), DAY, typed).meant]


@pytest.mark.parametrize(
    "typed,value",
    [
        *((text, "cidp") for text in ("CIDP", "cidp", "inflammatory demyelinating")),
        *((text, "gbs") for text in ("GBS", "guillain barre", "Guillain-Barré", "guillain-bar")),
        *((text, "itp") for text in ("ITP", "immune thrombocytopenia", "low platelets")),
        *((text, "primary-immunodeficiency") for text in ("CVID", "PID", "PI", "common variable")),
        *((text, "stiff-person") for text in ("stiff man", "SPS", "stiff person")),
        *((text, "mmn") for text in ("MMN", "multifocal motor")),
        *((text, "cidp G61.81") for text in ("G61.81", "g6181", "ICD-10: G61.81", "G61.81 CIDP")),
        ("G61.0", "gbs G61.0"),
        ("kawasaki", "kawasaki"),
        ("myasthenia", "myasthenia-gravis"),
        ("juvenile dermatomyositis", "dermatomyositis-polymyositis"),
        ("newborns", "fnait"),
        ("refractory myasthenia", "myasthenia-gravis"),
        ("cart", "post-b-cell"),
    ],
)
def test_diagnosis_is_found_first(typed: str, value: str) -> None:
    assert best(typed)[0] == value


@pytest.mark.parametrize(
    "typed,keys",
    [
        (
            "low platelets",
            {"itp", "secondary-thrombocytopenia", "fnait", "posttransfusion-purpura"},
        ),
        ("autoimmune encephalitis", {"rasmussen", "paraneoplastic-neurologic"}),
        ("graft vs host", {"bmt", "autologous-bmt-acute-gvhd", "autologous-bmt-chronic-gvhd"}),
    ],
)
def test_what_several_diagnoses_are_called_finds_all_of_them(typed: str, keys: set[str]) -> None:
    assert set(best(typed)) == keys


def test_every_disease_of_the_list_of_immunodeficiencies_is_found() -> None:
    (diseases,) = edition().diseases.values()
    for disease in diseases:
        words = disease.name.split(" (")[0].split(",")[0]
        found = search(edition(), DAY, words)
        keys = {hit.indication.key for hit in (*found.diagnoses, *found.meant)}
        assert "primary-immunodeficiency" in keys, disease.name


# A code by its own words


@pytest.mark.parametrize("number", ["", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"])
def test_every_code_is_found_first_by_its_own_words(number: str) -> None:
    by = medicare_files()[number][1] if number else edition()
    searched, missed = edition_misses(by)
    assert searched >= (93 if number else 599)
    assert missed == []


def test_the_opposite_of_a_code_is_not_offered() -> None:
    own = {code.code: code for code in edition().codes.values() if code.code in OPPOSITES}
    assert len(own) > 12
    for code, known in own.items():
        found = search(edition(), DAY, known.description)
        assert first_code(found) == code
        stored = {hit.code.code for hit in found.diagnoses if hit.code is not None}
        assert stored == {code}
        assert not [hit.by for hit in found.diagnoses if "of its codes" in hit.by]


def test_with_is_not_without() -> None:
    exact = "Myasthenia gravis with (acute) exacerbation"
    assert best(exact) == ["myasthenia-gravis G70.01", "ocular-myasthenia G70.01"]
    assert search(edition(), DAY, exact).codes == ()
    assert best("gravis with exacerbation")[0] == "myasthenia-gravis G70.01"
    assert best("myasthenia gravis without")[0] == "myasthenia-gravis G70.00"


def test_no_code_is_chosen_where_several_fit() -> None:
    assert best("exacerbation myasthenia gravis")[0] == "myasthenia-gravis"
    (first, *_) = search(edition(), DAY, "g61").diagnoses
    assert first.value == "cidp" and first.by == "3 of its codes begin so"
    assert "kawasaki M30.3" in best("m30")


def test_code_of_the_very_name_goes_along_where_the_policy_says_so() -> None:
    load_small_table()
    assert best("multifocal motor neuropathy") == ["mmn G61.82"]
    (hit,) = search(edition(), DAY, "multifocal motor neuropathy").diagnoses
    assert hit.code is not None and hit.code.mark.word == "Not in the policy's code list"
    # Of the disease itself the article lists no code: it stands apart.
    new = NewCode(code="M31.2", description="Thrombotic microangiopathy", billable=True, parent="")
    load_codes(codes=[new], release="October 2026", by=command_line_user())
    found = best("thrombotic microangiopathy", medicare())
    assert found == ["thrombotic-microangiopathy", "(M31.2)"]


def test_code_that_is_no_code_on_the_day_is_not_chosen() -> None:
    assert best("Multiple sclerosis", day=date(2025, 9, 30))[0] == "multiple-sclerosis G35"
    assert best("Multiple sclerosis", day=date(2025, 10, 1))[0] == "multiple-sclerosis"
    (mark,) = [
        code.mark.word
        for code in search(edition(), date(2025, 10, 1), "Multiple sclerosis").codes
        if code.code == "G35"
    ]
    assert mark == "Billable only up to 30 Sep 2025"
    for day, code in ((date(2025, 9, 30), []), (date(2025, 10, 1), ["multiple-sclerosis G35.A"])):
        found = best("Relapsing-remitting multiple sclerosis", day=day)
        assert [value for value in found if "G35.A" in value] == code
    assert first_code(search(edition(), DAY, "Multiple sclerosis, unspecified")) == "G35.D"


def test_code_of_no_diagnosis_stands_first_by_its_own_words() -> None:
    assert best("Immunodeficiency due to external causes") == ["(D84.822)"]


def test_code_of_several_diagnoses_offers_each() -> None:
    assert best("D69.6") == ["itp D69.6", "secondary-thrombocytopenia D69.6"]
    assert best("G61.81, G70.01")[:2] == ["cidp G61.81", "myasthenia-gravis G70.01"]


# What is not there


def test_unproven_use_is_found_with_its_coverage() -> None:
    (hit, *_) = search(edition(), DAY, "autism").diagnoses
    assert hit.indication.coverage is Coverage.UNPROVEN
    assert hit.mark.word == "On the policy's list of unproven uses"


@pytest.mark.parametrize(
    "typed",
    [
        *("long covid", "POTS", "MIS-C", "mis c", "lupus nephritis", "sarcoidosis", "MOGAD"),
        *("lyme disease", "small fiber neuropathy", "HLH", "migraine", "  ", "zzzz", "qzx" * 90),
    ],
)
def test_what_the_policy_does_not_name_finds_no_diagnosis(typed: str) -> None:
    found = search(edition(), DAY, typed)
    assert (found.best, found.meant) == ((), ())


def test_words_there_are_were_not_misspelt() -> None:
    assert meant("covid") == ["primary-immunodeficiency"]
    load_small_table()
    assert meant("gout") == []


def test_many_hits_are_cut() -> None:
    found = search(edition(), DAY, "d")
    assert len(found.best) <= MOST_HITS and found.is_cut


@pytest.mark.parametrize(
    "typed",
    ["(", "*", "a" * 800, "G61.81'; --", "%00", "<script>", "a b " * 200, "😀", "\x00", "-"],
)
def test_odd_text_is_no_error(typed: str) -> None:
    search(edition(), DAY, typed)


# The diagnosis there is


def chosen_with(typed: str, chosen: str) -> dict[str, tuple[str, str]]:
    """For each code alone what choosing it stores, and how that is said."""
    found = search(edition(), DAY, typed, chosen)
    codes = [hit for hit in (*found.best, *found.codes) if isinstance(hit, CodeHit)]
    return {hit.code: (hit.value, hit.stands_for) for hit in codes}


def test_code_of_another_disease_does_not_keep_the_diagnosis() -> None:
    load_small_table()
    not_named = "a diagnosis that is not in the policy"
    assert chosen_with("gout", "") == {"M10.9": ("not-listed M10.9", "")}
    assert chosen_with("gout", "not-listed") == {"M10.9": ("not-listed M10.9", "")}
    found = chosen_with("gout", "myasthenia-gravis")
    assert found == {"M10.9": ("not-listed M10.9", not_named)}


def test_code_of_another_diagnosis_chooses_that_one_and_says_so() -> None:
    cidp = "Chronic inflammatory demyelinating polyneuropathy"
    for chosen in ("gbs", "not-listed", ""):
        assert chosen_with("g61", chosen)["G61.81"] == ("cidp G61.81", cidp)
    assert chosen_with("g61", "cidp")["G61.81"] == ("cidp G61.81", "")
    # One of several diagnoses keeps the one chosen, or leads to them.
    assert chosen_with("g61", "mmn")["G61.9"] == ("mmn G61.9", "")
    assert chosen_with("g61", "kawasaki")["G61.9"] == ("", "")


def test_listed_code_of_no_diagnosis_goes_with_any() -> None:
    words = "Hypergammaglobulinemia, unspecified"
    assert chosen_with(words, "cidp")["D89.2"] == ("cidp D89.2", "")
    assert chosen_with(words, "")["D89.2"] == ("not-listed D89.2", "")
