"""What is typed, as words, and how well it fits."""

import pytest

from criteria.policies.codes.words import MOST_WORDS, Fit, SearchWords, words_of


@pytest.mark.parametrize(
    "text,words",
    [
        ("Guillain-Barré syndrome", ["guillain", "barre", "syndrome"]),
        ("Crohn's disease [regional enteritis]", ["crohns", "disease", "regional", "enteritis"]),
        ("Crohn’s", ["crohns"]),
        ("Ｃrohn", ["crohn"]),
        ("% _ \\ ' \x00", []),
        ("", []),
    ],
)
def test_words_are_plain(text: str, words: list[str]) -> None:
    assert words_of(text) == words


WITH = "Myasthenia gravis with (acute) exacerbation"
WITHOUT = "Myasthenia gravis without (acute) exacerbation"


@pytest.mark.parametrize(
    "typed,text,fit",
    [
        ("myasthenia gravis with acute exacerbation", WITH, Fit.EXACT),
        ("exacerbation, myasthenia", WITH, Fit.WHOLE),
        ("myasthenia gravis with", WITH, Fit.WHOLE),
        ("myasthenia gravis with", WITHOUT, Fit.BEGUN),
        ("myasthenia gravis with exacerbation", WITHOUT, Fit.START),
        ("myas grav", WITH, Fit.START),
        ("myas gravis", WITH, Fit.START),
        ("myasthenia gravid", WITH, None),
        ("", WITH, None),
        # A word that a hyphen ends begins no other, and neither does a letter amid starts.
        ("MIS-C", "Alveolar capillary dysplasia with vein misalignment", None),
        ("mis c", "Alveolar capillary dysplasia with vein misalignment", None),
        ("capillary d", "Alveolar capillary dysplasia with vein misalignment", Fit.BEGUN),
        ("c dysplasia", "Alveolar capillary dysplasia with vein misalignment", None),
        ("mis", "Alveolar capillary dysplasia with vein misalignment", Fit.BEGUN),
        ("guillain-bar", "Guillain-Barré syndrome", Fit.BEGUN),
        ("guill-barre", "Guillain-Barré syndrome", None),
        ("b-cell", "B-cell chronic lymphocytic leukemia", Fit.WHOLE),
        ("hepatitis c", "Chronic viral hepatitis C", Fit.WHOLE),
        ("stage 1", "Disease, stage 10", Fit.BEGUN),
        ("stage 1 disease", "Disease, stage 10", None),
    ],
)
def test_fit(typed: str, text: str, fit: Fit | None) -> None:
    assert SearchWords(typed).fit(text) is fit


def test_more_words_than_any_description_has_fit_nothing() -> None:
    text = "a " * MOST_WORDS
    assert SearchWords(text).fit(text) is Fit.EXACT
    assert SearchWords(text + "a").fit(text + "a") is None
