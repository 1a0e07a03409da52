from criteria.requests.renewal import same_question
from tests.requests.renewal.snapshots import SCORE, WALKS, figure, snapshot, worded


def test_within_a_policy_a_question_is_found_by_its_key() -> None:
    other_words = worded(SCORE, wording="INCAT score")
    then = snapshot("R-2026-00001", SCORE)
    assert same_question(other_words, then, "uhc") == SCORE


def test_a_key_that_an_edition_changed_is_found_by_the_words() -> None:
    renamed = worded(SCORE, key="incat", wording="Score  on the SCALE")
    assert same_question(renamed, snapshot("R-2026-00001", SCORE), "uhc") == SCORE


def test_under_another_policy_the_words_count_and_not_the_key() -> None:
    then = snapshot("R-2026-00001", SCORE, WALKS)
    assert same_question(worded(SCORE, key="x"), then, "cms") == SCORE
    assert same_question(worded(WALKS, wording="Walks at all?"), then, "cms") is None


def test_of_two_with_the_same_words_the_answered_one_is_meant() -> None:
    twin = worded(SCORE, key="twin")
    then = snapshot("R-2026-00001", SCORE, twin, twin=figure("6"))
    assert same_question(worded(SCORE, key="new"), then, "uhc") == twin


def test_a_question_nobody_asked_then_is_not_found() -> None:
    assert same_question(WALKS, snapshot("R-2026-00001", SCORE), "uhc") is None
