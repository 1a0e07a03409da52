from criteria.requests.renewal import BaselineRow
from tests.requests.renewal.snapshots import was


def row(*then: str) -> BaselineRow:
    numbers = ("R-2025-00007", "R-2026-00042")
    pairs = zip(numbers, then, strict=False)
    return BaselineRow(label="Score", then=tuple(was("6", d, n) for n, d in pairs), now="4")


def test_the_same_difference_stands_once_and_names_no_approval() -> None:
    assert [(w.number, w.difference) for w in row("same", "same").differences] == [("", "same")]
    assert [(w.number, w.difference) for w in row("same").differences] == [("", "same")]


def test_other_differences_name_the_approval_they_are_since() -> None:
    assert [(w.number, w.difference) for w in row("−4 points", "−2 points").differences] == [
        ("R-2025-00007", "−4 points"),
        ("R-2026-00042", "−2 points"),
    ]
    assert [(w.number, w.difference) for w in row("", "same").differences] == [
        ("R-2026-00042", "same")
    ]


def test_without_a_difference_there_is_none() -> None:
    assert row("", "").differences == row("").differences == ()
