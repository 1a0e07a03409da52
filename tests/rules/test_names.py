"""Names as people type them, and how many different ones a list counts."""

import pytest

from criteria.rules import ListAnswer, TherapyAnswer, TherapyOutcome
from criteria.rules.names import NO_NAMES, name_table, names

TABLE = name_table(["azathioprine, Imuran", "mycophenolate mofetil, CellCept"], ["prednisone"])


def tried(*drugs: str, outcome: TherapyOutcome = TherapyOutcome.FAILURE) -> ListAnswer:
    return ListAnswer(tuple(TherapyAnswer(outcome, drug) for drug in drugs))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Imuran", "imuran"),
        ("IMURAN® 50 mg", "Imuran"),
        ("Cell-Cept", "CellCept"),
        ("cell cept 1 g", "CellCept"),
        ("Pédiatric neurology", "neurology"),
        ("FK-506", "FK506"),
    ],
)
def test_name_is_known_in_any_spelling(text: str, name: str) -> None:
    assert names(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Neurosurgery", "neurology"),
        ("methylprednisolone", "prednisolone"),
        ("non-steroidal", "steroid"),
        ("", "Imuran"),
        ("Imuran", ""),
    ],
)
def test_part_of_a_word_is_no_name(text: str, name: str) -> None:
    assert not names(text, name)


@pytest.mark.parametrize(
    ("answer", "tally"),
    [
        (tried("azathioprine", "CellCept"), (2, 0)),
        (tried("azathioprine", "Imuran"), (1, 0)),
        (tried("azathioprine", "prednisone"), (1, 0)),
        (tried("prednisone with Imuran"), (1, 0)),
        (tried("azathioprine", "new drug", "New-Drug"), (1, 1)),
        (tried("azathioprine + CellCept"), (1, 1)),
        (tried("prednisone with a new drug"), (0, 1)),
        (tried("azathioprine", outcome=TherapyOutcome.NONE), (0, 0)),
        (ListAnswer(stated_count=2), (2, 0)),
        (ListAnswer(tried("prednisone").entries, 2), (1, 0)),
    ],
)
def test_tally(answer: ListAnswer, tally: tuple[int, int]) -> None:
    assert TABLE.tally(answer) == tally


def test_without_names_every_entry_counts() -> None:
    assert NO_NAMES.tally(tried("prednisone", "Imuran")) == (2, 0)
