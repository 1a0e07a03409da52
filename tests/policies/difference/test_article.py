"""Each revision of the Medicare article changes what its own history says, and nothing else."""

import pytest

from criteria.policies.difference import EditionSection
from tests.helpers.policies.between import between

ICD10, HCPCS = EditionSection.ICD10, EditionSection.HCPCS
# Lines 169-212 of the article.
HISTORY = {
    ("R1", "R2"): {
        (ICD10, "removed", "D59.1"),
        (ICD10, "added", "D59.11"),
        (ICD10, "added", "D59.12"),
        (ICD10, "added", "D59.13"),
        (ICD10, "added", "D59.19"),
    },
    ("R2", "R3"): {(HCPCS, "added", "C9072")},
    ("R3", "R4"): {
        (ICD10, "removed", "M31.1"),
        (ICD10, "added", "M31.10"),
        (ICD10, "added", "M31.19"),
    },
    ("R4", "R5"): {(ICD10, "added", "D81.82")},
    ("R5", "R6"): {(HCPCS, "added", "J1554")},
    ("R6", "R7"): {(HCPCS, "added", "J1576")},
    ("R7", "R8"): set(),
}


@pytest.mark.parametrize("pair", HISTORY, ids="-".join)
def test_revision_changes_what_the_article_says(pair: tuple[str, str]) -> None:
    found = {(c.section, c.kind.value, c.side.name) for c in between(pair).substantial}
    assert found == HISTORY[pair]


@pytest.mark.parametrize("pair", HISTORY, ids="-".join)
def test_beside_it_differs_only_which_edition_it_is(pair: tuple[str, str]) -> None:
    assert {change.section for change in between(pair).lesser} == {EditionSection.EDITION}


@pytest.mark.parametrize("pair", HISTORY, ids="-".join)
def test_the_payer_says_one_thing_of_each(pair: tuple[str, str]) -> None:
    (entry,) = between(pair).said
    assert entry.words.startswith(f"{pair[1]}:")
    assert not between(pair).no_longer_said


def test_last_revision_is_a_reference_article() -> None:
    (entry,) = between(("R7", "R8")).said
    assert "reference article" in entry.words


def test_from_the_first_to_the_last_nothing_is_told_twice() -> None:
    whole = {(c.kind.value, c.side.name) for c in between(("R1", "R8")).substantial}
    assert whole == {(kind, name) for each in HISTORY.values() for _, kind, name in each}
