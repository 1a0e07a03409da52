from dataclasses import replace
from datetime import timedelta

from criteria.papers.packet.code import ALPHABET, as_json, canonical_json, content_code
from tests.papers.packet.contents import complete, draft


def test_code_is_two_groups_of_four_signs_no_fax_confuses() -> None:
    first, second = content_code(complete()).split("-")
    assert len(first) == len(second) == 4
    assert set(first + second) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1I2Z5S8B")


def test_same_content_has_the_same_code_whenever_it_is_issued() -> None:
    again = replace(
        complete(), issued_at=complete().issued_at + timedelta(days=1), issued_by="Someone else"
    )
    assert content_code(again) == content_code(complete())


def test_any_other_word_has_another_code() -> None:
    others = [
        replace(complete(), words="She walks with two sticks."),
        replace(complete(), is_draft=True),
        replace(complete(), patient=replace(complete().patient, member_id="123456780")),
        draft(),
    ]
    assert len({content_code(other) for other in [complete(), *others]}) == 5


def test_canonical_json_keeps_letters_as_they_are() -> None:
    content = replace(complete(), words="王小明")
    assert "王小明" in canonical_json(content)


def test_json_to_keep_has_everything_and_the_issue() -> None:
    kept = as_json(complete())
    assert kept["issued_at"] == "2026-11-20T10:44:00-05:00"
    assert kept["patient"]["born_on"] == "1961-03-12"
    assert kept["parts"][1]["criteria"][1]["evidence"] == {
        "source": "EMG report",
        "place": "Encl. B p. 2",
    }
