import pytest

from criteria.models.word import LONGEST, folded, kept_words, typed_words

JANE = kept_words(
    number="R-2026-00042",
    names=("O'Brien-Núñez, Jane", "Dr. Ann Lee"),
    member_id="900 417-733 01",
)


def finds(typed: str, kept: set[str] = JANE) -> bool:
    return all(any(word.startswith(start) for word in kept) for start in typed_words(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "R-2026-00042",
        "r202600042",
        "R-2026",
        "2026-00042",
        "00042",
        "42",
        "obrien",
        "O’Brien",
        "o brien",
        "O'Brien-Núñez",
        "nunez jane",
        "JAN NUÑ",
        "ann lee obr",
        "900417",
        "900 417",
        "90041773301",
        "733-01",
        "417",
    ],
)
def test_found_by(typed: str) -> None:
    assert finds(typed)


@pytest.mark.parametrize("typed", ["43", "brown", "jane smith", "janet", "0042", "R-2025", "ane"])
def test_not_found_by(typed: str) -> None:
    assert not finds(typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łukasiewicz, Jan", "lukas"),
        ("Sørensen, Bjørn", "sorensen bjo"),
        ("Weiß, Jürgen", "weiss jurgen"),
        ("İnanç, Ayşe", "inanc ayse"),
        ("Иванов, Пётр", "иванов петр"),
        ("Παπαδόπουλος, Νίκος", "παπαδοπουλος νικος"),
        ("王, 小明", "王 小"),
        ("김, 철수", "김 철"),
        ("हिन्दी, राम", "हिन्दी"),
        ("ガルシア, アンナ", "ガル"),
        ("محمد, أحمد", "مُحَمَّد"),
        ("Ｓｍｉｔｈ, Ｊｏｈｎ", "smith john"),
        ("Nun\u0303ez, Jose\u0301", "NUÑEZ JOSÉ"),
    ],
)
def test_any_script(name: str, typed: str) -> None:
    assert finds(typed, kept_words(number="R-2026-00001", names=(name,), member_id=""))


def test_signs_that_make_another_letter_are_kept() -> None:
    assert folded("ガ") != folded("カ")
    assert folded("राम") != folded("रम")


@pytest.mark.parametrize("typed", ["", "  ", "-", "%", "_", "' \" ;", "\u0301"])
def test_nothing_to_look_for(typed: str) -> None:
    assert typed_words(typed) == []


@pytest.mark.parametrize("length", [LONGEST - 1, LONGEST, LONGEST + 1, 500])
def test_long_words_are_cut_on_both_sides(length: int) -> None:
    name = "a" * length
    kept = kept_words(number="R-2026-00001", names=(name,), member_id="")
    assert max(map(len, kept)) <= LONGEST
    assert finds(name, kept)


def test_each_word_is_asked_for_once_the_longest_first() -> None:
    assert typed_words("jane JANE doe Janet") == ["janet", "jane", "doe"]
