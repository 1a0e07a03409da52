"""Codes are found by their start or by the starts of words, the best first."""

from itertools import product
from typing import Any

import pytest

from criteria.icd10.search import MOST_FOUND, search
from criteria.icd10.words import words_of
from criteria.models import IcdCode, IcdWord
from tests.factories.icd10 import load_small_table, new_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    load_small_table()


def found(typed: str, **how: Any) -> list[str]:
    return [code.code for code in search(typed, **how)]


@pytest.mark.parametrize("typed", ["G61.81", "g6181", "g61.81*", " G61.81 ", "g61 81"])
def test_code_is_found_however_it_is_typed(typed: str) -> None:
    assert found(typed) == ["G61.81"]


def test_start_of_a_code_finds_the_codes_below_it() -> None:
    assert found("g61") == [
        *("G61", "G61.0", "G61.1", "G61.81", "G61.82", "G61.89", "G61.9"),
        "G61.8",  # a heading comes last unless it was typed whole
    ]
    assert found("g61.8") == ["G61.8", "G61.81", "G61.82", "G61.89"]
    assert found("s52.52") == ["S52.52", "S52.521A", "S52.521D", "S52.521"]


def test_listed_codes_come_first() -> None:
    assert found("g61", listed=["G61.9", "G61.82", "D80.1"])[:4] == [
        "G61",
        "G61.82",
        "G61.9",
        "G61.0",
    ]
    assert found("polyneuropathy")[0] == "G62.9"
    assert found("polyneuropathy", listed=["G61.9"])[0] == "G61.9"


@pytest.mark.parametrize(
    "typed,code",
    [
        ("chronic inflammatory demyelinating", "G61.81"),
        ("demyel chron", "G61.81"),
        ("CHRONIC DEMYELINATING", "G61.81"),
        ("guillain barré", "G61.0"),
        ("kawasaki", "M30.3"),
        ("crohns", "K50.90"),
        ("Crohn's disease", "K50.90"),
        ("hiv", "B20"),
        ("radius subsequent", "S52.521D"),
    ],
)
def test_words_in_any_order_find_a_code_first(typed: str, code: str) -> None:
    assert found(typed)[0] == code


def test_billable_then_whole_words_then_short_ones_come_first() -> None:
    # G61.89 and its heading G61.8 say the same; those of whole words come before "polyneuropathy".
    assert found("inflammatory polyneuropathies") == ["G61.89", "G61.8"]
    assert found("inflammatory polyneurop") == ["G61.89", "G61.9", "G61", "G61.8"]


def test_every_word_must_begin_a_word() -> None:
    typed = [first + " " + second for first, second in product("aecd", ("un", "sy", "mul", "type"))]
    for text in typed:
        wanted = {
            code.code
            for code in new_codes()
            if all(any(w.startswith(t) for w in words_of(code.description)) for t in text.split())
        }
        assert set(found(text, most=100)) == wanted, text


def test_many_are_cut() -> None:
    assert 3 < len(found("o")) <= MOST_FOUND
    assert found("o", most=3) == found("o")[:3]
    assert found("g6", most=3) == found("g6")[:3]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "%",
            "_",
            "%_%",
            "\\",
            "'; --",
            "\x00",
            "zzzz",
            "(",
            "*",
            "٣",
            "demyelinating zz",
        ),
        *("x" * 500, "G61.81111", "chronic\x00zz", "😀", "G99"),
    ],
)
def test_odd_text_finds_nothing_and_is_no_error(typed: str) -> None:
    assert found(typed) == []


def test_many_words_are_no_error() -> None:
    found(" ".join("abcdefghijklmnopqrstuvwxyz0123456789") + " unspecified left other")
    assert found("of " * 40) == found("of")


def test_empty_table_finds_nothing() -> None:
    IcdCode.objects.all().delete()
    assert found("chronic") == []
    IcdWord.objects.all().delete()
    assert found("chronic") == found("G61") == []


def test_search_asks_a_few_queries(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        search("chronic inflammatory", listed=["G61.0"])
    with django_assert_max_num_queries(4):
        search("G61", listed=["G61.0"])
