"""Codes are found by their start, by words, or by the starts of words, the best first."""

from itertools import product
from typing import Any

import pytest

from criteria.models import IcdCode, IcdWord
from criteria.policies.codes.search import MOST_FOUND, by_start, by_words
from criteria.policies.codes.words import Fit, SearchWords, words_of
from tests.factories.icd10 import load_small_table, new_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    load_small_table()


def begun(start: str, **how: Any) -> list[str]:
    return [code.code for code in by_start(start, **how)]


def found(typed: str, **how: Any) -> list[str]:
    return [code.code for _, code in by_words(SearchWords(typed), **how)]


def test_start_of_a_code_finds_the_codes_below_it() -> None:
    assert begun("G61") == [
        *("G61", "G61.0", "G61.1", "G61.81", "G61.82", "G61.89", "G61.9"),
        "G61.8",  # a heading comes last unless it was typed whole
    ]
    assert begun("G61.8") == ["G61.8", "G61.81", "G61.82", "G61.89"]
    assert begun("S52.52") == ["S52.52", "S52.521A", "S52.521D", "S52.521"]
    assert begun("G61.81") == ["G61.81"]
    assert begun("X99") == []


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


def test_best_fit_then_billable_then_short_ones_come_first() -> None:
    # G61.89 and its heading G61.8 say the same; those of whole words come before "polyneuropathy".
    assert found("inflammatory polyneuropathies") == ["G61.89", "G61.8"]
    assert found("inflammatory polyneurop") == ["G61.89", "G61.9", "G61", "G61.8"]
    # The very words come first even of a heading.
    assert found("asthma")[0] == "J45"
    assert found("multiple sclerosis")[0] == "G35"


def test_a_word_is_a_word_before_it_is_a_start() -> None:
    assert [fit for fit, _ in by_words(SearchWords("type 1 diabetes with"))] == [
        Fit.WHOLE,
        Fit.BEGUN,
    ]
    assert found("type 1 diabetes with hyper") == ["E10.65"]
    assert found("with type 1 diabetes") == ["E10.65"]


def test_every_word_must_stand_in_the_description() -> None:
    typed = [first + " " + second for first, second in product("aecd", ("un", "sy", "mul", "type"))]
    typed += [f"{first} {second}" for first, second in product(("in", "mul", "de"), ("un", "d"))]
    for text in typed:
        wanted = SearchWords(text)
        fits = {code.code: wanted.fit(code.description) for code in new_codes()}
        fitting = {code: fit for code, fit in fits.items() if fit is not None}
        if any(fit is not Fit.START for fit in fitting.values()):
            fitting = {code: fit for code, fit in fitting.items() if fit is not Fit.START}
        assert set(found(text, most=100)) == set(fitting), text


def test_fit_is_told_by_its_words() -> None:
    typed = [f"{first} {second}" for first, second in product(("un", "mul", "type"), ("1", "sc"))]
    for text, code in product(typed, new_codes()):
        words = words_of(code.description)
        begins = all(any(w.startswith(t) for w in words) for t in text.split())
        assert (SearchWords(text).fit(code.description) is None) or begins, (text, code)


def test_many_are_cut() -> None:
    assert 3 < len(found("o")) <= MOST_FOUND
    assert found("o", most=3) == found("o")[:3]
    assert begun("G6", most=3) == begun("G6")[:3]


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "%", "_", "%_%", "\\", "'; --", "\x00", "zzzz", "(", "*", "٣"),
        *("demyelinating zz", "x" * 500, "chronic\x00zz", "😀", "word " * 61),
    ],
)
def test_odd_text_finds_nothing_and_is_no_error(typed: str) -> None:
    assert found(typed) == []


def test_many_words_are_no_error() -> None:
    found(" ".join("abcdefghijklmnopqrstuvwxyz0123456789") + " unspecified left other")
    assert set(found("of " * 40)) == set(found("of"))


def test_empty_table_finds_nothing() -> None:
    IcdCode.objects.all().delete()
    assert found("chronic") == []
    IcdWord.objects.all().delete()
    assert found("chronic") == begun("G61") == []


def test_search_asks_a_few_queries(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        found("chronic inflammatory")
    with django_assert_max_num_queries(2):
        begun("G61")
