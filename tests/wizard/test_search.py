"""A diagnosis is found by the names people use, and unproven uses are found too."""

from functools import cache

import pytest

from criteria.edition import Coverage, Edition
from criteria.policyfile.compile import compile_edition
from criteria.wizard.search import MOST_HITS, search
from tests.factories.commercial import commercial_file


@cache
def edition() -> Edition:
    return compile_edition(commercial_file())


@pytest.mark.parametrize(
    "typed,key",
    [
        ("CIDP", "cidp"),
        ("cidp", "cidp"),
        ("GBS", "gbs"),
        ("guillain barre", "gbs"),
        ("ITP", "itp"),
        ("CVID", "primary-immunodeficiency"),
        ("G61.81", "cidp"),
        ("g6181", "cidp"),
        ("G61.0", "gbs"),
        ("kawasaki", "kawasaki"),
        ("inflammatory demyelinating", "cidp"),
        ("myasthenia", "myasthenia-gravis"),
    ],
)
def test_diagnosis_is_found_first(typed: str, key: str) -> None:
    assert search(edition(), typed)[0].indication.key == key


def test_code_is_chosen_with_the_diagnosis() -> None:
    assert search(edition(), "g61.81")[0].value == "cidp G61.81"


def test_start_of_several_codes_chooses_none_of_them() -> None:
    (first, *_) = search(edition(), "g61")
    assert " " not in first.value
    assert first.by.endswith("of its codes begin so")
    (found,) = [hit for hit in search(edition(), "m30") if hit.indication.key == "kawasaki"]
    assert found.value == "kawasaki M30.3"


def test_unproven_use_is_found_with_its_coverage() -> None:
    hits = search(edition(), "autism")
    assert hits[0].indication.coverage is Coverage.UNPROVEN
    assert hits[0].mark.word == "On the policy's list of unproven uses"


def test_nothing_typed_finds_nothing() -> None:
    assert search(edition(), "  ") == ()
    assert search(edition(), "zzzz") == ()


def test_many_hits_are_cut() -> None:
    assert len(search(edition(), "d")) <= MOST_HITS


@pytest.mark.parametrize("typed", ["(", "*", "a" * 500, "G61.81'; --", "%00", "<script>"])
def test_odd_text_is_no_error(typed: str) -> None:
    search(edition(), typed)
