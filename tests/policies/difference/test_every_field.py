"""No field of an edition can change unseen, also one that is added to the language later."""

from criteria.policies.difference import difference
from criteria.policies.edition import Edition
from criteria.rules import QuestionDefinition
from tests.policies.difference.mutations import fields_below, mutations
from tests.policies.difference.small import small


def test_every_changed_field_is_told() -> None:
    edition = small()
    unseen = [m.path for m in mutations(edition) if not difference(edition, m.value).changes]
    assert not unseen


def test_small_edition_fills_every_field() -> None:
    """What the test above cannot reach it cannot test: fill it in the small edition."""
    reached = {each for m in mutations(small()) for each in m.through}
    missed = fields_below(Edition) - reached
    assert not sorted(f"{of.__name__}.{name}" for of, name in missed)


def test_reworded_question_is_told_once() -> None:
    edition = small()
    for mutation in mutations(edition):
        if (QuestionDefinition, "wording") in mutation.through and ".questions" in mutation.path:
            (change,) = difference(edition, mutation.value).changes
            assert [row.label for row in change.rows] == ["Wording"]
