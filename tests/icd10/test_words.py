"""What is typed, as words and as the start of a code."""

import pytest

from criteria.icd10.words import code_start, words_of


@pytest.mark.parametrize(
    "text,words",
    [
        ("Guillain-Barré syndrome", ["guillain", "barre", "syndrome"]),
        ("Crohn's disease [regional enteritis]", ["crohns", "disease", "regional", "enteritis"]),
        ("Crohn’s", ["crohns"]),
        ("% _ \\ ' \x00", []),
        ("", []),
    ],
)
def test_words_are_plain(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    "typed,start",
    [
        ("G61.81", "G61.81"),
        ("g6181", "G61.81"),
        (" g61.81* ", "G61.81"),
        ("g61 81", "G61.81"),
        ("g6", "G6"),
        ("g61.", "G61"),
        ("s52521a", "S52.521A"),
        ("g", ""),
        ("61.81", ""),
        ("gout", ""),
        ("G61.81111", ""),
        ("g٦1", ""),
    ],
)
def test_start_of_a_code(typed: str, start: str) -> None:
    assert code_start(typed) == start
