"""What a request says of itself, in words."""

import pytest

from criteria.requests.content import StatedEvidence


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("2", "p. 2"),
        ("p. 2", "p. 2"),
        ("p2", "p. 2"),
        ("P. 2", "p. 2"),
        ("page 2", "p. 2"),
        ("Pages 2-3", "pp. 2-3"),
        ("pp. 2-3", "pp. 2-3"),
        ("p. 2-3", "pp. 2-3"),
        ("2–3", "pp. 2–3"),
        ("2, 5", "pp. 2, 5"),
        ("2 and 5", "pp. 2 and 5"),
        ("page 2 of the report", "p. 2 of the report"),
        ("last", "last"),
    ],
)
def test_a_page_is_named_once_however_it_was_typed(typed: str, shown: str) -> None:
    assert StatedEvidence(page=typed).page_text == shown


def test_the_parts_of_a_place_are_told_in_their_order() -> None:
    found = StatedEvidence(source="EMG report", enclosure="B", page="pp. 2-3")
    assert found.text == "EMG report, encl. B, pp. 2-3"
