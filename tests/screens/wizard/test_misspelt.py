"""Names that are misspelt are found, marked as what may be meant."""

from datetime import date
from functools import cache, partial

import pytest

from criteria.policies.edition import Edition
from criteria.screens.wizard.search.misspelt import meant
from criteria.screens.wizard.search.names import named, names_of
from criteria.screens.wizard.search.search import search
from tests.factories.commercial import commercial_edition
from tests.factories.medicare import medicare_files
from tests.screens.wizard.finding import KINDS, misspelt_misses

DAY = date(2026, 11, 20)


@cache
def edition(number: str) -> Edition:
    return medicare_files()[number][1] if number else commercial_edition()


@pytest.mark.parametrize(
    "typed,key",
    [
        *(("Guillan barre", "gbs"), ("gulliain-barre", "gbs")),
        *(("guillainbarre", "gbs"), ("barre guillan", "gbs"), ("guillan bar", "gbs")),
        *(("dermatomyosits", "dermatomyositis-polymyositis"), ("stiffman", "stiff-person")),
        *(("stifman syndrom", "stiff-person"), ("IPT", "itp"), ("CIPD", "cidp")),
        *(("myastenia gravis", "myasthenia-gravis"), ("miastenia", "myasthenia-gravis")),
        *(("Sjøgren", "sjogrens-syndrome"), ("kawasacki", "kawasaki")),
        *(("lambert eton", "lems"), ("hypogamaglobulinemia", "primary-immunodeficiency")),
        *(("severe dermatomyosits", "dermatomyositis-polymyositis"), ("chronic CIDP", "cidp")),
        ("chronic inflamatory demyelinting polyneuropthy", "cidp"),
        ("post transfusion purpurra", "posttransfusion-purpura"),
    ],
)
@pytest.mark.django_db
def test_misspelt_name_is_meant(typed: str, key: str) -> None:
    found = search(edition(""), DAY, typed)
    assert key in [hit.indication.key for hit in found.meant][:2]
    assert found.best == ()


@pytest.mark.parametrize(
    "typed", ["long covid", "pots", "mogad", "lyme", "sarcoidosis", "x", "", "a b c"]
)
def test_what_is_like_no_name_is_not(typed: str) -> None:
    assert meant(edition(""), typed) == []


def test_only_so_many_words_are_compared() -> None:
    assert meant(edition(""), "word " * 12 + "dermatomyosits") == []
    assert meant(edition(""), "word " * 11 + "dermatomyosits") != []


def like(by: Edition, typed: str) -> set[str]:
    return {key for key, _ in (*named(by, typed), *meant(by, typed))}


@pytest.mark.parametrize("number", ["", "R8"])
def test_nearly_every_name_is_found_with_a_mistake(number: str) -> None:
    by = edition(number)
    count = len(list(names_of(by))) // 4
    missed = misspelt_misses(by, partial(like, by), seed=3, share=4)
    single = [text for kind in KINDS for text in missed[kind]]
    assert len(single) <= count * len(KINDS) * 0.01, single
    assert len(missed["two"]) <= count * 0.01, missed["two"]
    # Of the shorter ones little is left, or another word: "MS", "ARM" for AMR.
    assert not [text for text in single if len(text.split(" -> ")[0]) > 6]
